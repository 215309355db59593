"""Recording who read what: the citizen can see it, and an auditor can."""

from datetime import datetime

from motcua.base.models import Reading


def record_reading(*, topic: str, key: int, reader_id: int, page: str, at: datetime) -> None:
    """Record that an officer (`reader_id` is their id in people) read the record `key` of `topic` on `page`."""
    Reading.objects.create(at=at, reader_id=reader_id, topic=topic, key=key, page=page)

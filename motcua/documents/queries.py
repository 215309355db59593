"""Reads of the document store."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage

from motcua.documents.models import StoredFile


def damaged_files() -> Iterator[StoredFile]:
    """Yield every kept file whose bytes are gone or no longer match their hash; reads the whole storage."""
    for stored in StoredFile.objects.order_by("pk").iterator():
        if not default_storage.exists(stored.storage_name) or _hash(stored) != stored.sha256:
            yield stored


def _hash(stored: StoredFile) -> str:
    with default_storage.open(stored.storage_name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Telling the past: notices for history that was loaded, each at the moment it happened, in the portal only."""

from collections.abc import Iterator

from django.utils import translation

from motcua.dossiers.models import DossierEvent
from motcua.notices.facts import facts_of
from motcua.notices.models import Notice
from motcua.notices.texts import SILENT, words_for

BATCH = 1000


def tell_past() -> int:
    """Write the notices of every event nobody was told of; return how many were written."""
    untold = DossierEvent.objects.filter(notice__isnull=True).exclude(move__in=SILENT).select_related(
        "supplement", "dossier__version", "dossier__receiving_unit", "dossier__resolving_unit"
    )  # fmt: skip
    return len(Notice.objects.bulk_create(_notices(untold.order_by("pk").iterator()), BATCH, ignore_conflicts=True))


def _notices(events: Iterator[DossierEvent]) -> Iterator[Notice]:
    for event in events:
        with translation.override("vi"):
            words = words_for(event.move, facts_of(event))
        if words is not None:
            title, body = words
            yield Notice(
                event=event, dossier=event.dossier, citizen_id=event.dossier.filed_by_id, title=title, body=body,
                told_at=event.at, read_at=event.at,
            )  # fmt: skip

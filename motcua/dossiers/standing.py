"""Where the open dossiers of procedures stand in their process: how many at each step, and how many of them late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Dossier, Step


@dataclass(frozen=True, slots=True)
class Standing:
    """How many dossiers stand at a step, and for how many of them the step's own term has passed while the clock ran."""

    count: int
    late: int


def standing(procedure_ids: Collection[int], at: datetime) -> dict[str, Standing]:
    """Return the standing of every step of the procedures, by the step's code. One statement over open dossiers."""
    late = Q(due_at__lt=at, dossier__paused_at__isnull=True)
    found = _running(procedure_ids).order_by().values("code").annotate(count=Count("pk"), late=Count("pk", filter=late))
    return {row["code"]: Standing(row["count"], row["late"]) for row in found}


def standing_at(procedure_ids: Collection[int], code: str) -> QuerySet[Step]:
    """Return the running steps of that code, for the list of their dossiers."""
    return _running(procedure_ids).filter(code=code)


def open_counts() -> dict[int, int]:
    """Return how many open dossiers every procedure has, by its id. One statement."""
    filed = Dossier.objects.filter(closed_at__isnull=True).exclude(status=Status.DRAFT)
    rows = filed.order_by().values_list("version__procedure").annotate(Count("pk"))
    return dict(rows)


def _running(procedure_ids: Collection[int]) -> QuerySet[Step]:
    open_ones = Q(dossier__closed_at__isnull=True, dossier__version__procedure__in=list(procedure_ids))
    return Step.objects.filter(open_ones, done_at__isnull=True)

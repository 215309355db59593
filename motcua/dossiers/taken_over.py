"""What a unit took over from units that ended: by which decision, and the open dossiers, for who leads it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from motcua.dossiers.models import DossierEvent, Step
from motcua.people.models import Inheritance, Reorganisation

MOVED = "reassign_unit"


@dataclass(frozen=True)
class TakenOver:
    """One decision, the units that ended by it, and the running steps of what it brought and is open still."""

    record: Reorganisation
    from_units: list[str]
    steps: QuerySet[Step]


def decisions_of(units: Collection[int] | None) -> QuerySet[Reorganisation]:
    """Return the decisions by which `units` (None: any) took something over, the latest first."""
    return Reorganisation.objects.filter(pk__in=_to(units).values("reorganisation")).order_by("-on", "-pk")


def taken_over(record: Reorganisation, units: Collection[int] | None) -> TakenOver:
    """Return what a decision brought to `units` (None: to all)."""
    ended = {one.unit_id: one.unit for one in _to(units).filter(reorganisation=record).select_related("unit")}
    names = sorted({unit.name for unit in ended.values() if unit.parent_id not in ended})  # their parts went along
    moved = DossierEvent.objects.filter(dossier=OuterRef("dossier"), move=MOVED, reason=record.decision)
    steps = Step.objects.filter(Exists(moved), done_at__isnull=True, is_beside=False, dossier__closed_at__isnull=True)
    if units is not None:
        steps = steps.filter(
            Q(dossier__receiving_unit__in=units)
            | Q(dossier__competent_unit__in=units)
            | Q(dossier__resolving_unit__in=units)
        )
    return TakenOver(record, names, steps.order_by(F("dossier__due_at").asc(nulls_last=True), "dossier_id"))


def _to(units: Collection[int] | None) -> QuerySet[Inheritance]:
    found = Inheritance.objects.exclude(unit=F("heir"))
    return found if units is None else found.filter(heir__in=units)

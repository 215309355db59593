"""Open dossiers that follow an older process than the one published since for their procedure and unit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from motcua.catalogue.models import PublishedProcess
from motcua.catalogue.queries import process_for
from motcua.dossiers import steps
from motcua.dossiers.actions.replanning import DoesNotFit, Mapped, fit_of
from motcua.dossiers.lifecycle import MOVES
from motcua.dossiers.models import Dossier, Step


@dataclass(frozen=True)
class Behind:
    """One such dossier, the steps it stands at, and the process its unit publishes by now."""

    dossier: Dossier
    running: Sequence[Step]
    newer: PublishedProcess


def behind(procedure_ids: Collection[int], on: date) -> list[Behind]:
    """Return the open dossiers of the procedures that could be moved to what is in force on that day, by due moment.

    Before hand-over a dossier follows nothing yet, so it is not behind. Three statements, and one for each unit.
    """
    running = Step.objects.filter(done_at__isnull=True).order_by("is_beside", "seq")
    open_ones = Dossier.objects.filter(
        version__procedure__in=list(procedure_ids), status__in=MOVES["change_process"].sources, closed_at__isnull=True
    )
    found = (
        open_ones.select_related("version")
        .prefetch_related(Prefetch("steps", running, to_attr="now"))
        .order_by("due_at", "pk")
    )
    newer: dict[tuple[int, int | None], PublishedProcess | None] = {}
    late = []
    for dossier in found:
        key = (dossier.version.procedure_id, dossier.competent_unit_id)
        if key not in newer:
            newer[key] = process_for(*key, on)
        published, now = newer[key], dossier.now
        if published is not None and published.pk != dossier.process_id and _is_in_process(dossier, now):
            late.append(Behind(dossier, now, published))
    return late


def stood_at(dossiers: Collection[Behind]) -> Mapping[str, tuple[Step, int]]:
    """Return the steps these dossiers stand at by code, each with one such step and how many there are."""
    found: dict[str, tuple[Step, int]] = {}
    for step in (step for one in dossiers for step in one.running):
        found[step.code] = (step, found.get(step.code, (step, 0))[1] + 1)
    return found


def misfit(one: Behind, mapping: Mapped) -> str:
    """Return why the dossier could not go on by the mapping; nothing where it could."""
    try:
        fit_of(one.dossier, one.running, steps.published_process(one.newer.pk), mapping)
    except DoesNotFit as refused:
        return str(refused)
    return ""


def _is_in_process(dossier: Dossier, running: Sequence[Step]) -> bool:
    """Return whether the dossier stands at steps of its process, and not at a counter while a withdrawal is considered."""
    process = steps.process_of(dossier)
    return bool(running) and all(step.code in process.steps for step in running)

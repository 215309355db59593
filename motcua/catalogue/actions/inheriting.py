"""What becomes of a unit's own processes when another unit takes over from it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from motcua.catalogue.models import Procedure, ProcessUse, PublishedProcess
from motcua.people.models import Agency


class OwnProcess(NamedTuple):
    """A process that one unit alone follows: whether it goes to the heir, or stays because the heir has its own."""

    unit: str
    heir: str
    procedure: str
    follows: bool


@transaction.atomic
def inherit_processes(
    *, heirs: Sequence[tuple[Agency, Agency]], decision: str, on: date, at: datetime
) -> list[OwnProcess]:
    """Let heirs follow the processes of their own that ended units had, from a day; `heirs`: (unit, heir), in the plan's order.

    A heir that has its own process of a procedure keeps it; so does one that just took over another unit's. What was
    published for the ended unit stays with it: dossiers under way follow it still.
    """
    units = {unit.pk for pair in heirs for unit in pair}
    uses = {(use.procedure_id, use.unit_id): use for use in ProcessUse.objects.filter(unit__in=units)}
    published = _published(units, on)
    codes = dict(Procedure.objects.filter(pk__in={place[0] for place in (*uses, *published)}).values_list("pk", "code"))
    taken: set[tuple[int, int | None]] = {*uses, *published}
    said, new_uses, new_rows = [], [], []
    for unit, heir in heirs:
        own = sorted({procedure for procedure, of in (*uses, *published) if of == unit.pk}, key=lambda pk: codes[pk])
        for procedure in own:
            follows = (procedure, heir.pk) not in taken
            said.append(OwnProcess(unit.code, heir.code, codes[procedure], follows))
            if not follows:
                continue
            taken.add((procedure, heir.pk))
            if use := uses.get((procedure, unit.pk)):
                new_uses.append(_use_in(use, heir))
            new_rows += [_in(row, heir, decision, on, at) for row in published.get((procedure, unit.pk), ())]
    ProcessUse.objects.bulk_create(new_uses)
    PublishedProcess.objects.bulk_create(new_rows)
    return said


def _published(units: Iterable[int], on: date) -> dict[tuple[int, int | None], list[PublishedProcess]]:
    """Return what was published for the units: of each procedure the process in force on the day, then those to come."""
    found: dict[tuple[int, int | None], list[PublishedProcess]] = {}
    for row in PublishedProcess.objects.filter(unit__in=units).order_by("effective_from", "pk"):
        place = (row.procedure_id, row.unit_id)
        found[place] = [row] if row.effective_from <= on else [*found.get(place, ()), row]
    return found


def _use_in(use: ProcessUse, heir: Agency) -> ProcessUse:
    return ProcessUse(template_id=use.template_id, procedure_id=use.procedure_id, unit=heir, parameters=use.parameters)


def _in(row: PublishedProcess, heir: Agency, decision: str, on: date, at: datetime) -> PublishedProcess:
    return PublishedProcess(
        procedure_id=row.procedure_id, unit=heir, edition_id=row.edition_id, content=row.content,
        effective_from=max(row.effective_from, on), decision_number=decision[:100], published_at=at,
    )  # fmt: skip

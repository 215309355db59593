"""Recomputing what is stored: due moments, event chains, step states, files. `motcua check` prints the first that disagrees."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from django.db.models import Model, QuerySet

from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.processes.process import Process
from motcua.documents.models import StoredFile
from motcua.documents.queries import damaged_files
from motcua.dossiers import clock, deadlines
from motcua.dossiers.lifecycle import FINAL, MOVES, WAITING, Status, lands
from motcua.dossiers.models import Dossier, DossierEvent, LedgerEntry, Paper, Step
from motcua.dossiers.moves import event_hash
from motcua.dossiers.steps import process_of
from motcua.dossiers.verification_legs import leg_faults, legs_of

CHUNK = 2000
_PLAYED = {Status.PROCESSING, *WAITING}
"""In these the running steps are those of the process."""

# Rows are read as named tuples of these columns: over a million dossiers, making model instances takes half the time.
Row = Any
_DOSSIER = (
    "pk",
    "code",
    "status",
    "due_at",
    "paused_at",
    "calendar_id",
    "version_id",
    "process_id",
    "position",
    "has_legs",
)
_EVENT = (
    "dossier_id", "seq", "at", "move", "from_status", "to_status", "by", "officer_id", "unit_id", "citizen_id", "reason",
    "data", "previous_hash", "hash",
)  # fmt: skip
_ENTRY = ("dossier_id", "at", "effect", "term_quantity", "term_unit", "article", "note", "counts_from", "no_term")
_STEP = ("dossier_id", "seq", "code", "received_at", "done_at", "is_beside", "token")


@dataclass(frozen=True)
class Disagreement:
    """A dossier whose stored facts do not follow from its own history, or a file that is not what was stored.

    `code` is the dossier's; of a file, that of the first dossier with it, empty when none has it.
    """

    code: str
    what: str


def disagreements(dossiers: QuerySet[Dossier]) -> Iterator[Disagreement]:
    """Yield every disagreement among `dossiers`, oldest first; drafts have no history to check."""
    filed = dossiers.exclude(status=Status.DRAFT).order_by("pk").values_list(*_DOSSIER, named=True)
    rows = filed.iterator(chunk_size=CHUNK)
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield from _in_chunk(chunk)


def file_faults() -> Iterator[Disagreement]:
    """Yield every stored file that is gone or no longer matches its hash; reads the whole storage."""
    for damaged in damaged_files():
        what = (
            "is missing from the storage" if damaged.is_missing else "was changed: its content does not match its hash"
        )
        yield Disagreement(_code_with(damaged.file), f"file {damaged.file.sha256} {what}")


def _code_with(file: StoredFile) -> str:
    papers = Paper.objects.filter(document__file=file, dossier__code__isnull=False)
    return papers.order_by("dossier_id").values_list("dossier__code", flat=True).first() or ""


def _in_chunk(chunk: Sequence[Row]) -> Iterator[Disagreement]:
    numbers = [dossier.pk for dossier in chunk]
    events, entries, steps = (
        _by_dossier(model, columns, numbers)
        for model, columns in ((DossierEvent, _EVENT), (LedgerEntry, _ENTRY), (Step, _STEP))
    )
    legs = legs_of(numbers)
    for dossier in chunk:
        for what in (
            *_chain_faults(dossier, events.get(dossier.pk, ())),
            *_clock_faults(dossier, entries.get(dossier.pk, ())),
            *_step_faults(dossier, steps.get(dossier.pk, ())),
            *leg_faults(dossier, legs.get(dossier.pk, ()), events.get(dossier.pk, ())),
        ):
            yield Disagreement(dossier.code or "", what)


def _by_dossier(model: type[Model], columns: Iterable[str], numbers: Sequence[int]) -> dict[int, tuple[Row, ...]]:
    found = model._default_manager.filter(dossier__in=numbers).order_by("dossier_id", "seq")
    rows = found.values_list(*columns, named=True)
    return {number: tuple(group) for number, group in itertools.groupby(rows, attrgetter("dossier_id"))}


@cache
def _policy(version_id: int) -> clock.Policy:
    """Return how a published version counts; it is frozen, so asking once is enough."""
    return deadlines.policy_of(ProcedureVersion.objects.get(pk=version_id))


def _chain_faults(dossier: Row, events: Sequence[Row]) -> Iterator[str]:
    previous, status, before = "", Status.DRAFT.value, Status.DRAFT
    for number, event in enumerate(events, start=1):
        if event.seq != number:
            yield f"event {number} is missing"
            return
        if event.previous_hash != previous or event.hash != event_hash(previous, event):
            yield f"event {number} ({event.move}) was changed: its hash does not follow from its content"
            return
        move = MOVES[event.move]
        if (
            event.from_status != status
            or status not in move.sources
            or event.to_status != lands(move, Status(status), before)
        ):
            yield f"event {number} ({event.move}) does not follow from {status}"
            return
        if event.to_status != status:
            before = Status(status)
        previous, status = event.hash, event.to_status
    if status != dossier.status:
        yield f"the status is {dossier.status}, its events say {status}"


def _clock_faults(dossier: Row, rows: Sequence[Row]) -> Iterator[str]:
    entries = [deadlines.entry_of(row) for row in rows]
    if not entries:
        if dossier.due_at is not None:
            yield "a due moment without a ledger"
        return
    try:
        reckoning = clock.reckon(entries, deadlines.calendar_of(dossier.calendar_id), _policy(dossier.version_id))
    except clock.LedgerError as fault:
        yield f"the ledger is out of order: {fault}"
        return
    if reckoning.due_at != dossier.due_at:
        yield f"due {dossier.due_at}, its ledger says {reckoning.due_at}"
    if reckoning.paused_since != dossier.paused_at:
        yield f"paused since {dossier.paused_at}, its ledger says {reckoning.paused_since}"


def _step_faults(dossier: Row, steps: Sequence[Row]) -> Iterator[str]:
    running = [step for step in steps if step.done_at is None]
    closed = dossier.status in FINAL
    if closed and running:
        yield f"closed, yet step {running[0].code} is running"
    leading = [step for step in running if not step.is_beside]
    if not closed and len(leading) != 1:
        yield f"open with {len(running)} running steps, {len(leading)} of them leading"
    if dossier.position:
        yield from _branch_faults(dossier, running) if dossier.status in _PLAYED else ()
        return
    if len(running) > 1:
        yield f"{len(running)} running steps in a process that has one at a time"
    for earlier, later in itertools.pairwise(steps):
        # In a process the dossier has left; the one that runs on in a straight process lost its branch's number there.
        ran_beside = earlier.token is not None or later.token is not None
        if not ran_beside and (earlier.done_at is None or later.received_at < earlier.done_at):
            yield f"step {later.seq} began before step {earlier.seq} ended"


def _branch_faults(dossier: Row, running: Sequence[Row]) -> Iterator[str]:
    """Compare the running steps with where the branches stand; steps of branches may begin before others end."""
    process = _process(dossier.process_id, dossier.version_id)
    stand = sorted((begun.token or 0, begun.plan.code) for begun in process.at(dossier.position))
    run = sorted((step.token or 0, step.code) for step in running)
    if stand != run:
        yield f"its branches stand at {stand}, the running steps are {run}"


@cache
def _process(process_id: int | None, version_id: int) -> Process:
    return process_of(Dossier(process_id=process_id, version_id=version_id))

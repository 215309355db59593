"""Recomputing what is stored: due moments, event chains, step states. `motcua check` prints the first that disagrees."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from motcua.dossiers import clock, deadlines
from motcua.dossiers.lifecycle import FINAL, MOVES, Status
from motcua.dossiers.models import Dossier, DossierEvent, LedgerEntry, Step
from motcua.dossiers.moves import event_hash

CHUNK = 2000


@dataclass(frozen=True)
class Disagreement:
    """A dossier whose stored facts do not follow from its own history."""

    dossier_id: int
    code: str
    what: str


def disagreements(dossiers: QuerySet[Dossier]) -> Iterator[Disagreement]:
    """Yield every disagreement among `dossiers`, oldest first; drafts have no history to check."""
    complete = dossiers.exclude(status=Status.DRAFT).select_related("version").order_by("pk").prefetch_related(
        Prefetch("events", DossierEvent.objects.order_by("dossier_id", "seq")),
        Prefetch("ledger", LedgerEntry.objects.order_by("dossier_id", "seq")),
        Prefetch("steps", Step.objects.order_by("dossier_id", "seq")),
    )  # fmt: skip
    for dossier in complete.iterator(chunk_size=CHUNK):
        for what in (*_chain_faults(dossier), *_clock_faults(dossier), *_step_faults(dossier)):
            yield Disagreement(dossier.pk, dossier.code or "", what)


def _chain_faults(dossier: Dossier) -> Iterator[str]:
    previous, status = "", Status.DRAFT.value
    events = list(dossier.events.all())
    for number, event in enumerate(events, start=1):
        if event.seq != number:
            yield f"event {number} is missing"
            return
        if event.previous_hash != previous or event.hash != event_hash(previous, event):
            yield f"event {number} ({event.move}) was changed: its hash does not follow from its content"
            return
        move = MOVES[event.move]
        if event.from_status != status or status not in move.sources or event.to_status != move.target:
            yield f"event {number} ({event.move}) does not follow from {status}"
            return
        previous, status = event.hash, event.to_status
    if status != dossier.status:
        yield f"the status is {dossier.status}, its events say {status}"


def _clock_faults(dossier: Dossier) -> Iterator[str]:
    entries = [deadlines.entry_of(row) for row in dossier.ledger.all()]
    if not entries:
        if dossier.due_at is not None:
            yield "a due moment without a ledger"
        return
    try:
        reckoning = clock.reckon(entries, deadlines.calendar(dossier), deadlines.policy_of(dossier.version))
    except clock.LedgerError as fault:
        yield f"the ledger is out of order: {fault}"
        return
    if reckoning.due_at != dossier.due_at:
        yield f"due {dossier.due_at}, its ledger says {reckoning.due_at}"
    if reckoning.paused_since != dossier.paused_at:
        yield f"paused since {dossier.paused_at}, its ledger says {reckoning.paused_since}"


def _step_faults(dossier: Dossier) -> Iterator[str]:
    steps = list(dossier.steps.all())
    running = [step for step in steps if step.done_at is None]
    closed = dossier.status in FINAL
    if closed and running:
        yield f"closed, yet step {running[0].code} is running"
    if not closed and len(running) != 1:
        yield f"open with {len(running)} running steps"
    for earlier, later in itertools.pairwise(steps):
        if earlier.done_at is None or later.received_at < earlier.done_at:
            yield f"step {later.seq} began before step {earlier.seq} ended"

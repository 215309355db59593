"""What ends with a dossier: its running step, and whatever still waits for somebody."""

from datetime import datetime

from motcua.dossiers import steps
from motcua.dossiers.models import Dossier, Step
from motcua.dossiers.moves import Locked
from motcua.dossiers.queries import OPEN_CONSULTATION, OPEN_OBLIGATION, OPEN_PROPOSAL, OPEN_REQUEST


def end_all(locked: Locked, at: datetime, *, officer_id: int | None) -> None:
    """End the running step and drop the requests, proposals and obligations that are open."""
    drop_waiting(locked.dossier, at)
    steps.end(locked, at, officer_id=officer_id, outcome=Step.Outcome.ENDED)


def drop_waiting(dossier: Dossier, at: datetime) -> None:
    """Drop what nobody has to answer any more."""
    dossier.supplements.filter(OPEN_REQUEST).update(dropped_at=at)
    dossier.obligations.filter(OPEN_OBLIGATION).update(dropped_at=at)
    dossier.consultations.filter(OPEN_CONSULTATION).update(dropped_at=at)
    dossier.proposals.filter(OPEN_PROPOSAL).update(decided_at=at, is_granted=False)

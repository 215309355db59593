"""What nobody has to answer any more once a dossier has ended."""

from datetime import datetime

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import OPEN_CONSULTATION, OPEN_OBLIGATION, OPEN_PROPOSAL, OPEN_REQUEST, OPEN_VISIT


def drop_waiting(dossier: Dossier, at: datetime) -> None:
    """Drop the requests, obligations, questions and proposals that are open."""
    dossier.supplements.filter(OPEN_REQUEST).update(dropped_at=at)
    dossier.obligations.filter(OPEN_OBLIGATION).update(dropped_at=at)
    dossier.consultations.filter(OPEN_CONSULTATION).update(dropped_at=at)
    dossier.visits.filter(OPEN_VISIT).update(dropped_at=at)
    dossier.proposals.filter(OPEN_PROPOSAL).update(decided_at=at, is_granted=False)

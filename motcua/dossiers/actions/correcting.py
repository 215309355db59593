"""Correcting what was accepted wrongly: another case of the procedure, hence another term; with a reason, by two people."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalogue.cases import is_for_verification
from motcua.catalogue.models import Case
from motcua.dossiers import clock, deadlines
from motcua.dossiers.actions.issuing import issue_slip
from motcua.dossiers.actions.proposals import decided, proposed, require_grantable, waiting_for
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.models import Dossier, Proposal
from motcua.dossiers.moves import Locked, lock, move

KIND = Proposal.Kind.CORRECT


@transaction.atomic
def propose_correction(*, dossier_id: int, actor: Actor, at: datetime, case_id: int, reason: str) -> Proposal:
    """Propose that the dossier is of another case than the one it was accepted as."""
    locked = lock(dossier_id, actor)
    require_grantable(locked, KIND)
    case = _case(locked, case_id)
    return proposed(locked, KIND, actor=actor, at=at, reason=reason, data={"case": case.pk})


@transaction.atomic
def correct(*, dossier_id: int, actor: Actor, at: datetime, reason: str = "") -> Dossier:
    """Grant the correction: the due moment is recalculated by the right term, and a new Mẫu 01 takes the old one's place.

    The dossier's code, its receipt moment and its history stay; both the citizen and the officers see the reason.
    """
    locked = lock(dossier_id, actor)
    dossier = locked.dossier
    proposal = waiting_for(locked, KIND, actor)
    case = _case(locked, int(proposal.data["case"]))
    before, due_before = dossier.case_id, dossier.due_at
    decided(proposal, actor, at, is_granted=True)
    dossier.case = case
    data = {"case_before": before, "case": case.pk, "before": due_before.isoformat() if due_before else ""}
    entry = recalculation(dossier, case, at)
    try:
        event = move(
            locked, "correct", actor=actor, at=at, reason=reason.strip() or proposal.reason, data=data, entry=entry
        )
    except clock.LedgerError as wrong:
        raise MoveNotAllowed(str(wrong)) from wrong
    issue_slip(dossier, event)
    return dossier


def right_cases(dossier: Dossier) -> list[Case]:
    """Return the other cases of the dossier's procedure it may be corrected to: those to which the law gives a term."""
    others = (case for case in dossier.version.cases.all() if case.pk != dossier.case_id)
    return [case for case in others if deadlines.term_of(dossier.version, case, dossier.channel) is not None]


def longer_for_verification(dossier: Dossier, at: datetime) -> Case | None:
    """Return the case with a longer term that the procedure has for what must be verified; None where it is that already."""
    for case in right_cases(dossier) if dossier.due_at else ():
        if is_for_verification(case, dossier.version.questions):
            due_at = deadlines.reckoning_of(dossier, (recalculation(dossier, case, at),)).due_at
            if due_at is not None and dossier.due_at is not None and due_at > dossier.due_at:
                return case
    return None


def recalculation(dossier: Dossier, case: Case, at: datetime) -> clock.Entry:
    """Return the clock's line that counts the term of `case`; of a clock that has not begun yet it stands at the beginning."""
    begun_at = dossier.clock_started_at or at
    term = deadlines.term_of(dossier.version, case, dossier.channel)
    return clock.Entry(at=max(at, begun_at), effect=clock.Effect.RECALCULATE, term=term)


def _case(locked: Locked, case_id: int) -> Case:
    case = next((case for case in right_cases(locked.dossier) if case.pk == case_id), None)
    if case is None:
        raise MoveNotAllowed(
            _("Hãy chọn một trường hợp khác, có thời hạn, của chính thủ tục này. Chưa có gì thay đổi.")
        )
    return case

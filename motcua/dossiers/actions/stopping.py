"""Stopping a dossier and undoing a stop: proposed by who works on it, decided by a leader, always with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers import steps
from motcua.dossiers.actions.ending import end_all
from motcua.dossiers.actions.issuing import issue_slip
from motcua.dossiers.actions.proposals import decided, proposed, waiting_for
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.models import Dossier, Proposal, Result, Step
from motcua.dossiers.moves import Locked, lock, move

STOPS = frozenset({Proposal.Kind.STOP, Proposal.Kind.DECLINE})


@transaction.atomic
def propose_stop(*, dossier_id: int, kind: str, actor: Actor, at: datetime, reason: str) -> Proposal:
    """Propose to stop the dossier, or to decline it because it does not meet what the law asks (T15)."""
    if kind not in STOPS:
        raise ValueError(f"{kind} is no stop")
    locked = lock(dossier_id)
    _require_unsigned(locked.dossier)
    return proposed(locked, kind, actor=actor, at=at, reason=reason)


@transaction.atomic
def stop(
    *, dossier_id: int, kind: str, actor: Actor, at: datetime, reason: str = "", papers_back: Sequence[int] = (),
    refund: str = "",
) -> Dossier:  # fmt: skip
    """Grant the proposal: processing stops with Mẫu 05, or is declined with Mẫu 03 (T15).

    `reason` in place of the one proposed; it is what the citizen reads.
    """
    locked = lock(dossier_id)
    proposal = waiting_for(locked, kind, actor)
    decided(proposal, actor, at, is_granted=True)
    papers = locked.dossier.papers.filter(pk__in=papers_back).order_by("position")
    data = {"papers_back": [paper.pk for paper in papers], "refund": refund.strip()}
    name = "stop" if kind == Proposal.Kind.STOP else "decline"
    event = move(locked, name, actor=actor, at=at, reason=reason.strip() or proposal.reason, data=data)
    end_all(locked, at, officer_id=actor.officer_id)
    issue_slip(locked.dossier, event)
    return locked.dossier


@transaction.atomic
def restore(*, dossier_id: int, actor: Actor, at: datetime, reason: str) -> Dossier:
    """Take up again a dossier stopped wrongly, at the step it was stopped at; the clock is as if it had not stopped."""
    locked = lock(dossier_id)
    move(locked, "restore", actor=actor, at=at, reason=reason)
    last = locked.dossier.steps.order_by("-seq").first()
    begin_again(locked, last, at)
    return locked.dossier


@transaction.atomic
def reopen(*, dossier_id: int, actor: Actor, at: datetime, reason: str) -> Dossier:
    """Open a dossier again before its result is returned, because the result is wrong (T18).

    The old result is revoked: its facts stay in the event, and a new one is drafted, signed and numbered.
    """
    locked = lock(dossier_id)
    result = Result.objects.filter(dossier=locked.dossier).first()
    revoked = _facts_of(result, locked.dossier) if result else {}
    move(locked, "reopen", actor=actor, at=at, reason=reason, data={"revoked": revoked})
    if result is not None:
        result.delete()
    steps.end(locked, at, officer_id=actor.officer_id, outcome=Step.Outcome.SENT_BACK, note=reason)
    begin_again(locked, steps.last_work(locked.dossier), at)
    return locked.dossier


def _facts_of(result: Result, dossier: Dossier) -> dict[str, object]:
    return {
        "number": result.number,
        "document": result.document_id,
        "signed_by": result.signed_by_id,
        "issued_at": result.issued_at.isoformat() if result.issued_at else "",
        "finished_at": dossier.finished_at.isoformat() if dossier.finished_at else "",
    }


def begin_again(locked: Locked, earlier: Step | None, at: datetime) -> None:
    """Begin an earlier step of the process anew, with who held it; the first one when that is not of the process."""
    process = steps.process_of(locked.dossier.version)
    plan = process.steps.get(earlier.code) if earlier else None
    if earlier is None or plan is None:
        steps.begin_planned(locked, process.start, at)
        return
    # Who ended the step with the dossier may be the leader who stopped it: then it goes back to who held it.
    did_it = earlier.outcome == Step.Outcome.DONE
    steps.begin_planned(locked, plan, at, assignee_id=earlier.done_by_id if did_it else earlier.assignee_id)


def _require_unsigned(dossier: Dossier) -> None:
    if Result.objects.filter(dossier=dossier, signed_at__isnull=False).exists():
        raise MoveNotAllowed(_("Kết quả đã được ký nên không dừng được nữa. Chưa có gì thay đổi."))

"""Stopping a dossier and undoing a stop: proposed by who works on it, decided by a leader, always with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalogue.processes.plans import StepPlan
from motcua.dossiers import steps
from motcua.dossiers.actions.ending import end_all
from motcua.dossiers.actions.issuing import issue_slip
from motcua.dossiers.actions.parts import lock_parent
from motcua.dossiers.actions.proposals import decided, proposed, require_grantable, require_none_open, waiting_for
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.models import Dossier, Proposal, Result, Step
from motcua.dossiers.moves import Locked, lock, move
from motcua.dossiers.queries import is_signed

STOPS = frozenset({Proposal.Kind.STOP, Proposal.Kind.DECLINE})


@transaction.atomic
def propose_stop(*, dossier_id: int, kind: str, actor: Actor, at: datetime, reason: str) -> Proposal:
    """Propose to stop the dossier, or to decline it because it does not meet what the law asks (T15); one of both at a time."""
    if kind not in STOPS:
        raise ValueError(f"{kind} is no stop")
    locked = lock(dossier_id, actor)
    _require_unsigned(locked.dossier)
    require_grantable(locked, kind)
    for other in STOPS - {kind}:
        require_none_open(locked, other)
    return proposed(locked, kind, actor=actor, at=at, reason=reason)


@transaction.atomic
def stop(
    *, dossier_id: int, kind: str, actor: Actor, at: datetime, reason: str = "", papers_back: Sequence[int] = (),
    refund: str = "",
) -> Dossier:  # fmt: skip
    """Grant the proposal: processing stops with Mẫu 05, or is declined with Mẫu 03 (T15).

    `reason` in place of the one proposed; it is what the citizen reads.
    """
    lock_parent(dossier_id)
    locked = lock(dossier_id, actor)
    proposal = waiting_for(locked, kind, actor)
    decided(proposal, actor, at, is_granted=True)
    papers = locked.dossier.papers.filter(pk__in=papers_back).order_by("position")
    data = {"papers_back": [paper.pk for paper in papers], "refund": refund.strip()}
    name = "stop" if kind == Proposal.Kind.STOP else "decline"
    event = move(locked, name, actor=actor, at=at, reason=reason.strip() or proposal.reason, data=data)
    end_all(locked, at, officer_id=actor.officer_id, reason=event.reason)
    issue_slip(locked.dossier, event)
    return locked.dossier


@transaction.atomic
def restore(*, dossier_id: int, actor: Actor, at: datetime, reason: str) -> Dossier:
    """Take up again a dossier stopped wrongly, at the step it was stopped at; the clock is as if it had not stopped."""
    locked = lock(dossier_id, actor)
    move(locked, "restore", actor=actor, at=at, reason=reason)
    _begin_again(locked, "restore", at)
    return locked.dossier


@transaction.atomic
def reopen(*, dossier_id: int, actor: Actor, at: datetime, reason: str) -> Dossier:
    """Open a dossier again before its result is returned, because the result is wrong (T18).

    The old result is revoked: its facts stay in the event, and a new one is drafted, signed and numbered.
    """
    locked = lock(dossier_id, actor)
    result = Result.objects.filter(dossier=locked.dossier).first()
    revoked = _facts_of(result, locked.dossier) if result else {}
    move(locked, "reopen", actor=actor, at=at, reason=reason, data={"revoked": revoked})
    if result is not None:
        result.delete()
    steps.end(locked, at, officer_id=actor.officer_id, outcome=Step.Outcome.SENT_BACK, note=reason)
    _begin_again(locked, "reopen", at)
    return locked.dossier


def _facts_of(result: Result, dossier: Dossier) -> dict[str, object]:
    return {
        "number": result.number,
        "document": result.document_id,
        "signed_by": result.signed_by_id,
        "issued_at": result.issued_at.isoformat() if result.issued_at else "",
        "finished_at": dossier.finished_at.isoformat() if dossier.finished_at else "",
    }


def again_at(dossier: Dossier, move_name: str) -> tuple[StepPlan, Step | None]:
    """Return the step of the process at which `restore` or `reopen` takes the dossier up, and when it ran, the row.

    That is where it was stopped, or the last work on it; the first step when that is not of the process.
    """
    earlier = steps.last_work(dossier) if move_name == "reopen" else dossier.steps.order_by("-seq").first()
    process = steps.process_of(dossier)
    plan = process.steps.get(earlier.code) if earlier else None
    return (plan, earlier) if plan else (process.start, None)


def _begin_again(locked: Locked, move_name: str, at: datetime) -> None:
    """Begin an earlier step of the process anew, with who held it."""
    if move_name == "restore" and steps.go_on_where_it_stopped(locked, at):
        return
    _plan, earlier = again_at(locked.dossier, move_name)
    if earlier is None:
        steps.begin_process(locked, at)
        return
    # Who ended the step with the dossier may be the leader who stopped it: then it goes back to who held it.
    did_it = earlier.outcome == Step.Outcome.DONE
    steps.take_up(locked, earlier, at, assignee_id=earlier.done_by_id if did_it else earlier.assignee_id)


def _require_unsigned(dossier: Dossier) -> None:
    if is_signed(dossier.pk):
        raise MoveNotAllowed(_("Kết quả đã được ký nên không dừng được nữa. Chưa có gì thay đổi."))

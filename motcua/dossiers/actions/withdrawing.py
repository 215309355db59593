"""Withdrawal after acceptance: the citizen asks, the clock stops, a leader decides (docs/rules.md, T13 and T14)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.rows import change_row
from motcua.dossiers import deadlines, steps
from motcua.dossiers.actions.ending import end_all
from motcua.dossiers.actions.issuing import issue_slip
from motcua.dossiers.actions.proposals import decided, open_one, opened, waiting_for
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import WAITING, MoveNotAllowed
from motcua.dossiers.models import Dossier, Proposal
from motcua.dossiers.moves import Locked, lock, move
from motcua.dossiers.queries import is_signed, open_request

KIND = Proposal.Kind.WITHDRAW


@transaction.atomic
def ask_withdrawal(*, dossier_id: int, actor: Actor, at: datetime, reason: str = "") -> Proposal:
    """Ask to withdraw an accepted dossier: possible until the deciding signature (T13)."""
    locked = lock(dossier_id, actor)
    if is_signed(dossier_id):
        raise MoveNotAllowed(
            _("Kết quả đã được ký nên hồ sơ không rút được nữa. Chưa có gì thay đổi; bạn nhận kết quả như đã hẹn.")
        )
    event = move(locked, "ask_withdrawal", actor=actor, at=at, reason=reason)
    return opened(locked, KIND, event)


@transaction.atomic
def recall_withdrawal(*, dossier_id: int, actor: Actor, at: datetime) -> Dossier:
    """Take the request back before it is decided: the dossier goes on where it was (T14).

    The counter that wrote it down for the citizen also takes it back for them.
    """
    locked = lock(dossier_id, actor)
    proposal = open_one(locked, KIND)
    _go_on(locked, proposal, "recall_withdrawal", actor=actor, at=at)
    decided(proposal, Actor(by=actor.by), at, is_granted=False)
    return locked.dossier


@transaction.atomic
def refuse_withdrawal(*, dossier_id: int, actor: Actor, at: datetime, reason: str) -> Dossier:
    """Refuse it with a reason the citizen reads: the dossier goes on where it was (T14)."""
    locked = lock(dossier_id, actor)
    proposal = waiting_for(locked, KIND, actor)
    _go_on(locked, proposal, "refuse_withdrawal", actor=actor, at=at, reason=reason)
    decided(proposal, actor, at, is_granted=False)
    return locked.dossier


@transaction.atomic
def grant_withdrawal(
    *, dossier_id: int, actor: Actor, at: datetime, papers_back: Sequence[int] = (), refund: str = ""
) -> Dossier:
    """Let the citizen withdraw: processing stops, Mẫu 05 lists the papers handed back and what happens to the fees (T14).

    `papers_back` are ids of papers of the dossier; `refund` is said in words, empty when nothing was paid.
    """
    locked = lock(dossier_id, actor)
    proposal = waiting_for(locked, KIND, actor)
    decided(proposal, actor, at, is_granted=True)
    papers = locked.dossier.papers.filter(pk__in=papers_back).order_by("position")
    data = {"papers_back": [paper.pk for paper in papers], "refund": refund.strip()}
    event = move(locked, "grant_withdrawal", actor=actor, at=at, reason=proposal.reason, data=data)
    end_all(locked, at, officer_id=actor.officer_id)
    issue_slip(locked.dossier, event)
    return locked.dossier


def _go_on(locked: Locked, asked: Proposal, name: str, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Let the dossier go on where it was; the step, or the citizen who still owes papers, gets the time back."""
    paused_at = locked.dossier.paused_at
    move(locked, name, actor=actor, at=at, reason=reason)
    if paused_at is not None and locked.dossier.status not in WAITING:
        steps.shift_due(locked, paused_at, at)
    request = open_request(locked.dossier)
    if request is not None and at > asked.made_at:
        calendar = deadlines.calendar(locked.dossier)
        request.due_at = calendar.add(request.due_at, calendar.open_minutes(asked.made_at, at))
        change_row(request, "due_at")

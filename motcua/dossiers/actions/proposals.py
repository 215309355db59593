"""Proposals: what only a leader may decide is drafted by others, and waits for the leader's own act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.rows import change_row
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MOVES, MoveNotAllowed, check_part
from motcua.dossiers.models import DossierEvent, Proposal
from motcua.dossiers.moves import Locked, lock, move
from motcua.dossiers.queries import OPEN_PROPOSAL

Kind = Proposal.Kind
GRANTED_BY: Mapping[str, str] = {
    Kind.WITHDRAW: "grant_withdrawal",
    Kind.EXTEND: "extend",
    Kind.ASK_AGAIN: "ask_again",
    Kind.STOP: "stop",
    Kind.DECLINE: "decline",
    Kind.CORRECT: "correct",
}
"""Which move grants a proposal of each kind."""

_NOTHING: Mapping[str, Any] = {}


class ProposedAlready(MoveNotAllowed):
    """A proposal of that kind waits already; the message says since when."""


class NothingProposed(MoveNotAllowed):
    """There is no open proposal of that kind: it was decided meanwhile, or never made."""


def proposed(
    locked: Locked, kind: str, *, actor: Actor, at: datetime, reason: str, data: Mapping[str, Any] = _NOTHING
) -> Proposal:
    """Record the proposal of a locked dossier and its event; the callers check that it could be granted."""
    require_none_open(locked, kind)
    event = move(locked, "propose", actor=actor, at=at, reason=reason, data={"kind": kind})
    return opened(locked, kind, event, data)


def opened(locked: Locked, kind: str, event: DossierEvent, data: Mapping[str, Any] = _NOTHING) -> Proposal:
    """Open the proposal that `event` made; the competent unit's leader decides."""
    unit = locked.dossier.competent_unit
    if unit is None:
        raise ValueError("a draft has no leader to decide for it")
    return Proposal.objects.create(
        dossier=locked.dossier,
        kind=kind,
        unit=unit,
        made_at=event.at,
        made_by_id=event.officer_id,
        reason=event.reason,
        data=dict(data),
        event=event,
    )


def require_none_open(locked: Locked, kind: str) -> None:
    """Raise ProposedAlready when one of that kind waits."""
    waiting = locked.dossier.proposals.filter(OPEN_PROPOSAL, kind=kind).first()
    if waiting is not None:
        raise ProposedAlready(
            _("Đề xuất «%(kind)s» đã gửi và đang chờ lãnh đạo quyết định. Chưa có gì thay đổi.")
            % {"kind": waiting.get_kind_display()}
        )


def can_be_granted(kind: str, status: str) -> bool:
    """Return whether a leader could grant a proposal of that kind to a dossier that stands in `status`."""
    return status in MOVES[GRANTED_BY[kind]].sources


def require_grantable(locked: Locked, kind: str) -> None:
    """Raise MoveNotAllowed where granting would be refused: nobody is asked for what cannot be given."""
    check_part(MOVES[GRANTED_BY[kind]], is_part=locked.dossier.is_part)
    if not can_be_granted(kind, locked.dossier.status):
        raise MoveNotAllowed(
            _("Hồ sơ đang ở trạng thái «%(status)s» nên không đề xuất «%(kind)s» được. Chưa có gì thay đổi.")
            % {"status": locked.dossier.get_status_display(), "kind": Kind(kind).label}
        )


def open_one(locked: Locked, kind: str) -> Proposal:
    """Return the open proposal of that kind; NothingProposed when none waits."""
    proposal = locked.dossier.proposals.filter(OPEN_PROPOSAL, kind=kind).first()
    if proposal is None:
        raise NothingProposed(
            _("Không còn đề xuất nào như vậy: có người vừa quyết định. Chưa có gì thay đổi; hãy tải lại trang.")
        )
    return proposal


def waiting_for(locked: Locked, kind: str, actor: Actor) -> Proposal:
    """Return the open proposal `actor` is about to grant; NothingProposed, or MoveNotAllowed for who made it."""
    proposal = open_one(locked, kind)
    if proposal.made_by_id is not None and proposal.made_by_id == actor.officer_id:
        raise MoveNotAllowed(_("Người đề xuất không tự duyệt đề xuất của mình. Chưa có gì thay đổi."))
    return proposal


def decided(proposal: Proposal, actor: Actor, at: datetime, *, is_granted: bool) -> None:
    """Close a proposal."""
    proposal.decided_at, proposal.decided_by_id, proposal.is_granted = at, actor.officer_id, is_granted
    change_row(proposal, "decided_at", "decided_by_id", "is_granted")


@transaction.atomic
def turn_down(*, dossier_id: int, kind: str, actor: Actor, at: datetime, reason: str) -> Proposal:
    """Turn a proposal down with a reason for the colleague who made it; the dossier goes on as it was."""
    locked = lock(dossier_id, actor)
    proposal = waiting_for(locked, kind, actor)
    move(locked, "turn_down", actor=actor, at=at, reason=reason, data={"kind": kind})
    decided(proposal, actor, at, is_granted=False)
    return proposal

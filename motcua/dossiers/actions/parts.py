"""A part of a dossier at another agency (liên thông): received or refused there, done, and given back by the system.

Rows are locked from the root downwards, always: whoever ends a part locks its parent first (`lock_parent`).
"""

from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.base.rows import change_row
from motcua.base.words import local_day
from motcua.dossiers import clock, steps
from motcua.dossiers.actions.dropping import drop_waiting
from motcua.dossiers.actor import Actor
from motcua.dossiers.legs import OPEN_LEG
from motcua.dossiers.lifecycle import FINAL, By, MoveNotAllowed, Status
from motcua.dossiers.models import Dossier, Leg, Result, Step
from motcua.dossiers.moves import Locked, lock, move

SYSTEM = Actor(by=By.SYSTEM)
TERM_NOTE = gettext_noop("Thời hạn của phần liên thông, tính từ lúc nhận")
_LOCK_PARENT = """
SELECT id FROM dossiers_dossier WHERE id = (SELECT parent_id FROM dossiers_dossier WHERE id = %s) FOR UPDATE
"""


class LegGone(MoveNotAllowed):
    """The leg has ended, or this dossier is no part."""


def lock_parent(dossier_id: int) -> None:
    """Lock the dossier that sent this one, if one did, before this one is locked itself."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_PARENT, [dossier_id])


@transaction.atomic
def take_leg(*, dossier_id: int, actor: Actor, at: datetime) -> Dossier:
    """Receive the part: its own clock starts now with the term it was sent with, and its process begins.

    From now on the leg is due when the part is, so that who sent it and who works on it read one moment.
    """
    lock_parent(dossier_id)
    locked = lock(dossier_id)
    leg = _open_leg(locked)
    steps.follow_process(locked.dossier, local_day(at))
    event = move(locked, "take_leg", actor=actor, at=at, data={"leg": leg.number}, entry=term_entry(leg, at))
    steps.end(locked, at, officer_id=actor.officer_id, outcome=Step.Outcome.DONE)
    steps.begin_process(locked, at)
    leg.received_at, leg.received_by_id, leg.due_at = event.at, actor.officer, locked.dossier.due_at or leg.due_at
    change_row(leg, "received_at", "received_by_id", "due_at")
    _tell_parent(leg, "leg_received", actor, at)
    return locked.dossier


def term_entry(leg: Leg, at: datetime) -> clock.Entry:
    """Return the first line of the part's clock: the term it was sent with, from its receipt."""
    term = clock.Term(Decimal(leg.days or 0), clock.Unit.WORKING_DAYS)
    return clock.Entry(at=at, effect=clock.Effect.START, term=term, note=TERM_NOTE)


@transaction.atomic
def refuse_leg(*, dossier_id: int, actor: Actor, at: datetime, reason: str) -> Dossier:
    """Refuse the part with a reason for the colleague who sent it: it ends here, and they send it anew or go on."""
    lock_parent(dossier_id)
    locked = lock(dossier_id)
    leg = _open_leg(locked)
    event = move(locked, "refuse_leg", actor=actor, at=at, reason=reason, data={"leg": leg.number})
    steps.end(locked, at, officer_id=actor.officer_id, outcome=Step.Outcome.ENDED)
    leg.refused_at, leg.refused_by_id, leg.words = event.at, actor.officer, event.reason
    change_row(leg, "refused_at", "refused_by_id", "words")
    _tell_parent(leg, "leg_refused", actor, at, event.reason)
    return locked.dossier


def give_back(locked: Locked, at: datetime) -> None:
    """Give a part that was just issued back to the dossier that sent it: its result lies there too, by reference."""
    leg = _open_leg(locked)
    result = Result.objects.filter(dossier=locked.dossier).first()
    move(locked, "give_back", actor=SYSTEM, at=at, data={"leg": leg.number})
    leg.returned_at, leg.outcome = locked.dossier.changed_at, Leg.Outcome.DONE
    if result is not None:
        leg.result_number, leg.document_id = result.number, result.document_id
    change_row(leg, "returned_at", "outcome", "result_number", "document_id")
    _tell_parent(leg, "leg_back", SYSTEM, at)


def end_parts(locked: Locked, at: datetime, words: str) -> None:
    """End what is open of the dossier at other agencies, and of those parts in turn: each with an event of its own."""
    if not locked.dossier.has_legs:
        return
    for leg in locked.dossier.legs.filter(OPEN_LEG).order_by("number"):
        end_leg(leg, at, words)


def end_leg(leg: Leg, at: datetime, words: str) -> None:
    """Wait no more for a leg: its part, if it has one, ends where it is. The parent's row is locked by the caller."""
    leg.dropped_at = at
    change_row(leg, "dropped_at")
    if leg.child_id is None:
        return
    part = lock(leg.child_id)
    name = "call_back" if part.dossier.status == Status.SUBMITTED else "end_with_parent"
    move(part, name, actor=SYSTEM, at=at, reason=words, data={"leg": leg.number})
    drop_steps(part, at)
    end_parts(part, at, words)


def drop_steps(locked: Locked, at: datetime) -> None:
    """End what runs of a dossier that has ended, and what it waited for."""
    drop_waiting(locked.dossier, at)
    steps.end(locked, at, officer_id=None, outcome=Step.Outcome.ENDED)


def stopped(locked: Locked, at: datetime, words: str) -> None:
    """Tell the dossier that sent a part that it was stopped where it was, without a result."""
    leg = Leg.objects.filter(OPEN_LEG, child=locked.dossier).first()
    if leg is None:
        return
    leg.returned_at, leg.outcome, leg.words = locked.dossier.changed_at, Leg.Outcome.STOPPED, words
    change_row(leg, "returned_at", "outcome", "words")
    _tell_parent(leg, "leg_back", SYSTEM, at, words)


def told_of(leg: Leg) -> dict[str, object]:
    """Return what an event of the parent says of a leg: which, where to, and how it ended."""
    return {
        "leg": leg.number, "unit": leg.to_unit_id, "unit_name": leg.to_name, "part": leg.child_id,
        "outcome": leg.outcome, "number": leg.result_number,
    }  # fmt: skip


def _tell_parent(leg: Leg, name: str, actor: Actor, at: datetime, reason: str = "") -> None:
    """Write the event of the dossier that sent the leg; one that has ended meanwhile is not told."""
    parent = lock(leg.dossier_id)
    if parent.dossier.status in FINAL:
        return
    by_system = Actor(by=By.SYSTEM, officer_id=actor.officer_id, unit_id=actor.unit_id)
    move(parent, name, actor=by_system, at=at, reason=reason, data=told_of(leg))


def _open_leg(locked: Locked) -> Leg:
    leg = Leg.objects.filter(OPEN_LEG, child=locked.dossier).first()
    if leg is None:
        raise LegGone(_("Nơi gửi không còn chờ phần này nữa. Chưa có gì thay đổi; hãy tải lại trang."))
    return leg

"""A visit with the citizen: times offered, one agreed on, the visit held with minutes or called off (docs/rules.md, T9)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.rows import change_row, read_rows
from motcua.base.words import moment
from motcua.documents.models import Document
from motcua.dossiers import policy
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By, MoveNotAllowed
from motcua.dossiers.models import Dossier, Step, Visit
from motcua.dossiers.moves import Locked, lock, move
from motcua.dossiers.queries import OPEN_VISIT

SYSTEM = Actor(by=By.SYSTEM)
MOST_TIMES = 3
# queries.OPEN_VISIT, composed once: it is asked whenever a step is completed.
_OPEN = "dossier_id = %s AND recorded_at IS NULL AND called_off_at IS NULL AND dropped_at IS NULL"


class VisitNotOpen(MoveNotAllowed):
    """There is no such appointment any more, or it cannot be made; the message says why."""


@transaction.atomic
def offer_visit(
    *, dossier_id: int, actor: Actor, at: datetime, times: Sequence[datetime], place: str, purpose: str
) -> Visit:
    """Offer the citizen an appointment on site at one of up to three times to come; the first stands until they choose.

    The dossier's clock runs on. After an appointment that failed there is one more. Raises VisitNotOpen.
    """
    if actor.unit_id is None:
        raise ValueError("an officer offers a visit for their unit")
    locked = lock(dossier_id, actor)
    _require_offerable(locked.dossier, times, place, at)
    number = locked.dossier.visits.count() + 1
    written = [one.isoformat() for one in times]
    data = {"visit_round": number, "visit_at": written[0], "visit_times": written, "place": place.strip()}
    event = move(locked, "offer_visit", actor=actor, at=at, reason=purpose, data=data)
    return Visit.objects.create(
        dossier=locked.dossier,
        round_no=number,
        purpose=purpose.strip(),
        place=place.strip(),
        times=written,
        planned_at=times[0],
        offered_at=event.at,
        offered_by_id=actor.officer,
        unit_id=actor.unit_id,
        event=event,
    )


@transaction.atomic
def agree_visit(*, dossier_id: int, actor: Actor, at: datetime, time: datetime) -> Visit:
    """Agree on one of the times offered: the citizen on the portal, or whoever they called."""
    locked = lock(dossier_id, actor)
    visit = _open_one(locked)
    if time not in visit.moments or time <= at:
        raise VisitNotOpen(_("Giờ này không còn chọn được. Chưa có gì thay đổi; hãy tải lại trang rồi chọn giờ khác."))
    move(locked, "agree_visit", actor=actor, at=at, data=_data(visit) | {"visit_at": time.isoformat()})
    visit.planned_at, visit.agreed_at = time, at
    change_row(visit, "planned_at", "agreed_at")
    return visit


@transaction.atomic
def call_off_visit(*, dossier_id: int, actor: Actor, at: datetime, reason: str) -> Visit:
    """Say that the appointment cannot be kept, or was not; the reason is kept, and one more may be offered."""
    locked = lock(dossier_id, actor)
    visit = _open_one(locked)
    move(locked, "call_off_visit", actor=actor, at=at, reason=reason, data=_data(visit))
    visit.called_off_at, visit.why_called_off = at, reason.strip()
    change_row(visit, "called_off_at", "why_called_off")
    return visit


@transaction.atomic
def record_visit(
    *, dossier_id: int, actor: Actor, at: datetime, held_at: datetime, present: str, minutes: str,
    document: Document | None = None,
) -> Visit:  # fmt: skip
    """Keep the minutes of the visit: when it was, who was there, what was found; the signed paper may lie with them."""
    locked = lock(dossier_id, actor)
    visit = _open_one(locked)
    if held_at > at or held_at < visit.offered_at:
        raise VisitNotOpen(
            _("Giờ xem phải sau lúc hẹn (%(since)s) và không ở tương lai. Chưa có gì thay đổi.")
            % {"since": moment(visit.offered_at)}
        )
    if not present.strip():
        raise VisitNotOpen(_("Hãy ghi những ai có mặt. Chưa có gì thay đổi."))
    data = _data(visit) | {"visit_at": held_at.isoformat(), "present": present.strip()}
    move(locked, "record_visit", actor=actor, at=at, reason=minutes, data=data)
    visit.held_at, visit.recorded_at, visit.recorded_by_id = held_at, at, actor.officer
    visit.present, visit.minutes, visit.document = present.strip(), minutes.strip(), document
    change_row(visit, "held_at", "recorded_at", "recorded_by_id", "present", "minutes", "document_id")
    return visit


@transaction.atomic
def remind_visit(*, dossier_id: int, at: datetime) -> Visit | None:
    """Remind the citizen once of the appointment of the next day; None when there is nothing to remind of."""
    locked = lock(dossier_id)
    visit = locked.dossier.visits.filter(OPEN_VISIT).first()
    if visit is None or not is_visit_near(visit, at):
        return None
    move(locked, "remind_visit", actor=SYSTEM, at=at, data=_data(visit))
    visit.reminded_at = at
    change_row(visit, "reminded_at")
    return visit


def is_visit_near(visit: Visit, at: datetime) -> bool:
    """Return whether the appointment is near, and was last spoken of before it was."""
    near_from = visit.planned_at - timedelta(hours=policy.visit_reminder_hours())
    last_told = visit.agreed_at or visit.offered_at
    return visit.reminded_at is None and near_from <= at < visit.planned_at and last_told < near_from


def may_offer(dossier: Dossier) -> bool:
    """Return whether another appointment may be offered: none is open, and not so many have failed already."""
    visits = list(dossier.visits.all())
    failed = sum(visit.called_off_at is not None for visit in visits)
    is_open = any(visit.recorded_at is None and visit.called_off_at is None for visit in visits)
    return not is_open and failed < policy.visits_allowed()


def require_no_visit(locked: Locked, step: Step) -> None:
    """Refuse to complete a step while an appointment is neither held nor called off, unless its unit works on beside it."""
    visit = next(iter(read_rows(Visit, _OPEN, locked.dossier.pk)), None)
    beside = {other.unit_id for other in locked.running if other.pk != step.pk}
    if visit is not None and visit.unit_id not in beside:
        raise VisitNotOpen(
            _(
                "Còn buổi xem tại chỗ lúc %(when)s chưa ghi kết quả. Hãy ghi biên bản, hoặc báo không gặp được, rồi mới "
                "chuyển bước; chưa có gì thay đổi."
            )
            % {"when": moment(visit.planned_at)}
        )


def _require_offerable(dossier: Dossier, times: Sequence[datetime], place: str, at: datetime) -> None:
    if dossier.visits.filter(OPEN_VISIT).exists():
        raise VisitNotOpen(_("Hồ sơ đang có một buổi hẹn. Chưa có gì thay đổi; hãy tải lại trang."))
    if not may_offer(dossier):
        raise VisitNotOpen(
            _(
                "Đã hẹn %(n)d lần mà không gặp được nên không hẹn thêm. Chưa có gì thay đổi; hãy xác minh cách khác, hoặc "
                "đề xuất lãnh đạo quyết định."
            )
            % {"n": policy.visits_allowed()}
        )
    if not place.strip() or not 1 <= len(times) <= MOST_TIMES:
        raise VisitNotOpen(_("Hãy ghi nơi gặp và từ một đến ba giờ. Chưa có gì thay đổi."))
    if any(one <= at for one in times) or len(set(times)) < len(times):
        raise VisitNotOpen(_("Các giờ hẹn phải khác nhau và chưa qua. Chưa có gì thay đổi."))


def _open_one(locked: Locked) -> Visit:
    visit = locked.dossier.visits.filter(OPEN_VISIT).first()
    if visit is None:
        raise VisitNotOpen(
            _("Buổi hẹn này không còn: có người vừa ghi kết quả. Chưa có gì thay đổi; hãy tải lại trang.")
        )
    return visit


def _data(visit: Visit) -> dict[str, object]:
    return {"visit_round": visit.round_no, "visit_at": visit.planned_at.isoformat(), "place": visit.place}

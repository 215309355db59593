"""Sending a leg: to another agency in the system, where it becomes a part with its own life, or to a central one by hand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.rows import add_row, change_row
from motcua.base.words import local_day, moment
from motcua.catalogue.cases import case_for
from motcua.catalogue.models import ProcedureVersion
from motcua.documents.models import Document
from motcua.dossiers import clock, deadlines, policy, steps
from motcua.dossiers.actions.parts import SYSTEM, end_leg, told_of
from motcua.dossiers.actor import Actor
from motcua.dossiers.codes import give_code
from motcua.dossiers.legs import (
    OPEN_LEG,
    Destination,
    destination,
    holding_back,
    manifest_of,
    papers_to_send,
    stated_in,
    versions_resolved_by,
)
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.models import Dossier, Leg, Step
from motcua.dossiers.moves import Locked, lock, move
from motcua.people.models import Agency
from motcua.people.queries import calendar_version_for


class LegRefused(MoveNotAllowed):
    """The leg cannot go there, or what it needs is missing; the message says what to do."""


class LegOpen(MoveNotAllowed):
    """A required leg is still with another agency, so the step cannot be completed."""


@dataclass(frozen=True)
class Sending:
    """What is asked of which agency: a procedure it resolves, the papers sent along (ids), its term, whether one must wait.

    `fields`: what of the form goes along, by the names of its fields.
    """

    agency: Agency
    version: ProcedureVersion
    request: str
    papers: Collection[int]
    days: int
    is_required: bool = True
    fields: Collection[str] = ()


@dataclass(frozen=True)
class CentralSending:
    """What was sent to a central agency by a letter: when a reply is expected, or why that is unknown."""

    to_name: str
    request: str
    sent_number: str
    papers: Collection[int]
    expected_on: date | None = None
    unknown_why: str = ""
    is_required: bool = True


@transaction.atomic
def send_leg(*, dossier_id: int, actor: Actor, at: datetime, sending: Sending) -> Leg:
    """Send a part of the work to another agency: it becomes a dossier there, waiting to be received (T20).

    The step that sends keeps its officer and the clock runs on. Nothing is copied: the part reads the papers sent along
    by reference. Raises LegRefused.
    """
    locked = lock(dossier_id, actor)
    _require_possible(locked, actor, sending)
    to = destination(sending.agency, sending.version, local_day(at))
    part, code = _part(locked.dossier, sending, to, at), give_code(to.receiving, at)
    fields = sorted(stated_in(locked.dossier).fields & set(sending.fields))
    data = {
        "unit": sending.agency.pk, "unit_name": sending.agency.name, "part": part.pk, "part_code": code,
        "fields": len(fields),
    }  # fmt: skip
    leg = _leg(
        locked, "send_leg", actor, at, data, papers=sending.papers, request=sending.request,
        is_required=sending.is_required, to_system=Leg.System.INTERNAL, child=part, to_unit=sending.agency,
        to_name=sending.agency.name, days=sending.days, form_fields=fields,
        due_at=clock.supplement_due(deadlines.calendar(part), at, sending.days),
    )  # fmt: skip
    _arrive(part.pk, code, leg, to.role, actor, at)
    return leg


@transaction.atomic
def send_central(*, dossier_id: int, actor: Actor, at: datetime, sending: CentralSending) -> Leg:
    """Record what was sent to a central agency that no system links to (T21): whoever waits, and until when or why not known."""
    locked = lock(dossier_id, actor)
    if not all(text.strip() for text in (sending.to_name, sending.request, sending.sent_number)):
        raise LegRefused(_("Hãy ghi đủ nơi nhận, số văn bản và nội dung gửi. Chưa có gì thay đổi."))
    if sending.expected_on is None and not sending.unknown_why.strip():
        raise LegRefused(
            _("Hãy ghi ngày dự kiến trả lời, hoặc vì sao chưa biết: người dân sẽ đọc. Chưa có gì thay đổi.")
        )
    if sending.expected_on is not None and sending.expected_on < local_day(at):
        raise LegRefused(_("Ngày dự kiến trả lời đã qua. Chưa có gì thay đổi; hãy chọn ngày từ hôm nay."))
    due_at = deadlines.calendar(locked.dossier).closing(sending.expected_on) if sending.expected_on else None
    why = "" if sending.expected_on else sending.unknown_why.strip()
    data = {
        "unit_name": sending.to_name.strip(), "number": sending.sent_number.strip(),
        "expected_on": sending.expected_on.isoformat() if sending.expected_on else "", "unknown_why": why,
    }  # fmt: skip
    return _leg(
        locked, "send_central", actor, at, data, papers=sending.papers, request=sending.request,
        is_required=sending.is_required, to_system=Leg.System.CENTRAL, to_name=sending.to_name.strip(), due_at=due_at,
        unknown_why=why, sent_number=sending.sent_number.strip(),
    )  # fmt: skip


@transaction.atomic
def central_reply(
    *, leg_id: int, actor: Actor, at: datetime, words: str, number: str, document: Document | None = None
) -> Leg:
    """Record the reply of the central agency, with the number of its letter and the letter itself."""
    locked, leg = _open_leg(leg_id, actor)
    if leg.to_system != Leg.System.CENTRAL:
        raise LegRefused(_("Phần này do cơ quan trong hệ thống làm, kết quả tự về khi họ xong. Chưa có gì thay đổi."))
    if not words.strip() or not number.strip():
        raise LegRefused(_("Hãy ghi số văn bản và tóm tắt nội dung trả lời. Chưa có gì thay đổi."))
    leg.outcome, leg.words, leg.result_number, leg.document = Leg.Outcome.DONE, words.strip(), number.strip(), document
    event = move(locked, "central_reply", actor=actor, at=at, reason=words, data=told_of(leg))
    leg.returned_at = event.at
    change_row(leg, "returned_at", "outcome", "words", "result_number", "document_id")
    return leg


@transaction.atomic
def recall_leg(*, leg_id: int, actor: Actor, at: datetime, reason: str) -> Leg:
    """Wait no more for a leg, with a reason for who has it; its part ends there."""
    locked, leg = _open_leg(leg_id, actor)
    move(locked, "recall_leg", actor=actor, at=at, reason=reason, data=told_of(leg))
    end_leg(leg, at, reason.strip())
    return leg


@transaction.atomic
def note_late_legs(*, dossier_id: int, at: datetime) -> int | None:
    """Record each leg whose term has passed while it was open, with who had it; None when there was none."""
    locked = lock(dossier_id)
    late = locked.dossier.legs.filter(OPEN_LEG, late_at__isnull=True, due_at__lte=at).order_by("number")
    number = 0
    for leg in late:
        event = move(locked, "note_late_leg", actor=SYSTEM, at=at, data=told_of(leg))
        leg.late_at = event.at
        change_row(leg, "late_at")
        number += 1
    return number or None


@transaction.atomic
def remind_leg(*, dossier_id: int, at: datetime) -> int | None:
    """Remind whoever holds the dossier of what a central agency has not answered; None when nothing was due for it."""
    locked = lock(dossier_id)
    number = 0
    for leg in locked.dossier.legs.filter(OPEN_LEG, to_system=Leg.System.CENTRAL).order_by("number"):
        if not is_to_be_reminded(locked.dossier, leg, at):
            continue
        event = move(locked, "remind_leg", actor=SYSTEM, at=at, data=told_of(leg))
        leg.reminded_at = event.at
        change_row(leg, "reminded_at")
        number += 1
    return number or None


def is_to_be_reminded(dossier: Dossier, leg: Leg, at: datetime) -> bool:
    """Return whether the working days between two reminders have passed since the last one, or since it was sent."""
    since = leg.reminded_at or leg.sent_at
    passed = deadlines.calendar(dossier).open_minutes(since, at)
    return passed >= policy.central_reminder_days() * clock.MINUTES_PER_WORKING_DAY


def require_none_open(dossier: Dossier, step: Step) -> None:
    """Raise LegOpen while a required leg keeps the step from being completed; the message names who has it since when."""
    leg = holding_back(dossier, step.seq)
    if leg is not None:
        raise LegOpen(
            _(
                "Chưa xong bước này được: %(unit)s đang giữ phần liên thông số %(number)s từ %(since)s. "
                "Chưa có gì thay đổi; hãy chờ kết quả, hoặc thôi chờ phần ấy nếu không cần nữa."
            )
            % {"unit": leg.to_name, "number": leg.number, "since": moment(leg.received_at or leg.sent_at)}
        )


def _require_possible(locked: Locked, actor: Actor, sending: Sending) -> None:
    if not sending.request.strip():
        raise LegRefused(_("Hãy ghi cần nơi nhận làm gì. Chưa có gì thay đổi."))
    if sending.agency.pk in {locked.dossier.competent_unit_id, actor.unit_id}:
        raise LegRefused(
            _("Cơ quan của bạn đang giải quyết hồ sơ này nên không phải gửi liên thông. Chưa có gì thay đổi.")
        )
    if not versions_resolved_by(sending.agency).filter(pk=sending.version.pk).exists():
        raise LegRefused(
            _("%(unit)s không giải quyết thủ tục này. Chưa có gì thay đổi; hãy chọn thủ tục khác của nơi nhận.")
            % {"unit": sending.agency.name}
        )
    waiting = locked.dossier.legs.filter(OPEN_LEG, to_unit=sending.agency, child__version=sending.version)
    if waiting.exists():
        raise LegRefused(
            _("%(unit)s đang giữ đúng việc này, chưa xong. Chưa có gì thay đổi.") % {"unit": sending.agency.name}
        )


def _part(parent: Dossier, sending: Sending, to: Destination, at: datetime) -> Dossier:
    """Make the part: whose it is and what it is about come from its parent, everything else is its own."""
    part = Dossier(
        parent=parent, root_id=parent.root_id or parent.pk, channel=parent.channel, version=sending.version,
        case=case_for(sending.version.cases.all(), steps.facts_of(parent)), filed_by_id=parent.filed_by_id,
        owner_id=parent.owner_id, owner_organisation_id=parent.owner_organisation_id, subject=parent.subject,
        receiving_unit=to.receiving, competent_unit=to.competent, resolving_unit=to.resolving,
        calendar=calendar_version_for(to.competent, at), created_at=at, changed_at=at,
    )  # fmt: skip
    add_row(part)
    return part


def _arrive(part_id: int, code: str, leg: Leg, role: str, actor: Actor, at: datetime) -> None:
    """Let the part arrive at the desk that receives or refuses it."""
    locked = lock(part_id)
    dossier = locked.dossier
    dossier.submitted_at, dossier.code = at, code
    dossier.reception_due_at = clock.reception_due(deadlines.calendar(dossier), at, hours=policy.reception_hours())
    move(locked, "arrive", actor=replace(actor, step_seq=None), at=at, reason=leg.request, data={"leg": leg.number})
    steps.begin_arrival(locked, role, at)


def _leg(
    locked: Locked, name: str, actor: Actor, at: datetime, data: Mapping[str, object], *, papers: Collection[int],
    request: str, **fields: object,
) -> Leg:  # fmt: skip
    """Write the event and the row of a leg; the dossier remembers that it has some."""
    dossier = locked.dossier
    step = _sent_from(locked)
    unit_id = step.unit_id if actor.unit_id is None else actor.unit_id
    number = dossier.legs.count() + 1
    sent = [paper for paper in papers_to_send(dossier) if paper.pk in papers]
    dossier.has_legs = True
    told = {"leg": number, "papers": len(sent), **data}
    event = move(locked, name, actor=actor, at=at, reason=request, data=told)
    leg = Leg(
        dossier=dossier, number=number, step_seq=step.seq, from_unit_id=unit_id, request=request.strip(),
        manifest=manifest_of(sent), sent_at=event.at, sent_by_id=actor.officer, event=event, **fields,
    )  # fmt: skip
    add_row(leg)
    return leg


def _sent_from(locked: Locked) -> Step:
    """Return the running work step whose holder sends."""
    if locked.step is None or locked.step.kind != Step.Kind.WORK:
        raise LegRefused(_("Hồ sơ không ở bước xử lý nào. Chưa có gì thay đổi; hãy tải lại trang."))
    return locked.step


def _open_leg(leg_id: int, actor: Actor) -> tuple[Locked, Leg]:
    """Lock the dossier of an open leg and read the leg anew."""
    dossier_id = Leg.objects.values_list("dossier_id", flat=True).get(pk=leg_id)
    locked = lock(dossier_id, actor)
    leg = locked.dossier.legs.filter(OPEN_LEG, pk=leg_id).first()
    if leg is None:
        raise LegRefused(_("Phần liên thông này đã xong hoặc đã thôi chờ. Chưa có gì thay đổi; hãy tải lại trang."))
    return locked, leg

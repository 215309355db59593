"""What an act will do, said before it is done: status, clock, who has it next, who is told, which slip.

Everything is computed from the tables the act itself obeys: lifecycle.MOVES, notices.texts, the clock, the process.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base import words
from motcua.base.words import local_day
from motcua.catalogue.bpmn.choices import MoveRefused
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.processes.plans import StepPlan
from motcua.dossiers import clock, deadlines, policy, steps
from motcua.dossiers.actions.parts import term_entry
from motcua.dossiers.actions.reception import start_clock
from motcua.dossiers.actions.stopping import again_at
from motcua.dossiers.corrections import due_when_right
from motcua.dossiers.lifecycle import STANDING, By, Clock, Move, Status, Where, lands, turns
from motcua.dossiers.models import Dossier, Result, Step
from motcua.dossiers.queries import status_before
from motcua.notices.channels import CHANNELS
from motcua.notices.texts import TEXTS
from motcua.people.roles import Role
from motcua.web.desk.access import Opened
from motcua.web.desk.proposals import correction_of

# fmt: off
SLIPS: Mapping[str, Promise] = {
    "01": gettext_lazy("Lập Mẫu 01, giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "02": gettext_lazy("Lập Mẫu 02, phiếu yêu cầu bổ sung, từ những giấy tờ chưa đạt"),
    "03": gettext_lazy("Lập Mẫu 03, phiếu từ chối"),
    "04": gettext_lazy("Lập Mẫu 04, văn bản xin lỗi và gia hạn"),
    "05": gettext_lazy("Lập Mẫu 05, thông báo dừng giải quyết hồ sơ"),
}
# fmt: on


_LEG_ENDS: Mapping[str, Promise] = {
    "issue": gettext_lazy("Kết quả tự về hồ sơ %(code)s; không trả cho người dân ở đây"),
    "refuse_leg": gettext_lazy("Người giữ hồ sơ %(code)s đọc lý do và gửi nơi khác, hoặc làm tiếp"),
}


@dataclass(frozen=True)
class Consequence:
    """One line of «Khi bạn bấm»: an icon, a sentence, and its part to be read first."""

    icon: str
    text: str
    strong: str = ""


def step_before(opened: Opened) -> Step | None:
    """Return the step the dossier would be sent back to; none at the first."""
    return steps.previous_work(opened.dossier, opened.step) if opened.step and not opened.beside else None


def consequences(opened: Opened, move: Move) -> list[Consequence]:
    """Return everything `move` will do to the opened dossier, made now."""
    parts = (_status, _clock, _holder, _part_ends, _turned, _undone, _unpaid, _slip, _telling)
    return [line for part in parts for line in part(opened, move)]


def _status(opened: Opened, move: Move) -> Iterator[Consequence]:
    target = _target(opened, move)
    if target == opened.dossier.status:
        yield Consequence("circle-dot", _("Trạng thái vẫn là"), status_words(target))
    else:
        yield Consequence("circle-dot", _("Trạng thái thành"), status_words(target))


def _target(opened: Opened, move: Move) -> Status:
    goes_back = move.target is Where.BACK
    before = status_before(opened.dossier) if goes_back else Status(opened.dossier.status)
    return lands(move, Status(opened.dossier.status), before)


def status_words(status: Status) -> str:
    """Return the legal status with the code the National Portal knows it by: «4 Đang xử lý»."""
    code = STANDING[status].national_code
    return f"{code} {status.label}" if code else str(status.label)


def _clock(opened: Opened, move: Move) -> Iterator[Consequence]:
    dossier, at = opened.dossier, opened.sitting.at
    turn = turns(move, Status(dossier.status), _target(opened, move))
    waits_otherwise = turn is Clock.PAUSE and _target(opened, move) is not Status.AWAITING_PAPERS
    said = _keeps_what_is_left(dossier, at) if waits_otherwise else _CLOCKS[turn](dossier, at)
    if move.name == "correct":
        said = _corrected(opened)
    if move.name in {"refuse_leg", "send_leg", "send_central"}:
        said = _("Đồng hồ hồ sơ của bạn vẫn chạy trong lúc chờ") if move.name != "refuse_leg" else ""
    if said:
        yield Consequence("clock", said)
    if move.name == "send_leg":
        yield from _back_too_late(dossier, at)


def _back_too_late(dossier: Dossier, at: datetime) -> Iterator[Consequence]:
    """Warn where the usual term of a leg ends after the dossier itself is due."""
    back_at = clock.supplement_due(deadlines.calendar(dossier), at, policy.leg_days())
    if dossier.due_at is not None and back_at > dossier.due_at:
        yield Consequence(
            "triangle-alert",
            _(
                "Với %(days)d ngày, nơi nhận trả về %(back)s, sau hẹn trả %(due)s. Hãy bớt ngày, hoặc đề xuất gia hạn trước."
            )
            % {"days": policy.leg_days(), "back": words.moment(back_at), "due": words.moment(dossier.due_at)},
        )


def _starts(dossier: Dossier, at: datetime) -> str:
    entry = term_entry(dossier.leg, at) if dossier.is_part else start_clock(dossier, at)
    due_at = clock.reckon([entry], deadlines.calendar(dossier), deadlines.policy_of(dossier.version)).due_at
    if due_at is None or entry.term is None:
        return _("Đồng hồ chạy từ bây giờ; luật không định ngày hẹn trả")
    begins = _("bây giờ") if entry.at <= at else words.moment(entry.at)  # taken in for an agency elsewhere
    return _("Đồng hồ chạy từ %(begins)s, %(term)s: hẹn trả %(due)s") % {
        "begins": begins, "term": clock.term_words(entry.term), "due": words.moment(due_at),
    }  # fmt: skip


def _pauses(dossier: Dossier, at: datetime) -> str:
    if dossier.version.after_pause == ProcedureVersion.AfterPause.RESTART:
        return _("Đồng hồ dừng; khi bổ sung đủ, thời hạn tính lại từ đầu")
    return _keeps_what_is_left(dossier, at)


def _keeps_what_is_left(dossier: Dossier, at: datetime) -> str:
    left = deadlines.calendar(dossier).open_minutes(at, dossier.due_at) if dossier.due_at else 0
    if left <= 0:
        return _("Đồng hồ dừng từ bây giờ")
    return _("Đồng hồ dừng, giữ nguyên %(left)s còn lại") % {"left": clock.length_words(left)}


def _resumes(dossier: Dossier, at: datetime, effect: clock.Effect = clock.Effect.RESUME) -> str:
    due_at = deadlines.reckoning_of(dossier, (clock.Entry(at=at, effect=effect),)).due_at
    if due_at is None:
        return _("Đồng hồ chạy lại")
    return _("Đồng hồ chạy lại, hẹn trả %(due)s") % {"due": words.moment(due_at)}


def _continues(dossier: Dossier, at: datetime) -> str:
    return _resumes(dossier, at, clock.Effect.CONTINUE)


def _counted_anew(dossier: Dossier, at: datetime) -> str:
    """Say that the stop is undone: the clock is as if it had not stopped."""
    entry = clock.Entry(at=at, effect=clock.Effect.RECALCULATE)
    due_at = deadlines.reckoning_of(dossier, (entry,)).due_at
    return _("Đồng hồ tính như chưa từng dừng, hẹn trả %(due)s") % {"due": words.moment(due_at)} if due_at else ""


def _corrected(opened: Opened) -> str:
    """Say the due moment that the proposed correction gives, or that there is none any more."""
    dossier, data = opened.dossier, correction_of(opened)
    if data is None:
        return ""
    due_at = due_when_right(dossier, data, opened.sitting.at)
    if due_at is None:
        gone = _("Không còn ngày hẹn trả %(before)s: luật không định thời hạn cho việc này")
        return gone % {"before": words.moment(dossier.due_at)} if dossier.due_at else ""
    if dossier.due_at is None:
        return _("Hẹn trả %(after)s; trước đó luật không định thời hạn") % {"after": words.moment(due_at)}
    facts = {"after": words.moment(due_at), "before": words.moment(dossier.due_at)}
    return _("Hẹn trả %(after)s, thay cho %(before)s") % facts


def _stops(dossier: Dossier, at: datetime) -> str:
    """Say how the clock stands once it has ended, as the page will: what a pause took is not counted as late."""
    reckoning = deadlines.reckoning_of(dossier, (clock.Entry(at=at, effect=clock.Effect.STOP),))
    said = clock.time_left_words(reckoning.calendar, at, reckoning.due_at)
    return _("Đồng hồ dừng hẳn, %(left)s") % {"left": said}


def _runs_on(dossier: Dossier, at: datetime) -> str:
    if dossier.finished_at is not None or dossier.due_at is None or dossier.is_paused:
        return ""
    late = _("đã quá hạn từ") if dossier.due_at < at else _("hẹn trả")
    return _("Đồng hồ vẫn chạy, %(late)s %(due)s") % {"late": late, "due": words.moment(dossier.due_at)}


def _is_extended(dossier: Dossier, _at: datetime) -> str:
    """Say what stands now: until when it will be is said by each length of the form."""
    due = words.moment(dossier.due_at) if dossier.due_at else ""
    return _("Hẹn trả đổi từ %(due)s sang ngày bạn chọn; ngày cũ vẫn ghi trong sổ đồng hồ") % {"due": due}


_CLOCKS: Mapping[Clock, Callable[[Dossier, datetime], str]] = {
    Clock.KEEP: _runs_on,
    Clock.START: _starts,
    Clock.PAUSE: _pauses,
    Clock.RESUME: _resumes,
    Clock.CONTINUE: _continues,
    Clock.EXTEND: _is_extended,
    Clock.RECALCULATE: _counted_anew,
    Clock.STOP: _stops,
}


def _holder(opened: Opened, move: Move) -> Iterator[Consequence]:
    """Say where the dossier goes and until when."""
    dossier, at = opened.dossier, opened.sitting.at
    if move.name == "accept" and dossier.resolving_unit:
        due = clock.hand_over_due(deadlines.calendar(dossier), at, cutoff=policy.hand_over_cutoff())
        text = _("Bước sau: bàn giao cho %(unit)s trước %(due)s")
        yield Consequence(
            "arrow-right", text % {"unit": dossier.resolving_unit.name, "due": words.moment_near(due, at)}
        )
    elif move.name in {"ask_before", "ask_papers", "ask_again"}:
        yield from _asking(dossier, at)
    elif move.name in {"ask_payment", "ask_more_payment"} and dossier.receiving_unit:
        unit = dossier.receiving_unit.name
        yield Consequence("arrow-right", _("Người dân nộp tiền; %(unit)s xác nhận theo chứng từ") % {"unit": unit})
    elif move.name == "issue" and dossier.receiving_unit and not dossier.is_part:
        unit = dossier.receiving_unit.name
        yield Consequence("arrow-right", _("Bước sau: %(unit)s trả kết quả cho người dân") % {"unit": unit})
    elif plans := _next_plans(opened, move):
        for plan in plans:
            yield Consequence("arrow-right", _plan_words(dossier, plan, at))
        earlier = step_before(opened) if move.name == "send_back" else None
        if move.name == "add_papers" and opened.step:
            earlier = steps.last_appraisal(dossier, opened.step)
        if earlier and earlier.done_by:
            yield Consequence("user", _("Về lại đúng người đã làm bước đó:"), earlier.done_by.full_name)
    elif move.name == "complete_step" and opened.beside:
        others = ", ".join(f"{step.name} · {step.unit.short_name}" for step in opened.beside)
        yield Consequence("clock", _("Bước sau bắt đầu khi cùng xong: %(steps)s") % {"steps": others})


def _part_ends(opened: Opened, move: Move) -> Iterator[Consequence]:
    """Say where a part goes when it is done, or not taken."""
    parent = opened.dossier.parent
    if parent is not None and move.name in _LEG_ENDS:
        yield Consequence("arrow-right", _LEG_ENDS[move.name] % {"code": parent.code})


def _turned(opened: Opened, move: Move) -> Iterator[Consequence]:
    """Say who decides what is asked for, what ends with the dossier, and where one that had ended goes on."""
    dossier = opened.dossier
    if move.name in {"propose", "ask_withdrawal"} and dossier.competent_unit:
        unit = dossier.competent_unit.name
        yield Consequence("arrow-right", _("Lãnh đạo %(unit)s thấy ngay và quyết định") % {"unit": unit})
    elif move.name == "offer_visit":
        yield Consequence("calendar-days", _("Người dân chọn giờ trên cổng; chưa chọn thì giữ giờ đầu"))
    elif move.by == (By.APPROVER,) and STANDING[_target(opened, move)].closed and opened.step:
        ended = {"step": opened.step.name, "unit": opened.step.unit.short_name}
        yield Consequence("arrow-right", _("Bước «%(step)s» của %(unit)s kết thúc, không còn ai giữ hồ sơ") % ended)
    elif move.name in {"reopen", "restore"}:
        yield from _taken_up(dossier, move, opened.sitting.at)


def _undone(opened: Opened, move: Move) -> Iterator[Consequence]:
    """Say what sending back takes away: a result signed already must be signed anew."""
    signed = Result.objects.filter(dossier=opened.dossier, signed_at__isnull=False)
    if move.name == "send_back" and signed.exists():
        yield Consequence("triangle-alert", _("Chữ ký trên kết quả không còn hiệu lực, phải ký lại"))
    if move.name == "reopen" and opened.result:
        number = opened.result.number
        yield Consequence(
            "triangle-alert", _("Kết quả số %(number)s bị thu hồi, phải ký và cấp số lại") % {"number": number}
        )


def _unpaid(opened: Opened, move: Move) -> Iterator[Consequence]:
    """Say before the result is handed over what nobody has asked to be paid, or has paid."""
    charges = (
        opened.dossier.charges.filter(paid_at__isnull=True).exclude(amount_vnd=0)
        if move.name == "return_result"
        else ()
    )
    for charge in charges:
        sum_words = words.vnd(charge.amount_vnd) if charge.amount_vnd else _("chưa xác định số tiền")
        facts = {"name": charge.name, "sum": sum_words}
        yield Consequence("triangle-alert", _("Chưa thu: %(name)s, %(sum)s. Trả kết quả thì hồ sơ kết thúc.") % facts)


def _taken_up(dossier: Dossier, move: Move, at: datetime) -> Iterator[Consequence]:
    """Say at which step a dossier that had ended goes on, and with whom."""
    plan, earlier = again_at(dossier, move.name)
    yield Consequence("arrow-right", _plan_words(dossier, plan, at))
    holder = earlier.assignee if earlier and earlier.outcome != Step.Outcome.DONE else earlier and earlier.done_by
    if holder:
        yield Consequence("user", _("Về lại đúng người đã giữ bước đó:"), holder.full_name)


def _asking(dossier: Dossier, at: datetime) -> Iterator[Consequence]:
    calendar = deadlines.calendar(dossier)
    due = clock.supplement_due(calendar, at, policy.supplement_days())
    yield Consequence("arrow-right", _("Người dân giữ hồ sơ, hạn bổ sung %(due)s") % {"due": words.moment(due)})
    rounds = dossier.supplements.count()
    if rounds:
        yield Consequence(
            "triangle-alert", _("Đây là lần yêu cầu thứ %(n)d; lẽ ra phải yêu cầu đủ trong một lần") % {"n": rounds + 1}
        )


def _next_plans(opened: Opened, move: Move) -> list[StepPlan]:
    """Return the steps that a move begins; none where others are waited for or the officer has yet to choose."""
    dossier, step = opened.dossier, opened.step
    if step is None:
        return []
    process, facts = steps.process_of(dossier), steps.facts_of(dossier)
    if move.name in {"hand_over", "take_leg"}:
        return [steps.process_from(dossier, local_day(opened.sitting.at)).start]
    if move.name in {"complete_step", "sign_off"} and step.code in process.steps:
        try:
            progress = process.advance(dossier.position, step.code, facts, token=step.token)
        except MoveRefused:
            return []
        return [begun.plan for begun in progress.begins]
    plan = _plan_before(opened, move)
    return [plan] if plan else []


def _plan_before(opened: Opened, move: Move) -> StepPlan | None:
    """Return the step to which a move takes the dossier back."""
    process, step = steps.process_of(opened.dossier), opened.step
    if move.name == "add_papers" and step is not None:
        appraisal = steps.last_appraisal(opened.dossier, step)
        return process.step(appraisal.code) if appraisal else None
    if move.name == "send_back":
        earlier = step_before(opened)
        return process.step(earlier.code) if earlier else None
    return None


def _plan_words(dossier: Dossier, plan: StepPlan, at: datetime) -> str:
    unit = steps.unit_of(dossier, plan)
    due = deadlines.step_due(dossier, at, plan.hours)
    where = {"step": plan.name, "role": Role(plan.role).label, "unit": unit.short_name if unit else ""}
    said = _("Bước sau: %(step)s · %(role)s, %(unit)s") % where
    return _("%(said)s, hạn bước %(due)s") % {"said": said, "due": words.moment_near(due, at)} if due else said


def _slip(opened: Opened, move: Move) -> Iterator[Consequence]:
    if move.slip and not opened.dossier.is_part:
        yield Consequence("printer", str(SLIPS[move.slip]))


def _telling(opened: Opened, move: Move) -> Iterator[Consequence]:
    citizen = opened.dossier.filed_by
    if opened.dossier.is_part:
        yield Consequence("bell-off", _("Không báo cho người dân: họ theo dõi hồ sơ gốc"))
        return
    if move.name not in TEXTS:
        yield Consequence("bell-off", _("Không báo cho người dân: đây là việc trong cơ quan"))
        return
    ways = [_("trên cổng")] if citizen.user_id else []
    ways += [_(channel.words) for channel in CHANNELS.values() if channel.address_of(citizen)]
    if ways:
        told = {"name": citizen.full_name, "ways": _(" và ").join(ways)}
        yield Consequence("bell", _("Báo %(name)s %(ways)s") % told)
    elif move.name != "return_result":  # whoever takes the result stands at the counter: nobody needs a call
        text = _("%(name)s không có tài khoản hay thư điện tử: hãy gọi điện")
        yield Consequence("triangle-alert", text % {"name": citizen.full_name})

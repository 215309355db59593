"""A line of the inbox: how long is left, under which heading it stands, who holds it, what is new."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base import words
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers import clock
from motcua.dossiers.deadlines import calendar_of
from motcua.dossiers.lifecycle import FINAL, WAITING, Status
from motcua.dossiers.models import Step
from motcua.people.models import Agency

# fmt: off
NEWS: Mapping[str, Promise] = {  # move → what a colleague would say happened
    "submit":        gettext_lazy("Mới nộp"),
    "take_in":       gettext_lazy("Nhận tại quầy"),
    "note_missing":  gettext_lazy("Thiếu giấy tại quầy"),
    "turn_away":     gettext_lazy("Không nhận tại quầy"),
    "accept":        gettext_lazy("Đã tiếp nhận"),
    "ask_before":    gettext_lazy("Đã yêu cầu bổ sung"),
    "supply_before": gettext_lazy("Đã bổ sung"),
    "refuse":        gettext_lazy("Đã từ chối"),
    "withdraw":      gettext_lazy("Đã rút"),
    "hand_over":     gettext_lazy("Mới bàn giao"),
    "change_process": gettext_lazy("Đổi quy trình"),
    "time_out":      gettext_lazy("Hết giờ bước"),
    "assign":        gettext_lazy("Đã giao việc"),
    "complete_step": gettext_lazy("Bước trước đã xong"),
    "send_back":     gettext_lazy("Bị chuyển trả"),
    "ask_papers":    gettext_lazy("Đã yêu cầu bổ sung"),
    "give_papers":   gettext_lazy("Đã bổ sung"),
    "sign_off":      gettext_lazy("Đã ký, chờ số"),
    "issue":         gettext_lazy("Đã phát hành"),
    "return_result": gettext_lazy("Đã trả kết quả"),
    "ask_again":     gettext_lazy("Đã yêu cầu bổ sung thêm"),
    "remind":        gettext_lazy("Đã nhắc bổ sung"),
    "lapse_before":  gettext_lazy("Hết hạn bổ sung"),
    "lapse":         gettext_lazy("Hết hạn bổ sung"),
    "add_papers":    gettext_lazy("Người dân nộp thêm giấy"),
    "ask_payment":   gettext_lazy("Đã thông báo nộp tiền"),
    "ask_more_payment": gettext_lazy("Đã thông báo thêm khoản"),
    "pay_part":      gettext_lazy("Đã nộp một khoản"),
    "pay_all":       gettext_lazy("Đã nộp đủ"),
    "ask_withdrawal": gettext_lazy("Xin rút hồ sơ"),
    "recall_withdrawal": gettext_lazy("Thôi rút hồ sơ"),
    "grant_withdrawal": gettext_lazy("Đã cho rút"),
    "refuse_withdrawal": gettext_lazy("Không cho rút"),
    "propose":       gettext_lazy("Chờ lãnh đạo duyệt"),
    "turn_down":     gettext_lazy("Đề xuất không được duyệt"),
    "extend":        gettext_lazy("Đã gia hạn"),
    "stop":          gettext_lazy("Đã dừng giải quyết"),
    "decline":       gettext_lazy("Đã từ chối giải quyết"),
    "correct":       gettext_lazy("Đã sửa sau tiếp nhận"),
    "reopen":        gettext_lazy("Mở lại trước khi trả"),
    "restore":       gettext_lazy("Đã khôi phục"),
    "consult":       gettext_lazy("Đã hỏi đơn vị khác"),
    "answer":        gettext_lazy("Đơn vị được hỏi đã trả lời"),
    "note_silence":  gettext_lazy("Đơn vị được hỏi im lặng"),
    "offer_visit":   gettext_lazy("Đã hẹn xem tại chỗ"),
    "agree_visit":   gettext_lazy("Đã chốt giờ xem tại chỗ"),
    "call_off_visit": gettext_lazy("Hẹn xem tại chỗ không thành"),
    "remind_visit":  gettext_lazy("Đã nhắc buổi xem tại chỗ"),
    "record_visit":  gettext_lazy("Đã xem tại chỗ"),
    "note_no_news":  gettext_lazy("Lâu chưa có việc mới"),
    "hand_back":     gettext_lazy("Đã trả lại giấy tờ"),
    "state_cause":   gettext_lazy("Đã ghi nguyên nhân trễ"),
    "send_leg":      gettext_lazy("Đã gửi liên thông"),
    "leg_received":  gettext_lazy("Nơi liên thông đã nhận"),
    "leg_refused":   gettext_lazy("Nơi liên thông không nhận"),
    "leg_back":      gettext_lazy("Liên thông đã trả về"),
    "recall_leg":    gettext_lazy("Thôi chờ liên thông"),
    "note_late_leg": gettext_lazy("Liên thông trễ hạn"),
    "send_central":  gettext_lazy("Đã gửi trung ương"),
    "central_reply": gettext_lazy("Trung ương đã trả lời"),
    "remind_leg":    gettext_lazy("Trung ương chưa trả lời"),
    "arrive":        gettext_lazy("Nơi khác gửi đến"),
    "take_leg":      gettext_lazy("Đã nhận liên thông"),
    "refuse_leg":    gettext_lazy("Không nhận liên thông"),
    "give_back":     gettext_lazy("Đã trả về nơi gửi"),
    "call_back":     gettext_lazy("Nơi gửi thôi nhờ"),
    "end_with_parent": gettext_lazy("Dừng theo nơi gửi"),
    "reassign_unit": gettext_lazy("Đổi đơn vị"),
    "reassign_asked": gettext_lazy("Đổi nơi được hỏi"),
}
# fmt: on
CAN_BE_CHOSEN = frozenset(
    {Status.SUBMITTED, Status.RECEIVED, Status.PROCESSING, Status.FINISHED}
)  # for an act on several
HELD_BY_DESK = frozenset({Step.Kind.RECEPTION, Step.Kind.ARRIVAL, Step.Kind.HAND_OVER, Step.Kind.RETURN})


@dataclass(frozen=True)
class Today:
    """The moment the page is drawn, and the next two working days of the officer's own unit."""

    at: datetime
    on: date
    next_on: date
    later_on: date
    soon_by: datetime

    @classmethod
    def of(cls, calendar: clock.WorkingCalendar, at: datetime) -> "Today":
        """Build it; «soon» reaches to the closing of the next working day."""
        on = words.local_day(at)
        next_on = calendar.next_working_day(on)
        return cls(at, on, next_on, calendar.next_working_day(next_on), calendar.closing(next_on))


@dataclass(frozen=True)
class TimeLeft:
    """Time left as drawn: a colour with its icon, words, and how much of the bar is used (0–100)."""

    kind: str
    words: str
    percent: int


@dataclass(frozen=True)
class News:
    """The last thing that happened, and whether the officer has not opened the dossier since."""

    words: str
    unread: bool


@dataclass(frozen=True)
class Row:
    """One dossier of a list. `day_part` and `number` are the end of the code, what people say aloud; `since`: the day its step began."""

    code: str
    day_part: str
    number: str
    left: TimeLeft
    procedure: str
    procedure_title: str
    owner: str
    subject: str
    part_of: str  # the code of the root, where this is a part of one (liên thông)
    step: str
    since: str
    place: str
    unit: str
    holder: str
    holder_short: str
    nobody: str
    news: News
    can_select: bool


@dataclass(frozen=True)
class Group:
    """Rows under one heading; `count` is empty when the group goes on over the page."""

    title: str
    note: str
    rows: list[Row]


def coarse(minutes: int) -> str:
    """Return working minutes for a narrow column: days, or below a day hours, or below an hour minutes."""
    unit = clock.MINUTES_PER_WORKING_DAY if minutes >= clock.MINUTES_PER_WORKING_DAY else 60 if minutes >= 60 else 1
    return clock.length_words(minutes - minutes % unit)


def time_left(facts: Mapping[str, Any], today: Today) -> TimeLeft:
    """Return how long a dossier still has: until its due moment, or before acceptance until the answer is due."""
    status = facts["status"]
    if status in FINAL:
        return TimeLeft("plain", str(Status(status).label), 0)
    if status == Status.FINISHED:
        return TimeLeft("good", _("có kết quả"), 100)
    before = status == Status.SUBMITTED
    due_at, since = (
        (facts["reception_due_at"], facts["submitted_at"]) if before else (facts["due_at"], facts["started_at"])
    )
    percent, left = _used(facts["calendar_id"], since, due_at, facts["paused_at"] or today.at)
    if status == Status.INCOMPLETE or status in WAITING:
        return TimeLeft("paused", _("đang dừng") if status in WAITING else _("chờ bổ sung"), percent)
    if due_at is None:
        return _untimed(facts, today)
    if due_at < today.at:
        return TimeLeft("late", _("quá %(length)s") % {"length": coarse(-left)} if left else _("vừa quá hạn"), 100)
    said = _("còn %(length)s") % {"length": coarse(left)} if left else _("đến hạn")
    return TimeLeft("soon" if due_at <= today.soon_by else "", said, percent)


def _untimed(facts: Mapping[str, Any], today: Today) -> TimeLeft:
    """Say of a dossier without a term that it has none, or for how long nothing has happened in it."""
    if facts["quiet_since"] is None:
        return TimeLeft("", _("không có hạn"), 0)
    quiet = calendar_of(facts["calendar_id"]).open_minutes(facts["quiet_since"], today.at)
    return TimeLeft("soon", _("im %(length)s") % {"length": coarse(quiet)}, 0)


def heading(facts: Mapping[str, Any], today: Today) -> tuple[str, str]:
    """Return the heading a row of the inbox stands under, and what stands beside it."""
    if facts["rank"]:
        return _HEADINGS[facts["rank"]][0] % {}, str(_HEADINGS[facts["rank"]][1])
    due_at = facts["due_at"]
    if due_at is None:
        return _("Không có thời hạn theo luật"), ""
    on = words.local_day(due_at)
    if due_at < today.at:
        return _("Quá hạn"), ""
    if on == today.on:
        return _("Hết hạn hôm nay"), _("trước %(time)s") % {"time": words.clock_time(due_at)}
    if on <= today.next_on:
        return _("Hết hạn %(day)s") % {"day": _day(on)}, ""
    return _("Từ %(day)s") % {"day": _day(today.later_on)}, ""


def row_of(facts: Mapping[str, Any], version: ProcedureVersion, today: Today, news: News) -> Row:
    """Return the line of a dossier from its facts (the keys of the tables of columns) and its procedure's version."""
    _unit, day_part, number = facts["code"].rsplit("-", 2)
    return Row(
        code=facts["code"],
        day_part=f"{day_part}-",
        number=number,
        left=time_left(facts, today),
        procedure=version.desk_name or version.name,
        procedure_title=f"{version.procedure.code} {version.name}",
        owner=facts["owner_name"],
        subject=facts["subject"],
        part_of=facts["root_code"] or "",
        step=facts["step"] or str(Status(facts["status"]).label),
        since=words.day_month(facts["received_at"]) if facts["received_at"] else "",
        place=_place(facts),
        unit=facts["unit"] or "",
        holder=facts["assignee"] or "",
        holder_short=" ".join((facts["assignee"] or "").split()[-2:]),
        nobody=_nobody(facts),
        news=news,
        can_select=facts["kind"] is not None and facts["status"] in CAN_BE_CHOSEN,
    )


def grouped(titled: Iterable[tuple[tuple[str, str], Row]]) -> list[Group]:
    """Return rows under their headings, in the order they come."""
    groups: list[Group] = []
    for (title, note), row in titled:
        if not groups or groups[-1].title != title:
            groups.append(Group(title, note, []))
        groups[-1].rows.append(row)
    return groups


_HEADINGS: Mapping[int, tuple[Promise, Promise]] = {
    1: (gettext_lazy("Chưa tiếp nhận"), gettext_lazy("nộp trực tuyến, đang chờ trả lời")),
    2: (gettext_lazy("Chờ người dân nhận kết quả"), gettext_lazy("đồng hồ đã dừng hẳn")),
    3: (gettext_lazy("Đồng hồ đang dừng"), gettext_lazy("chờ người dân, hoặc xét việc rút")),
}


def _used(calendar_id: int, since: datetime | None, due_at: datetime | None, now: datetime) -> tuple[int, int]:
    """Return the used percent of the time from `since` to `due_at`, and the working minutes left (negative: late)."""
    if since is None or due_at is None:
        return 0, 0
    calendar = calendar_of(calendar_id)
    total, left = calendar.open_minutes(since, due_at), calendar.open_minutes(now, due_at)
    return (100 if total <= 0 else min(max(100 - left * 100 // total, 0), 100)), left


def _place(facts: Mapping[str, Any]) -> str:
    """Return the agency the dossier is at: of a division the one it belongs to, for every commune has the same divisions."""
    is_division = facts["unit_type"] == Agency.Type.DIVISION
    return (facts["unit_parent"] if is_division else "") or facts["unit"] or ""


def _nobody(facts: Mapping[str, Any]) -> str:
    if facts["status"] in FINAL:
        return ""
    if facts["status"] == Status.WITHDRAWING:
        return _("lãnh đạo")
    if facts["status"] == Status.INCOMPLETE or facts["status"] in WAITING:
        return _("người dân")
    return _("cả quầy") if facts["kind"] in HELD_BY_DESK else _("chưa ai nhận")


def _day(on: date) -> str:
    return f"{words.weekday(on)} {words.day_month(on)}"

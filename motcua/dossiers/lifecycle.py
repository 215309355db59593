"""The life of a dossier: every status, every move between them, who may make it, what it does to the clock.

This is the only file to read, and the only one to change, when a rule about status changes. A new move needs words and a
button besides: docs/howto/new-move.md.
Steps inside PROCESSING are not here: they are data, published with the procedure (catalogue.processes).
Sources: the national status codes and the rows T1, T2, … of docs/rules.md; docs/glossary.md has the articles.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a dossier stands in law."""

    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Mới đăng ký")
    INCOMPLETE = "incomplete", _("Yêu cầu bổ sung trước tiếp nhận")
    REFUSED = "refused", _("Không được tiếp nhận")
    RECEIVED = "received", _("Được tiếp nhận")
    PROCESSING = "processing", _("Đang xử lý")
    AWAITING_PAPERS = "awaiting_papers", _("Yêu cầu bổ sung giấy tờ")
    AWAITING_PAYMENT = "awaiting_payment", _("Yêu cầu thực hiện nghĩa vụ tài chính")
    WITHDRAWING = "withdrawing", _("Đang xét yêu cầu rút hồ sơ")
    WITHDRAWN = "withdrawn", _("Công dân yêu cầu rút hồ sơ")
    STOPPED = "stopped", _("Dừng xử lý")
    FINISHED = "finished", _("Đã xử lý xong")
    RETURNED = "returned", _("Đã trả kết quả")


class By(StrEnum):
    """In what capacity somebody makes a move."""

    CITIZEN = "citizen"
    COUNTER = "counter"  # tiếp nhận
    RETURNER = "returner"  # trả kết quả
    OFFICER = "officer"  # chuyên viên, lãnh đạo phòng
    LEADER = "leader"  # assigns, but does not sign
    SIGNER = "signer"  # lãnh đạo ký
    CLERK = "clerk"  # văn thư
    ADVISER = "adviser"  # of a unit that was asked for its opinion or a verification
    APPROVER = "approver"  # lãnh đạo of the competent or the resolving unit, deciding what was proposed to them
    PLANNER = "planner"  # publishes processes, and moves open dossiers over to a new one
    SYSTEM = "system"


class Where(StrEnum):
    """A target that depends on where the dossier stands."""

    HERE = "here"  # the status stays
    BACK = "back"  # the status the dossier had before it came here


class Clock(StrEnum):
    """What a move does to the processing clock (the reception clock is set by submit alone)."""

    KEEP = "keep"
    START = "start"
    PAUSE = "pause"  # a clock paused already stays so
    RESUME = "resume"  # goes on, or counts the term anew: the procedure's policy
    CONTINUE = "continue"  # goes on with what was left, whatever the policy; stays paused where the target waits too
    EXTEND = "extend"
    RECALCULATE = "recalculate"  # with another term, or after a stop that was wrong: as if it had not stopped
    STOP = "stop"


@dataclass(frozen=True)
class Standing:
    """What is true of every dossier in a status; the database's check constraints are made from this."""

    national_code: int | None  # the code the National Portal knows; None is never sent
    has_code: bool  # the dossier code has been given
    accepted: bool | None  # received_at is set (None: either)
    waits: bool = False  # the processing clock is paused, the citizen holds the dossier
    finished: bool = False  # finished_at is set
    closed: bool = False  # closed_at is set: nothing more happens


@dataclass(frozen=True)
class Move:
    """One row of the table."""

    name: str
    label: str
    sources: tuple[Status, ...]
    target: Status | Where
    by: tuple[By, ...]
    clock: Clock = Clock.KEEP
    needs_reason: bool = False  # the law asks for a written reason to the citizen
    slip: str = ""  # the form issued with it: 01 to 05 (06 and 07 are printed from the rows at any time)
    rule: str = ""  # row of docs/rules.md


S, B, C, W = Status, By, Clock, Where
N = gettext_noop  # labels are translated where they are shown

# fmt: off
STANDING: dict[Status, Standing] = {
    #                             national  code   accepted
    S.DRAFT:             Standing(None,     False, False),
    S.SUBMITTED:         Standing(1,        True,  False),
    S.INCOMPLETE:        Standing(5,        True,  False),
    S.REFUSED:           Standing(3,        True,  False, closed=True),
    S.RECEIVED:          Standing(2,        True,  True),
    S.PROCESSING:        Standing(4,        True,  True),
    S.AWAITING_PAPERS:   Standing(5,        True,  True,  waits=True),
    S.AWAITING_PAYMENT:  Standing(6,        True,  True,  waits=True),
    S.WITHDRAWING:       Standing(7,        True,  True,  waits=True),
    S.WITHDRAWN:         Standing(7,        True,  None,  closed=True),
    S.STOPPED:           Standing(8,        True,  True,  closed=True),
    S.FINISHED:          Standing(9,        True,  True,  finished=True),
    S.RETURNED:          Standing(10,       True,  True,  finished=True, closed=True),
}

_RUNS = (S.RECEIVED, S.PROCESSING)
_WAITS = (S.AWAITING_PAPERS, S.AWAITING_PAYMENT)
_GOES_ON = (*_RUNS, *_WAITS, S.WITHDRAWING, S.FINISHED)  # what others send comes in until the dossier has ended
_OPEN = (S.SUBMITTED, S.INCOMPLETE, *_GOES_ON)

_TABLE = (
    #    name                label                           from                        to                 who may                  clock
    Move("submit",           N("Nộp hồ sơ"),                 (S.DRAFT,),                 S.SUBMITTED,       (B.CITIZEN,),                                         rule="T1"),
    Move("take_in",          N("Tiếp nhận tại quầy"),        (S.DRAFT,),                 S.RECEIVED,        (B.COUNTER,),            C.START, slip="01",              rule="T2"),
    Move("note_missing",     N("Ghi nhận thiếu tại quầy"),   (S.DRAFT,),                 S.INCOMPLETE,      (B.COUNTER,),            needs_reason=True, slip="02",    rule="T4"),
    Move("turn_away",        N("Không nhận tại quầy"),       (S.DRAFT,),                 S.REFUSED,         (B.COUNTER,),            needs_reason=True, slip="03",    rule="T5"),
    Move("accept",           N("Tiếp nhận"),                 (S.SUBMITTED,),             S.RECEIVED,        (B.COUNTER,),            C.START, slip="01",              rule="T3"),
    Move("ask_before",       N("Yêu cầu bổ sung"),           (S.SUBMITTED,),             S.INCOMPLETE,      (B.COUNTER,),            needs_reason=True, slip="02",    rule="T4"),
    Move("supply_before",    N("Nộp bổ sung"),               (S.INCOMPLETE,),            S.SUBMITTED,       (B.CITIZEN, B.COUNTER),                               rule="T6"),
    Move("refuse",           N("Từ chối tiếp nhận"),         (S.SUBMITTED, S.INCOMPLETE), S.REFUSED,        (B.COUNTER,),            needs_reason=True, slip="03",    rule="T5, T7"),
    Move("withdraw",         N("Rút hồ sơ"),                 (S.SUBMITTED, S.INCOMPLETE), S.WITHDRAWN,      (B.CITIZEN, B.COUNTER),                               rule="T13"),
    Move("hand_over",        N("Bàn giao"),                  (S.RECEIVED,),              S.PROCESSING,      (B.COUNTER,),                                                                  rule="T8"),
    Move("assign",           N("Giao việc"),                 (S.PROCESSING,),            S.PROCESSING,      (B.OFFICER, B.LEADER, B.SIGNER),                      rule="T9"),
    Move("complete_step",    N("Hoàn thành bước"),           (S.PROCESSING,),            S.PROCESSING,      (B.OFFICER,),                                         rule="T9"),
    Move("send_back",        N("Chuyển trả bước trước"),     (S.PROCESSING,),            S.PROCESSING,      (B.OFFICER, B.SIGNER, B.CLERK), needs_reason=True,    rule="T9"),
    Move("ask_papers",       N("Yêu cầu bổ sung"),           (S.PROCESSING,),            S.AWAITING_PAPERS, (B.OFFICER,),            C.PAUSE, needs_reason=True, slip="02", rule="T10"),
    Move("give_papers",      N("Nộp bổ sung"),               (S.AWAITING_PAPERS,),       S.PROCESSING,      (B.CITIZEN, B.COUNTER),  C.RESUME,                        rule="T6"),
    Move("sign_off",         N("Ký duyệt"),                  (S.PROCESSING,),            S.PROCESSING,      (B.SIGNER,),                                          rule="T16"),
    Move("issue",            N("Phát hành kết quả"),         (S.PROCESSING,),            S.FINISHED,        (B.CLERK,),              C.STOP,                          rule="T16"),
    Move("return_result",    N("Trả kết quả"),               (S.FINISHED,),              S.RETURNED,        (B.RETURNER,),                                        rule="T17"),

    Move("ask_again",        N("Yêu cầu bổ sung thêm một lần"), (S.PROCESSING,),         S.AWAITING_PAPERS, (B.APPROVER,),           C.PAUSE, needs_reason=True, slip="02", rule="T10"),
    Move("remind",           N("Nhắc bổ sung"),              (S.INCOMPLETE, S.AWAITING_PAPERS), W.HERE,     (B.SYSTEM,),                                          rule="T7"),
    Move("lapse_before",     N("Hết hạn bổ sung"),           (S.INCOMPLETE,),            S.REFUSED,         (B.SYSTEM,),             needs_reason=True, slip="03",    rule="T7"),
    Move("lapse",            N("Hết hạn bổ sung"),           (S.AWAITING_PAPERS,),       S.STOPPED,         (B.SYSTEM,),             C.STOP, needs_reason=True, slip="05", rule="T7"),
    Move("add_papers",       N("Nộp thêm giấy tờ"),          _RUNS,                      W.HERE,            (B.CITIZEN, B.COUNTER),                               rule="T6"),
    Move("ask_payment",      N("Thông báo nghĩa vụ tài chính"), (S.PROCESSING,),         S.AWAITING_PAYMENT, (B.OFFICER,),           C.PAUSE,                         rule="T11"),
    Move("ask_more_payment", N("Thông báo thêm nghĩa vụ tài chính"), (S.AWAITING_PAYMENT,), W.HERE,          (B.OFFICER,),                                         rule="T11"),
    Move("pay_part",         N("Xác nhận đã nộp một khoản"), (S.AWAITING_PAYMENT,),      W.HERE,            (B.COUNTER, B.SYSTEM),                                rule="T12"),
    Move("pay_all",          N("Xác nhận đã nộp đủ"),        (S.AWAITING_PAYMENT,),      S.PROCESSING,      (B.COUNTER, B.SYSTEM),   C.CONTINUE,                      rule="T12"),
    Move("ask_withdrawal",   N("Xin rút hồ sơ"),             (*_RUNS, *_WAITS),          S.WITHDRAWING,     (B.CITIZEN, B.COUNTER),  C.PAUSE,                         rule="T13"),
    Move("recall_withdrawal", N("Thôi rút hồ sơ"),           (S.WITHDRAWING,),           W.BACK,            (B.CITIZEN, B.COUNTER),  C.CONTINUE,                      rule="T14"),
    Move("grant_withdrawal", N("Cho rút hồ sơ"),             (S.WITHDRAWING,),           S.STOPPED,         (B.APPROVER,),           C.STOP, slip="05",               rule="T14"),
    Move("refuse_withdrawal", N("Không cho rút"),            (S.WITHDRAWING,),           W.BACK,            (B.APPROVER,),           C.CONTINUE, needs_reason=True,   rule="T14"),
    Move("propose",          N("Đề xuất"),                   (*_RUNS, *_WAITS),          W.HERE,            (B.OFFICER, B.COUNTER, B.SYSTEM), needs_reason=True,      rule="T15, T19"),
    Move("turn_down",        N("Không duyệt đề xuất"),       (*_RUNS, *_WAITS),          W.HERE,            (B.APPROVER,),           needs_reason=True,               rule="T15, T19"),
    Move("extend",           N("Gia hạn"),                   _RUNS,                      W.HERE,            (B.APPROVER,),           C.EXTEND, needs_reason=True, slip="04", rule="T19"),
    Move("stop",             N("Dừng giải quyết"),           (S.PROCESSING, *_WAITS),    S.STOPPED,         (B.APPROVER,),           C.STOP, needs_reason=True, slip="05", rule="T15"),
    Move("decline",          N("Từ chối giải quyết"),        (S.PROCESSING,),            S.STOPPED,         (B.APPROVER,),           C.STOP, needs_reason=True, slip="03", rule="T15"),
    Move("correct",          N("Sửa sau tiếp nhận"),         _RUNS,                      W.HERE,            (B.APPROVER,),           C.RECALCULATE, needs_reason=True, slip="01", rule="T3"),
    Move("reopen",           N("Mở lại trước khi trả"),      (S.FINISHED,),              S.PROCESSING,      (B.APPROVER,),           C.RECALCULATE, needs_reason=True, rule="T18"),
    Move("restore",          N("Khôi phục hồ sơ đã dừng"),   (S.STOPPED,),               S.PROCESSING,      (B.APPROVER,),           C.RECALCULATE, needs_reason=True, rule="T15"),
    Move("change_process",   N("Chuyển sang quy trình mới"), (S.PROCESSING, *_WAITS),    W.HERE,            (B.PLANNER,),            needs_reason=True,               rule="T9"),
    Move("time_out",         N("Hết giờ của bước"),          (S.PROCESSING,),            W.HERE,            (B.SYSTEM,),                                          rule="T9"),
    Move("hand_back",        N("Trả lại giấy tờ"),           (S.STOPPED,),               W.HERE,            (B.COUNTER,),                                         rule="T24"),
    Move("consult",          N("Lấy ý kiến, xác minh"),      (S.PROCESSING,),            W.HERE,            (B.OFFICER,),            needs_reason=True,               rule="T9"),
    Move("answer",           N("Trả lời ý kiến, xác minh"),  (*_RUNS, *_WAITS, S.WITHDRAWING), W.HERE,      (B.ADVISER,),            needs_reason=True,               rule="T9"),
    Move("note_silence",     N("Ghi im lặng"),               (*_RUNS, *_WAITS, S.WITHDRAWING), W.HERE,      (B.SYSTEM,),                                          rule="T9"),
    Move("offer_visit",      N("Hẹn xem tại chỗ"),           (S.PROCESSING,),            W.HERE,            (B.OFFICER,),            needs_reason=True,               rule="T9"),
    Move("agree_visit",      N("Chốt giờ xem tại chỗ"),      (*_RUNS, *_WAITS),          W.HERE,            (B.CITIZEN, B.OFFICER, B.COUNTER),                    rule="T9"),
    Move("call_off_visit",   N("Báo không gặp được"),        (*_RUNS, *_WAITS),          W.HERE,            (B.CITIZEN, B.OFFICER, B.COUNTER), needs_reason=True,     rule="T9"),
    Move("remind_visit",     N("Nhắc buổi xem tại chỗ"),     (*_RUNS, *_WAITS),          W.HERE,            (B.SYSTEM,),                                          rule="T9"),
    Move("record_visit",     N("Ghi biên bản xem tại chỗ"),  (S.PROCESSING, *_WAITS),    W.HERE,            (B.OFFICER,),            needs_reason=True,               rule="T9"),
    Move("note_no_news",     N("Ghi lâu chưa có việc mới"),  _RUNS,                      W.HERE,            (B.SYSTEM,),                                          rule="T23"),
    Move("state_cause",      N("Ghi nguyên nhân trễ hạn"),   (*_RUNS, *_WAITS, S.FINISHED), W.HERE,         (B.OFFICER, B.LEADER, B.APPROVER), needs_reason=True,     rule="T19"),

    Move("send_leg",         N("Gửi liên thông"),            (S.PROCESSING,),            W.HERE,            (B.OFFICER,),                                         rule="T20"),
    Move("leg_received",     N("Nơi liên thông đã nhận"),    _GOES_ON,                   W.HERE,            (B.SYSTEM,),                                          rule="T20"),
    Move("leg_refused",      N("Nơi liên thông không nhận"), _GOES_ON,                   W.HERE,            (B.SYSTEM,),             needs_reason=True,               rule="T20"),
    Move("leg_back",         N("Liên thông trả về"),         _GOES_ON,                   W.HERE,            (B.SYSTEM,),                                          rule="T20"),
    Move("recall_leg",       N("Thôi chờ liên thông"),       (S.PROCESSING,),            W.HERE,            (B.OFFICER,),            needs_reason=True,               rule="T20"),
    Move("note_late_leg",    N("Ghi trễ liên thông"),        _GOES_ON,                   W.HERE,            (B.SYSTEM,),                                          rule="T20"),
    Move("send_central",     N("Gửi trung ương"),            (S.PROCESSING,),            W.HERE,            (B.OFFICER,),                                         rule="T21"),
    Move("central_reply",    N("Trung ương trả lời"),        (S.PROCESSING, *_WAITS),    W.HERE,            (B.OFFICER,),                                         rule="T21"),
    Move("remind_leg",       N("Nhắc việc chờ trung ương"),  _GOES_ON,                   W.HERE,            (B.SYSTEM,),                                          rule="T21"),

    Move("arrive",           N("Chuyển đến liên thông"),     (S.DRAFT,),                 S.SUBMITTED,       (B.OFFICER,),                                         rule="T20"),
    Move("take_leg",         N("Nhận liên thông"),           (S.SUBMITTED,),             S.PROCESSING,      (B.COUNTER, B.LEADER),   C.START,                         rule="T20"),
    Move("refuse_leg",       N("Không nhận liên thông"),     (S.SUBMITTED,),             S.REFUSED,         (B.COUNTER, B.LEADER),   needs_reason=True,               rule="T20"),
    Move("give_back",        N("Trả về hồ sơ gửi đến"),      (S.FINISHED,),              S.RETURNED,        (B.SYSTEM,),                                          rule="T20"),
    Move("call_back",        N("Nơi gửi thôi nhờ"),          (S.SUBMITTED,),             S.WITHDRAWN,       (B.SYSTEM,),             needs_reason=True,               rule="T20"),
    Move("end_with_parent",  N("Dừng theo hồ sơ gửi đến"),   (S.PROCESSING,),            S.STOPPED,         (B.SYSTEM,),             C.STOP, needs_reason=True,       rule="T20"),

    Move("reassign_unit",    N("Chuyển đơn vị do sắp xếp bộ máy"), _OPEN,                W.HERE,            (B.SYSTEM,),                                          rule="T22"),
    Move("reassign_asked",   N("Chuyển nơi được hỏi do sắp xếp bộ máy"), _OPEN,          W.HERE,            (B.SYSTEM,),                                          rule="T22"),
)
# fmt: on
MOVES = {move.name: move for move in _TABLE}
OF_PARTS = frozenset({"arrive", "take_leg", "refuse_leg", "give_back", "call_back", "end_with_parent"})
"""Moves only of a part (liên thông): a dossier another one sent to a second agency."""
ALSO_OF_PARTS = frozenset(
    {
        "assign",
        "complete_step",
        "send_back",
        "sign_off",
        "issue",
        "propose",
        "turn_down",
        "stop",
        "decline",
        "consult",
        "answer",
        "note_silence",
        "state_cause",
        "send_leg",
        "leg_received",
        "leg_refused",
        "leg_back",
        "recall_leg",
        "note_late_leg",
        "send_central",
        "central_reply",
        "remind_leg",
        "change_process",
        "time_out",
        "reassign_unit",
        "reassign_asked",
    }
)
"""Moves of a part as of any dossier. All others speak with the citizen, whom only the dossier they filed speaks with."""
FINAL = frozenset(status for status, standing in STANDING.items() if standing.closed)
WAITING = frozenset(status for status, standing in STANDING.items() if standing.waits)
REACHED = frozenset(move.target for move in _TABLE if isinstance(move.target, Status)) | {Status.DRAFT}


class MoveNotAllowed(Exception):
    """The dossier is in the wrong status, the actor has the wrong capacity, or the reason is missing.

    The message is Vietnamese, for the person who tried: what happened, that nothing changed, what to do.
    """


def moves_open_to(status: str, by: By) -> list[Move]:
    """Return the moves a person acting as `by` may make from `status`: what the buttons are drawn from."""
    return [move for move in _TABLE if status in move.sources and by in move.by]


def lapses(status: str) -> Move | None:
    """Return the move the citizen's own term expires into from `status`; None where no such term runs."""
    return next((MOVES[name] for name in ("lapse_before", "lapse") if status in MOVES[name].sources), None)


def lands(move: Move, status: Status, before: Status) -> Status:
    """Return the status in which `move` leaves a dossier that stands in `status` and stood in `before` last."""
    if move.target is Where.HERE:
        return status
    return before if move.target is Where.BACK else Status(move.target)


def targets(move: Move, status: Status) -> list[Status]:
    """Return where `move` may leave a dossier that stands in `status`: one, or all it may have come from."""
    if move.target is Where.BACK:
        ways_in = (way for way in _TABLE if way.target == status)
        return list(dict.fromkeys(source for way in ways_in for source in way.sources))
    return [lands(move, status, status)]


def turns(move: Move, status: Status, target: Status) -> Clock:
    """Return what `move` does to the clock between these two: a clock that waits already is not paused or continued."""
    waits_already = move.clock is Clock.PAUSE and STANDING[status].waits
    waits_on = move.clock is Clock.CONTINUE and STANDING[target].waits
    return Clock.KEEP if waits_already or waits_on else move.clock


def check(status: str, move: Move, by: By, reason: str) -> None:
    """Raise MoveNotAllowed unless somebody acting as `by` may make `move` from `status`."""
    if status not in move.sources:
        raise MoveNotAllowed(
            gettext(
                "Hồ sơ đang ở trạng thái «%(status)s» nên không thể %(move)s. Chưa có gì thay đổi; hãy tải lại trang để xem ai vừa xử lý."
            )
            % {"status": Status(status).label, "move": gettext(move.label).lower()}
        )
    if by not in move.by:
        raise MoveNotAllowed(
            gettext("Vị trí của bạn không được %(move)s. Chưa có gì thay đổi.") % {"move": gettext(move.label).lower()}
        )
    if move.needs_reason and not reason.strip():
        raise MoveNotAllowed(
            gettext("Cần ghi lý do để người dân hiểu trước khi %(move)s. Chưa có gì thay đổi.")
            % {"move": gettext(move.label).lower()}
        )


def is_open_to_part(move: Move) -> bool:
    """Return whether a part of another dossier may make `move`."""
    return move.name in OF_PARTS | ALSO_OF_PARTS


def moves_of(*, is_part: bool) -> list[Move]:
    """Return the moves of a part of another dossier, or of any other dossier, in the order of the table."""
    return [move for move in _TABLE if (is_open_to_part(move) if is_part else move.name not in OF_PARTS)]


def check_part(move: Move, *, is_part: bool) -> None:
    """Raise MoveNotAllowed when `move` is not made by a part of another dossier, or only by one."""
    if is_part and not is_open_to_part(move):
        raise MoveNotAllowed(
            gettext(
                "Đây là phần liên thông của một hồ sơ khác, nên việc «%(move)s» làm ở hồ sơ gốc. Chưa có gì thay đổi."
            )
            % {"move": gettext(move.label).lower()}
        )
    if not is_part and move.name in OF_PARTS:
        raise MoveNotAllowed(gettext("Hồ sơ này không phải phần liên thông của hồ sơ khác. Chưa có gì thay đổi."))


def as_mermaid() -> str:
    """Draw the table, for docs/lifecycle.md; a test keeps the page equal to this."""
    lines = [
        f"    {source} --> {target}: {move.name}"
        for move in _TABLE
        for source in move.sources
        for target in targets(move, source)
    ]
    ends = [f"    {status} --> [*]" for status in Status if status in FINAL & REACHED]
    return "\n".join(["stateDiagram-v2", "    [*] --> draft", *lines, *ends]) + "\n"

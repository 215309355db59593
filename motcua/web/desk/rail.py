"""The rail beside the inbox: the queues of the officer's own desks, then those of the units they follow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.queries import Queue
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting

FOLLOWED = "theo-doi"  # `?xem=` of the lists of followed units
WORKING = frozenset({Permission.PROCESS, Permission.SIGN, Permission.ISSUE})  # whose steps are taken by one officer
HOLDING = WORKING | {Permission.RECEIVE, Permission.RETURN_RESULT}  # at whose desks steps stand


@dataclass(frozen=True)
class QueueSign:
    """How a queue stands in the rail. `only_for`: shown to posts with one of these permissions."""

    label: Promise
    icon: str
    css: str = ""
    only_for: frozenset[Permission] = HOLDING
    title: Promise | None = None  # over the list, where the label alone says too little


@dataclass(frozen=True)
class Line:
    """A queue as drawn, with how many dossiers stand in it."""

    sign: QueueSign
    url: str
    count: int
    here: bool


@dataclass(frozen=True)
class Part:
    """Some lines under a heading."""

    title: str
    queues: list[Line]


Counts = Mapping[Queue, int]

# fmt: off
SIGNS: Mapping[Queue, QueueSign] = {
    Queue.MINE:      QueueSign(gettext_lazy("Của tôi"), "user", title=gettext_lazy("Hồ sơ của tôi")),
    Queue.UNIT:      QueueSign(gettext_lazy("Của đơn vị"), "users", title=gettext_lazy("Hồ sơ của đơn vị")),
    Queue.TO_RECEIVE: QueueSign(gettext_lazy("Chờ tiếp nhận"), "file-input", "", frozenset({Permission.RECEIVE})),
    Queue.NEW:       QueueSign(gettext_lazy("Chưa ai nhận"), "inbox", "", WORKING),
    Queue.SOON:      QueueSign(gettext_lazy("Sắp hạn"), "clock", "is-soon"),
    Queue.LATE:      QueueSign(gettext_lazy("Quá hạn"), "triangle-alert", "is-late"),
    Queue.TO_DECIDE: QueueSign(gettext_lazy("Chờ duyệt"), "gavel", "", frozenset({Permission.SIGN}), gettext_lazy("Đề xuất chờ duyệt")),
    Queue.QUIET:     QueueSign(gettext_lazy("Lâu chưa có tin"), "bell", "is-soon", WORKING | {Permission.ASSIGN}, gettext_lazy("Luật không định hạn, lâu chưa có việc mới")),
    Queue.UNSTATED:  QueueSign(gettext_lazy("Chưa nêu nguyên nhân trễ"), "circle-alert", "is-late", frozenset({Permission.ASSIGN, Permission.SIGN})),
    Queue.TO_ANSWER: QueueSign(gettext_lazy("Chờ trả lời"), "message-circle", "", frozenset({Permission.PROCESS, Permission.SIGN}), gettext_lazy("Đơn vị khác hỏi, chờ trả lời")),
    Queue.VISITS:    QueueSign(gettext_lazy("Hẹn xem tại chỗ"), "calendar-days", "", frozenset({Permission.PROCESS}), gettext_lazy("Hẹn xem tại chỗ, hôm nay và ngày mai")),
    Queue.TO_SIGN:   QueueSign(gettext_lazy("Chờ ký, chờ số"), "stamp", "", frozenset({Permission.SIGN, Permission.ISSUE})),
    Queue.TO_RETURN: QueueSign(gettext_lazy("Chờ trả kết quả"), "package-check", "", frozenset({Permission.RETURN_RESULT})),
    Queue.WAITING:   QueueSign(gettext_lazy("Đang dừng, đang chờ"), "pause"),
}
RAIL: tuple[tuple[Promise | str, tuple[Queue, ...]], ...] = (
    ("",                                   (Queue.MINE, Queue.UNIT)),
    (gettext_lazy("Cần làm"),              (Queue.TO_RECEIVE, Queue.NEW, Queue.SOON, Queue.LATE, Queue.QUIET, Queue.UNSTATED, Queue.TO_DECIDE, Queue.TO_ANSWER, Queue.VISITS, Queue.TO_SIGN, Queue.TO_RETURN)),
    (gettext_lazy("Đang chờ người dân"),   (Queue.WAITING,)),
)
FOLLOWING: Mapping[Queue, QueueSign] = {
    Queue.UNIT:      QueueSign(gettext_lazy("Chưa xong"), "users", title=gettext_lazy("Mọi hồ sơ chưa xong")),
    Queue.SOON:      QueueSign(gettext_lazy("Sắp hạn"), "clock", "is-soon"),
    Queue.LATE:      QueueSign(gettext_lazy("Quá hạn"), "triangle-alert", "is-late"),
    Queue.UNTIMED:   QueueSign(gettext_lazy("Luật không định hạn"), "circle", title=gettext_lazy("Hồ sơ luật không định hạn")),
    Queue.QUIET:     QueueSign(gettext_lazy("Lâu chưa có tin"), "bell", "is-soon", title=gettext_lazy("Luật không định hạn, lâu chưa có việc mới")),
    Queue.WAITING:   QueueSign(gettext_lazy("Đang dừng, đang chờ"), "pause"),
    Queue.TO_RETURN: QueueSign(gettext_lazy("Chờ trả kết quả"), "package-check"),
}
OPENS_ON: tuple[tuple[Queue, frozenset[Permission]], ...] = (
    # what the inbox opens on → whose work it is; the first with something in it. Results wait for their receivers, so they
    # come after everything whose clock runs.
    (Queue.TO_RECEIVE, frozenset({Permission.RECEIVE})),
    (Queue.TO_DECIDE,  frozenset({Permission.SIGN})),
    (Queue.TO_SIGN,    frozenset({Permission.SIGN, Permission.ISSUE})),
    (Queue.UNIT,       frozenset({Permission.RECEIVE, Permission.PROCESS})),
    (Queue.TO_RETURN,  frozenset({Permission.RETURN_RESULT})),
)
# fmt: on


def opens_on(sitting: Sitting, own: Counts) -> Queue:
    """Return the queue the officer has something to do in first, of those their posts bring."""
    having = (queue for queue, work in OPENS_ON if own.get(queue) and _may_one_of(sitting, work))
    return next(having, Queue.UNIT)


def holds_desk(sitting: Sitting) -> bool:
    """Return whether steps stand at any post of the officer; a supervisor only follows."""
    return _may_one_of(sitting, HOLDING)


def own_queues(sitting: Sitting) -> list[Queue]:
    """Return the queues of the officer's own desks; none for who only follows."""
    return [queue for queue, sign in SIGNS.items() if _may_one_of(sitting, sign.only_for)]


def title_of(queue: Queue, *, followed: bool, sitting: Sitting) -> str:
    """Return what stands over the list of a queue."""
    sign = FOLLOWING[queue] if followed else SIGNS[queue]
    title = str(sign.title or sign.label)
    return _("%(title)s · %(where)s") % {"title": title, "where": _where(sitting)} if followed else title


def rail(sitting: Sitting, own: Counts, followed: Counts, here: tuple[Queue, bool] | None) -> list[Part]:
    """Return the parts of the rail that have something counted; `here`: the queue shown, and whether it is followed."""
    parts = [Part(str(title), lines) for title, queues in RAIL if (lines := _lines(queues, own, here))]
    if followed:
        lines = [
            Line(sign, address(queue, followed=True), followed[queue], here == (queue, True))
            for queue, sign in FOLLOWING.items()
        ]
        parts.append(Part(_("Theo dõi %(where)s") % {"where": _where(sitting)}, lines))
    return parts


def address(queue: Queue, *, followed: bool) -> str:
    """Return where the list of a queue stands."""
    return f"{reverse('desk:inbox')}?hang={queue.value}{f'&xem={FOLLOWED}' if followed else ''}"


def _lines(queues: Iterable[Queue], counts: Counts, here: tuple[Queue, bool] | None) -> list[Line]:
    return [
        Line(SIGNS[queue], address(queue, followed=False), counts[queue], here == (queue, False))
        for queue in queues
        if queue in counts
    ]


def _where(sitting: Sitting) -> str:
    return _("toàn tỉnh") if sitting.may(Permission.READ_ALL_DOSSIERS) else _("cả đơn vị")


def _may_one_of(sitting: Sitting, wanted: Iterable[Permission]) -> bool:
    return any(sitting.may(permission) for permission in wanted)

"""«Vì sao ngày này?»: a dossier's deadline as a calendar picture and a sum, the citizen's own term as a sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from motcua.base.words import local_day
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers import clock, deadlines, policy
from motcua.dossiers.expiry import after_expiry
from motcua.dossiers.lifecycle import WAITING
from motcua.dossiers.models import Dossier, Supplement

_CLASSES = {
    clock.CellKind.OUTSIDE: "dim",
    clock.CellKind.RECEIVED: "",
    clock.CellKind.RUN: "run",
    clock.CellKind.WAIT: "wait-you",
    clock.CellKind.OFF: "off",
    clock.CellKind.FEAST: "feast",
    clock.CellKind.DUE: "end",
}


CLOCK_WAITS: Mapping[str, str] = {
    ProcedureVersion.AfterPause.RESTART: _(
        "Đồng hồ dừng cho đến khi bạn gửi đủ, rồi thời hạn tính lại từ đầu: gửi càng muộn, kết quả càng muộn."
    ),
    ProcedureVersion.AfterPause.RESUME: _(
        "Đồng hồ dừng cho đến khi bạn gửi đủ, và ngày hẹn trả lùi theo thời gian chờ: gửi càng muộn, kết quả càng muộn."
    ),
}


@dataclass(frozen=True)
class WhySupplement:
    """Why a citizen has until that moment to supplement, and what happens after it."""

    lines: Sequence[clock.Line]
    result: clock.Line | None
    after: Sequence[str]


@dataclass(frozen=True)
class Why:
    """The explanation: weeks of (day, class), the lines of the sum, and its last line."""

    term: str
    is_wall: bool
    weeks: list[list[tuple[clock.DayCell, str]]]
    lines: Sequence[clock.Line]
    result: clock.Line | None


def why(dossier: Dossier, reckoning: clock.Reckoning, now: datetime) -> Why | None:
    """Return why the dossier is due when it is due; None where the law gives no term."""
    if dossier.due_at is None:
        return None
    filed_on = local_day(dossier.submitted_at) if dossier.submitted_at else None
    cells = [(cell, _class(cell)) for cell in clock.days(reckoning, now, filed_on=filed_on)]
    lines = clock.explain(reckoning)
    term = deadlines.term_of(dossier.version, dossier.case, dossier.channel)
    return Why(
        term=clock.term_words(term) if term else "",
        is_wall=reckoning.is_wall,
        weeks=[cells[first : first + 7] for first in range(0, len(cells), 7)],
        lines=lines[:-1],
        result=lines[-1] if lines else None,
    )


def why_supplement(dossier: Dossier, supplement: Supplement) -> WhySupplement:
    """Return why the open request is due when it is due (no lines where that cannot be told), and what comes after."""
    lines = clock.explain_supplement(deadlines.calendar(dossier), supplement.asked_at, supplement.due_at)
    return WhySupplement(lines[:-1], lines[-1] if lines else None, _after(dossier))


def _after(dossier: Dossier) -> list[str]:
    days = policy.reminder_days()
    reminded = ngettext(
        "Chúng tôi nhắc bạn trước hạn %(n)d ngày làm việc.", "Chúng tôi nhắc bạn trước hạn %(n)d ngày làm việc.", days
    )
    said = [after_expiry(dossier.status), reminded % {"n": days}]
    if dossier.status in WAITING:
        said.append(gettext(CLOCK_WAITS[dossier.version.after_pause]))
    return said


def _class(cell: clock.DayCell) -> str:
    return f"{_CLASSES[cell.kind]} today".strip() if cell.is_today else _CLASSES[cell.kind]

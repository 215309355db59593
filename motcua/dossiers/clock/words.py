"""How the ledger says moments and lengths. The clock imports nothing of ours, so it brings its own few words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.dossiers.clock.terms import Term, Unit, plain
from motcua.dossiers.clock.working_calendar import MINUTES_PER_DAY, MINUTES_PER_WORKING_DAY, WorkingCalendar

WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)
UNITS: Mapping[Unit, Callable[[int], str]] = {  # unit → the words for so many of it
    Unit.WORKING_DAYS: lambda many: ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", many),
    Unit.DAYS: lambda many: ngettext("%(n)s ngày", "%(n)s ngày", many),
    Unit.WORKING_HOURS: lambda many: ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", many),
    Unit.MONTHS: lambda many: ngettext("%(n)s tháng", "%(n)s tháng", many),
    Unit.SAME_DAY: lambda _many: _("trong ngày"),
}


def term_words(term: Term) -> str:
    """Return «7 ngày làm việc», «7,5 ngày làm việc», «trong ngày»."""
    words = UNITS[term.unit](1 if term.quantity == 1 else 2)
    return words if term.unit is Unit.SAME_DAY else words % {"n": plain(term.quantity).replace(".", ",")}


def day_words(on: date, year: int | None = None) -> str:
    """Return «20/11/2026», without the year where it is the given one."""
    return f"{on:%d/%m}" if on.year == year else f"{on:%d/%m/%Y}"


def moment_words(at: datetime, year: int | None = None) -> str:
    """Return «09:10 thứ Sáu 20/11/2026» for a local moment, without the year where it is the given one."""
    return f"{at:%H:%M} {WEEKDAYS[at.weekday()]} {day_words(at.date(), year)}"


def hours_words(minutes: int) -> str:
    """Return «56 giờ», «3 giờ 30 phút», «45 phút»: the sums of the ledger, never turned into days."""
    hours, rest = divmod(minutes, 60)
    parts = [ngettext("%(n)d giờ", "%(n)d giờ", hours) % {"n": hours}] if hours else []
    if rest or not hours:
        parts.append(ngettext("%(n)d phút", "%(n)d phút", rest) % {"n": rest})
    return " ".join(parts)


def length_words(minutes: int, minutes_per_day: int = MINUTES_PER_WORKING_DAY) -> str:
    """Return a length in days of 8 working hours and hours, minutes only below a day: «5 ngày 5 giờ», «40 phút»."""
    days, rest = divmod(minutes, minutes_per_day)
    hours = rest // 60
    if not days:
        return hours_words(minutes)
    in_days = ngettext("%(n)d ngày", "%(n)d ngày", days) % {"n": days}
    return f"{in_days} {hours_words(hours * 60)}" if hours else in_days


def wall_words(minutes: int) -> str:
    """Return wall minutes in days of 24 hours, to the minute: «1 ngày 5 giờ», «15 ngày»."""
    days, rest = divmod(minutes, MINUTES_PER_DAY)
    parts = [ngettext("%(n)d ngày", "%(n)d ngày", days) % {"n": days}] if days else []
    if rest or not days:
        parts.append(hours_words(rest))
    return " ".join(parts)


def working_time_left(calendar: WorkingCalendar, now: datetime, due_at: datetime) -> int:
    """Return the open minutes from `now` to the due moment; negative when late, 0 until an open minute is lost."""
    return calendar.open_minutes(now, due_at)


def time_left_words(
    calendar: WorkingCalendar, now: datetime, due_at: datetime | None, *, is_paused: bool = False,
    says_what_counts: bool = False,
) -> str:  # fmt: skip
    """Return «còn 5 ngày 5 giờ», «quá 1 ngày», «đang dừng» or «không có hạn»: working time, one day is 8 hours.

    `says_what_counts`: «còn 5 ngày làm việc», for citizens, who count other days too.
    """
    if is_paused:
        return _("đang dừng")
    if due_at is None:
        return _("không có hạn")
    left = working_time_left(calendar, now, due_at)
    length = length_words(abs(left))
    if says_what_counts:
        length = _("%(length)s làm việc") % {"length": length}
    if now > due_at:
        return _("quá %(length)s") % {"length": length} if left else _("vừa quá hạn")
    return _("còn %(length)s") % {"length": length} if left else _("đến hạn")

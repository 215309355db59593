"""The working calendar: weekly sessions and special days, compiled to cumulative open minutes.

Everything counts in whole minutes on the clocks of Vietnam, the precision a receipt prints: seconds of a moment are
dropped.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
MINUTES_PER_WORKING_DAY = 480  # one working day is eight working hours, however long the sessions of a day are
MINUTES_PER_DAY = 1440
FIRST_YEAR, LAST_YEAR = 2000, 2100

_EPOCH = datetime(FIRST_YEAR, 1, 1, tzinfo=LOCAL)
_FIRST_DAY = _EPOCH.toordinal()
_DAY_COUNT = date(LAST_YEAR, 12, 31).toordinal() - _FIRST_DAY + 1
_MONDAY = 0

Piece = tuple[int, int]  # minutes of the day: opens, closes


class CalendarError(ValueError):
    """Something that cannot be counted; the message is Vietnamese."""


class BadCalendar(CalendarError):
    """The sessions of a calendar make no sense."""


class MomentHasNoZone(CalendarError):
    """A moment came without its time zone, so it names no instant."""


class OutsideYears(CalendarError):
    """The count leaves the years a calendar covers, 2000 to 2100."""


class NotAWorkingDay(CalendarError):
    """A closing or opening was asked of a day off."""


class DayKind(StrEnum):
    """Why a day differs from its weekday (LE, NGHI_BU, HOAN_DOI, LAM_BU)."""

    HOLIDAY = "holiday"
    COMPENSATION = (
        "compensation"  # nghỉ bù: a holiday fell on a weekly day off (Bộ luật Lao động 2019, Điều 111 khoản 3)
    )
    SWAP = "swap"  # hoán đổi: off, worked on another day
    MAKE_UP = "make_up"  # làm bù: worked in exchange for a swap


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch of one day in which the agency is open."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from its weekday. A make-up day without sessions of its own takes Monday's."""

    on: date
    kind: DayKind
    name: str
    sessions: tuple[Session, ...] = ()


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """One version of one agency's working hours; immutable. `week` maps weekday (Monday is 0) to sessions.

    Moments go in aware, in any zone, and come out in Asia/Ho_Chi_Minh. Covers 2000 to 2100; beyond raises OutsideYears.
    """

    code: str
    version: int
    week: Mapping[int, tuple[Session, ...]]
    special_days: Mapping[date, SpecialDay] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Copy the mappings, so that nobody changes them under the compiled minutes, and check the sessions."""
        week = {weekday: _in_order(sessions) for weekday, sessions in self.week.items()}
        special = {on: day for on, day in self.special_days.items()}
        for day in special.values():
            _in_order(day.sessions)
        object.__setattr__(self, "week", MappingProxyType(week))
        object.__setattr__(self, "special_days", MappingProxyType(special))

    def sessions_on(self, on: date) -> tuple[Session, ...]:
        """Return the sessions of a day, empty on a day off."""
        special = self.special_days.get(on)
        if special is None:
            return self.week.get(on.weekday(), ())
        if special.kind is DayKind.MAKE_UP:
            return _in_order(special.sessions) or self.week.get(_MONDAY, ())
        return ()

    def is_working_day(self, on: date) -> bool:
        """Return whether the agency is open at all on that day."""
        return bool(self._pieces[_day_index(on)])

    def open_minutes(self, start: datetime, end: datetime) -> int:
        """Return the open minutes from `start` to `end`; negative when `end` is the earlier one."""
        return self._open_until(_minute_index(end)) - self._open_until(_minute_index(start))

    def add(self, moment: datetime, minutes: int) -> datetime:
        """Return the earliest moment by which `minutes` open minutes have passed since `moment`.

        That is the closing moment rather than the next opening. With 0 it returns the next working moment: `moment`
        itself in a session, else the next opening.
        """
        start = _minute_index(moment)
        if minutes <= 0:
            return self._next_working(start, minutes)
        before = self._open_before
        target = self._open_until(start) + minutes
        day = bisect_left(before, target, start // MINUTES_PER_DAY) - 1
        if target > before[-1]:
            raise _outside()
        wanted = target - before[day]
        for opens, closes in self._pieces[day]:
            if wanted <= closes - opens:
                break
            wanted -= closes - opens
        return _EPOCH + timedelta(day, (opens + wanted) * 60)

    def next_opening(self, moment: datetime) -> datetime:
        """Return the first opening of a session at or after `moment`."""
        start = _minute_index(moment)
        day, minute = divmod(start, MINUTES_PER_DAY)
        for opens, _closes in self._pieces[day]:
            if opens >= minute:
                return _moment(day * MINUTES_PER_DAY + opens)
        return self.opening(self.next_working_day(_day(day)))

    def opening(self, on: date) -> datetime:
        """Return the moment the agency opens on a working day; raise NotAWorkingDay on a day off."""
        return _moment(_day_index(on) * MINUTES_PER_DAY + self._working_pieces(on)[0][0])

    def closing(self, on: date) -> datetime:
        """Return the moment the agency closes on a working day; raise NotAWorkingDay on a day off."""
        return _moment(_day_index(on) * MINUTES_PER_DAY + self._working_pieces(on)[-1][1])

    def next_working_day(self, on: date) -> date:
        """Return the first working day after `on`, never `on` itself."""
        before = self._open_before
        index = _day_index(on)
        following = bisect_right(before, before[index + 1]) - 1  # the first day that opens after the end of `on`
        if following >= _DAY_COUNT:
            raise _outside()
        return _day(following)

    def working_day_from(self, on: date) -> date:
        """Return `on` if it is a working day, else the next one (Bộ luật Dân sự 2015, Điều 148 khoản 5)."""
        return on if self.is_working_day(on) else self.next_working_day(on)

    def days_off(self, first: date, last: date) -> list[date]:
        """Return the days from `first` to `last`, both included, on which the agency is closed."""
        return [_day(i) for i in range(_day_index(first), _day_index(last) + 1) if not self._pieces[i]]

    def _working_pieces(self, on: date) -> tuple[Piece, ...]:
        pieces = self._pieces[_day_index(on)]
        if not pieces:
            raise NotAWorkingDay(_("Ngày %(on)s là ngày nghỉ, không có giờ làm việc.") % {"on": f"{on:%d/%m/%Y}"})
        return pieces

    def _open_until(self, index: int) -> int:
        """Return the open minutes from the start of the years covered to a minute."""
        day, minute = divmod(index, MINUTES_PER_DAY)
        total = self._open_before[day]
        for opens, closes in self._pieces[day]:
            if minute <= opens:
                break
            total += (closes if minute > closes else minute) - opens
        return total

    def _next_working(self, index: int, minutes: int) -> datetime:
        if minutes < 0:
            raise CalendarError(_("Không thể cộng số phút âm vào lịch làm việc."))
        day, minute = divmod(index, MINUTES_PER_DAY)
        if any(opens <= minute < closes for opens, closes in self._pieces[day]):
            return _moment(index)
        return self.next_opening(_moment(index))

    @cached_property
    def _pieces(self) -> list[tuple[Piece, ...]]:
        """The sessions of every day covered, as minutes of the day. Days alike share one tuple."""
        week = [_as_pieces(self.week.get(weekday, ())) for weekday in range(7)]
        start = _EPOCH.weekday()
        pieces = [week[(start + index) % 7] for index in range(_DAY_COUNT)]
        for on in self.special_days:
            if FIRST_YEAR <= on.year <= LAST_YEAR:
                pieces[on.toordinal() - _FIRST_DAY] = _as_pieces(self.sessions_on(on))
        return pieces

    @cached_property
    def _open_before(self) -> list[int]:
        """The open minutes before each day covered, and after the last: never falling, so a bisection finds a day."""
        total, before = 0, [0]
        length = {pieces: sum(closes - opens for opens, closes in pieces) for pieces in set(self._pieces)}
        for pieces in self._pieces:
            total += length[pieces]
            before.append(total)
        return before


def calendar_from_rows(
    code: str,
    version: int,
    week: Mapping[int, Iterable[tuple[time, time]]],
    days: Iterable[tuple[date, str, str]],
) -> WorkingCalendar:
    """Return the calendar of plain rows, as tables and data files hold them: sessions and (day, kind, name)."""
    sessions = {weekday: tuple(Session(opens, closes) for opens, closes in rows) for weekday, rows in week.items()}
    return WorkingCalendar(
        code, version, sessions, {on: SpecialDay(on, DayKind(kind), name) for on, kind, name in days}
    )


def to_local(moment: datetime) -> datetime:
    """Return an aware moment on the clocks of Vietnam; raise MomentHasNoZone for a naive one."""
    if moment.tzinfo is None:
        raise MomentHasNoZone(_("Thời điểm phải có múi giờ."))
    try:
        return moment.astimezone(LOCAL)
    except OverflowError:
        raise _outside() from None


def _in_order(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Return sessions by their opening; raise BadCalendar when one closes before it opens or two overlap."""
    ordered = tuple(sorted(sessions, key=lambda session: session.opens))
    ends = [time(0), *(session.closes for session in ordered)]
    if any(session.closes <= session.opens for session in ordered) or any(
        session.opens < end for end, session in zip(ends, ordered, strict=False)
    ):
        raise BadCalendar(_("Các buổi làm việc trong ngày chồng lên nhau hoặc đóng cửa trước khi mở cửa."))
    return ordered


def _as_pieces(sessions: Iterable[Session]) -> tuple[Piece, ...]:
    return tuple((s.opens.hour * 60 + s.opens.minute, s.closes.hour * 60 + s.closes.minute) for s in sessions)


def _minute_index(moment: datetime) -> int:
    """Return the minutes on Vietnamese clocks from 1 January 2000 to `moment`, its seconds dropped."""
    if moment.tzinfo is not LOCAL:
        moment = to_local(moment)
    index = (moment.toordinal() - _FIRST_DAY) * MINUTES_PER_DAY + moment.hour * 60 + moment.minute
    if not 0 <= index < _DAY_COUNT * MINUTES_PER_DAY:
        raise _outside()
    return index


def _moment(index: int) -> datetime:
    return _EPOCH + timedelta(minutes=index)


def _day(index: int) -> date:
    return date.fromordinal(_FIRST_DAY + index)


def _day_index(on: date) -> int:
    index = on.toordinal() - _FIRST_DAY
    if not 0 <= index < _DAY_COUNT:
        raise _outside()
    return index


def _outside() -> OutsideYears:
    return OutsideYears(
        _("Ngày cần tính nằm ngoài các năm %(first)s–%(last)s của lịch làm việc, hoặc lịch không có buổi làm việc nào.")
        % {"first": FIRST_YEAR, "last": LAST_YEAR}
    )

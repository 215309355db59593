"""The ledger as a calendar: what each day gave to the count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from motcua.dossiers.clock.counting import Pause, passed_minutes
from motcua.dossiers.clock.ledger import Reckoning
from motcua.dossiers.clock.words import hours_words
from motcua.dossiers.clock.working_calendar import LOCAL, DayKind, to_local

_FOREVER = datetime(2100, 12, 31, 23, 59, tzinfo=LOCAL)
_NO_TERM = 10**9  # minutes: more than the years covered


class CellKind(StrEnum):
    """How a day looks in the calendar."""

    OUTSIDE = "outside"  # before the receipt, after the due day, or a day that gives nothing
    RECEIVED = "received"
    RUN = "run"
    WAIT = "wait"  # the clock stood still for some of the day
    OFF = "off"  # weekly day off
    FEAST = "feast"  # holiday, compensation or swap
    DUE = "due"


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day. Minutes are open minutes, wall minutes for days and months; the worked ones sum to the term."""

    on: date
    kind: CellKind
    worked_minutes: int
    paused_minutes: int
    is_due: bool
    is_today: bool
    label: str


def days(reckoning: Reckoning, now: datetime, *, filed_on: date | None = None) -> list[DayCell]:
    """Return whole weeks from the receipt (or filing) to the due day, the last entry or, during a pause, today.

    While the clock stands still no day after `now` gives anything, so only then the worked minutes do not sum to the
    term.
    """
    if not reckoning.turns:
        return []
    picture = _Picture(reckoning, to_local(now).date(), filed_on)
    first = min(reckoning.turns[0].at.date(), filed_on or date.max)
    last = picture.last_day()
    monday = first - timedelta(days=first.weekday())
    sunday = last + timedelta(days=6 - last.weekday())
    return list(picture.cells(monday, sunday))


class _Picture:
    """The reckoning being drawn, with the minutes of the term not yet given to a day."""

    def __init__(self, reckoning: Reckoning, today: date, filed_on: date | None) -> None:
        self.reckoning = reckoning
        self.today = today
        self.filed_on = filed_on
        self.left = _NO_TERM if reckoning.total_minutes is None else reckoning.total_minutes
        self.due_on = reckoning.due_at.date() if reckoning.due_at else None
        self.pauses = reckoning.pauses
        if reckoning.paused_since:
            self.pauses += (Pause(reckoning.paused_since, _FOREVER),)

    def last_day(self) -> date:
        reckoning = self.reckoning
        ends = [reckoning.turns[-1].at.date()]
        if self.due_on:
            ends.append(self.due_on)
        if reckoning.paused_since or (reckoning.due_at is None and not reckoning.stopped_at):
            ends.append(self.today)
        return max(ends)

    def cells(self, first: date, last: date) -> Iterator[DayCell]:
        """Draw the days in order, each taking its minutes from what is left of the term."""
        for offset in range((last - first).days + 1):
            on = first + timedelta(days=offset)
            worked, paused = self.minutes_of(on)
            if self.reckoning.paused_since and on > self.today:
                paused = 0  # nobody knows how long it will still wait
            worked = min(worked, self.left)
            self.left -= worked
            kind = self.kind_of(on, worked, paused)
            label = self.label_of(on, kind, worked, paused)
            yield DayCell(on, kind, worked, paused, on == self.due_on, on == self.today, label)

    def minutes_of(self, on: date) -> tuple[int, int]:
        """Return the counted and the paused minutes of a day; nothing counts after a stop or before the count began."""
        midnight = datetime.combine(on, time(0), LOCAL)
        tomorrow = midnight + timedelta(days=1)
        counted_from = self.reckoning.counted_from or tomorrow
        start, end = max(midnight, counted_from), min(tomorrow, self.reckoning.stopped_at or tomorrow)
        in_count = sum(self.between(max(start, p.start_at), min(end, p.end_at)) for p in self.pauses)
        paused = sum(self.between(max(midnight, p.start_at), min(tomorrow, p.end_at)) for p in self.pauses)
        return self.between(start, end) - in_count, paused

    def between(self, start: datetime, end: datetime) -> int:
        return passed_minutes(self.reckoning.calendar, start, end, is_wall=self.reckoning.is_wall)

    def kind_of(self, on: date, worked: int, paused: int) -> CellKind:
        """Return the first of these that holds."""
        received_on = self.reckoning.turns[0].at.date()
        rules = (
            (on == self.due_on, CellKind.DUE),
            (on == received_on, CellKind.RECEIVED),
            (on < received_on or on > self.last_day(), CellKind.OUTSIDE),
            (bool(paused) and on <= max(self.today, self.reckoning.turns[-1].at.date()), CellKind.WAIT),
            (bool(worked), CellKind.RUN),
            (self.is_feast(on), CellKind.FEAST),
            (not self.reckoning.calendar.is_working_day(on), CellKind.OFF),
        )
        return next((kind for holds, kind in rules if holds), CellKind.OUTSIDE)

    def is_feast(self, on: date) -> bool:
        special = self.reckoning.calendar.special_days.get(on)
        return special is not None and special.kind is not DayKind.MAKE_UP

    def label_of(self, on: date, kind: CellKind, worked: int, paused: int) -> str:
        """Return the few words in the cell: what happened, or the hours."""
        if kind is CellKind.OUTSIDE:
            return _("nộp") if on == self.filed_on else ""
        if kind is CellKind.OFF:
            return _("nghỉ")
        if kind is CellKind.FEAST:
            return _("ngày lễ") if self.reckoning.calendar.special_days[on].kind is DayKind.HOLIDAY else _("nghỉ")
        return ", ".join(self.parts(on, kind, worked, paused))

    def parts(self, on: date, kind: CellKind, worked: int, paused: int) -> Iterator[str]:
        if kind is CellKind.RECEIVED or on == self.reckoning.turns[0].at.date():
            yield _("nhận đủ")
        hours = self.worked_words(worked)
        if paused and kind is not CellKind.RECEIVED:
            yield from self.waiting_parts(on, hours)
        elif hours:
            yield hours
        yield from self.ending_parts(on)

    def ending_parts(self, on: date) -> Iterator[str]:
        stopped_at = self.reckoning.stopped_at
        if stopped_at and on == stopped_at.date():
            yield _("xong")
        elif on == self.due_on:
            if self.reckoning.paused_since:
                yield _("hẹn cũ")
            else:
                yield _("hẹn trả") if stopped_at else _("trả")

    def waiting_parts(self, on: date, hours: str) -> Iterator[str]:
        begins = any(pause.start_at.date() == on for pause in self.pauses)
        if not hours:
            yield _("chờ")
        elif begins:
            yield hours
            yield _("rồi chờ")
        else:
            yield _("chờ")
            yield _("rồi %(hours)s") % {"hours": hours}

    def worked_words(self, worked: int) -> str:
        """Return the hours a day gave; for days and months the whole day says enough."""
        if not worked:
            return ""
        return _("tính") if self.reckoning.is_wall else hours_words(worked)

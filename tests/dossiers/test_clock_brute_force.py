"""The bisection and the ledger against counts of single minutes and days, on generated calendars and dossiers.

`make test` tries 500 cases. By hand: `MOTCUA_CASES=100000 .venv/bin/pytest tests/dossiers/test_clock_brute_force.py`
"""

import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from motcua.dossiers.clock import (
    LOCAL,
    AfterPause,
    DayKind,
    Effect,
    Entry,
    Granularity,
    Policy,
    Session,
    SpecialDay,
    Term,
    Unit,
    WorkingCalendar,
    days,
    explain,
    reckon,
)
from tests.dossiers.clock_cases import NATIONAL, WITH_SATURDAY_MORNING, at

CASES = int(os.environ.get("MOTCUA_CASES", "500"))
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
MINUTES = 24 * 60  # of a day
FIRST = datetime(2026, 1, 1, tzinfo=LOCAL)  # a year with every kind of day off

thoroughly = settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
briefly = settings(thoroughly, max_examples=max(CASES // 5, 1))


# --- the independent counter: no bisection, no cumulative sums -------------------------------------------------------


def open_times(calendar: WorkingCalendar, on: date) -> bytes:
    """Return a byte for each minute of a day, 1 where it is open, straight from the calendar's definition."""
    special = calendar.special_days.get(on)
    sessions = calendar.week.get(on.weekday(), ())
    if special and special.kind is DayKind.MAKE_UP:
        sessions = special.sessions or calendar.week.get(0, ())
    elif special:
        sessions = ()
    minutes = bytearray(MINUTES)
    for session in sessions:
        opens, closes = _minute(session.opens), _minute(session.closes)
        minutes[opens:closes] = b"\1" * (closes - opens)
    return bytes(minutes)


def _minute(moment: datetime | time) -> int:
    return moment.hour * 60 + moment.minute


class MinuteCounter:
    """Counts the open minutes of every day it passes, one by one."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self.known: dict[date, bytes] = {}

    def day(self, on: date) -> bytes:
        if on not in self.known:
            self.known[on] = open_times(self.calendar, on)
        return self.known[on]

    def between(self, start: datetime, end: datetime) -> int:
        minutes = 0
        while start.date() < end.date():
            minutes += self.day(start.date()).count(1, _minute(start))
            start = _midnight(start.date() + DAY)
        return minutes + self.day(start.date()).count(1, _minute(start), _minute(end)) if start < end else minutes

    def add(self, start: datetime, minutes: int) -> datetime:
        while minutes > (left := self.day(start.date()).count(1, _minute(start))):
            minutes -= left
            start = _midnight(start.date() + DAY)
        while minutes > 0:
            minutes -= self.day(start.date())[_minute(start)]
            start += MINUTE
        return start

    def next_open(self, moment: datetime) -> datetime:
        while (minute := self.day(moment.date()).find(1, _minute(moment))) < 0:
            moment = _midnight(moment.date() + DAY)
        return _midnight(moment.date()) + minute * MINUTE

    def works(self, on: date) -> bool:
        return 1 in self.day(on)

    def from_(self, on: date) -> date:
        while not self.works(on):
            on += DAY
        return on

    def opening(self, on: date) -> datetime:
        return _midnight(on) + self.day(on).index(1) * MINUTE

    def closing(self, on: date) -> datetime:
        return _midnight(on) + (self.day(on).rindex(1) + 1) * MINUTE


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(0), LOCAL)


@dataclass(frozen=True)
class Case:
    """A dossier: received, with a term, paused over ended stretches."""

    calendar: WorkingCalendar
    received_at: datetime
    term: Term
    pauses: tuple[tuple[datetime, datetime], ...]
    policy: Policy

    def entries(self) -> list[Entry]:
        entries = [Entry(self.received_at, Effect.START, self.term)]
        for start, end in self.pauses:
            entries += [Entry(start, Effect.PAUSE), Entry(end, Effect.RESUME)]
        return entries


def due_by_walking(case: Case) -> datetime:
    """Return the due moment by the words of the rules, walking minutes and days."""
    counter = MinuteCounter(case.calendar)
    received_at, pauses = case.received_at, case.pauses
    if case.policy.after_pause is AfterPause.RESTART and pauses:
        received_at, pauses = pauses[-1][1], ()
    if case.term.unit is Unit.DAYS:
        return _days_by_walking(counter, received_at, int(case.term.quantity), pauses)
    in_days = case.term.unit is Unit.WORKING_DAYS
    by_day = case.policy.granularity is Granularity.DAY_END
    if in_days and by_day:
        start = counter.opening(counter.from_(counter.from_(received_at.date()) + DAY))
    else:
        start = counter.next_open(received_at)
    total = int(case.term.quantity * (480 if in_days else 60))
    waited = sum(counter.between(max(start, begin), end) for begin, end in pauses)
    reached = counter.add(start, total + waited)
    return counter.closing((reached - MINUTE).date()) if by_day else reached


def _days_by_walking(
    counter: MinuteCounter, received_at: datetime, quantity: int, pauses: tuple[tuple[datetime, datetime], ...]
) -> datetime:
    start = _midnight(received_at.date() + DAY)
    end = start + quantity * DAY
    for begin, finish in pauses:
        end += max(finish - max(begin, start), timedelta(0))
    return counter.closing(counter.from_((end - MINUTE).date()))


# --- what is generated -----------------------------------------------------------------------------------------------


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Session, ...]:
    """Draw one to three sessions of a day, apart or touching."""
    edges = draw(st.lists(st.integers(5 * 12, 22 * 12), min_size=2, max_size=6, unique=True).map(sorted))
    clock = [time(edge // 12, edge % 12 * 5) for edge in edges]
    return tuple(Session(opens, closes) for opens, closes in zip(clock[::2], clock[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """Draw the national calendar, one with Saturday mornings, or an odd one with its own week and special days."""
    if draw(st.booleans()):
        return draw(st.sampled_from([NATIONAL, WITH_SATURDAY_MORNING]))
    week = {weekday: draw(sessions()) for weekday in draw(st.sets(st.integers(0, 6), min_size=1))}
    week.setdefault(0, draw(sessions()))
    special = {}
    for offset in draw(st.sets(st.integers(0, 60), max_size=12)):
        on = FIRST.date() + offset * DAY
        kind = draw(st.sampled_from(list(DayKind)))
        special[on] = SpecialDay(
            on, kind, "", draw(sessions()) if kind is DayKind.MAKE_UP and draw(st.booleans()) else ()
        )
    return WorkingCalendar("X", 1, week, special)


def moments(last_day: int = 330) -> st.SearchStrategy[datetime]:
    """Draw a moment of 2026, near its beginning more often, where the odd calendars have their special days."""
    minutes = st.one_of(st.integers(0, 40 * 1440), st.integers(0, last_day * 1440))
    return minutes.map(lambda minute: FIRST + minute * MINUTE)


terms = st.one_of(
    st.integers(1, 28).map(lambda quarters: Term(Decimal(quarters) / 4, Unit.WORKING_DAYS)),
    st.integers(1, 30).map(lambda hours: Term(Decimal(hours), Unit.WORKING_HOURS)),
    st.integers(1, 30).map(lambda count: Term(Decimal(count), Unit.DAYS)),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a dossier with up to three pauses of at most six days, one after another, some before the count begins."""
    received_at = draw(moments(300))
    end, pauses = received_at, []
    for _number in range(draw(st.integers(0, 3))):
        start = end + draw(st.integers(0, 4 * 1440)) * MINUTE
        end = start + draw(st.integers(0, 6 * 1440)) * MINUTE
        pauses.append((start, end))
    policy = Policy(draw(st.sampled_from(Granularity)), draw(st.sampled_from(AfterPause)))
    return Case(draw(calendars()), received_at, draw(terms), tuple(pauses), policy)


THE_STORY = Case(
    NATIONAL,
    at("2026-11-20 09:10"),
    Term(Decimal(7), Unit.WORKING_DAYS),
    ((at("2026-11-25 10:00"), at("2026-11-26 15:00")),),
    Policy(Granularity.DAY_END, AfterPause.RESUME),
)


# --- the rules -------------------------------------------------------------------------------------------------------


@thoroughly
@given(cases())
@example(THE_STORY)
def test_the_ledger_agrees_with_a_walk_over_minutes(case: Case) -> None:
    assert reckon(case.entries(), case.calendar, case.policy).due_at == due_by_walking(case)


@thoroughly
@given(calendars(), moments(), st.integers(1, 2500))
def test_adding_working_time_agrees_with_a_walk_over_minutes(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    counter = MinuteCounter(calendar)

    end = calendar.add(start, minutes)

    assert end == counter.add(start, minutes)
    assert calendar.open_minutes(start, end) == minutes
    assert calendar.open_minutes(end, start) == -minutes
    assert calendar.add(start, 0) == counter.next_open(start)


@briefly
@given(calendars(), moments(), moments(), st.integers(0, 20_000), st.integers(0, 20_000))
def test_later_or_longer_is_never_due_earlier(
    calendar: WorkingCalendar, one: datetime, other: datetime, some: int, more: int
) -> None:
    earlier, later = sorted((one, other))

    assert calendar.add(earlier, some) <= calendar.add(later, some)
    assert calendar.add(earlier, some) <= calendar.add(earlier, some + more)
    if some and more:
        assert calendar.add(calendar.add(earlier, some), more) == calendar.add(earlier, some + more)


@briefly
@given(calendars(), st.integers(0, 360))
def test_working_days_agree_with_a_walk_over_days(calendar: WorkingCalendar, offset: int) -> None:
    on = FIRST.date() + offset * DAY
    counter = MinuteCounter(calendar)

    assert calendar.is_working_day(on) == counter.works(on)
    assert calendar.next_working_day(on) == counter.from_(on + DAY)
    assert calendar.closing(calendar.working_day_from(on)) == counter.closing(counter.from_(on))


@briefly
@given(cases())
@example(THE_STORY)
def test_the_lines_and_the_days_add_up(case: Case) -> None:
    reckoning = reckon(case.entries(), case.calendar, case.policy)
    assert reckoning.counted_from
    assert reckoning.reached_at
    assert reckoning.due_at
    assert reckoning.total_minutes

    lines = explain(reckoning)
    cells = days(reckoning, case.received_at)

    added = sum(line.minutes for line in lines)
    if reckoning.is_wall:
        assert reckoning.counted_from + added * MINUTE == reckoning.reached_at
    else:
        assert case.calendar.add(reckoning.counted_from, added) == reckoning.reached_at
    assert sum(cell.worked_minutes for cell in cells) == reckoning.total_minutes
    assert [cell.on for cell in cells if cell.is_due] == [reckoning.due_at.date()]
    assert (cells[0].on.weekday(), cells[-1].on.weekday()) == (0, 6)


@briefly
@given(cases())
def test_reckoning_again_or_from_another_zone_gives_the_same(case: Case) -> None:
    in_utc = [replace(entry, at=entry.at.astimezone(UTC)) for entry in case.entries()]

    once = reckon(case.entries(), case.calendar, case.policy)
    again = reckon(in_utc, case.calendar, case.policy)

    assert (again.due_at, again.original_due_at) == (once.due_at, once.original_due_at)
    assert explain(again) == explain(once)

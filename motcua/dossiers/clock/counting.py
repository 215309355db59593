"""Counting one term: from the receipt, with its extensions and pauses, to the due moment.

The rules (sources: docs/rules.md, Clock; Bộ luật Dân sự 2015, Điều 147 and 148):

- Working days and hours count open minutes of the agency's calendar; one working day is 480 of them. `hour_exact`
  counts from the next working moment at or after receipt. `day_end`, usual for working days, counts from the opening of
  the working day after the day of receipt (Điều 147: the first day is not counted) and is due at the closing of the day
  it reaches; a receipt on a day off counts as received on the next working day. Working hours count from the hour of
  receipt; `day_end` only moves their result to the closing.
- Days and months count every day from the midnight after the day of receipt; a last day that is a day off rolls to the
  next working day (Điều 148), and the due moment is the closing of that day, whatever the granularity.
- The same day: received on a working day by the cut-off and before closing, it is due at closing; later, at the closing
  of the next working day.
- A pause adds its own minutes, open or wall like the term's, as far as they lie after the count began.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from motcua.dossiers.clock.terms import Term, Unit, months_later
from motcua.dossiers.clock.working_calendar import LOCAL, WorkingCalendar, to_local

SAME_DAY_CUTOFF = time(15, 0)


class Granularity(StrEnum):
    """How finely a due moment is counted."""

    DAY_END = "day_end"
    HOUR_EXACT = "hour_exact"


class AfterPause(StrEnum):
    """What a resumed clock does: goes on (the due moment moves by the wait), or counts the whole term anew."""

    RESUME = "resume"
    RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Policy:
    """How a procedure counts. Granularity None is the unit's own: day_end for working days, else hour_exact."""

    granularity: Granularity | None
    after_pause: AfterPause
    same_day_cutoff: time = SAME_DAY_CUTOFF


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stood still."""

    start_at: datetime
    end_at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """What is counted. Without a term (the law gives none) nothing is due; extensions are of the family of the term they lengthen."""

    term: Term | None
    received_at: datetime
    extensions: tuple[Term, ...] = ()
    pauses: tuple[Pause, ...] = ()

    @property
    def is_wall(self) -> bool:
        """Whether nights and days off count too."""
        return self.term is not None and self.term.unit.is_wall


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a count comes to. Minutes are open minutes, wall minutes where the term is days or months.

    `reached_at` is the moment the minutes are used up, before it moves to a closing: for days and months the midnight
    that ends the last day. Everything but `counted_from` is None or 0 where there is no term.
    """

    counted_from: datetime
    total_minutes: int | None = None  # the term with its extensions
    paused_minutes: int = 0
    reached_at: datetime | None = None
    due_at: datetime | None = None

    @property
    def minutes(self) -> int:
        """The term with all that was added to it."""
        return (self.total_minutes or 0) + self.paused_minutes


def outcome_of(count: Count, calendar: WorkingCalendar, policy: Policy) -> Outcome:
    """Return what a count comes to under a calendar and a policy. Moments come out in Asia/Ho_Chi_Minh."""
    if count.term is None:
        return Outcome(calendar.add(count.received_at, 0))
    if count.is_wall:
        return _wall(count, calendar)
    if count.term.unit is Unit.SAME_DAY:
        return _same_day(count, calendar, policy.same_day_cutoff)
    return _working(count, calendar, policy.granularity)


def passed_minutes(calendar: WorkingCalendar, start: datetime, end: datetime, *, is_wall: bool) -> int:
    """Return the open (or wall) minutes between two moments, seconds dropped; 0 when `end` is not later."""
    if end <= start:
        return 0
    if is_wall:
        return (_to_minute(end) - _to_minute(start)) // timedelta(minutes=1)
    return calendar.open_minutes(start, end)


def paused_after(count: Count, calendar: WorkingCalendar, start: datetime) -> int:
    """Return the minutes of a count's pauses that lie after `start`."""
    return sum(
        passed_minutes(calendar, max(pause.start_at, start), pause.end_at, is_wall=count.is_wall)
        for pause in count.pauses
    )


def receipt_day(calendar: WorkingCalendar, received_at: datetime) -> date:
    """Return the working day a receipt belongs to: its own day, or the next working day after a day off."""
    return calendar.working_day_from(to_local(received_at).date())


def last_day_of(outcome: Outcome) -> date | None:
    """Return the day in which the last minute of an outcome lies."""
    return (outcome.reached_at - timedelta(minutes=1)).date() if outcome.reached_at else None


def _working(count: Count, calendar: WorkingCalendar, granularity: Granularity | None) -> Outcome:
    in_days = count.term is not None and count.term.unit is Unit.WORKING_DAYS
    if granularity is None:
        granularity = Granularity.DAY_END if in_days else Granularity.HOUR_EXACT
    if in_days and granularity is Granularity.DAY_END:
        start = calendar.opening(calendar.next_working_day(receipt_day(calendar, count.received_at)))
    else:
        start = calendar.add(count.received_at, 0)
    total = sum(term.minutes for term in _terms(count))
    paused = paused_after(count, calendar, start)
    reached = calendar.add(start, total + paused)
    due = calendar.closing(reached.date()) if granularity is Granularity.DAY_END else reached
    return Outcome(start, total, paused, reached, due)


def _same_day(count: Count, calendar: WorkingCalendar, cutoff: time) -> Outcome:
    """Count «trong ngày». Its minutes are the open ones from receipt to closing; an extension adds its own."""
    start = calendar.add(count.received_at, 0)
    closing = calendar.closing(due_day(calendar, count.received_at, cutoff))
    total = calendar.open_minutes(start, closing) + sum(term.minutes for term in count.extensions)
    paused = paused_after(count, calendar, start)
    reached = calendar.add(start, total + paused)
    return Outcome(start, total, paused, reached, calendar.closing(reached.date()))


def due_day(calendar: WorkingCalendar, received_at: datetime, cutoff: time) -> date:
    """Return the day of receipt if it works and the cut-off and closing are not past, else the next working day."""
    local = to_local(received_at)
    on = local.date()
    if not calendar.is_working_day(on):
        return calendar.next_working_day(on)
    in_time = local.time().replace(second=0, microsecond=0) <= cutoff and local < calendar.closing(on)
    return on if in_time else calendar.next_working_day(on)


def _wall(count: Count, calendar: WorkingCalendar) -> Outcome:
    received_on = to_local(count.received_at).date()
    calendar.is_working_day(received_on)  # refuses a day outside the years before dates overflow
    start = _midnight_after(received_on)
    total = _wall_minutes(received_on, _terms(count))
    paused = paused_after(count, calendar, start)
    reached = start + timedelta(minutes=total + paused)
    last_day = (reached - timedelta(minutes=1)).date()
    return Outcome(start, total, paused, reached, calendar.closing(calendar.working_day_from(last_day)))


def _wall_minutes(received_on: date, terms: Sequence[Term]) -> int:
    """Return the minutes of terms of days and months. Months go first, as months_later() says."""
    months = sum(int(term.quantity) for term in terms if term.unit is Unit.MONTHS)
    in_months = (months_later(received_on, months) - received_on) // timedelta(minutes=1)
    return in_months + sum(term.minutes for term in terms if term.unit is Unit.DAYS)


def _terms(count: Count) -> tuple[Term, ...]:
    return (count.term, *count.extensions) if count.term else ()


def _midnight_after(on: date) -> datetime:
    return datetime.combine(on + timedelta(days=1), time(0), LOCAL)


def _to_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)

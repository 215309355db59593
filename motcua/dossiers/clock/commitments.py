"""Short deadlines around the main one: the answer to an online filing, and the hand-over to the resolving agency."""

from datetime import datetime, time, timedelta

from motcua.dossiers.clock.counting import SAME_DAY_CUTOFF, due_day
from motcua.dossiers.clock.working_calendar import MINUTES_PER_WORKING_DAY, WorkingCalendar, to_local

RECEPTION_HOURS = 8
FIRST_THING_MINUTES = 60


def hand_over_due(
    calendar: WorkingCalendar,
    received_at: datetime,
    cutoff: time = SAME_DAY_CUTOFF,
    first_thing_minutes: int = FIRST_THING_MINUTES,
) -> datetime:
    """Return when the counter must have handed over: by closing, or after the cut-off first thing next working day.

    Nghị định 309/2026/NĐ-CP, Điều 9. "First thing" is that many open minutes after opening; the decree gives no number.
    """
    on = due_day(calendar, received_at, cutoff)
    if on == to_local(received_at).date():
        return calendar.closing(on)
    return calendar.add(calendar.opening(on), first_thing_minutes)


def reception_due(calendar: WorkingCalendar, submitted_at: datetime, hours: int = RECEPTION_HOURS) -> datetime:
    """Return when an online filing must be accepted, refused or answered: so many working hours after it was submitted.

    Nghị định 45/2020/NĐ-CP and the practice of the portals; the hours are a setting (docs/rules.md, Clock).
    """
    return calendar.add(submitted_at, timedelta(hours=hours) // timedelta(minutes=1))


def supplement_due(calendar: WorkingCalendar, asked_at: datetime, days: int) -> datetime:
    """Return until when a citizen may bring what was asked for: the closing of the last of so many working days."""
    last = calendar.add(asked_at, days * MINUTES_PER_WORKING_DAY)
    return calendar.closing(to_local(last).date())

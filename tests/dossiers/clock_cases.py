"""What the tests of the clock share: moments in Vietnamese time, the calendars they count with, a ledger in one call."""

from datetime import datetime, time

from motcua.dossiers.calendar_national import national_calendar
from motcua.dossiers.clock import (
    LOCAL,
    AfterPause,
    Effect,
    Entry,
    Granularity,
    Policy,
    Reckoning,
    Session,
    WorkingCalendar,
    parse_term,
    reckon,
)

MORNING, AFTERNOON = Session(time(7, 0), time(11, 30)), Session(time(13, 30), time(17, 0))
NATIONAL = national_calendar()
WITH_SATURDAY_MORNING = WorkingCalendar(
    "CA", 1, {**NATIONAL.week, 5: (Session(time(7, 30), time(11, 30)),)}, NATIONAL.special_days
)
DAY_END = Policy(Granularity.DAY_END, AfterPause.RESUME)
HOUR_EXACT = Policy(Granularity.HOUR_EXACT, AfterPause.RESUME)
RESTART = Policy(Granularity.DAY_END, AfterPause.RESTART)


def at(text: str) -> datetime:
    """Return the Vietnamese moment written «2026-11-20 09:10»."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def entry(moment: str, effect: Effect, term: str = "", note: str = "", article: str = "", by: str = "") -> Entry:
    """Return a ledger entry; its term written as parse_term reads it."""
    return Entry(at(moment), effect, parse_term(term) if term else None, article, note, by)


def counted(
    received: str,
    term: str,
    *pauses: tuple[str, str],
    policy: Policy = DAY_END,
    calendar: WorkingCalendar = NATIONAL,
) -> Reckoning:
    """Return the reckoning of a dossier received at a moment and paused as given."""
    entries = [entry(received, Effect.START, term)]
    for start, end in pauses:
        entries += [entry(start, Effect.PAUSE), entry(end, Effect.RESUME)]
    return reckon(entries, calendar, policy)

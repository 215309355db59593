"""The legal clock: working calendars, terms, the ledger of a deadline, its explanation. Pure; imports nothing of ours.

calendar.add(moment, minutes)                 the bisection everything stands on      working_calendar.py
reckon(entries, calendar, policy).due_at      entries to due moment                   ledger.py, counting.py
explain(reckoning), days(reckoning, now)      «Vì sao ngày này?»                      explain.py, days.py
explain_supplement(calendar, asked, due)      the same for the citizen's own term     citizens_term.py
"""

from motcua.dossiers.clock.citizens_term import explain_supplement
from motcua.dossiers.clock.commitments import hand_over_due, reception_due, supplement_due
from motcua.dossiers.clock.counting import AfterPause, Granularity, Pause, Policy
from motcua.dossiers.clock.days import CellKind, DayCell, days
from motcua.dossiers.clock.explain import Line, LineKind, explain
from motcua.dossiers.clock.ledger import (
    AlreadyPaused,
    AlreadyStopped,
    BadExtension,
    Effect,
    EntriesOutOfOrder,
    Entry,
    LedgerError,
    NotStarted,
    Reckoning,
    ResumeWithoutPause,
    StartedTwice,
    reckon,
)
from motcua.dossiers.clock.terms import BadTerm, Term, Unit, parse_term
from motcua.dossiers.clock.words import length_words, term_words, time_left_words, working_time_left
from motcua.dossiers.clock.working_calendar import (
    LOCAL,
    MINUTES_PER_WORKING_DAY,
    BadCalendar,
    CalendarError,
    DayKind,
    MomentHasNoZone,
    NotAWorkingDay,
    OutsideYears,
    Session,
    SpecialDay,
    WorkingCalendar,
    calendar_from_rows,
    to_local,
)

__all__ = [
    "LOCAL",
    "MINUTES_PER_WORKING_DAY",
    "AfterPause",
    "AlreadyPaused",
    "AlreadyStopped",
    "BadCalendar",
    "BadExtension",
    "BadTerm",
    "CalendarError",
    "CellKind",
    "DayCell",
    "DayKind",
    "Effect",
    "EntriesOutOfOrder",
    "Entry",
    "Granularity",
    "LedgerError",
    "Line",
    "LineKind",
    "MomentHasNoZone",
    "NotAWorkingDay",
    "NotStarted",
    "OutsideYears",
    "Pause",
    "Policy",
    "Reckoning",
    "ResumeWithoutPause",
    "Session",
    "SpecialDay",
    "StartedTwice",
    "Term",
    "Unit",
    "WorkingCalendar",
    "calendar_from_rows",
    "days",
    "explain",
    "explain_supplement",
    "hand_over_due",
    "length_words",
    "parse_term",
    "reception_due",
    "reckon",
    "supplement_due",
    "term_words",
    "time_left_words",
    "to_local",
    "working_time_left",
]

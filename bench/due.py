"""Due dates per second beside NumPy's busday_offset over the same days, terms and holidays.

NumPy counts whole days in one array operation and knows no hours; our clock counts minutes of sessions, one moment per
call. So there are three lines: adding working time call by call against busday_offset call by call; the same against one
array operation, lists in and lists out; and the whole ledger (reckon) of one term.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

import numpy

from bench.measuring import Bench, Line, beside, median_seconds
from motcua.dossiers import clock
from motcua.dossiers.calendar_national import national_calendar

COUNT = 20_000
DAY_MINUTES = 480
AIM = 0.33


def measure(_bench: Bench) -> Iterator[Line]:
    calendar, rng = national_calendar(), Random(1)
    start = datetime(2026, 1, 1, tzinfo=clock.LOCAL)
    moments = [start + timedelta(minutes=rng.randrange(365 * 1440)) for _number in range(COUNT)]
    terms = [rng.randrange(1, 31) for _number in range(COUNT)]
    calendar.add(moments[0], 1)  # compiled once
    off = [on for on, day in calendar.special_days.items() if day.kind is not clock.DayKind.MAKE_UP]
    working = numpy.busdaycalendar(holidays=numpy.array(off, dtype="datetime64[D]"))
    days = [moment.date() for moment in moments]

    def adds() -> object:
        return [calendar.add(moment, term * DAY_MINUTES) for moment, term in zip(moments, terms, strict=True)]

    def offsets() -> object:
        return [
            numpy.busday_offset(day, term, roll="backward", busdaycal=working)
            for day, term in zip(days, terms, strict=True)
        ]

    def offset_of_arrays() -> object:
        array = numpy.array(days, dtype="datetime64[D]")
        return numpy.busday_offset(array, numpy.array(terms), roll="backward", busdaycal=working).tolist()

    policy = clock.Policy(clock.Granularity.DAY_END, clock.AfterPause.RESUME)
    written = {term: clock.Term(Decimal(term), clock.Unit.WORKING_DAYS) for term in set(terms)}

    def reckonings() -> object:
        return [
            clock.reckon([clock.Entry(moment, clock.Effect.START, written[term])], calendar, policy).due_at
            for moment, term in zip(moments, terms, strict=True)
        ]

    ours, by_call, by_array = (COUNT / median_seconds(act) for act in (adds, offsets, offset_of_arrays))
    yield beside("due", ours, by_call, aim=AIM, what="add, call by call")
    yield beside("due", ours, by_array, aim=AIM, what="add, against one array operation")
    yield beside("due", COUNT / median_seconds(reckonings), by_call, aim=AIM, what="reckon a ledger, call by call")

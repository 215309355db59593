"""The citizen's own term to bring what was asked for, told like the main one: lines that lead to its last moment."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from motcua.dossiers.clock.commitments import supplement_due
from motcua.dossiers.clock.counting import AfterPause, Granularity, Policy
from motcua.dossiers.clock.explain import Line, LineKind, explain
from motcua.dossiers.clock.ledger import Effect, Entry, Reckoning, reckon
from motcua.dossiers.clock.terms import MINUTES_OF, Term, Unit
from motcua.dossiers.clock.words import day_words, hours_words, moment_words, term_words
from motcua.dossiers.clock.working_calendar import WorkingCalendar

_MOST_DAYS = 100


def explain_supplement(calendar: WorkingCalendar, asked_at: datetime, due_at: datetime) -> list[Line]:
    """Return the lines from the request to `due_at`; none where that is no whole number of working days after it."""
    days = next((n for n in range(1, _MOST_DAYS) if supplement_due(calendar, asked_at, n) >= due_at), _MOST_DAYS)
    if supplement_due(calendar, asked_at, days) != due_at:
        return []
    return list(_lines(_reckoning(calendar, asked_at, days), Term(Decimal(days), Unit.WORKING_DAYS)))


def _reckoning(calendar: WorkingCalendar, asked_at: datetime, days: int) -> Reckoning:
    """Count as supplement_due() does: open minutes from the request on, then to the closing of the day they end in."""
    hours = Decimal(days * MINUTES_OF[Unit.WORKING_DAYS]) / MINUTES_OF[Unit.WORKING_HOURS]
    entry = Entry(at=asked_at, effect=Effect.START, term=Term(hours, Unit.WORKING_HOURS))
    return reckon([entry], calendar, Policy(Granularity.DAY_END, AfterPause.RESUME))


def _lines(reckoning: Reckoning, term: Term) -> Iterator[Line]:
    asked_at, begins, due = reckoning.turns[0].at, reckoning.turns[0].outcome.counted_from, reckoning.due_at
    assert due is not None and reckoning.reached_at is not None  # noqa: S101, PT018  # a term was counted
    year = due.year
    at_once = begins == asked_at.replace(second=0, microsecond=0)
    yield Line(
        LineKind.START,
        asked_at,
        _("Cơ quan yêu cầu lúc %(moment)s") % {"moment": moment_words(asked_at, year)},
        _("Tính từ lúc yêu cầu") if at_once else _("Yêu cầu ngoài giờ làm việc, tính từ lúc mở cửa tiếp theo"),
        _("bắt đầu %(from)s")
        % {"from": f"{begins:%H:%M}" if begins.date() == asked_at.date() else day_words(begins.date(), year)},
    )
    total = hours_words(term.minutes)
    yield Line(LineKind.TERM, None, _("Thời gian dành cho bạn"), term_words(term), f"+ {total}", term.minutes)
    for line in explain(reckoning):
        if line.kind is LineKind.SKIPPED:
            yield line
        elif line.kind is LineKind.REACHED:
            yield replace(line, detail=_("Bạn có đến hết giờ làm việc của ngày đó"))
    yield Line(LineKind.DUE, due, _("Hạn bạn gửi bổ sung"), "", f"{due:%H:%M}, {day_words(due.date())}")

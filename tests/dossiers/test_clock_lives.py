"""Generated lives of a clock: waits, restarts, extensions, other terms, terms that go and come, stops undone, calendars.

`make test` tries 100 lives. By hand: `MOTCUA_CASES=100000 .venv/bin/pytest -n 2 tests/dossiers/test_clock_lives.py`
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.dossiers.clock import (
    LOCAL,
    AfterPause,
    Effect,
    Entry,
    Granularity,
    Policy,
    Term,
    Unit,
    WorkingCalendar,
    explain,
    reckon,
)
from tests.dossiers.test_clock_brute_force import CASES, DAY, MINUTE, MinuteCounter, calendars, moments, thoroughly

MANY, FEW = 500, 100  # lives are longer than the cases of the brute force
WORKING = st.one_of(
    st.integers(1, 20).map(lambda quarters: Term(Decimal(quarters) / 4, Unit.WORKING_DAYS)),
    st.integers(1, 20).map(lambda hours: Term(Decimal(hours), Unit.WORKING_HOURS)),
)
lived = settings(thoroughly, max_examples=CASES if CASES > MANY else FEW)
WALL = st.integers(1, 12).map(lambda count: Term(Decimal(count), Unit.DAYS))


@dataclass(frozen=True)
class Life:
    """Entries in the order they happened, and how they count."""

    entries: tuple[Entry, ...]
    calendar: WorkingCalendar
    policy: Policy


@dataclass
class Standing:
    """What a life has come to, by the words of the rules and not by the ledger's code."""

    term: Term | None
    received_at: datetime
    extensions: list[Term] = field(default_factory=list)
    waits: list[tuple[datetime, datetime]] = field(default_factory=list)
    waits_since: datetime | None = None


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Draw a life of up to nine entries after its start; each follows legally from the one before."""
    terms = draw(st.sampled_from([WORKING, WALL]))
    at = draw(moments(200))
    extends = [Effect.EXTEND]
    entries = [Entry(at, Effect.START, draw(terms) if draw(st.integers(0, 7)) else None)]
    has_term, waits, stopped = entries[0].term is not None, False, False
    for _number in range(draw(st.integers(0, 9))):
        at += draw(st.integers(0, 3 * 1440)) * MINUTE
        if stopped:
            effect = Effect.RECALCULATE
        elif waits:
            effect = draw(st.sampled_from([Effect.RESUME, Effect.CONTINUE, Effect.STOP, *extends[:has_term]]))
        else:
            effect = draw(st.sampled_from([Effect.PAUSE, Effect.RECALCULATE, Effect.STOP, *extends[:has_term]]))
        gives_term = effect is Effect.EXTEND or (effect is Effect.RECALCULATE and draw(st.booleans()))
        no_term = effect is Effect.RECALCULATE and not gives_term and draw(st.booleans())
        entries.append(Entry(at, effect, draw(terms) if gives_term else None, no_term=no_term))
        has_term = gives_term or (has_term and not no_term)
        waits = effect is Effect.PAUSE or (waits and effect is Effect.EXTEND)
        stopped = effect is Effect.STOP
    policy = Policy(draw(st.sampled_from(Granularity)), draw(st.sampled_from(AfterPause)))
    return Life(tuple(entries), draw(calendars()), policy)


def told(life: Life) -> Standing:
    """Go through the entries as a clerk would, with the rules of docs/rules.md beside them."""
    first = life.entries[0]
    now = Standing(first.term, first.at)
    for entry in life.entries[1:]:
        now = _after(now, entry, life.policy)
    return now


def _after(now: Standing, entry: Entry, policy: Policy) -> Standing:
    if entry.effect is Effect.PAUSE:
        return replace(now, waits_since=entry.at)
    if entry.effect is Effect.RESUME and policy.after_pause is AfterPause.RESTART:
        return Standing(now.term, entry.at)
    if entry.effect in {Effect.RESUME, Effect.CONTINUE, Effect.STOP} and now.waits_since is not None:
        return replace(now, waits=[*now.waits, (now.waits_since, entry.at)], waits_since=None)
    if entry.effect is Effect.EXTEND:
        assert entry.term is not None
        return replace(now, extensions=[*now.extensions, entry.term])
    return replace(now, term=None if entry.no_term else entry.term or now.term)


def due_by_walking(life: Life) -> datetime | None:
    """Walk minutes and days to the due moment; None where the law gives no term in the end."""
    now, counter = told(life), MinuteCounter(life.calendar)
    if now.term is None:
        return None
    terms = [now.term, *now.extensions]
    if now.term.unit is Unit.DAYS:
        start = _midnight(now.received_at + DAY)
        end = start + sum(int(term.quantity) for term in terms) * DAY
        end += sum((max(finish - max(begin, start), timedelta(0)) for begin, finish in now.waits), timedelta(0))
        return counter.closing(counter.from_((end - MINUTE).date()))
    in_days = now.term.unit is Unit.WORKING_DAYS
    by_day = life.policy.granularity is Granularity.DAY_END
    if in_days and by_day:
        start = counter.opening(counter.from_(counter.from_(now.received_at.date()) + DAY))
    else:
        start = counter.next_open(now.received_at)
    total = sum(int(term.quantity * (480 if term.unit is Unit.WORKING_DAYS else 60)) for term in terms)
    waited = sum(counter.between(max(start, begin), finish) for begin, finish in now.waits)
    reached = counter.add(start, total + waited)
    return counter.closing((reached - MINUTE).date()) if by_day else reached


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.date(), time(0), LOCAL)


@lived
@given(lives())
def test_a_life_comes_to_what_walking_over_minutes_comes_to(life: Life) -> None:
    reckoning = reckon(life.entries, life.calendar, life.policy)

    assert reckoning.due_at == due_by_walking(life)
    assert reckoning.paused_since == told(life).waits_since


@lived
@given(lives())
def test_the_lines_of_a_life_add_up_to_its_minutes(life: Life) -> None:
    reckoning = reckon(life.entries, life.calendar, life.policy)

    added = sum(line.minutes for line in explain(reckoning))

    assert added == (reckoning.total_minutes or 0) + reckoning.paused_minutes
    assert (reckoning.total_minutes is None) == (reckoning.due_at is None)


@lived
@given(lives())
def test_going_through_a_life_entry_by_entry_ends_where_going_through_it_at_once_does(life: Life) -> None:
    whole = reckon(life.entries, life.calendar, life.policy)

    for number in range(1, len(life.entries) + 1):
        part = reckon(life.entries[:number], life.calendar, life.policy)
        assert part.turns == whole.turns[:number]
    promised = [turn.outcome.due_at for turn in whole.turns if turn.outcome.due_at is not None]
    assert whole.original_due_at == (promised[0] if promised else None)

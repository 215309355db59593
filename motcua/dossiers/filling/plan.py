"""Which days dossiers are filed on, how each turns out, and where the few open ones stand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from motcua.base.words import local_day
from motcua.dossiers import clock
from motcua.dossiers.filling import stages, turns
from motcua.dossiers.filling.life import Life

DAYS_BACK = 480
CLOSED_BY = 25  # days: what was filed earlier had the time to end
OPEN_EVERY = 40  # one in forty stands open: 2.5 %
QUIET = 0.12  # how much of a working day is filed online on a day off

Stage = Callable[[Life], None]
_THROUGH: tuple[Stage, ...] = (stages.work, stages.sign, stages.issue, stages.return_result)

# fmt: off
# turn, weight, stages after filing; what the counter took in skips what comes before acceptance
TURNS: tuple[tuple[str, int, tuple[Stage, ...]], ...] = (
    ("straight",      68, (stages.accept, stages.hand_over, *_THROUGH)),
    ("supplied",       6, (stages.ask, stages.supply, stages.accept, stages.hand_over, *_THROUGH)),
    ("supplied_late",  5, (stages.accept, stages.hand_over, stages.ask, stages.supply, *_THROUGH)),
    ("sent_back",      4, (stages.accept, stages.hand_over, stages.send_back, *_THROUGH)),
    ("refused",        3, (stages.refuse,)),
    ("withdrawn",      2, (stages.withdraw,)),
    ("extended",       3, (stages.accept, stages.hand_over, turns.extend, *_THROUGH)),
    ("owing",          3, (stages.accept, stages.hand_over, turns.owe, turns.pay, *_THROUGH)),
    ("let_go",         2, (stages.accept, stages.hand_over, turns.ask_withdrawal, turns.let_go)),
    ("stopped",        2, (stages.accept, stages.hand_over, turns.stop)),
    ("declined",       2, (stages.accept, stages.hand_over, turns.decline)),
)
# where an open dossier stands, filed how many days back, its stages
OPEN: tuple[tuple[str, float, float, tuple[Stage, ...]], ...] = (
    ("processing",  2.0, 12.0, (stages.accept, stages.hand_over, stages.work_once)),
    ("submitted",   0.0,  2.5, ()),
    ("finished",   14.0, 24.0, (stages.accept, stages.hand_over, stages.work, stages.sign, stages.issue)),
    ("received",    0.4,  4.0, (stages.accept,)),
    ("awaiting",    5.0, 15.0, (stages.accept, stages.hand_over, stages.ask)),
    ("processing",  5.0, 24.0, (stages.accept, stages.hand_over, stages.work)),
    ("owing",       4.0, 15.0, (stages.accept, stages.hand_over, turns.owe)),
    ("withdrawing", 4.0, 9.0, (stages.accept, stages.hand_over, turns.ask_withdrawal)),
    ("incomplete",  2.0, 10.0, (stages.ask,)),
    ("processing",  1.0,  8.0, (stages.accept, stages.hand_over)),
    ("draft",       0.0, 24.0, ()),
    ("processing",  6.0, 24.0, (stages.accept, stages.hand_over, stages.work, stages.sign)),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Day:
    """What is filed on one day: how many that will end, and which stand open (numbers in OPEN)."""

    on: date
    first_index: int
    ending: int
    standing: tuple[int, ...]

    @property
    def count(self) -> int:
        return self.ending + len(self.standing)


def days(count: int, *, at: datetime, opened_at: datetime, calendar: clock.WorkingCalendar, rng: Random) -> list[Day]:
    """Spread `count` dossiers over the days before `at`, none before the agencies opened; in order of the days."""
    standing = _standing(count // OPEN_EVERY, at, rng)
    ending = _ending(count - count // OPEN_EVERY, at, opened_at, calendar)
    planned: list[Day] = []
    index = 0
    for on in sorted({*standing, *ending}):
        planned.append(Day(on, index, ending.get(on, 0), tuple(standing.get(on, ()))))
        index += planned[-1].count
    return planned


def turn(rng: Random) -> tuple[str, Sequence[Stage]]:
    """Draw how a life turns out; return the turn's name and its stages."""
    name, _weight, stages = rng.choices(TURNS, [weight for _name, weight, _stages in TURNS])[0]
    return name, stages


def _standing(count: int, at: datetime, rng: Random) -> dict[date, list[int]]:
    days: dict[date, list[int]] = {}
    for number in range(count):
        _name, least, most, _stages = OPEN[number % len(OPEN)]
        on = local_day(at - timedelta(days=rng.uniform(least, most)))
        days.setdefault(on, []).append(number % len(OPEN))
    return days


def _ending(count: int, at: datetime, opened_at: datetime, calendar: clock.WorkingCalendar) -> dict[date, int]:
    first = max(local_day(at) - timedelta(days=DAYS_BACK), local_day(opened_at))
    weights = [(on, 1.0 if calendar.is_working_day(on) else QUIET) for on in _each_day(first, local_day(at), CLOSED_BY)]
    total, so_far, given = sum(weight for _on, weight in weights), 0.0, 0
    days = {}
    for on, weight in weights:
        so_far += weight
        days[on] = round(count * so_far / total) - given
        given += days[on]
    return days


def _each_day(first: date, last: date, before: int) -> Iterator[date]:
    for number in range((last - first).days - before):
        yield first + timedelta(days=number)

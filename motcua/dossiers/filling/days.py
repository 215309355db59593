"""Filling one day: who files what at which moment, in the order of the moments, so that codes follow the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from motcua.base.words import LOCAL
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.filling.life import Life, Over, Rules
from motcua.dossiers.filling.plan import OPEN, Day, Stage, turn
from motcua.dossiers.filling.rows import Filed, Lines, Owned
from motcua.dossiers.filling.stages import accept, submit, take_in
from motcua.dossiers.filling.stock import VARIANTS, Stock, Way
from motcua.people.models import Citizen

ONLINE = 0.62
ONLINE_FIRST, ONLINE_LAST = 6 * 60, 23 * 60  # minutes of the day
COUNTER_MINUTES = 440  # filed at a counter within these open minutes of the day
TOGETHER = 4
"""Ending dossiers of a commune that are filed and treated at the same moments, as in a batch: they share one reckoning."""

Numbers = dict[tuple[int, date], int]  # agency and day → the last number given


@dataclass(frozen=True)
class Filling:
    """What every day of one filling has in common. Ids are those of the first dossier, event and paper."""

    seed: int
    at: datetime
    stock: Stock
    rules: Rules
    first_dossier: int
    first_event: int
    first_paper: int
    given: Numbers


@dataclass(frozen=True, slots=True)
class _Start:
    """A filing about to happen."""

    filed_at: datetime
    channel: str
    version: ProcedureVersion
    citizens: tuple[Citizen, ...]
    way: Way
    stages: Sequence[Stage]
    is_draft: bool
    pace: float
    chance: float  # seeds the life itself


def lines_of_days(filling: Filling, days: Sequence[Day]) -> tuple[dict[str, bytes], Numbers]:
    """Return what COPY reads for these days, and the last numbers they gave."""
    lines = Lines(filling.stock, filling.first_dossier, filling.first_event, filling.first_paper)
    numbers: Numbers = {}
    for day in days:
        rng = Random(f"{filling.seed}:{day.on}")  # noqa: S311 - invented lives, not secrets
        starts = sorted(_starts(filling, day, rng), key=lambda start: start.filed_at)
        index = day.first_index
        for start in starts:
            lines.add(_filed(filling, start, index, day.on, numbers))
            index += len(start.citizens)
    return lines.copied(), numbers


def _starts(filling: Filling, day: Day, rng: Random) -> list[_Start]:
    together = [TOGETHER] * (day.ending // TOGETHER) + [1] * (day.ending % TOGETHER)
    ending = [_start(filling, day.on, rng, *turn(rng), count) for count in together]
    standing = [_start(filling, day.on, rng, OPEN[number][0], OPEN[number][3]) for number in day.standing]
    return ending + standing


def _start(filling: Filling, on: date, rng: Random, name: str, stages: Sequence[Stage], count: int = 1) -> _Start:
    stock = filling.stock
    version, citizens, way = stock.drawn(rng, count)
    is_online = rng.random() < ONLINE or not stock.calendar.is_working_day(on) or name in _ONLINE_ONLY
    if is_online:
        minute = ONLINE_FIRST + int(rng.random() * (ONLINE_LAST - ONLINE_FIRST))
        filed_at = datetime.combine(on, time(), LOCAL) + timedelta(minutes=minute, seconds=int(rng.random() * 60))
    else:
        filed_at = stock.calendar.add(stock.calendar.opening(on), 1 + int(rng.random() * COUNTER_MINUTES))
        stages = [stage for stage in stages if stage is not accept]
    filed_at = min(filed_at, filling.at - timedelta(minutes=1))
    pace = 0.15 + 0.9 * rng.random()
    return _Start(
        filed_at,
        "online" if is_online else "counter",
        version,
        citizens,
        way,
        stages,
        name == "draft",
        pace,
        rng.random(),
    )


_ONLINE_ONLY = frozenset({"supplied", "refused", "withdrawn", "submitted", "incomplete", "draft"})


def _filed(filling: Filling, start: _Start, index: int, on: date, numbers: Numbers) -> Filed:
    rng = Random(start.chance)  # noqa: S311 - invented lives, not secrets
    variant = int(rng.random() * VARIANTS)
    form = filling.stock.form(start.version, start.channel, on, variant)
    life = Life(start.way, form, filling.rules, rng, start.filed_at, filling.at, start.pace)
    if not start.is_draft:
        _live(life, start)
    owned = tuple(
        Owned(index + number, 0 if start.is_draft else _next_number(filling, start.way, on, numbers), citizen)
        for number, citizen in enumerate(start.citizens)
    )
    return Filed(life, owned, start.version, start.channel, start.filed_at)


def _next_number(filling: Filling, way: Way, on: date, numbers: Numbers) -> int:
    key = way.named, on
    numbers[key] = numbers.get(key, filling.given.get(key, 0)) + 1
    return numbers[key]


def _live(life: Life, start: _Start) -> None:
    (submit if start.channel == "online" else take_in)(life)
    try:
        for stage in start.stages:
            stage(life)
    except Over:
        pass  # it stands where it stands

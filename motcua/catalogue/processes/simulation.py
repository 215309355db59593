"""A trial of a process: thousands of invented dossiers through it, by the working clock, with the officers there are.

Pure and the same for the same seed. Time is counted in working minutes since the trial began; the calendar turns them
into moments only to ask when each dossier is due. A step takes its planned hours, shorter or longer by chance; of these
its officer is busy with it for a share, and does other dossiers for the rest. Who comes first is served first.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush, heapreplace
from random import Random
from typing import Any, NamedTuple, Protocol

from motcua.catalogue.bpmn.choices import MoveRefused
from motcua.catalogue.processes.process import Begun, Process, Progress

MINUTES_PER_HOUR = 60
MINUTES_PER_WORKING_DAY = 8 * MINUTES_PER_HOUR
CYCLE_MINUTES = 2 * 250 * MINUTES_PER_WORKING_DAY
"""Ten thousand dossiers may take longer to come than a calendar has years: who comes after two years is held against
the same two years again, while the queues before the officers go on."""

AGES_MINUTES = 5 * 250 * MINUTES_PER_WORKING_DAY
"""What takes so long is late by any term."""

MOST_CHOICES = 5
MOST_STEPS = 200
"""A dossier that took so many steps goes round in circles, and is counted as one that never ends."""

Facts = Mapping[str, Any]
Due = Callable[[datetime, Facts], datetime | None]


class Calendar(Protocol):
    """What a trial asks of the working calendar."""

    def add(self, moment: datetime, minutes: int) -> datetime:
        """Return the moment by which so many open minutes have passed."""


@dataclass(frozen=True)
class Trial:
    """What is tried: `answers` the possible answers to each question, `pools` how many officers share which steps.

    `per_day` is how many dossiers come in a working day; `spread` how much longer or shorter steps take: with 0.5 from
    half to twice the planned hours, most often the planned ones; `busy` the share of a step its officer works on it.
    """

    count: int
    per_day: float
    spread: float
    busy: float
    seed: int
    answers: Mapping[str, Sequence[Any]]
    pool_of: Mapping[str, str]  # step → pool
    pools: Mapping[str, int]  # pool → officers


@dataclass
class StepLoad:
    """What happened at one step: how often it was done, and how long dossiers waited and stayed there together."""

    times: int = 0
    waited_minutes: float = 0.0
    stayed_minutes: float = 0.0

    @property
    def wait_hours(self) -> float:
        """Return the mean wait for an officer."""
        return self.waited_minutes / self.times / MINUTES_PER_HOUR if self.times else 0.0

    @property
    def stay_hours(self) -> float:
        """Return the mean time from coming to leaving, the wait included."""
        return self.stayed_minutes / self.times / MINUTES_PER_HOUR if self.times else 0.0


@dataclass(frozen=True)
class Outcome:
    """What came out: working hours from acceptance to issue, sorted; how many were late, had a term, never ended."""

    hours: Sequence[float]
    late: int
    with_term: int
    never: int
    loads: Mapping[str, StepLoad]
    busy_shares: Mapping[str, float]  # pool → share of its officers' time

    @property
    def late_share(self) -> float:
        """Return the share of dossiers with a term that came after it; those that never ended count as late."""
        return self.late / self.with_term if self.with_term else 0.0

    def within(self, share: float) -> float:
        """Return the hours within which so many of the ended ones were done; 0 when none ended."""
        return self.hours[min(len(self.hours) - 1, int(share * len(self.hours)))] if self.hours else 0.0

    def bars(self, number: int) -> list[tuple[float, float, int]]:
        """Return the spread as `number` equal ranges: from, to, how many; the slowest hundredth is in the last."""
        if not self.hours:
            return []
        low, high = self.hours[0], max(self.within(0.99), self.hours[0] + 1)
        width = (high - low) / number
        counts = [0] * number
        for one in self.hours:
            counts[min(number - 1, int((one - low) / width))] += 1
        return [(low + width * place, low + width * (place + 1), count) for place, count in enumerate(counts)]


def simulate(process: Process, trial: Trial, calendar: Calendar, at: datetime, due: Due) -> Outcome:
    """Send `trial.count` dossiers through the process from `at` on and return what came out."""
    run = _Run(process, trial)
    run.everything()
    hours, late, with_term, never = [], 0, 0, 0
    for dossier in run.dossiers:
        came = round(dossier.came % CYCLE_MINUTES)
        due_at = due(calendar.add(at, came), dossier.facts)
        with_term += due_at is not None
        if dossier.ended is None:
            never += 1
            late += due_at is not None
            continue
        took = dossier.ended - dossier.came
        hours.append(round(took / MINUTES_PER_HOUR, 2))
        late += due_at is not None and (took > AGES_MINUTES or calendar.add(at, round(came + took)) > due_at)
    return Outcome(sorted(hours), late, with_term, never, run.loads, run.busy_shares())


def asked_in(process: Process, keys: Iterable[str]) -> list[str]:
    """Return which of the questions the conditions of the process ask."""
    asked = {key for step in process.steps.values() for way in step.next for key in way.when}
    flows = [flow for scope in process.model.scopes.values() for flow in scope.flows.values()] if process.model else []
    written = " ".join(repr(flow.condition) for flow in flows if flow.condition is not None)
    return [key for key in keys if key in asked or repr(key) in written]


@dataclass
class _Dossier:
    came: float
    facts: Facts
    key: tuple[Any, ...]
    progress: Progress
    running: int = 0
    steps: int = 0
    gone: set[int] = field(default_factory=set)  # tokens of branches that ended with another
    ended: float | None = None


class _Event(NamedTuple):
    """At `at` a step comes to its desk (`is_done` false) or is done; `order` tells apart what happens at one moment."""

    at: float
    order: int
    dossier: _Dossier
    begun: Begun
    is_done: bool


class _Run:
    """The dossiers on their way, the desks' officers, and what was noted."""

    def __init__(self, process: Process, trial: Trial) -> None:
        self._process = process
        self._trial = trial
        self._random = Random(trial.seed)  # noqa: S311 - a trial, not a secret
        self._free = {pool: [0.0] * number for pool, number in trial.pools.items()}
        self._worked = dict.fromkeys(trial.pools, 0.0)
        self._events: list[_Event] = []
        self._order = 0
        self._last = 0.0
        self._turns: dict[tuple[Any, ...], tuple[Progress, Progress | tuple[str, ...]]] = {}  # each is played once
        self._first: dict[tuple[Any, ...], Progress] = {}
        self.loads = {code: StepLoad() for code in process.steps}
        self.dossiers: list[_Dossier] = []

    def everything(self) -> None:
        """Let every dossier come and go."""
        gap = MINUTES_PER_WORKING_DAY / self._trial.per_day
        came = 0.0
        for _number in range(self._trial.count):
            came += self._random.expovariate(1 / gap)
            self._come(came)
        while self._events:
            event = heappop(self._events)
            self._last = max(self._last, event.at)
            if event.is_done:
                self._done(event)
            else:
                self._sit(event)

    def busy_shares(self) -> dict[str, float]:
        """Return the share of each pool's time its officers worked."""
        return {
            pool: worked / (self._last * self._trial.pools[pool]) if self._last and self._trial.pools[pool] else 0.0
            for pool, worked in self._worked.items()
        }

    def _come(self, came: float) -> None:
        facts = {key: self._random.choice(values) for key, values in self._trial.answers.items() if values}
        key = tuple(facts.values())
        if key not in self._first:
            self._first[key] = self._process.begin(facts)
        dossier = _Dossier(came, facts, key, self._first[key])
        self.dossiers.append(dossier)
        self._begin(dossier, dossier.progress.begins, came)

    def _begin(self, dossier: _Dossier, begins: Collection[Begun], at: float) -> None:
        for begun in begins:
            dossier.running += 1
            self._put(at, dossier, begun, is_done=False)

    def _put(self, at: float, dossier: _Dossier, begun: Begun, *, is_done: bool) -> None:
        self._order += 1
        heappush(self._events, _Event(at, self._order, dossier, begun, is_done))

    def _sit(self, event: _Event) -> None:
        """Give the step to the officer who is free first; where nobody sits it stays for ever."""
        pool = self._trial.pool_of.get(event.begun.plan.code, "")
        free = self._free.get(pool)
        if not free or event.begun.token in event.dossier.gone:
            return
        start = max(event.at, free[0])
        lasts = (event.begun.plan.hours or 0.0) * MINUTES_PER_HOUR * self._chance()
        heapreplace(free, start + lasts * self._trial.busy)
        self._worked[pool] += lasts * self._trial.busy
        load = self.loads[event.begun.plan.code]
        load.times += 1
        load.waited_minutes += start - event.at
        load.stayed_minutes += start - event.at + lasts
        self._put(start + lasts, event.dossier, event.begun, is_done=True)

    def _chance(self) -> float:
        spread = self._trial.spread
        return self._random.triangular(1 - spread, 1 + 2 * spread, 1) if spread else 1.0

    def _done(self, event: _Event) -> None:
        dossier = event.dossier
        if event.begun.token in dossier.gone:
            return
        dossier.running -= 1
        dossier.steps += 1
        after = self._advanced(dossier, event.begun) if dossier.steps <= MOST_STEPS else None
        if after is None:
            return
        dossier.progress = after
        dossier.gone.update(after.ends)
        dossier.running -= len(after.ends)
        self._begin(dossier, after.begins, event.at)
        if not dossier.running:
            dossier.ended = event.at

    def _advanced(self, dossier: _Dossier, begun: Begun) -> Progress | None:
        """Return what comes after a step, None where nothing can; where an officer would choose, chance does."""
        choose: tuple[str, ...] = ()
        for _choice in range(MOST_CHOICES):
            key = (id(dossier.progress), begun.plan.code, begun.token, dossier.key, choose)
            if key not in self._turns:
                self._turns[key] = dossier.progress, self._played(dossier, begun, choose)
            after = self._turns[key][1]
            if not isinstance(after, tuple):
                return after
            if not after:
                return None
            choose = (*choose, self._random.choice(after))
        return None

    def _played(self, dossier: _Dossier, begun: Begun, choose: tuple[str, ...]) -> "Progress | tuple[str, ...]":
        """Play one turn; return the ways to choose from where one must be chosen, none where there is no way."""
        position = dossier.progress.position
        try:
            return self._process.advance(position, begun.plan.code, dossier.facts, token=begun.token, choose=choose)
        except MoveRefused as refused:
            return tuple(sorted(set(refused.choices) - set(choose)))

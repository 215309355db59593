"""The process of a procedure: a graph of steps, data frozen with what was published.

Stored as a table, `{"steps": [{"code", "name", "kind", "unit", "role", "hours", "produces", "split", "join", "next":
[{"to", "when", "name"}]}]}`. The first step starts; of a step's exits the first whose `when` holds is taken, and the last
has no `when`. With `"split": "all"` every exit that holds is taken at once; with `"split": "choose"` none has a `when`, and
who ends the step chooses one; with `"join": true` a step waits for every branch that can still come. Or as a drawing, `{"bpmn": "<xml>", "posts": {task: {"kind", "unit", "role", "hours", "produces"}}}`.
A result is signed by a signer and then numbered and issued by a clerk: two acts of two people (NĐ 30/2020/NĐ-CP).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from motcua.catalogue.bpmn import engine
from motcua.catalogue.bpmn.choices import MoveRefused
from motcua.catalogue.bpmn.model import Kind, Model
from motcua.catalogue.bpmn.resting import resting_at
from motcua.catalogue.bpmn.state import State, Token, state_from
from motcua.catalogue.bpmn.table import model_of_steps
from motcua.catalogue.bpmn.ways import asked_after, likely_after
from motcua.catalogue.conditions import Facts, holds
from motcua.catalogue.processes.alarms import Alarm, alarms_of
from motcua.catalogue.processes.checks import read_table
from motcua.catalogue.processes.drawing import read_drawing
from motcua.catalogue.processes.plans import StepPlan

Position = Mapping[str, Any]
"""Where the branches of one dossier stand, as JSON; empty for a process that has only one."""
Ways = Callable[[StepPlan], Iterable[str]]
"""Says which steps may come after one, by their codes."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A step that begins; `token` tells the branches apart, None in a process that has only one."""

    plan: StepPlan
    token: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What changed: the new position, the steps that begin, and the tokens of running steps that end with it."""

    position: Position
    begins: tuple[Begun, ...]
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One way to choose from: the id of the flow and what leads there in words."""

    id: str
    name: str
    among_several: bool = False  # more than one may be taken


@dataclass(frozen=True)
class Process:
    """A process without faults. `model` is what branches and choices are played on; None where there are none."""

    steps: Mapping[str, StepPlan]
    model: Model | None = None
    tasks: Mapping[str, str] = field(default_factory=dict)  # code → task of the model

    @property
    def start(self) -> StepPlan:
        """The step that begins when the dossier reaches the agency."""
        return next(iter(self.steps.values()))

    @property
    def is_plain(self) -> bool:
        """Whether never more than one step runs, so that the running step says where the dossier stands."""
        return self.model is None

    def step(self, code: str) -> StepPlan:
        """Return the step of that code; KeyError when the process has none."""
        return self.steps[code]

    def next_step(self, code: str, facts: Facts) -> StepPlan | None:
        """Foresee the step after `code` for a dossier with these facts; None after the last one.

        Of branches that begin together it is the first.
        """
        if self.model is not None:
            after = likely_after(self.model, self.tasks[code], facts)
            return self.steps[self._codes[after[0]]] if after else None
        exit_taken = next((way for way in self.steps[code].next if holds(way.when, facts)), None)
        return self.steps[exit_taken.to] if exit_taken else None

    def begin(self, facts: Facts) -> Progress:
        """Return what begins when the dossier reaches the agency; raise MoveRefused."""
        if self.model is None:
            return Progress({}, (Begun(self.start),))
        return self._progress(engine.start(self.model, data=facts), None, None, {})

    def advance(
        self, position: Position, code: str, facts: Facts, *, findings: Facts | None = None,
        token: int | None = None, choose: Collection[str] = (),
    ) -> Progress:  # fmt: skip
        """Return what changes when the step `code` is done; raise MoveRefused, with the ways where one must be chosen.

        `findings` are what the officers found on the way: kept with the position, because a later gateway may ask.
        """
        found = dict(findings or {})
        if self.model is None:
            after = self.next_step(code, {**facts, **found})
            return Progress({}, (Begun(after),) if after else ())
        before = self._state(position, code, {**facts, **found})
        task = self.tasks[code]
        held = token if any(one.id == token for one in before.tokens) else None
        state = engine.complete(self.model, before, task, choose=choose, token=held)
        done = held if held is not None else next(one.id for one in before.tokens if one.node == task)
        return self._progress(state, before, done, {**position.get("data", {}), **found})

    def fire(self, position: Position, alarm: str, facts: Facts) -> Progress:
        """Return what changes when a timer goes off; raise MoveRefused where it does not run (any more)."""
        state = state_from(position)
        before = State(state.tokens, state.places, {**facts, **position["data"]}, state.next_id)
        return self._progress(engine.fire(self._drawn, before, alarm), before, None, position["data"])

    def armed(self, position: Position, code: str, token: int | None) -> tuple[Alarm, ...]:
        """Return the timers of a running step that can still go off, the soonest first; those of a moment come last."""
        if self.model is None or not position:
            return ()
        fired = next((one.fired for one in state_from(position).tokens if one.id == token), {})
        alarms = (one for one in alarms_of(self.model, self.tasks[code]) if _may_go_off(self.model, one, fired))
        return tuple(sorted(alarms, key=lambda one: (one.on is not None, one.minutes)))

    def at(self, position: Position) -> tuple[Begun, ...]:
        """Return the steps that run at a position that was kept."""
        return tuple(self._begun(token) for token in state_from(position).tokens if self._is_step(token))

    def position_at(self, *codes: str) -> Position:
        """Return the position in which just these steps run: for a dossier that comes from another process."""
        if self.model is None:
            return {}
        return _stored(resting_at(self.model, [self.tasks[code] for code in codes]), {})

    def ways(self, refused: MoveRefused) -> list[Way]:
        """Return the ways a refusal asks to choose from, named by their flow or by the step they lead to."""
        if self.model is None:
            return []
        flows = {flow.id: flow for scope in self.model.scopes.values() for flow in scope.flows.values()}
        chosen = (flows[flow] for flow in refused.choices if flow in flows)
        return [
            Way(
                flow.id,
                flow.name or self._leads_to(flow.target),
                self.model.node(flow.source).kind is not Kind.EXCLUSIVE,
            )
            for flow in chosen
        ]

    def asked(self, code: str) -> Mapping[str, tuple[str, ...]]:
        """Return which facts decide where to go after a step, each with the answers its conditions name."""
        if self.model is not None and not self.steps[code].takes_all:
            return asked_after(self.model, self.tasks[code])
        keys = dict.fromkeys(key for way in self.steps[code].next for key in way.when)
        return {
            key: tuple(str(value) for way in self.steps[code].next for value in way.when.get(key, ())) for key in keys
        }

    def total_hours(self) -> float:
        """Return the working hours along the longest way, each step once; steps without hours count nothing."""
        return self.longest(lambda step: (way.to for way in step.next))

    def longest(self, ways: Ways) -> float:
        """Return the working hours along the longest way, each step once, where `ways` says where each step may lead."""
        return _longest(self.steps, self.start.code, ways)

    @property
    def _drawn(self) -> Model:
        if self.model is None:
            raise ValueError("a process with one branch is not played")
        return self.model

    @property
    def _codes(self) -> Mapping[str, str]:
        return {task: code for code, task in self.tasks.items()}

    def _leads_to(self, node_id: str) -> str:
        node = self._drawn.node(node_id)
        after = [node_id] if node.kind is Kind.TASK else likely_after(self._drawn, node_id, {})
        names = [self.steps[self._codes[task]].name for task in after if task in self._codes]
        return node.name or " · ".join(names) or node_id

    def _state(self, position: Position, code: str, facts: Facts) -> State:
        kept = position or self.position_at(code)
        state = state_from(kept)
        return State(state.tokens, state.places, {**facts, **kept["data"]}, state.next_id)

    def _progress(self, state: State, before: State | None, done: int | None, findings: Facts) -> Progress:
        known = {token.id for token in before.tokens if self._is_step(token)} if before else set()
        running = [token for token in state.tokens if self._is_step(token)]
        begins = tuple(self._begun(token) for token in running if token.id not in known or token.id == done)
        ends = known - {token.id for token in running} - {done}
        return Progress(_stored(state, findings), begins, tuple(sorted(ends)))

    def _is_step(self, token: Token) -> bool:
        return not token.is_choosing and self._drawn.node(token.node).kind is Kind.TASK

    def _begun(self, token: Token) -> Begun:
        return Begun(self.steps[self._codes[token.node]], token.id)


def parse(data: object) -> Process:
    """Return the process stored as `data`; raise BadProcess naming every fault found."""
    if isinstance(data, Mapping) and data.get("bpmn"):
        model, steps, tasks = read_drawing(data)
        return Process(steps, model, tasks)
    table = read_table(data)
    if any(step.takes_all or step.asks for step in table.values()):
        model, tasks = model_of_steps(table, name="")
        return Process(table, model, tasks)
    return Process(table)


def _may_go_off(model: Model, alarm: Alarm, fired: Mapping[str, int]) -> bool:
    timer = model.node(alarm.id).timer
    most = timer.most_times if timer else 1
    return most is None or fired.get(alarm.id, 0) < most


def _stored(state: State, findings: Facts) -> Position:
    """Return the state without the dossier's own facts, which the dossier has."""
    return {**state.as_json(), "data": dict(findings)}


def _longest(steps: Mapping[str, StepPlan], start: str, ways: Ways) -> float:
    """Return the hours along the longest way from `start`: a loop is gone round until each of its steps was done once."""
    onward = {code: frozenset(ways(step)) for code, step in steps.items()}
    ahead = {code: _reached(code, onward) for code in steps}

    @cache
    def after(loop: frozenset[str]) -> float:
        exits = {to for code in loop for to in onward[code]} - loop
        return sum(steps[code].hours or 0.0 for code in loop) + max((after(around(to)) for to in exits), default=0.0)

    def around(code: str) -> frozenset[str]:
        return frozenset({code} | {other for other in ahead[code] if code in ahead[other]})

    return after(around(start))


def _reached(code: str, onward: Mapping[str, Collection[str]]) -> set[str]:
    reached: set[str] = set()
    todo = list(onward[code])
    while todo:
        if (found := todo.pop()) not in reached:
            reached.add(found)
            todo += onward[found]
    return reached

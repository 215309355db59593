"""Every state a process can come to, whatever the data and the choices: what can go wrong with its branches."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations

from motcua.catalogue.bpmn import engine
from motcua.catalogue.bpmn.choices import ChoiceNeeded, MoveRefused
from motcua.catalogue.bpmn.model import Kind, Model, Node, Scope
from motcua.catalogue.bpmn.state import State

MOST_STATES = 5_000
MOST_AT_ONE_NODE = 2  # more mean that branches multiply: such a state is not followed further
MOST_TOGETHER = 6  # flows of one gateway of which every combination is tried; of more, each alone and all at once

Key = tuple[tuple[str, str, int], ...]
"""A state without the numbers of its tokens: the nodes they rest at, the flows they came by, how often."""

Turn = Callable[[frozenset[str]], State]


@dataclass
class Explored:
    """What was found. `is_whole` is false where the process comes to more states than are looked at.

    `stuck`: nodes where tokens wait for others that never come; `doubled`: tasks that two branches start at once;
    `together`: for each task, the tasks that can run beside it; `endless`: tasks from whose state no end is reached.
    """

    is_whole: bool = True
    stuck: dict[str, None] = field(default_factory=dict)
    doubled: dict[str, None] = field(default_factory=dict)
    together: dict[str, set[str]] = field(default_factory=dict)
    endless: dict[str, None] = field(default_factory=dict)


def explore(model: Model, start: State | None = None) -> Explored:
    """Walk every state reached from the beginning, or from `start`, by any data, choice and timer."""
    free = _without_conditions(model)
    found, states, before = Explored(), dict[Key, State](), dict[Key, set[Key]]()
    waiting = deque([start] if start else _beginnings(free))
    states.update((_key(state), state) for state in waiting)
    while waiting:
        state = waiting.popleft()
        _note(free, state, found)
        if max(Counter(token.node for token in state.tokens).values(), default=0) > MOST_AT_ONE_NODE:
            found.is_whole = False
            continue
        for after in _afters(free, state):
            key = _key(after)
            before.setdefault(key, set()).add(_key(state))
            if key not in states:
                states[key] = after
                waiting.append(after)
        if len(states) > MOST_STATES:
            found.is_whole = False
            return found
    found.endless = _endless(free, states, before)
    return found


def _without_conditions(model: Model) -> Model:
    """Return the model in which somebody chooses wherever data decided."""
    scopes = {key: _freed(scope) for key, scope in model.scopes.items()}
    return replace(model, scopes=scopes)


def _freed(scope: Scope) -> Scope:
    flows = {key: replace(flow, condition=None) for key, flow in scope.flows.items()}
    gateways = (Kind.EXCLUSIVE, Kind.INCLUSIVE)
    nodes = {key: replace(node, default="") if node.kind in gateways else node for key, node in scope.nodes.items()}
    return replace(scope, nodes={key: _looping_freely(node) for key, node in nodes.items()}, flows=flows)


def _looping_freely(node: Node) -> Node:
    """A loop is played once: another turn brings no other state."""
    return replace(node, loop=None)


def _beginnings(model: Model) -> list[State]:
    """Return the first states; a choice before the first task is made in every way."""
    return list(_every_choice(partial(_begun, model)))


def _begun(model: Model, chosen: frozenset[str]) -> State:
    state = engine.start(model, choose=chosen)
    choosing = next((token for token in state.tokens if token.is_choosing), None)
    if choosing is not None:
        raise ChoiceNeeded("", model.node(choosing.node).outgoing)
    return state


def _afters(model: Model, state: State) -> Iterator[State]:
    """Yield the states after any one task, or timer, in every way that can be chosen."""
    for task in dict.fromkeys(engine.enabled(model, state)):
        yield from _every_choice(partial(_completed, model, state, task))
    for timer in dict.fromkeys(engine.timers(model, state)):
        if model.node(timer).interrupts or model.node(timer).kind is Kind.WAIT:
            yield from _every_choice(partial(_completed, model, state, timer))


def _completed(model: Model, state: State, element: str, chosen: frozenset[str]) -> State:
    return engine.complete(model, state, element, choose=chosen)


def _every_choice(turn: Turn, chosen: frozenset[str] = frozenset()) -> Iterator[State]:
    try:
        yield turn(chosen)
    except ChoiceNeeded as asked:
        for more in _subsets(asked.choices):
            if not more <= chosen:
                yield from _every_choice(turn, chosen | more)
    except MoveRefused:
        return


def _subsets(flows: tuple[str, ...]) -> Iterable[frozenset[str]]:
    """Return what may be chosen: an exclusive gateway refuses more than one, which then leads nowhere."""
    most = len(flows) if len(flows) <= MOST_TOGETHER else 1
    found = [frozenset(some) for size in range(1, most + 1) for some in combinations(flows, size)]
    return found if most == len(flows) else [*found, frozenset(flows)]


def _note(model: Model, state: State, found: Explored) -> None:
    counted = Counter(token.node for token in state.tokens if model.node(token.node).kind is Kind.TASK)
    found.doubled |= dict.fromkeys(task for task, number in counted.items() if number > 1)
    for task in counted:
        found.together.setdefault(task, set()).update(set(counted) - {task})
    found.stuck |= dict.fromkeys(engine.stuck(model, state))


def _endless(model: Model, states: dict[Key, State], before: dict[Key, set[Key]]) -> dict[str, None]:
    """Return the tasks enabled in states from which no end is reached."""
    ending = {key for key, state in states.items() if state.is_done}
    waiting = list(ending)
    while waiting:
        for earlier in before.get(waiting.pop(), set()) - ending:
            ending.add(earlier)
            waiting.append(earlier)
    lost = (states[key] for key in states if key not in ending)
    return dict.fromkeys(task for state in lost for task in engine.enabled(model, state))


def _key(state: State) -> Key:
    places = {place.id: place for place in state.places}
    counted = Counter((token.node, f"{places[token.place].scope} {token.flow}") for token in state.tokens)
    return tuple(sorted((node, way, number) for (node, way), number in counted.items()))

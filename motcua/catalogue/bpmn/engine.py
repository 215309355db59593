"""The token game: a pure function from a state and what somebody did to the next state. Same input, same output."""

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.choices import MoveRefused
from motcua.catalogue.bpmn.expressions import Data
from motcua.catalogue.bpmn.model import Kind, Model, Node, Refused
from motcua.catalogue.bpmn.nodes import named
from motcua.catalogue.bpmn.run import Run
from motcua.catalogue.bpmn.state import State, Token


class NotEnabled(MoveRefused):
    """The task is not waiting to be done, or the timer is not running."""


class StrangeChoice(MoveRefused):
    """A flow was chosen where nobody asked for it."""


def start(model: Model, *, data: Data | None = None, choose: Collection[str] = ()) -> State:
    """Return the first state; raise Refused. A choice not given yet waits at its gateway, which is then enabled."""
    if model.refusals:
        raise Refused(model.refusals)
    run = Run(model, State((), (), dict(data or {}), 1), choose, may_wait=True)
    for scope_id in model.played:
        run.open(model.scopes[scope_id], 0)
    return _settled(run, choose)


def complete(
    model: Model, state: State, element: str, *, data: Data | None = None, choose: Collection[str] = (),
    token: int | None = None,
) -> State:  # fmt: skip
    """Return the state after somebody did the task `element`; raise MoveRefused, and then nothing happened.

    `data` are added to the data of the run; `choose` are the flows to take where no condition decides. Of two tokens
    at one task the older goes on, unless `token` names one. The id of a running timer stands for its going off.
    """
    here = (one for one in _workable(model, state) if one.node == element and token in (None, one.id))
    found = next(here, None)
    if found is None and element in timers(model, state):
        return fire(model, state, element, data=data, choose=choose)
    if found is None:
        raise NotEnabled(_not_enabled(model, element))
    run = Run(model, _with_data(state, data), choose)
    if found.is_choosing:
        run.remove(found)
        run.leave(found.place, run.node_of(found))
    else:
        run.finish(found)
    return _settled(run, choose)


def fire(model: Model, state: State, timer: str, *, data: Data | None = None, choose: Collection[str] = ()) -> State:
    """Return the state after the timer went off; raise MoveRefused."""
    for token in state.tokens:
        event = next((event for event in _timers_of(model, token) if event.id == timer), None)
        if event:
            run = Run(model, _with_data(state, data), choose)
            run.go_off(token, event)
            return _settled(run, choose)
    raise NotEnabled(_not_enabled(model, timer))


def enabled(model: Model, state: State) -> tuple[str, ...]:
    """Return the ids of the tasks that may be done, in the document's order; twice for two tokens."""
    ids = [token.node for token in _workable(model, state)]
    return tuple(sorted(ids, key=lambda node: model.node(node).order))


def timers(model: Model, state: State) -> tuple[str, ...]:
    """Return the ids of the timer events that are running, in the order of their tokens."""
    return tuple(event.id for token in state.tokens for event in _timers_of(model, token))


def stuck(model: Model, state: State) -> tuple[str, ...]:
    """Return the nodes whose tokens wait for others that can never come; empty while anything can still happen."""
    if state.is_done or enabled(model, state) or timers(model, state):
        return ()
    return tuple(dict.fromkeys(token.node for token in state.tokens if token.flow))


def _settled(run: Run, choose: Collection[str]) -> State:
    run.settle()
    unasked = sorted(set(choose) - run.asked)
    if unasked:
        raise StrangeChoice(
            _("Ở bước này không có lựa chọn “%(flow)s”. Chưa có gì thay đổi.") % {"flow": unasked[0]},
            tuple(sorted(run.asked)),
        )
    return run.state()


def _with_data(state: State, data: Data | None) -> State:
    return State(state.tokens, state.places, {**state.data, **(data or {})}, state.next_id)


def _workable(model: Model, state: State) -> Iterable[Token]:
    return (token for token in state.tokens if token.is_choosing or model.node(token.node).kind is Kind.TASK)


def _timers_of(model: Model, token: Token) -> list[Node]:
    scope = model.scopes[model.scope_of[token.node]]
    node = scope.nodes[token.node]
    if node.kind is Kind.WAIT:
        return [node]
    return [event for event in scope.boundary.get(node.id, ()) if _still_armed(event, token.fired)]


def _still_armed(event: Node, fired: Mapping[str, int]) -> bool:
    most = event.timer.most_times if event.timer else 0
    return most is None or fired.get(event.id, 0) < most


def _not_enabled(model: Model, element: str) -> str:
    if element not in model.scope_of:
        return _("Không có việc nào mã “%(id)s”. Chưa có gì thay đổi.") % {"id": element}
    node = model.node(element)
    return _("Việc %(task)s lúc này không chờ ai làm. Chưa có gì thay đổi.") % {"task": named(node.id, node.name)}

"""Which tasks may come after a task, without playing: gateways, sub-processes, calls and timers looked through."""

from collections.abc import Callable, Iterable, Iterator

from motcua.catalogue.bpmn.checks import inner_scope
from motcua.catalogue.bpmn.choices import MoveRefused, flows_left
from motcua.catalogue.bpmn.expressions import Data, compared
from motcua.catalogue.bpmn.joins import link_targets
from motcua.catalogue.bpmn.model import ACTIVITIES, Kind, Model, Node, Scope

Pick = Callable[[Scope, Node], Iterable[str]]
"""Says by which of its flows a node is left."""


def first_tasks(model: Model) -> list[str]:
    """Return the tasks a run may begin with, by any condition."""
    walk = _Walk(model, _every_flow)
    starts = ((model.scopes[scope], node) for scope in model.played for node in model.scopes[scope].starts)
    return list(dict.fromkeys(task for scope, node in starts for task in walk.arrive(scope, node)))


def tasks_after(model: Model, task: str) -> list[str]:
    """Return the tasks that may follow `task` by any condition, choice or timer."""
    scope, walk = model.scopes[model.scope_of[task]], _Walk(model, _every_flow)
    events = scope.boundary.get(task, ())
    found = [after for node in (scope.nodes[task], *events) for after in walk.leave(scope, node)]
    return list(dict.fromkeys(found))


def likely_after(model: Model, task: str, data: Data) -> list[str]:
    """Return the tasks that follow `task` for these data; where somebody must choose, the first way is taken.

    Branches that are waited for elsewhere are not looked at: a foresight, not a rule.
    """

    def pick(scope: Scope, node: Node) -> Iterable[str]:
        try:
            return [flow.id for flow in flows_left(scope, node, data, ())]
        except MoveRefused:
            return node.outgoing[:1]

    scope = model.scopes[model.scope_of[task]]
    return list(dict.fromkeys(_Walk(model, pick).leave(scope, scope.nodes[task])))


def asked_after(model: Model, task: str) -> dict[str, tuple[str, ...]]:
    """Return the fields that conditions between `task` and the next tasks look at, with the values they compare with."""
    asked: dict[str, list[str]] = {}

    def pick(scope: Scope, node: Node) -> Iterable[str]:
        for condition in (scope.flows[flow].condition for flow in node.outgoing):
            for name, values in compared(condition) if condition else ():
                asked.setdefault(name, []).extend(values)
        return node.outgoing

    scope = model.scopes[model.scope_of[task]]
    for _after in _Walk(model, pick).leave(scope, scope.nodes[task]):
        pass
    return {name: tuple(dict.fromkeys(values)) for name, values in asked.items()}


def _every_flow(_scope: Scope, node: Node) -> Iterable[str]:
    return node.outgoing


class _Walk:
    """A way through the model that ends at every task; nothing is passed twice."""

    def __init__(self, model: Model, pick: Pick) -> None:
        self._model = model
        self._pick = pick
        self._passed: set[str] = set()

    def arrive(self, scope: Scope, node: Node) -> Iterator[str]:
        if node.kind is Kind.TASK:
            yield node.id
            return
        if node.id in self._passed:
            return
        self._passed.add(node.id)
        inside = inner_scope(node)
        if inside:
            for start in self._model.scopes[inside].starts:
                yield from self.arrive(self._model.scopes[inside], start)
            return
        for catch in link_targets(scope, node):
            yield from self.arrive(scope, catch)
        yield from self.leave(scope, node)

    def leave(self, scope: Scope, node: Node) -> Iterator[str]:
        flows = list(self._pick(scope, node))
        for flow in flows:
            yield from self.arrive(scope, scope.nodes[scope.flows[flow].target])
        if not flows and node.kind is not Kind.LINK_THROW:
            for outer, holder in _holders(self._model, scope):
                yield from self.leave(outer, holder)


def _holders(model: Model, inside: Scope) -> Iterator[tuple[Scope, Node]]:
    """Yield the activities whose inside is `inside`."""
    for scope in model.scopes.values():
        for node in scope.nodes.values():
            if node.kind in ACTIVITIES and inner_scope(node) == inside.id:
                yield scope, node

"""A state made by hand: tokens at given tasks and nowhere else, for a run that goes on in another process."""

from collections.abc import Iterable

from motcua.catalogue.bpmn.checks import inner_scope
from motcua.catalogue.bpmn.model import Model
from motcua.catalogue.bpmn.state import Place, State, Token


def resting_at(model: Model, tasks: Iterable[str]) -> State:
    """Return the state in which a token rests at each of `tasks`, and around each the activities that hold it.

    A process that several activities call is taken as called by the first of them.
    """
    made = _Made(model)
    for task in tasks:
        made.token(task)
    return State(tuple(made.tokens), tuple(made.places.values()), {}, made.next_id)


class _Made:
    """Tokens and places, numbered as the engine does; a scope is opened once."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.tokens: list[Token] = []
        self.places: dict[str, Place] = {}
        self.next_id = 1

    def token(self, node: str) -> int:
        place = self._place(self._model.scope_of[node])
        token = Token(self._number(), place.id, node)
        self.tokens.append(token)
        return token.id

    def _place(self, scope: str) -> Place:
        if scope not in self.places:
            holder = 0 if scope in self._model.played else self._holder(scope)
            self.places[scope] = Place(self._number(), scope, holder)
        return self.places[scope]

    def _holder(self, inside: str) -> int:
        around = (
            node.id
            for scope in self._model.scopes.values()
            for node in scope.nodes.values()
            if inner_scope(node) == inside
        )
        return self.token(next(around))

    def _number(self) -> int:
        self.next_id += 1
        return self.next_id - 1

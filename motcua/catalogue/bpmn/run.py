"""One move of the token game, while it is being made. Used by `engine` only, which hands out immutable states."""

from collections import deque
from collections.abc import Collection
from dataclasses import replace

from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.checks import inner_scope
from motcua.catalogue.bpmn.choices import ChoiceNeeded, MoveRefused, NoWayOut, flows_left
from motcua.catalogue.bpmn.expressions import evaluate
from motcua.catalogue.bpmn.joins import link_targets, may_join
from motcua.catalogue.bpmn.model import ACTIVITIES, Kind, Model, Node, Scope
from motcua.catalogue.bpmn.state import Place, State, Token

MOST_MOVES = 10_000


class EndlessLoop(MoveRefused):
    """The process would turn for ever without anybody doing anything."""


class Run:
    """The tokens during a move. Tokens on their way are in a queue; `settle` moves them until all are at rest."""

    def __init__(self, model: Model, state: State, choose: Collection[str], *, may_wait: bool = False) -> None:
        self._model = model
        self._tokens = {token.id: token for token in state.tokens}
        self._places = {place.id: place for place in state.places}
        self._data = state.data
        self._next_id = state.next_id
        self._chosen = frozenset(choose)
        self._may_wait = may_wait
        self._queue: deque[tuple[int, Node, str]] = deque()
        self._moves = 0
        self.asked: set[str] = set()

    def state(self) -> State:
        """Return where everything rests now."""
        held = {token.place for token in self._tokens.values()}
        places = tuple(place for place in self._places.values() if place.id in held)
        return State(tuple(self._tokens.values()), places, self._data, self._next_id)

    def node_of(self, token: Token) -> Node:
        """Return the node a token rests at."""
        return self._scope(token.place).nodes[token.node]

    def open(self, scope: Scope, holder: int) -> None:
        """Start a process, or the inside of the activity that token `holder` is at."""
        place = Place(self._number(), scope.id, holder)
        self._places[place.id] = place
        for node in scope.starts:
            self._queue.append((place.id, node, ""))

    def finish(self, token: Token) -> None:
        """End the activity a token is at: again when it loops, else onward."""
        node = self.node_of(token)
        turn = token.turn + 1
        loop = node.loop
        again = loop and (loop.most is None or turn < loop.most) and self._holds(node)
        if again:
            self._enter(replace(token, turn=turn), node)
        else:
            self.remove(token)
            self.leave(token.place, node)

    def go_off(self, token: Token, event: Node) -> None:
        """Let a timer go off: the event a token waits at, or one on the border of its activity."""
        if event.id == token.node or event.interrupts:
            self.remove(token)
        else:
            self._rest(replace(token, fired={**token.fired, event.id: token.fired.get(event.id, 0) + 1}))
        self.leave(token.place, event)

    def remove(self, token: Token) -> None:
        """Take a token away, with everything that runs inside its activity."""
        self._tokens.pop(token.id, None)
        for place in [place for place in self._places.values() if place.holder == token.id]:
            self._clear(place.id)
            del self._places[place.id]

    def leave(self, place: int, node: Node) -> None:
        """Send a token out of a node by every flow it takes."""
        scope = self._scope(place)
        try:
            flows = flows_left(scope, node, self._data, self._chosen)
        except (ChoiceNeeded, NoWayOut):
            if not self._may_wait or node.kind in ACTIVITIES:
                raise
            self._rest(Token(self._number(), place, node.id, is_choosing=True))
            return
        self._note_choice(scope, node)
        for flow in flows:
            self._queue.append((place, scope.nodes[flow.target], flow.id))

    def settle(self) -> None:
        """Move tokens until every one rests: first those on their way, then ended insides, then inclusive joins."""
        while self._queue or self._close_one() or self._join_one():
            while self._queue:
                self._moves += 1
                if self._moves > MOST_MOVES:
                    raise EndlessLoop(
                        _(
                            "Quy trình quay vòng mãi hoặc sinh quá nhiều nhánh mà không qua việc nào. Chưa có gì thay đổi."
                        )
                    )
                self._arrive(*self._queue.popleft())

    def _arrive(self, place: int, node: Node, flow: str) -> None:
        match node.kind:
            case Kind.TASK | Kind.SUB_PROCESS | Kind.CALL:
                self._begin(place, node)
            case Kind.PARALLEL | Kind.INCLUSIVE if len(node.incoming) > 1:
                self._rest(Token(self._number(), place, node.id, flow))
                if node.kind is Kind.PARALLEL:
                    self._join_all(place, node)
            case Kind.WAIT:
                self._rest(Token(self._number(), place, node.id))
            case Kind.LINK_THROW:
                self._queue.extend((place, catch, "") for catch in link_targets(self._scope(place), node))
            case Kind.TERMINATE:
                self._clear(place)
            case Kind.END:
                pass
            case _:
                self.leave(place, node)

    def _begin(self, place: int, node: Node) -> None:
        if node.loop and node.loop.asks_before and not self._holds(node):
            self.leave(place, node)
        else:
            self._enter(Token(self._number(), place, node.id), node)

    def _enter(self, token: Token, node: Node) -> None:
        self._rest(token)
        if inner := inner_scope(node):
            self.open(self._model.scopes[inner], token.id)

    def _join_all(self, place: int, gateway: Node) -> None:
        """Let a parallel gateway go on when a token waits on every way in; one is taken from each."""
        first = self._first_on_each_flow(place, gateway)
        if len(first) == len(gateway.incoming):
            self._join(place, gateway, first)

    def _join_one(self) -> bool:
        """Let the first inclusive gateway that may go on do so."""
        for place, node_id in dict.fromkeys((token.place, token.node) for token in self._tokens.values()):
            node = self._scope(place).nodes[node_id]
            first = self._first_on_each_flow(place, node) if node.kind is Kind.INCLUSIVE else {}
            others = (t.node for t in self._tokens.values() if t.place == place and t.node != node_id)
            if first and may_join(self._scope(place), node, set(first), others):
                self._join(place, node, first)
                return True
        return False

    def _join(self, place: int, gateway: Node, arrived: dict[str, Token]) -> None:
        for token in arrived.values():
            del self._tokens[token.id]
        self.leave(place, gateway)

    def _first_on_each_flow(self, place: int, gateway: Node) -> dict[str, Token]:
        waiting = [t for t in self._tokens.values() if t.place == place and t.node == gateway.id and not t.is_choosing]
        return {token.flow: token for token in sorted(waiting, key=lambda token: token.id, reverse=True)}

    def _close_one(self) -> bool:
        """End the first activity whose inside has no token left."""
        held = {token.place for token in self._tokens.values()}
        ended = next((place for place in self._places.values() if place.holder and place.id not in held), None)
        if ended is None:
            return False
        del self._places[ended.id]
        self.finish(self._tokens[ended.holder])
        return True

    def _clear(self, place: int) -> None:
        """Take away every token in a place, at rest or on its way."""
        for token in [token for token in self._tokens.values() if token.place == place]:
            self.remove(token)
        self._queue = deque(move for move in self._queue if move[0] != place)

    def _rest(self, token: Token) -> None:
        self._tokens[token.id] = token

    def _holds(self, node: Node) -> bool:
        condition = node.loop.condition if node.loop else None
        return condition is None or bool(evaluate(condition, self._data))

    def _scope(self, place: int) -> Scope:
        return self._model.scopes[self._places[place].scope]

    def _note_choice(self, scope: Scope, node: Node) -> None:
        """Remember the flows the officer could have chosen here, so that a choice nobody asked for is told."""
        if node.kind in (Kind.EXCLUSIVE, Kind.INCLUSIVE):
            flows = [flow for flow in node.outgoing if flow != node.default]
            if not any(scope.flows[flow].condition for flow in flows):
                self.asked.update(node.outgoing)
        elif node.kind in ACTIVITIES:
            open_flows = [flow for flow in node.outgoing if scope.flows[flow].is_conditional]
            self.asked.update(flow for flow in open_flows if scope.flows[flow].condition is None)

    def _number(self) -> int:
        self._next_id += 1
        return self._next_id - 1

"""Well-structured processes made at random: blocks within blocks, every split with its join."""

from itertools import pairwise

from hypothesis import strategies as st

from motcua.catalogue.bpmn.choices import ChoiceNeeded
from motcua.catalogue.bpmn.engine import complete, enabled, start, timers
from motcua.catalogue.bpmn.model import Kind
from tests.catalogue.bpmn.builder import (
    begin,
    definitions,
    element,
    end,
    exclusive,
    flow,
    inclusive,
    inside,
    parallel,
    process,
    task,
    timer,
)  # fmt: skip

GATEWAYS = {"choice": exclusive, "both": parallel, "some": inclusive}


def _several(blocks):
    return st.lists(blocks, min_size=2, max_size=3)


def _wrapped(blocks):
    return (
        st.tuples(st.just("line"), _several(blocks))
        | st.tuples(st.sampled_from(sorted(GATEWAYS)), _several(blocks))
        | st.tuples(st.sampled_from(["again", "inside"]), blocks)
    )


BLOCKS = st.recursive(st.sampled_from([("task",), ("late",), ("deadline",)]), _wrapped, max_leaves=6)


def structured(block):
    """Return the file of a process that consists of the block."""
    piece = _Pieces()
    first, last = piece.add(block)
    piece.xml += [begin(), end(), flow("start", first), flow(last, "end")]
    return definitions(process(_lanes(piece.nodes), *piece.xml, isExecutable="true")).encode()


def _lanes(nodes):
    """Return two lanes that share the nodes, so that lines cross between them."""
    refs = [f"<flowNodeRef>{node}</flowNodeRef>" for node in ["start", *nodes, "end"]]
    return element("laneSet", "lanes", element("lane", "odd", *refs[::2]), element("lane", "even", *refs[1::2]))


class _Pieces:
    """Collects the pieces of one scope; ids are numbered through all scopes."""

    def __init__(self, numbers=None):
        self.xml = []
        self.nodes = []
        self._numbers = numbers if numbers is not None else iter(range(10_000))

    def add(self, block):
        """Add a block and return its first and its last node."""
        kind, *parts = block
        number = next(self._numbers)
        first, last = getattr(self, f"_{kind}", self._split)(kind, number, *parts)
        self.nodes += [] if kind == "line" else dict.fromkeys([first, last])
        return first, last

    def _task(self, kind, number):
        self.xml.append(task(f"task{number}"))
        return f"task{number}", f"task{number}"

    def _late(self, kind, number):
        self.xml += [task(f"task{number}"), timer(f"late{number}", f"task{number}")]
        return f"task{number}", f"task{number}"

    def _deadline(self, kind, number):
        one, late, other, merge = f"task{number}", f"late{number}", f"other{number}", f"merge{number}"
        self.xml += [task(one), timer(late, one, interrupts=True), task(other), exclusive(merge)]
        self.xml += [flow(one, merge), flow(late, other), flow(other, merge)]
        self.nodes.append(other)
        return one, merge

    def _line(self, kind, number, blocks):
        ends = [self.add(block) for block in blocks]
        self.xml += [flow(before[1], after[0]) for before, after in pairwise(ends)]
        return ends[0][0], ends[-1][1]

    def _split(self, kind, number, blocks):
        split, join = f"split{number}", f"join{number}"
        self.xml += [GATEWAYS[kind](split), GATEWAYS[kind](join)]
        for block in blocks:
            first, last = self.add(block)
            self.xml += [flow(split, first), flow(last, join)]
        return split, join

    def _again(self, kind, number, block):
        first, last = self.add(block)
        merge, back = f"merge{number}", f"back{number}"
        self.xml += [exclusive(merge), exclusive(back), flow(merge, first), flow(last, back), flow(back, merge)]
        return merge, back

    def _inside(self, kind, number, block):
        inner = _Pieces(self._numbers)
        first, last = inner.add(block)
        inner.xml += [
            begin(f"s{number}"),
            element("endEvent", f"e{number}"),
            flow(f"s{number}", first),
            flow(last, f"e{number}"),
        ]
        self.xml.append(inside(f"sub{number}", *inner.xml))
        return f"sub{number}", f"sub{number}"


def moves(model, state):
    """Yield every state one completed task or timer leads to, whatever is chosen."""
    for one in sorted({*enabled(model, state), *timers(model, state)}):
        yield from _tried(model, state, one, ())


def _tried(model, state, one, choose):
    try:
        yield complete(model, state, one, choose=choose)
    except ChoiceNeeded as needed:
        for flow_id in needed.choices:
            yield from _tried(model, state, one, (*choose, flow_id))
        if _gateway(model, needed.choices[0]).kind is Kind.INCLUSIVE:
            yield from _tried(model, state, one, (*choose, *needed.choices))


def _gateway(model, flow_id):
    scope = next(scope for scope in model.scopes.values() if flow_id in scope.flows)
    return scope.nodes[scope.flows[flow_id].source]


def reachable(model, most=400):
    """Return the states that can be reached, as a graph of keys; None when there are more than `most`."""
    first = start(model)
    graph, waiting = {}, [first]
    while waiting:
        state = waiting.pop()
        if key(state) in graph:
            continue
        if len(graph) >= most:
            return None
        after = list(moves(model, state))
        graph[key(state)] = {key(one) for one in after}
        waiting += after
    return graph


def key(state):
    """Return what tells two states apart, numbers aside."""
    return tuple(sorted((token.node, token.flow, tuple(token.fired)) for token in state.tokens))

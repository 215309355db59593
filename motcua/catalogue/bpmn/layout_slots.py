"""Which column and row of a grid each node and each long line of a scope takes; the drawing has no overlaps by this."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from motcua.catalogue.bpmn.joins import link_targets
from motcua.catalogue.bpmn.model import Flow, Node, Scope

Row = tuple[int, int]  # band (lane), row in the band


@dataclass(frozen=True, slots=True)
class Slots:
    """Columns and rows of nodes, and the row each long line runs in. Boundary events sit on their activity."""

    column: dict[str, int]
    row: dict[str, Row]
    line_row: dict[str, Row]
    bands: tuple[str, ...]


def slots_of(scope: Scope) -> Slots:
    """Return the places of a scope: columns by the longest way from the start, rows by lane."""
    column = _columns(scope)
    bands = _bands(scope)
    grid = _Grid()
    for node in sorted(_placed(scope), key=lambda node: (column[node.id], node.order)):
        band = _band(scope, bands, node.id)
        before = [scope.flows[flow].source for flow in node.incoming]
        wanted = [row for source in before if (row := grid.row.get(host(scope, source))) and row[0] == band]
        grid.put(node.id, band, (column[node.id],), wanted)
    for flow in scope.flows.values():
        source, target = host(scope, flow.source), host(scope, flow.target)
        passed = columns_passed(column[source], column[target])
        if passed:
            wanted = [grid.row[source], grid.row[target]] if column[target] > column[source] else []
            grid.put(flow.id, _band(scope, bands, target), passed, wanted)
    nodes = {node.id for node in _placed(scope)}
    return Slots(
        column=column,
        row={one: row for one, row in grid.row.items() if one in nodes},
        line_row={one: row for one, row in grid.row.items() if one not in nodes},
        bands=bands,
    )


def host(scope: Scope, node_id: str) -> str:
    """Return the activity a boundary event sits on, or the node itself."""
    return scope.nodes[node_id].attached_to or node_id


def columns_passed(source: int, target: int) -> tuple[int, ...]:
    """Return the columns a line crosses between its ends, in its direction; a line back also passes under both ends."""
    return tuple(range(source + 1, target)) if target > source else tuple(range(source, target - 1, -1))


@dataclass(slots=True)
class _Grid:
    row: dict[str, Row] = field(default_factory=dict)
    taken: set[tuple[int, Row]] = field(default_factory=set)

    def put(self, one: str, band: int, columns: tuple[int, ...], wanted: list[Row]) -> None:
        """Give `one` the first row of its band that is free in all columns, a wanted one before others."""
        for row in _rows(band, wanted):
            if not any((column, row) in self.taken for column in columns):
                self.row[one] = row
                self.taken.update((column, row) for column in columns)
                return


def _rows(band: int, wanted: list[Row]) -> Iterator[Row]:
    yield from wanted
    number = 0
    while True:
        yield band, number
        number += 1


def _placed(scope: Scope) -> Iterator[Node]:
    return (node for node in scope.nodes.values() if not node.attached_to)


def _bands(scope: Scope) -> tuple[str, ...]:
    """Return the innermost lanes in their order, and a band without lane where a node lies in none."""
    outer = {lane.parent for lane in scope.lanes}
    lanes = tuple(lane.id for lane in scope.lanes if lane.id not in outer)
    loose = any(scope.lane_of(node.id) is None for node in _placed(scope))
    return (*lanes, "") if loose or not lanes else lanes


def _band(scope: Scope, bands: tuple[str, ...], node_id: str) -> int:
    lane = scope.lane_of(node_id)
    return bands.index(lane.id if lane and lane.id in bands else "") if not lane or lane.id in bands else 0


def _columns(scope: Scope) -> dict[str, int]:
    """Return the column of every node: the longest way to it, lines that lead back left out."""
    after = {node.id: _followers(scope, node) for node in _placed(scope)}
    order, back = _depth_first(scope, after)
    column = dict.fromkeys(order, 0)
    for node in order:
        for follower in after[node]:
            if (node, follower) not in back:
                column[follower] = max(column[follower], column[node] + 1)
    return column | {node.id: column[node.attached_to] for node in scope.nodes.values() if node.attached_to}


def _followers(scope: Scope, node: Node) -> list[str]:
    leaving: list[Flow] = [scope.flows[flow] for flow in node.outgoing]
    for event in scope.boundary.get(node.id, ()):
        leaving += [scope.flows[flow] for flow in event.outgoing]
    return [host(scope, flow.target) for flow in leaving] + [catch.id for catch in link_targets(scope, node)]


def _depth_first(scope: Scope, after: dict[str, list[str]]) -> tuple[list[str], set[tuple[str, str]]]:
    """Return the nodes so that every line not leading back goes forward, and the lines that lead back."""
    finished: list[str] = []
    done: set[str] = set()
    back: set[tuple[str, str]] = set()
    roots = [node.id for node in scope.starts] + list(after)
    for root in roots:
        stack, open_nodes = [(root, iter(after[root]))] if root not in done else [], {root}
        done.add(root)
        while stack:
            node, rest = stack[-1]
            follower = next(rest, None)
            if follower is None:
                finished.append(node)
                open_nodes.discard(node)
                stack.pop()
            elif follower in open_nodes:
                back.add((node, follower))
            elif follower not in done:
                done.add(follower)
                open_nodes.add(follower)
                stack.append((follower, iter(after[follower])))
    return finished[::-1], back

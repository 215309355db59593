"""Where a model is drawn that says nothing of it: left to right, a band for every lane, lines in channels of their own."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from motcua.catalogue.bpmn.layout_slots import Row, Slots, host, slots_of
from motcua.catalogue.bpmn.model import Box, Diagram, Flow, Kind, Model, Node, Points, Scope

NOTE_SIZE = (140.0, 60.0)
HEADER = 30.0
MARGIN = 20.0
JOG = 9.0
_GATEWAYS = (Kind.EXCLUSIVE, Kind.PARALLEL, Kind.INCLUSIVE)


@dataclass(frozen=True)
class Sizes:
    """How large everything is drawn; `tasks` are the sizes of single tasks, by id. The lane header is read unturned."""

    task: tuple[float, float] = (140.0, 60.0)
    event: float = 36.0
    gateway: float = 50.0
    row_padding: float = 40.0
    gap: float = 30.0
    channel: float = 12.0
    lane_header: float = 150.0
    tasks: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def lay_out(model: Model, sizes: Sizes | None = None) -> Diagram:
    """Return boxes and lines for the whole model: processes below one another, then pools without one, then notes."""
    sizes = sizes or Sizes()
    shapes: dict[str, Box] = {}
    edges: dict[str, Points] = {}
    top = MARGIN
    for scope in [scope for scope in model.scopes.values() if not scope.parent and scope.nodes]:
        part = _lay_out_scope(model, scope, sizes)
        pools = [pool.id for pool in model.participants if pool.process == scope.id]
        left = MARGIN + (HEADER if pools else 0.0)
        _move(part, left, top, shapes, edges)
        shapes |= {pool: Box(MARGIN, top, part.width + HEADER, part.height) for pool in pools}
        top += part.height + MARGIN
    width = max((box.right for box in shapes.values()), default=MARGIN + 600) - MARGIN
    for pool in [pool for pool in model.participants if pool.id not in shapes]:
        shapes[pool.id] = Box(MARGIN, top, width, 60.0)
        top += 60.0 + MARGIN
    for number, artifact in enumerate([one for one in model.artifacts if one.id and one.tag != "group"]):
        shapes[artifact.id] = Box(MARGIN + number * (NOTE_SIZE[0] + MARGIN), top, *NOTE_SIZE)
    for link in model.links:
        if link.source in shapes and link.target in shapes:
            edges[link.id] = _between(shapes[link.source], shapes[link.target])
    return Diagram(shapes, edges)


@dataclass
class _Part:
    """A scope laid out from (0, 0)."""

    shapes: dict[str, Box] = field(default_factory=dict)
    edges: dict[str, Points] = field(default_factory=dict)
    width: float = 0.0
    height: float = 0.0


def _move(part: _Part, x: float, y: float, shapes: dict[str, Box], edges: dict[str, Points]) -> None:
    for one, box in part.shapes.items():
        shapes[one] = Box(box.x + x, box.y + y, box.width, box.height)
    for one, points in part.edges.items():
        edges[one] = tuple((px + x, py + y) for px, py in points)


def _between(one: Box, other: Box) -> Points:
    """Return the straight line between the middles of two boxes, from border to border."""
    return _border(one, other), _border(other, one)


def _border(box: Box, towards: Box) -> tuple[float, float]:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    dx, dy = towards.x + towards.width / 2 - x, towards.y + towards.height / 2 - y
    reaches = [half / abs(way) for half, way in ((box.width / 2, dx), (box.height / 2, dy)) if way]
    part = min(reaches, default=0.0)
    return x + dx * part, y + dy * part


def _lay_out_scope(model: Model, scope: Scope, sizes: Sizes) -> _Part:
    insides = {
        node.id: _lay_out_scope(model, model.scopes[node.id], sizes)
        for node in scope.nodes.values()
        if node.id in model.scopes and model.scopes[node.id].nodes
    }
    of_nodes = {node.id: _size(node, insides, sizes) for node in scope.nodes.values()}
    return _Drafting(scope, slots_of(scope), of_nodes, sizes).part(insides)


def _size(node: Node, insides: dict[str, _Part], sizes: Sizes) -> tuple[float, float]:
    if inside := insides.get(node.id):
        return inside.width + 2 * MARGIN, inside.height + 2 * MARGIN
    if node.kind in _GATEWAYS or node.tag.endswith("Gateway"):
        return sizes.gateway, sizes.gateway
    return (sizes.event, sizes.event) if node.tag.endswith("Event") else sizes.tasks.get(node.id, sizes.task)


@dataclass(frozen=True, slots=True)
class _Stub:
    """A line's passage of the gap right of a column: the rows it touches on the left and on the right."""

    flow: str
    lefts: tuple[Row, ...]
    rights: tuple[Row, ...]


class _Drafting:
    """Turns slots into coordinates."""

    def __init__(self, scope: Scope, slots: Slots, of_nodes: dict[str, tuple[float, float]], sizes: Sizes) -> None:
        self._scope = scope
        self._slots = slots
        self._of_nodes = of_nodes
        self._sizes = sizes
        self._channels = {gap: _ordered(stubs) for gap, stubs in self._stubs().items()}
        self._left, self._right = self._column_edges()
        self._middle, self._band_tops = self._row_middles()

    def part(self, insides: dict[str, _Part]) -> _Part:
        """Return everything placed, with lanes around and insides within."""
        part = _Part()
        part.shapes = {node: self._box(node) for node in self._slots.row}
        for activity, events in self._scope.boundary.items():
            part.shapes |= dict(_on_border(part.shapes[activity], events, self._sizes.event))
        part.width = self._right[-1] + self._gap_width(len(self._right) - 1) + MARGIN
        part.height = self._band_tops[-1]
        for flow in self._scope.flows.values():
            part.edges[flow.id] = tuple(self._line(flow, part.shapes))
        for inside in insides:
            box = part.shapes[inside]
            _move(insides[inside], box.x + MARGIN, box.y + MARGIN, part.shapes, part.edges)
        part.shapes |= dict(self._lanes(part.width))
        return part

    def _stubs(self) -> dict[int, list[_Stub]]:
        """Collect which lines pass which gap; gap n lies right of column n, gap -1 left of everything."""
        stubs: dict[int, list[_Stub]] = {}
        for flow in self._scope.flows.values():
            for gap, lefts, rights in self._passages(flow):
                if lefts != rights:
                    stubs.setdefault(gap, []).append(_Stub(flow.id, lefts, rights))
        return stubs

    def _passages(self, flow: Flow) -> Iterator[tuple[int, tuple[Row, ...], tuple[Row, ...]]]:
        """Yield the gaps a line passes with the rows it comes from and goes to."""
        source, target = host(self._scope, flow.source), host(self._scope, flow.target)
        first, last = self._slots.column[source], self._slots.column[target]
        start, end = self._slots.row[source], self._slots.row[target]
        if source != flow.source:  # a boundary event's line leaves below the row of its activity
            start = (start[0], -1 - start[1])
        row = self._slots.line_row.get(flow.id, end)
        if last > first:
            if last == first + 1:
                yield first, (start,), (end,)
                return
            yield first, (start,), (row,)
            yield last - 1, (row,), (end,)
        else:
            yield first, (start, row), ()
            yield last - 1, (), (row, end)

    def _column_edges(self) -> tuple[list[float], list[float]]:
        widths: dict[int, float] = {}
        for node in self._slots.row:
            column = self._slots.column[node]
            widths[column] = max(widths.get(column, 0.0), self._of_nodes[node][0])
        lefts, rights = [], []
        x = (self._sizes.lane_header if self._scope.lanes else 0.0) + self._gap_width(-1)
        for column in range(max(widths, default=0) + 1):
            lefts.append(x)
            rights.append(x + widths.get(column, 0.0))
            x = rights[-1] + self._gap_width(column)
        return lefts, rights

    def _gap_width(self, gap: int) -> float:
        return self._sizes.gap + self._sizes.channel * len(self._channels.get(gap, ()))

    def _row_middles(self) -> tuple[dict[Row, float], list[float]]:
        """Return the middle of every row, and where bands begin (the last: where all end)."""
        heights: dict[Row, float] = dict.fromkeys(self._slots.line_row.values(), 0.0)
        for node, row in self._slots.row.items():
            hanging = self._sizes.event + 12.0 if self._scope.boundary.get(node) else 0.0
            heights[row] = max(heights.get(row, 0.0), self._of_nodes[node][1] + hanging)
        middles, tops, y = {}, [0.0], 0.0
        for band in range(len(self._slots.bands)):
            for row in sorted(row for row in heights if row[0] == band) or [(band, 0)]:
                height = heights.get(row, self._sizes.task[1]) + self._sizes.row_padding
                middles[row] = y + height / 2
                y += height
            tops.append(y)
        return middles, tops

    def _box(self, node: str) -> Box:
        column = self._slots.column[node]
        width, height = self._of_nodes[node]
        middle = (self._left[column] + self._right[column]) / 2
        return Box(middle - width / 2, self._middle[self._slots.row[node]] - height / 2, width, height)

    def _line(self, flow: Flow, shapes: dict[str, Box]) -> list[tuple[float, float]]:
        """Return the corners of a line: out to the right, through its channels, in from the left."""
        source, target = shapes[flow.source], shapes[flow.target]
        if self._scope.nodes[flow.source].attached_to:
            others = self._scope.boundary[self._scope.nodes[flow.source].attached_to]
            y = source.bottom + 6.0 * (1 + [event.id for event in others].index(flow.source))
            points = [(source.x + source.width / 2, source.bottom), (source.x + source.width / 2, y)]
        else:
            y = source.y + source.height / 2
            points = [(source.right, y)]
        for gap, lefts, rights in self._passages(flow):
            to = self._middle[(rights or lefts)[-1]]
            xs = self._turns(gap, flow.id) if to != y else []
            if len(xs) > 1:
                between = to + math.copysign(JOG + 7.0 * self._doubles(gap).index(flow.id), y - to)
                points += [(xs[0], y), (xs[0], between), (xs[1], between), (xs[1], to)]
            elif xs:
                points += [(xs[0], y), (xs[0], to)]
            y = to
        return [*points, (target.x, target.y + target.height / 2)]

    def _turns(self, gap: int, flow: str) -> list[float]:
        """Return where in the gap a line turns: once, or twice when it changes places with another."""
        start = self._right[gap] if gap >= 0 else self._left[0] - self._gap_width(-1)
        order = self._channels.get(gap, [])
        gap_half, channel = self._sizes.gap / 2, self._sizes.channel
        return [start + gap_half + channel * (place + 0.5) for place, one in enumerate(order) if one == flow]

    def _doubles(self, gap: int) -> list[str]:
        return [flow for flow, count in Counter(self._channels[gap]).items() if count > 1]

    def _lanes(self, width: float) -> Iterator[tuple[str, Box]]:
        """Yield the box of every lane; one around others spans them."""
        tops = dict(zip(self._slots.bands, zip(self._band_tops, self._band_tops[1:], strict=False), strict=False))
        for lane in reversed(self._scope.lanes):
            if lane.id not in tops:
                inner = [tops[one.id] for one in self._scope.lanes if one.parent == lane.id and one.id in tops]
                tops[lane.id] = (
                    (min(top for top, _ in inner), max(bottom for _, bottom in inner)) if inner else (0.0, 0.0)
                )
            top, bottom = tops[lane.id]
            if bottom > top:
                yield lane.id, Box(0.0, top, width, bottom - top)


def _on_border(box: Box, events: Iterable[Node], size: float) -> Iterator[tuple[str, Box]]:
    """Yield the boxes of boundary events, along the lower border from the right."""
    for number, event in enumerate(events):
        x = box.right - (number + 1) * (size + 8.0)
        yield event.id, Box(x, box.bottom - size / 2, size, size)


def _ordered(stubs: list[_Stub]) -> list[str]:
    """Return the order of channels from left to right, so that no line runs along another in the same row.

    A line that leaves a row to the left of the gap must turn before another comes into that row on the right. Where
    lines change places with one another, one of them turns twice, and stands in the list twice.
    """
    waiting = dict(enumerate(stubs))
    leaving = Counter(row for stub in stubs for row in set(stub.lefts))
    ordered = []
    while waiting:
        free = next((number for number, stub in waiting.items() if not _is_held_up(stub, leaving)), None)
        number = next(number for number, stub in waiting.items() if stub.lefts) if free is None else free
        taken = waiting.pop(number)
        leaving.subtract(set(taken.lefts))
        ordered.append(taken.flow)
        if free is None:
            waiting[number] = _Stub(taken.flow, (), taken.rights)
    return ordered


def _is_held_up(stub: _Stub, leaving: Counter[Row]) -> bool:
    """Return whether another line still has to turn out of a row this one comes into."""
    return any(leaving[row] > (row in stub.lefts) for row in stub.rights)

"""The drawing of a model as SVG, by lanes: classes and presentation attributes only, as a strict CSP wants it.

The style sheet gives colours to the classes of `mock/12`: drawing, lane, lane-name, box, mid, hours, wire, tip, dash, halo.
"""

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from itertools import pairwise

from motcua.catalogue.bpmn.diagram import coordinate
from motcua.catalogue.bpmn.layout import Sizes, lay_out
from motcua.catalogue.bpmn.model import Box, Diagram, Flow, Kind, Model, Node, Points
from motcua.catalogue.bpmn.symbols import circle, line, rectangle, symbol, text, tip

LETTER = 6.6
LINE = 15.0
MARGIN = 12.0
INSIDE = 8.0  # between a name and the edge of its box
TASK_WIDTH = 134.0
MOST_LINES = 5
READABLE = 0.85
"""How far a drawing may be made smaller to be seen whole on a desk's screen, `SCREEN` wide; a wider one is scrolled."""
SCREEN = 1246.0
ON_A_PAGE = Sizes(
    task=(TASK_WIDTH, 46.0), event=18.0, gateway=28.0, row_padding=30.0, gap=18.0, channel=9.0, lane_header=132.0
)


@dataclass(frozen=True)
class Marks:
    """What is drawn beside the model itself, by id of a node.

    `numbers` stand before names ("3. Ký"), `notes` are a smaller line below ("4 giờ"), `classes` add CSS classes
    ("box--change"), `counts` the dossiers that are there now, `late` those of them that are late.
    """

    numbers: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)

    def name(self, node: Node) -> str:
        """Return the name of a node with its number."""
        number, name = self.numbers.get(node.id, ""), " ".join(node.name.split())
        return f"{number}. {name}" if number else name


def draw(model: Model, *, label: str, marks: Marks | None = None) -> str:
    """Return the SVG of the model, from its own diagram or else from our layout for a page.

    `label` says what is drawn to those who cannot see it. The drawing is as large as its text needs; the class
    `drawing--whole` says that it may be made a little smaller to be seen whole.
    """
    marks = marks or Marks()
    diagram = model.diagram if model.diagram.shapes else lay_out(model, _sizes(model, marks))
    pen = _Pen(model, diagram, marks)
    left, top, right, bottom = _bounds(diagram)
    width, height = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN
    whole = " drawing--whole" if SCREEN <= width <= SCREEN / READABLE else ""
    view = " ".join(map(coordinate, (left - MARGIN, top - MARGIN, width, height)))
    size = f'width="{coordinate(width)}" height="{coordinate(height)}"'
    return (
        f'<svg class="drawing{whole}" viewBox="{view}" {size} role="img" aria-label="{escape(label)}">'
        f"{''.join(pen.everything())}</svg>"
    )


def _sizes(model: Model, marks: Marks) -> Sizes:
    """Return boxes as high as their names need."""
    nodes = [node for scope in model.scopes.values() for node in scope.nodes.values() if node.kind is Kind.TASK]
    lines = {
        node.id: len(_wrapped(marks.name(node), TASK_WIDTH - 2 * INSIDE, MOST_LINES)) + (node.id in marks.notes)
        for node in nodes
    }
    return replace(
        ON_A_PAGE, tasks={one: (TASK_WIDTH, max(ON_A_PAGE.task[1], LINE * count + 16)) for one, count in lines.items()}
    )


class _Pen:
    """Draws from the back to the front: pools, lanes, open sub-processes, lines, nodes, notes."""

    def __init__(self, model: Model, diagram: Diagram, marks: Marks) -> None:
        self._model = model
        self._shapes = diagram.shapes
        self._edges = diagram.edges
        self._upright = diagram.upright
        self._marks = marks
        self._opened = {
            scope.id for scope in model.scopes.values() if any(node in self._shapes for node in scope.nodes)
        }

    def everything(self) -> Iterator[str]:
        """Yield every piece of the drawing."""
        yield from self._bands()
        nodes = [
            node for scope in self._model.scopes.values() for node in scope.nodes.values() if node.id in self._shapes
        ]
        nodes.sort(key=lambda node: node.kind is Kind.BOUNDARY)
        for node in nodes:
            if node.id in self._opened:
                yield from self._node(node)
        yield from self._lines()
        for node in nodes:
            if node.id not in self._opened:
                yield from self._node(node)
        yield from self._artifacts()

    def _bands(self) -> Iterator[str]:
        """Yield pools and lanes with their names."""
        for pool in self._model.participants:
            if box := self._shapes.get(pool.id):
                yield rectangle(box, "lane pool")
                yield from self._band_name(box, pool.name, 0.0, pool.id)
        for scope in self._model.scopes.values():
            for lane in scope.lanes:
                if box := self._shapes.get(lane.id):
                    yield rectangle(box, "lane")
                    inside = [self._shapes[node].x for node in lane.nodes if node in self._shapes]
                    yield from self._band_name(box, lane.name, min(inside, default=box.right) - box.x, lane.id)

    def _band_name(self, box: Box, name: str, free: float, band: str) -> Iterator[str]:
        """Yield a lane's name, upright where there is room before its first node, else turned."""
        if band in self._upright:
            yield text(box.x + box.width / 2, box.y + 18, _shortened(name, box.width), "lane-name mid")
        elif free > 120:
            lines = _wrapped(name, free - 24, 4)
            for number, written in enumerate(lines):
                y = box.y + box.height / 2 + 4 + LINE * (number - (len(lines) - 1) / 2)
                yield text(box.x + 12, y, written, "lane-name")
        else:
            x, y = box.x + 19, box.y + box.height / 2
            yield text(x, y, _shortened(name, box.height - 8), "lane-name mid", turned=True)

    def _lines(self) -> Iterator[str]:
        for scope in self._model.scopes.values():
            for flow in scope.flows.values():
                if points := self._edges.get(flow.id):
                    goes_back = points[-1][0] < points[0][0]
                    yield line(points, "wire dash" if goes_back else "wire") + tip(points)
                    yield from self._flow_name(flow, points)
        for link in self._model.links:
            if points := self._edges.get(link.id):
                yield line(points, f"wire dash {'message' if link.tag == 'messageFlow' else 'link'}")
                yield tip(points) if link.tag == "messageFlow" else ""

    def _flow_name(self, flow: Flow, points: Points) -> Iterator[str]:
        """Yield the name of a line beside its longest part: above what lies, right of what stands."""
        if flow.name.strip():
            (x1, y1), (x2, y2) = max(pairwise(points), key=lambda pair: abs(pair[0][0] - pair[1][0]))
            if abs(x2 - x1) < LETTER * (len(flow.name) + 3):
                (x1, y1), (x2, y2) = max(pairwise(points), key=lambda pair: abs(pair[0][1] - pair[1][1]))
            stands = abs(y2 - y1) > abs(x2 - x1)
            x, y = (x1 + 5, y1 + 0.75 * (y2 - y1) + 4) if stands else ((x1 + x2) / 2, (y1 + y2) / 2 - 5)
            yield text(x, y, " ".join(flow.name.split()), "hours halo" if stands else "hours halo mid")

    def _node(self, node: Node) -> Iterator[str]:
        box = self._shapes[node.id]
        marked = f"{self._marks.classes[node.id]} " if node.id in self._marks.classes else ""
        yield f'<g class="{escape(marked)}node"><title>{escape(self._marks.name(node) or node.id)}</title>'
        yield symbol(node, box, is_open=node.id in self._opened)
        if node.tag.endswith(("Event", "Gateway")):
            for number, written in enumerate(_wrapped(node.name, 110, 2)):
                yield text(box.x + box.width / 2, box.bottom + 14 + LINE * number, written, "hours mid halo")
        else:
            yield from self._words(node, box)
        yield from self._count(node, box)
        yield "</g>"

    def _words(self, node: Node, box: Box) -> Iterator[str]:
        """Yield the name of an activity in as many lines as fit, and its note."""
        note = self._marks.notes.get(node.id, "")
        room = int((box.height - 8) // LINE) - bool(note)
        lines = _wrapped(self._marks.name(node), box.width - 2 * INSIDE, max(1, min(room, MOST_LINES)))
        y = (
            box.y + 18
            if node.id in self._opened
            else box.y + box.height / 2 + 4 - LINE * (len(lines) - 1 + bool(note)) / 2
        )
        for number, written in enumerate(lines):
            yield text(box.x + box.width / 2, y + LINE * number, written, "mid")
        if note:
            yield text(box.x + box.width / 2, y + LINE * len(lines), note, "hours mid")

    def _count(self, node: Node, box: Box) -> Iterator[str]:
        if count := self._marks.counts.get(node.id):
            css = "count count--late" if self._marks.late.get(node.id) else "count"
            yield circle(box.right - 4, box.y, 11, css)
            yield text(box.right - 4, box.y + 4, str(count), "count-number mid")

    def _artifacts(self) -> Iterator[str]:
        for artifact in self._model.artifacts:
            if box := self._shapes.get(artifact.id):
                is_note = artifact.tag == "textAnnotation"
                shape = ((box.x + 12, box.y), (box.x, box.y), (box.x, box.bottom), (box.x + 12, box.bottom))
                yield (
                    line(shape, "wire")
                    if is_note
                    else rectangle(box, f"wire {'dash' if artifact.tag == 'group' else ''}")
                )
                width, place = (box.width - 10, "hours") if is_note else (max(box.width, 100.0), "hours mid")
                x, y = (box.x + 8, box.y + 14) if is_note else (box.x + box.width / 2, box.bottom + 14)
                for number, written in enumerate(_wrapped(artifact.text, width, 6)):
                    yield text(x, y + LINE * number, written, place)


def _bounds(diagram: Diagram) -> tuple[float, float, float, float]:
    points = [point for edge in diagram.edges.values() for point in edge]
    points += [(box.x, box.y) for box in diagram.shapes.values()]
    points += [(box.right, box.bottom) for box in diagram.shapes.values()]
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    return min(xs), min(ys), max(xs), max(ys)


def _wrapped(name: str, width: float, most: int) -> list[str]:
    """Return the name in lines of that width; what does not fit ends in an ellipsis (the whole is in the title)."""
    return textwrap.wrap(" ".join(name.split()), max(4, int(width / LETTER)), max_lines=most, placeholder="…")


def _shortened(name: str, width: float) -> str:
    return (_wrapped(name, width, 1) or [""])[0]

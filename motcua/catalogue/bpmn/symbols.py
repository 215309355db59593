"""The signs of BPMN as pieces of SVG. Everything that comes from a file is escaped here."""

from html import escape

from motcua.catalogue.bpmn.diagram import coordinate
from motcua.catalogue.bpmn.model import Box, Kind, Node, Points


def symbol(node: Node, box: Box, *, is_open: bool) -> str:
    """Return the outline of a node with its marker: box, circle or diamond."""
    if node.tag.endswith("Event"):
        return _event(node, box)
    if node.tag.endswith("Gateway"):
        return _gateway(node, box)
    heavy = " box--call" if node.kind is Kind.CALL else ""
    refused = " box--refused" if node.kind is Kind.REFUSED else ""
    closed = node.kind in (Kind.SUB_PROCESS, Kind.CALL) and not is_open
    marker = text(box.x + box.width / 2, box.bottom - 5, "⊞", "hours mid") if closed else ""
    return rectangle(box, f"box{heavy}{refused}", corner=5) + marker


def _event(node: Node, box: Box) -> str:
    x, y, radius = box.x + box.width / 2, box.y + box.height / 2, min(box.width, box.height) / 2
    ends = node.tag == "endEvent"
    dashed = " dash" if node.tag == "boundaryEvent" and not node.interrupts else ""
    drawn = circle(x, y, radius, f"box{' end' if ends else ''}{dashed}")
    if node.tag not in ("startEvent", "endEvent"):
        drawn += circle(x, y, radius - 3, f"box{dashed}")
    if node.timer:
        drawn += line(((x, y - radius / 2), (x, y), (x + radius / 3, y + radius / 4)), "wire")
    if node.kind is Kind.TERMINATE:
        drawn += circle(x, y, radius * 0.55, "tip")
    return drawn


def _gateway(node: Node, box: Box) -> str:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    corners = f"{coordinate(x)},{coordinate(box.y)} {coordinate(box.right)},{coordinate(y)} {coordinate(x)},{coordinate(box.bottom)} {coordinate(box.x)},{coordinate(y)}"
    markers = {Kind.EXCLUSIVE: "×", Kind.PARALLEL: "+", Kind.INCLUSIVE: "○"}
    return f'<polygon class="box" points="{corners}"/>' + text(x, y + 5, markers.get(node.kind, "?"), "mid gateway")


def rectangle(box: Box, css: str, *, corner: float = 0) -> str:
    """Return a rectangle."""
    rounded = f' rx="{coordinate(corner)}"' if corner else ""
    return f'<rect class="{css}" x="{coordinate(box.x)}" y="{coordinate(box.y)}" width="{coordinate(box.width)}" height="{coordinate(box.height)}"{rounded}/>'


def circle(x: float, y: float, radius: float, css: str) -> str:
    """Return a circle."""
    return f'<circle class="{css}" cx="{coordinate(x)}" cy="{coordinate(y)}" r="{coordinate(max(radius, 1.0))}"/>'


def line(points: Points, css: str) -> str:
    """Return a line through the points."""
    return f'<path class="{css}" d="M{"L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points)}"/>'


def tip(points: Points) -> str:
    """Return the arrow's tip at the end of a line."""
    end_x, end_y = points[-1]
    from_x, from_y = next((point for point in reversed(points) if point != points[-1]), (end_x - 1, end_y))
    length = max(((end_x - from_x) ** 2 + (end_y - from_y) ** 2) ** 0.5, 0.001)
    dx, dy = (end_x - from_x) / length, (end_y - from_y) / length
    base_x, base_y = end_x - 7 * dx, end_y - 7 * dy
    corners = ((end_x, end_y), (base_x - 4 * dy, base_y + 4 * dx), (base_x + 4 * dy, base_y - 4 * dx))
    return f'<path class="tip" d="M{"L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in corners)}z"/>'


def text(x: float, y: float, written: str, css: str, *, turned: bool = False) -> str:
    """Return a line of text, upright or turned to be read from below."""
    turn = f' transform="rotate(-90 {coordinate(x)} {coordinate(y)})"' if turned else ""
    return f'<text class="{css}" x="{coordinate(x)}" y="{coordinate(y)}"{turn}>{escape(written)}</text>'

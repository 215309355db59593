"""Where a BPMN file draws its elements (BPMN DI)."""

import math
from collections.abc import Iterator

from motcua.catalogue.bpmn.model import Box, Diagram, Points
from motcua.catalogue.bpmn.nodes import ref
from motcua.catalogue.bpmn.vocabulary import BPMNDI, DC, DI
from motcua.catalogue.bpmn.xmltree import Element


def read_diagram(root: Element) -> Diagram:
    """Return the first diagram of the document; shapes without usable numbers are left out."""
    drawn = next((element for element in root.elements if element.namespace == BPMNDI), None)
    if drawn is None:
        return Diagram()
    shapes: dict[str, Box] = {}
    edges: dict[str, Points] = {}
    upright: set[str] = set()
    for element in drawn.walk():
        if element.namespace != BPMNDI or not element.get("bpmnElement"):
            continue
        if element.local == "BPMNShape" and (box := _box(element)):
            shapes[ref(element.get("bpmnElement"))] = box
            upright |= {ref(element.get("bpmnElement"))} if element.get("isHorizontal") in ("false", "0") else set()
        elif element.local == "BPMNEdge" and len(points := tuple(_points(element))) > 1:
            edges[ref(element.get("bpmnElement"))] = points
    return Diagram(shapes, edges, frozenset(upright))


def coordinate(number: float) -> str:
    """Return a coordinate as XML and SVG carry it: to the hundredth, without needless zeros."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _box(shape: Element) -> Box | None:
    bounds = next((child for child in shape.elements if child.namespace == DC and child.local == "Bounds"), None)
    numbers = [_number(bounds.get(side)) for side in ("x", "y", "width", "height")] if bounds else []
    x, y, width, height = numbers if len(numbers) == 4 else (None,) * 4
    if x is None or y is None or not width or not height or width < 0 or height < 0:
        return None
    return Box(x, y, width, height)


def _points(edge: Element) -> Iterator[tuple[float, float]]:
    for child in edge.elements:
        if child.namespace == DI and child.local == "waypoint":
            x, y = _number(child.get("x")), _number(child.get("y"))
            if x is not None and y is not None:
                yield x, y


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < 1_000_000 else None

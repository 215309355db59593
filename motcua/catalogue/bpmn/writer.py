"""A model becomes BPMN 2.0 XML again: everything that was read, and a diagram where there was none."""

from collections.abc import Iterator
from dataclasses import replace

from motcua.catalogue.bpmn.diagram import coordinate, read_diagram
from motcua.catalogue.bpmn.layout import lay_out
from motcua.catalogue.bpmn.model import Box, Diagram, Model, Points
from motcua.catalogue.bpmn.nodes import children
from motcua.catalogue.bpmn.vocabulary import BPMNDI, DC, DI
from motcua.catalogue.bpmn.xmltree import Element, to_xml


def write(model: Model) -> bytes:
    """Return the model as UTF-8 XML with every id, vendor element and drawing it was read with; raise BadXml."""
    return to_xml(model.source)


def with_diagram(model: Model) -> Model:
    """Return the model with our layout written into it, if it has no diagram of its own."""
    if model.diagram.shapes:
        return model
    source = replace(model.source, children=(*model.source.children, _diagram(model, lay_out(model))))
    return replace(model, source=source, diagram=read_diagram(source))


def _diagram(model: Model, diagram: Diagram) -> Element:
    declared = (("xmlns:bpmndi", BPMNDI), ("xmlns:dc", DC), ("xmlns:di", DI))
    plane = _di("BPMNPlane", {"id": "motcua_plane", "bpmnElement": _plane_of(model)}, *_pieces(model, diagram))
    return Element("bpmndi:BPMNDiagram", BPMNDI, (*declared, ("id", "motcua_diagram")), (plane,))


def _plane_of(model: Model) -> str:
    collaboration = next(children(model.source, "collaboration"), None)
    return collaboration.get("id") if collaboration else next(iter(model.scopes))


def _pieces(model: Model, diagram: Diagram) -> Iterator[Element]:
    bands = {lane.id for scope in model.scopes.values() for lane in scope.lanes}
    bands |= {pool.id for pool in model.participants}
    for one, box in sorted(diagram.shapes.items(), key=lambda item: item[0] not in bands):
        attributes = {"id": f"{one}_di", "bpmnElement": one}
        attributes |= {"isHorizontal": "true"} if one in bands else {}
        attributes |= {"isExpanded": "true"} if one in model.scopes else {}
        yield _di("BPMNShape", attributes, _bounds(box))
    for one, points in diagram.edges.items():
        yield _di("BPMNEdge", {"id": f"{one}_di", "bpmnElement": one}, *_waypoints(points))


def _di(name: str, attributes: dict[str, str], *inside: Element) -> Element:
    return Element(f"bpmndi:{name}", BPMNDI, tuple(attributes.items()), inside)


def _bounds(box: Box) -> Element:
    sides = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    return Element("dc:Bounds", DC, tuple((side, coordinate(length)) for side, length in sides.items()))


def _waypoints(points: Points) -> Iterator[Element]:
    return (Element("di:waypoint", DI, (("x", coordinate(x)), ("y", coordinate(y)))) for x, y in points)

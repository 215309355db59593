"""A BPMN 2.0 file becomes a Model; what is broken is refused at once, what cannot be executed is listed in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.checks import refusals_of
from motcua.catalogue.bpmn.diagram import read_diagram
from motcua.catalogue.bpmn.model import Artifact, Flow, Kind, Lane, Link, Model, Node, Participant, Refusal, Scope
from motcua.catalogue.bpmn.nodes import NodeReader, child_text, children, is_bpmn, ref, refusal
from motcua.catalogue.bpmn.references import broken_reference
from motcua.catalogue.bpmn.vocabulary import (
    BPMN,
    CALLED_TASKS,
    EXECUTED,
    KEPT,
    LINES,
    LOOPS,
    NOTES,
    OLDER_BPMN,
    REFUSED,
)  # fmt: skip
from motcua.catalogue.bpmn.xmltree import Element, parse_xml

_INSIDES = ("subProcess", "transaction", "adHocSubProcess")
_NEED_ID = {*EXECUTED, *REFUSED, "process", "sequenceFlow"}


class NotBpmn(ValueError):
    """The file is not BPMN 2.0 that can be read: the message says in Vietnamese what is wrong and where."""


def read(data: bytes) -> Model:
    """Return the model in `data`; raise BadXml or NotBpmn. What cannot be executed is in its `refusals`."""
    return model_of(parse_xml(data))


def model_of(root: Element) -> Model:
    """Return the model of a document already parsed; raise NotBpmn."""
    _check_root(root)
    _check_ids(root)
    reader = _Reader(root)
    for process in children(root, "process"):
        reader.read_scope(process, "")
    for place in (*children(root, "collaboration"), root):
        reader.read_display(place, "")
    model = Model(
        source=root,
        scopes=reader.scopes,
        participants=tuple(_participants(root)),
        artifacts=tuple(reader.artifacts),
        links=tuple(reader.links),
        diagram=read_diagram(root),
        played=_played(reader.scopes),
        refusals=(),
    )
    if broken := broken_reference(model):
        raise NotBpmn(broken)
    return replace(model, refusals=refusals_of(model, reader.refusals))


def _check_root(root: Element) -> None:
    if root.namespace == OLDER_BPMN:
        raise NotBpmn(_("Tệp theo một bản BPMN cũ hơn 2.0. Hãy mở bằng công cụ vẽ và xuất lại theo BPMN 2.0."))
    if root.namespace != BPMN or root.local != "definitions":
        raise NotBpmn(
            _("Tệp XML này không phải BPMN 2.0: phần tử ngoài cùng là “%(tag)s”, không phải definitions.")
            % {"tag": root.local}
        )
    if not any(children(root, "process")):
        raise NotBpmn(_("Tệp BPMN không có quy trình nào để đọc (không có phần tử process)."))


def _check_ids(root: Element) -> None:
    """Refuse elements without an id and ids used twice. Vendors' own elements may do what they like."""
    elements = [element for element in root.walk() if is_bpmn(element)]
    nameless = next((element for element in elements if element.local in _NEED_ID and not element.get("id")), None)
    if nameless:
        words = {"tag": nameless.local, "name": nameless.get("name")}
        raise NotBpmn(_("Phần tử %(tag)s “%(name)s” không có mã (id).") % words)
    counts = Counter(element.get("id") for element in elements if element.get("id"))
    twice = next((element_id for element_id, count in counts.items() if count > 1), "")
    if twice:
        raise NotBpmn(_("Mã “%(id)s” được dùng cho hai phần tử; mỗi mã chỉ được dùng một lần.") % {"id": twice})


def _participants(root: Element) -> Iterator[Participant]:
    for collaboration in children(root, "collaboration"):
        for pool in children(collaboration, "participant"):
            yield Participant(pool.get("id"), pool.get("name"), ref(pool.get("processRef")))


def _played(scopes: Mapping[str, Scope]) -> tuple[str, ...]:
    """Return the processes a run starts with: the executable ones, or all with content that no other calls."""
    processes = [scope for scope in scopes.values() if not scope.parent]
    executable = tuple(scope.id for scope in processes if scope.is_executable)
    called = {node.called for scope in scopes.values() for node in scope.nodes.values() if node.kind is Kind.CALL}
    rest = tuple(scope.id for scope in processes if scope.nodes and scope.id not in called)
    return executable or rest or tuple(scope.id for scope in processes)


class _Reader:
    """Walks the document once, collecting scopes, display items and refusals per scope."""

    def __init__(self, root: Element) -> None:
        self._called_tasks = {task.get("id") for task in children(root, *CALLED_TASKS)}
        self._order = {element.get("id"): number for number, element in enumerate(root.walk())}
        self.scopes: dict[str, Scope] = {}
        self.artifacts: list[Artifact] = []
        self.links: list[Link] = []
        self.refusals: dict[str, list[Refusal]] = {}

    def read_scope(self, element: Element, parent: str) -> None:
        """Read a process or the inside of a sub-process, then the sub-processes in it."""
        scope_id = element.get("id")
        reader = NodeReader()
        flows = [reader.flow(child) for child in children(element, "sequenceFlow")]
        nodes = [self._node(reader, child) for child in children(element, *EXECUTED, *REFUSED)]
        outgoing, incoming = _by_end(flows, "source"), _by_end(flows, "target")
        executable = element.get("isExecutable")
        self.scopes[scope_id] = Scope(
            id=scope_id,
            name=element.get("name"),
            nodes={
                node.id: replace(node, incoming=incoming.get(node.id, ()), outgoing=outgoing.get(node.id, ()))
                for node in nodes
            },
            flows={flow.id: flow for flow in flows},
            lanes=tuple(_lanes(element, "laneSet", "")),
            is_executable=executable in ("true", "1") if executable else None,
            parent=parent,
        )
        self.refusals[scope_id] = reader.refusals + list(_unknown(element))
        self.read_display(element, scope_id)
        for inside in children(element, *_INSIDES):
            self.read_scope(inside, scope_id)

    def read_display(self, place: Element, scope: str) -> None:
        """Read what is drawn only, directly inside `place` and inside its nodes."""
        for child in place.elements:
            if is_bpmn(child) and child.local in NOTES:
                text = child_text(child, "text") or child.get("name")
                self.artifacts.append(Artifact(child.get("id"), child.local, text, scope))
        holders = [place, *children(place, *EXECUTED, *REFUSED)]
        for holder in holders:
            for line in children(holder, *LINES):
                self.links.append(_link(line, holder.get("id")))

    def _node(self, reader: NodeReader, element: Element) -> Node:
        node = reader.node(element, self._order[element.get("id")])
        return replace(node, kind=Kind.TASK) if node.called in self._called_tasks else node


def _by_end(flows: Iterable[Flow], end: str) -> dict[str, tuple[str, ...]]:
    """Return the ids of the flows of each node they come from ("source") or go to ("target")."""
    ids: dict[str, list[str]] = {}
    for flow in flows:
        ids.setdefault(flow.source if end == "source" else flow.target, []).append(flow.id)
    return {node: tuple(listed) for node, listed in ids.items()}


def _lanes(element: Element, tag: str, parent: str) -> Iterator[Lane]:
    for lane_set in children(element, tag):
        for lane in children(lane_set, "lane"):
            nodes = tuple(ref(child.text) for child in children(lane, "flowNodeRef"))
            yield Lane(lane.get("id"), lane.get("name"), nodes, parent)
            yield from _lanes(lane, "childLaneSet", lane.get("id"))


def _link(line: Element, holder: str) -> Link:
    """Return a line that carries no token; data associations lack the end at the node they are written in."""
    source = ref(line.get("sourceRef")) or ref(child_text(line, "sourceRef"))
    target = ref(line.get("targetRef")) or ref(child_text(line, "targetRef"))
    if line.local == "dataInputAssociation":
        target = holder
    elif line.local == "dataOutputAssociation":
        source = holder
    return Link(line.get("id"), line.local, line.get("name"), source, target)


def _unknown(element: Element) -> Iterator[Refusal]:
    """Refuse what stands among the nodes of a process and is no word of BPMN 2.0."""
    known = {*EXECUTED, *REFUSED, *KEPT, *NOTES, *LINES, *LOOPS, "sequenceFlow"}
    for child in element.elements:
        if is_bpmn(child) and child.local not in known:
            reason = _("“%(tag)s” không phải phần tử của BPMN 2.0") % {"tag": child.local}
            yield refusal(child.get("id") or child.local, child.get("name"), reason)

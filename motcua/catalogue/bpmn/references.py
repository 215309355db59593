"""References of a BPMN file that lead nowhere: the file is broken, whatever it means."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.model import ACTIVITIES, Kind, Model, Scope
from motcua.catalogue.bpmn.nodes import child_text, children, named, ref
from motcua.catalogue.bpmn.xmltree import Element


def broken_reference(model: Model) -> str:
    """Return a sentence naming the first reference that leads nowhere, or nothing. Drawing data may dangle."""
    known = {element.get("id") for element in model.source.walk()}
    for scope in model.scopes.values():
        for found in (_flow_ends(scope, known), _attachments(scope), _lanes(scope, known)):
            if sentence := next(found, ""):
                return sentence
    return next(_pools_and_links(model, known), "") or next(_listed_flows(model.source, known), "")


def _missing(owner: str, name: str, missing: str) -> str:
    words = {"owner": named(owner, name), "missing": missing}
    return _("%(owner)s trỏ tới “%(missing)s” không có trong tệp.") % words


def _flow_ends(scope: Scope, known: set[str]) -> Iterator[str]:
    for flow in scope.flows.values():
        for end in (flow.source, flow.target):
            if end not in known:
                yield _missing(flow.id, flow.name, end)
            elif end not in scope.nodes:
                words = {"flow": named(flow.id, flow.name), "end": end}
                yield _("Luồng %(flow)s nối tới “%(end)s” ở ngoài quy trình hay tiến trình con của nó.") % words
    for node in scope.nodes.values():
        if node.default and node.default not in node.outgoing:
            words = {"node": named(node.id, node.name), "flow": node.default}
            yield _("Luồng mặc định “%(flow)s” của %(node)s không đi ra từ đó.") % words


def _attachments(scope: Scope) -> Iterator[str]:
    for node in scope.nodes.values():
        host = scope.nodes.get(node.attached_to)
        if node.tag == "boundaryEvent" and (
            host is None or host.kind not in (*ACTIVITIES, Kind.REFUSED) or host.attached_to
        ):
            words = {"event": named(node.id, node.name), "host": node.attached_to}
            yield _("Sự kiện %(event)s gắn vào “%(host)s”, không phải một việc cùng quy trình.") % words


def _lanes(scope: Scope, known: set[str]) -> Iterator[str]:
    for lane in scope.lanes:
        for node in lane.nodes:
            if node not in known:
                yield _missing(lane.id, lane.name, node)


def _pools_and_links(model: Model, known: set[str]) -> Iterator[str]:
    for pool in model.participants:
        if pool.process and pool.process not in known:
            yield _missing(pool.id, pool.name, pool.process)
    for link in model.links:
        for end in (link.source, link.target):
            if link.tag in ("association", "messageFlow") and end not in known:
                yield _missing(link.id, link.name, end)


def _listed_flows(root: Element, known: set[str]) -> Iterator[str]:
    for element in root.walk():
        for listed in children(element, "incoming", "outgoing"):
            if ref(listed.text) not in known:
                yield _missing(element.get("id"), element.get("name") or child_text(element, "name"), listed.text)

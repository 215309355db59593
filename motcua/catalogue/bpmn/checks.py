"""What makes a well-formed BPMN model impossible to execute faithfully; every refusal names its element."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.joins import link_targets
from motcua.catalogue.bpmn.model import ACTIVITIES, Flow, Kind, Model, Node, Refusal, Scope
from motcua.catalogue.bpmn.nodes import refusal

_CHOOSING = (Kind.EXCLUSIVE, Kind.INCLUSIVE)
_AUTOMATIC = (Kind.EXCLUSIVE, Kind.PARALLEL, Kind.INCLUSIVE, Kind.THROUGH, Kind.LINK_THROW, Kind.LINK_CATCH)


def refusals_of(model: Model, found_reading: Mapping[str, list[Refusal]]) -> tuple[Refusal, ...]:
    """Return why the played processes cannot be executed; processes nobody plays or calls are only drawn."""
    refusals: list[Refusal] = []
    for scope in _executed_scopes(model):
        refusals += found_reading[scope.id]
        refusals += [fault for check in _CHECKS for fault in check(scope)]
        refusals += _calls(model, scope)
    refusals += [] if refusals else _call_cycles(model)
    refusals += [] if refusals else [fault for scope in _executed_scopes(model) for fault in _idle_loops(model, scope)]
    return tuple(refusals)


def _executed_scopes(model: Model) -> list[Scope]:
    reached: dict[str, Scope] = {}
    waiting = list(reversed(model.played))
    while waiting:
        scope_id = waiting.pop()
        if scope_id in reached or scope_id not in model.scopes:
            continue
        scope = reached[scope_id] = model.scopes[scope_id]
        waiting += [inner for node in scope.nodes.values() if (inner := inner_scope(node))]
    return list(reached.values())


def inner_scope(node: Node) -> str:
    """Return the scope a sub-process or call activity opens, or nothing."""
    return {Kind.SUB_PROCESS: node.id, Kind.CALL: node.called}.get(node.kind, "")


def _refuse(element: Node | Flow | Scope, reason: str) -> Refusal:
    return refusal(element.id, element.name, reason)


def _empty(scope: Scope) -> Iterator[Refusal]:
    if not scope.nodes:
        yield _refuse(scope, _("không có gì bên trong, nên không biết phải làm những việc nào"))


def _starts(scope: Scope) -> Iterator[Refusal]:
    starts = [node for node in scope.nodes.values() if node.kind is Kind.START]
    for extra in starts[1:]:
        yield _refuse(extra, _("đã có sự kiện bắt đầu khác; tệp không nói hồ sơ bắt đầu ở đâu"))
    for node in scope.nodes.values() if starts else ():
        begins = node.kind in (Kind.START, Kind.BOUNDARY, Kind.LINK_CATCH, Kind.REFUSED) or node.attached_to
        if not node.incoming and not begins:
            yield _refuse(node, _("không có luồng nào dẫn tới"))
    if scope.nodes and not scope.starts:
        yield _refuse(scope, _("không có chỗ bắt đầu: mọi phần tử đều có luồng dẫn tới"))


def _directions(scope: Scope) -> Iterator[Refusal]:
    for node in scope.nodes.values():
        if node.incoming and (node.kind is Kind.START or node.attached_to):
            yield _refuse(node, _("sự kiện này không được có luồng vào"))
        if node.outgoing and node.kind in (Kind.END, Kind.TERMINATE):
            yield _refuse(node, _("sau sự kiện kết thúc không được có luồng ra"))


def _conditions(scope: Scope) -> Iterator[Refusal]:
    for node in scope.nodes.values():
        flows = [scope.flows[flow] for flow in node.outgoing]
        others = [flow for flow in flows if flow.id != node.default]
        if node.kind in _CHOOSING and any(flow.condition for flow in others):
            for flow in others:
                if flow.condition is None:
                    yield _refuse(
                        flow, _("các luồng khác của cổng có điều kiện, luồng này không có, cũng không là mặc định")
                    )
        elif node.kind not in (*_CHOOSING, *ACTIVITIES, Kind.REFUSED):
            for flow in flows:
                if flow.condition:
                    yield _refuse(flow, _("luồng ra từ chỗ này không được có điều kiện"))


def _links(scope: Scope) -> Iterator[Refusal]:
    catches = [node.link for node in scope.nodes.values() if node.kind is Kind.LINK_CATCH]
    throws = {node.link for node in scope.nodes.values() if node.kind is Kind.LINK_THROW}
    for node in scope.nodes.values():
        if node.kind is Kind.LINK_THROW and catches.count(node.link) != 1:
            yield _refuse(node, _("phải có đúng một chỗ nhận nối tên “%(link)s”") % {"link": node.link})
        if node.kind is Kind.LINK_CATCH and node.link not in throws:
            yield _refuse(node, _("không có chỗ nào nối tới “%(link)s”") % {"link": node.link})


_CHECKS: tuple[Callable[[Scope], Iterator[Refusal]], ...] = (_empty, _starts, _directions, _conditions, _links)


def _calls(model: Model, scope: Scope) -> Iterator[Refusal]:
    for node in scope.nodes.values():
        if node.kind is not Kind.CALL:
            continue
        if not node.called:
            yield _refuse(node, _("không nói gọi quy trình nào"))
        elif node.called not in model.scopes or model.scopes[node.called].parent:
            yield _refuse(node, _("gọi quy trình “%(called)s” không có trong tệp này") % {"called": node.called})


def _call_cycles(model: Model) -> list[Refusal]:
    """Refuse processes that call themselves, directly or through others: nothing would bound their depth."""
    opened = {
        scope.id: {inner_scope(node) for node in scope.nodes.values()} - {""} for scope in _executed_scopes(model)
    }
    return [
        _refuse(node, _("quy trình gọi vòng về chính nó"))
        for scope in _executed_scopes(model)
        for node in scope.nodes.values()
        if node.kind is Kind.CALL and scope.id in _reached(node.called, opened)
    ]


def _idle_loops(model: Model, scope: Scope) -> Iterator[Refusal]:
    """Refuse loops in which nobody does anything: they would turn for ever."""
    idle = {node.id for node in scope.nodes.values() if _is_idle(model, node)}
    after = {node: {to for to in _followers(scope, scope.nodes[node]) if to in idle} for node in idle}
    before: dict[str, set[str]] = {node: set() for node in idle}
    for node, followers in after.items():
        for follower in followers:
            before[follower].add(node)
    turning = _without_ends(after, before) & _without_ends(before, after)
    first = next((node for node in scope.nodes.values() if node.id in turning), None)
    if first:
        yield _refuse(first, _("nằm trên một vòng lặp không qua việc nào, sẽ quay mãi"))


def _without_ends(after: Mapping[str, set[str]], before: Mapping[str, set[str]]) -> set[str]:
    """Return the nodes that remain when those nothing follows are taken away, again and again."""
    left = {node: len(followers) for node, followers in after.items()}
    waiting = [node for node, count in left.items() if not count]
    while waiting:
        node = waiting.pop()
        del left[node]
        for one in before[node]:
            left[one] -= 1
            waiting += [one] if not left[one] else []
    return set(left)


def _followers(scope: Scope, node: Node) -> list[str]:
    linked = [catch.id for catch in link_targets(scope, node)]
    return linked or [scope.flows[flow].target for flow in node.outgoing]


def _is_idle(model: Model, node: Node) -> bool:
    """Return whether a token passes the node without anybody doing anything."""
    inner = inner_scope(node)
    if not inner:
        return node.kind in _AUTOMATIC
    return all(
        other.kind not in (Kind.TASK, Kind.WAIT) and (not inner_scope(other) or _is_idle(model, other))
        for other in model.scopes[inner].nodes.values()
    )


def _reached(first: str, after: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [first]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += after.get(one, ())
    return reached

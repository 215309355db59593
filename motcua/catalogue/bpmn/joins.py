"""When an inclusive gateway goes on: BPMN 2.0.2, 13.4.3 – no token elsewhere can still arrive on an empty way in."""

from collections.abc import Iterable

from motcua.catalogue.bpmn.model import Kind, Node, Scope


def may_join(scope: Scope, gateway: Node, arrived: set[str], elsewhere: Iterable[str]) -> bool:
    """Return whether `gateway` goes on with tokens waiting on the flows `arrived`.

    `elsewhere` are the nodes of the scope's other tokens. Such a token holds the gateway up when it can come in on a
    flow still empty and cannot come in on one that has its token, in both cases without passing the gateway.
    """
    empty = set(gateway.incoming) - arrived
    if not empty:
        return True
    ways = (_flows_reached(scope, node, gateway.id) for node in set(elsewhere))
    return not any(way & empty and not way & arrived for way in ways)


def _flows_reached(scope: Scope, start: str, avoid: str) -> set[str]:
    """Return the flows a token at `start` can come to, not going through the node `avoid`."""
    seen: set[str] = set()
    flows: set[str] = set()
    waiting = [start]
    while waiting:
        node_id = waiting.pop()
        if node_id in seen or node_id == avoid:
            continue
        seen.add(node_id)
        node = scope.nodes[node_id]
        flows.update(node.outgoing)
        waiting += [scope.flows[flow].target for flow in node.outgoing]
        waiting += [event.id for event in scope.boundary.get(node_id, ())]
        waiting += [catch.id for catch in link_targets(scope, node)]
    return flows


def link_targets(scope: Scope, node: Node) -> list[Node]:
    """Return where a link event that throws goes on."""
    if node.kind is not Kind.LINK_THROW:
        return []
    return [other for other in scope.nodes.values() if other.kind is Kind.LINK_CATCH and other.link == node.link]

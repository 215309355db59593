"""Which flows a token leaves by: conditions on form data, the default flow, or the officer's choice."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.expressions import Data, evaluate
from motcua.catalogue.bpmn.model import ACTIVITIES, Flow, Kind, Node, Scope
from motcua.catalogue.bpmn.nodes import named


class MoveRefused(ValueError):
    """The move cannot be made and nothing was changed; `choices` are the flows to choose from, if that is missing."""

    def __init__(self, message: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.choices = choices


class ChoiceNeeded(MoveRefused):
    """The officer has to say which way to go."""


class NoWayOut(MoveRefused):
    """No condition holds for these data and there is no default flow."""


def flows_left(scope: Scope, node: Node, data: Data, chosen: Collection[str]) -> tuple[Flow, ...]:
    """Return the flows a token leaves `node` by; raise ChoiceNeeded or NoWayOut."""
    flows = tuple(scope.flows[flow] for flow in node.outgoing)
    if node.kind in ACTIVITIES:
        return _after_activity(node, flows, data, chosen)
    if node.kind not in (Kind.EXCLUSIVE, Kind.INCLUSIVE) or not flows:
        return flows
    others = [flow for flow in flows if flow.id != node.default]
    if any(flow.condition for flow in others):
        taken = _holding(others, data)
        taken = taken[:1] if node.kind is Kind.EXCLUSIVE else taken
    else:
        taken = _chosen(node, flows, chosen)
    return taken or _default(node, flows)


def _holding(flows: Collection[Flow], data: Data) -> tuple[Flow, ...]:
    return tuple(flow for flow in flows if flow.condition and evaluate(flow.condition, data))


def _chosen(node: Node, flows: tuple[Flow, ...], chosen: Collection[str]) -> tuple[Flow, ...]:
    """Return the flows the officer chose; the only flow, or none where a default flow is taken instead."""
    taken = tuple(flow for flow in flows if flow.id in chosen)
    if len(taken) > 1 and node.kind is Kind.EXCLUSIVE:
        raise ChoiceNeeded(
            _("Ở %(gateway)s chỉ được chọn một luồng.") % {"gateway": named(node.id, node.name)}, node.outgoing
        )
    if not taken and len(flows) == 1:
        return flows
    if not taken and not node.default:
        raise ChoiceNeeded(_choose_sentence(node, flows), tuple(flow.id for flow in flows))
    return taken


def _after_activity(node: Node, flows: tuple[Flow, ...], data: Data, chosen: Collection[str]) -> tuple[Flow, ...]:
    """Return every flow without a condition, those whose condition holds, and those left open that were chosen.

    The default flow of an activity is taken when no conditional flow is.
    """
    always = {flow.id for flow in flows if not flow.is_conditional and flow.id != node.default}
    conditional = [flow for flow in flows if flow.is_conditional and flow.id != node.default]
    open_flows = tuple(flow for flow in conditional if flow.condition is None)
    taken = {flow.id for flow in _holding(conditional, data)} | {flow.id for flow in open_flows if flow.id in chosen}
    if not taken and node.default:
        taken = {node.default}
    if not taken and not always and flows:
        if open_flows:
            raise ChoiceNeeded(_choose_sentence(node, open_flows), tuple(flow.id for flow in open_flows))
        _default(node, flows)
    return tuple(flow for flow in flows if flow.id in taken | always)


def _default(node: Node, flows: tuple[Flow, ...]) -> tuple[Flow, ...]:
    default = tuple(flow for flow in flows if flow.id == node.default)
    if not default:
        raise NoWayOut(
            _(
                "Không luồng nào ra khỏi %(node)s có điều kiện đúng với dữ liệu này. Chưa có gì thay đổi; hãy xem lại dữ liệu."
            )
            % {"node": named(node.id, node.name)}
        )
    return default


def _choose_sentence(node: Node, flows: tuple[Flow, ...]) -> str:
    listed = ", ".join(named(flow.id, flow.name) for flow in flows)
    return _("Hãy chọn đường đi ở %(node)s: %(flows)s.") % {"node": named(node.id, node.name), "flows": listed}

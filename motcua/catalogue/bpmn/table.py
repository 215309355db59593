"""Our table of steps as BPMN and back: the same table comes back, and any BPMN tool opens what goes out.

A step is a user task in the lane of its post, with its hours as a timer on its border and our words as attributes of
our own namespace. Exits with conditions leave through an exclusive gateway, the last of them as the default flow; exits
that an officer chooses from through one without any; exits taken together through a parallel one, or where some have
conditions an inclusive one, and a gateway of the same kind stands before a step that waits for all.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.bpmn.expressions import (
    And,
    BadExpression,
    Comparison,
    Constant,
    Expression,
    In,
    Literal,
    write_expression,
)  # fmt: skip
from motcua.catalogue.bpmn.model import Flow, Kind, Model, Node, Scope
from motcua.catalogue.bpmn.nodes import named
from motcua.catalogue.bpmn.reader import model_of
from motcua.catalogue.bpmn.vocabulary import BPMN, OURS
from motcua.catalogue.bpmn.writer import with_diagram
from motcua.catalogue.bpmn.xmltree import Element
from motcua.catalogue.processes.checks import read_table
from motcua.catalogue.processes.plans import Next, StepPlan
from motcua.people.roles import Role
from motcua.people.subjects import subject_in_words

UNIT_NAMES = {
    "receiving": gettext_lazy("Nơi tiếp nhận"),
    "competent": gettext_lazy("Cơ quan có thẩm quyền"),
    "resolving": gettext_lazy("Đơn vị giải quyết"),
}
_PLAIN = (str, int, float, bool, type(None))
_TOGETHER = (Kind.PARALLEL, Kind.INCLUSIVE)


class NotATable(ValueError):
    """The model is no table of steps, or the table cannot be written as BPMN; the message is Vietnamese."""


def table_to_model(data: object, *, name: str) -> Model:
    """Return the BPMN of a process stored as `data`, laid out; raise BadProcess or NotATable."""
    return with_diagram(model_of_steps(read_table(data), name=name)[0])


def model_of_steps(steps: Mapping[str, StepPlan], *, name: str) -> tuple[Model, dict[str, str]]:
    """Return the model of a table's steps without a drawing, and the task of each code; raise NotATable."""
    ids = _ids(steps)
    return model_of(_definitions(steps, ids, name)), ids


def model_to_table(model: Model) -> dict[str, Any]:
    """Return the data of `catalogue.processes` that a model written by `table_to_model` holds; raise NotATable."""
    scope = model.scopes[model.played[0]]
    steps = [node for node in scope.nodes.values() if node.kind is Kind.TASK]
    words = own_words(model)
    ours = {step.id: words[step.id] for step in steps}
    for step in steps:
        if "code" not in ours[step.id]:
            raise NotATable(_("Việc %(step)s không ghi mã bước của motcua.") % {"step": named(step.id, step.name)})
    codes = {step.id: ours[step.id]["code"] for step in steps}
    return {"steps": [_row(scope, step, ours[step.id], codes) for step in _from_start(scope, steps)]}


def own_words(model: Model) -> dict[str, dict[str, str]]:
    """Return what each element says in our own namespace (code, unit, role, hours…), by id; empty in others' files."""
    prefixes = {key.partition(":")[2] for key, value in model.source.attributes if value == OURS}
    elements = (element for element in model.source.walk() if element.namespace == BPMN and element.get("id"))
    return {element.get("id"): _own_words(element, prefixes) for element in elements}


def _definitions(steps: Mapping[str, StepPlan], ids: Mapping[str, str], name: str) -> Element:
    content = tuple(_content(steps, ids))
    attributes = (
        ("xmlns", BPMN), ("xmlns:motcua", OURS), ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("id", "definitions"), ("targetNamespace", OURS), ("exporter", "motcua"),
    )  # fmt: skip
    pool = _element("participant", {"id": "pool", "name": name, "processRef": "process"})
    collaboration = _element("collaboration", {"id": "collaboration"}, pool)
    body = _element("process", {"id": "process", "name": name, "isExecutable": "true"}, *content)
    return Element("definitions", BPMN, attributes, (collaboration, body))


def _element(name: str, attributes: Mapping[str, str], *children: Element | str) -> Element:
    return Element(name, BPMN, tuple(attributes.items()), children)


def _ids(steps: Mapping[str, StepPlan]) -> dict[str, str]:
    """Return the id of every step: made of its code where XML allows it."""
    return {
        code: f"step_{code}" if code.isascii() and code.replace("-", "_").isidentifier() else f"numbered_{number}"
        for number, code in enumerate(steps, start=1)
    }


def _content(steps: Mapping[str, StepPlan], ids: Mapping[str, str]) -> Iterator[Element]:
    gateways = _Gateways(steps, ids)
    yield _lanes(steps, ids, gateways)
    yield _element("startEvent", {"id": "start"})
    for code, step in steps.items():
        yield from _step(step, ids[code], gateways)
    yield _element("endEvent", {"id": "end"})
    yield _flow("flow_start", "start", gateways.before(next(iter(steps))))
    for code, step in steps.items():
        yield from _exits(step, ids[code], gateways)


class _Gateways:
    """Which gateways stand before and after the steps."""

    def __init__(self, steps: Mapping[str, StepPlan], ids: Mapping[str, str]) -> None:
        self._steps = steps
        self._ids = ids
        entries = Counter(way.to for step in steps.values() for way in step.next)
        self._joining = {code for code, step in steps.items() if step.waits_for_all and entries[code] > 1}
        splits = [step for step in steps.values() if step.takes_all and len(step.next) > 1]
        others = [step for step in steps.values() if not step.takes_all and len(step.next) > 1]
        sure = all(not way.when for step in splits for way in step.next) and not others
        self._join_tag = "parallelGateway" if sure else "inclusiveGateway"

    def before(self, code: str) -> str:
        """Return where a flow to the step goes: the step, or the gateway where it waits for all."""
        return f"join_{self._ids[code]}" if code in self._joining else self._ids[code]

    def joins(self, step: StepPlan) -> Element | None:
        """Return the gateway before the step."""
        gateway = self.before(step.code)
        return None if gateway == self._ids[step.code] else _element(self._join_tag, {"id": gateway})

    def splits(self, step: StepPlan) -> Element | None:
        """Return the gateway after the step."""
        if len(step.next) < 2:
            return None
        gateway = f"gateway_{self._ids[step.code]}"
        if step.asks:
            return _element("exclusiveGateway", {"id": gateway})
        if not step.takes_all:
            default = f"flow_{self._ids[step.code]}_{len(step.next) - 1}"
            return _element("exclusiveGateway", {"id": gateway, "default": default})
        is_sure = all(not way.when for way in step.next)
        return _element("parallelGateway" if is_sure else "inclusiveGateway", {"id": gateway})


def _lanes(steps: Mapping[str, StepPlan], ids: Mapping[str, str], gateways: _Gateways) -> Element:
    """Return a lane for every post, with its steps; start and end lie with the first and the last step."""
    posts: dict[tuple[str, str], list[str]] = {}
    for number, (code, step) in enumerate(steps.items()):
        inside = posts.setdefault((step.unit, step.role), [])
        inside += ["start"] if number == 0 else []
        inside += [gateway.get("id") for gateway in [gateways.joins(step)] if gateway]
        inside.append(ids[code])
        inside += [gateway.get("id") for gateway in [gateways.splits(step)] if gateway]
        inside += [f"timer_{ids[code]}"] if step.hours else []
        inside += ["end"] if not step.next else []
    lanes = [
        _element(
            "lane",
            {
                "id": f"lane_{number}" if ":" in unit else f"lane_{unit}_{role}",
                "name": f"{unit_name(unit)} · {Role(role).label}",
            },
            *(_element("flowNodeRef", {}, node) for node in nodes),
        )
        for number, ((unit, role), nodes) in enumerate(posts.items(), start=1)
    ]
    return _element("laneSet", {"id": "lanes"}, *lanes)


def unit_name(unit: str) -> str:
    """Return how a lane calls the unit of a step."""
    kind, colon, key = unit.partition(":")
    if not colon:
        return str(UNIT_NAMES[unit])
    return capfirst(subject_in_words(key)) if kind == "subject" else key


def _step(step: StepPlan, step_id: str, gateways: _Gateways) -> Iterator[Element]:
    ours = {"code": step.code, "kind": step.kind, "unit": step.unit, "role": step.role, "produces": step.produces}
    if step.hours is not None:
        ours["hours"] = json.dumps(int(step.hours) if step.hours.is_integer() else step.hours)
    yield from filter(None, [gateways.joins(step)])
    attributes = {"id": step_id, "name": step.name} | {f"motcua:{key}": value for key, value in ours.items()}
    yield _element("userTask", attributes)
    if step.hours:
        duration = _element("timeDuration", {"xsi:type": "tFormalExpression"}, _duration(step.hours))
        definition = _element("timerEventDefinition", {"id": f"term_{step_id}"}, duration)
        timer = {"id": f"timer_{step_id}", "attachedToRef": step_id, "cancelActivity": "false"}
        yield _element("boundaryEvent", timer, definition)
    yield from filter(None, [gateways.splits(step)])


def _exits(step: StepPlan, step_id: str, gateways: _Gateways) -> Iterator[Element]:
    if gateways.joins(step):
        yield _flow(f"flow_join_{step_id}", gateways.before(step.code), step_id)
    if len(step.next) < 2:
        yield _flow(f"flow_{step_id}_0", step_id, gateways.before(step.next[0].to) if step.next else "end")
        return
    gateway = f"gateway_{step_id}"
    yield _flow(f"flow_{gateway}", step_id, gateway)
    for number, way in enumerate(step.next):
        yield _flow(f"flow_{step_id}_{number}", gateway, gateways.before(way.to), _condition_of(step, way), way.name)


def _flow(flow_id: str, source: str, target: str, condition: str = "", name: str = "") -> Element:
    attributes = {"id": flow_id, "sourceRef": source, "targetRef": target} | ({"name": name} if name else {})
    conditions = [_element("conditionExpression", {"xsi:type": "tFormalExpression"}, condition)] if condition else []
    return _element("sequenceFlow", attributes, *conditions)


def _duration(hours: float) -> str:
    """Return the hours as an ISO 8601 duration, to the second: 7.5 is PT7H30M. The exact hours are an attribute."""
    minutes, seconds = divmod(max(1, round(hours * 3600)), 60)
    whole, minutes = divmod(minutes, 60)
    return "PT" + "".join(f"{count}{unit}" for count, unit in ((whole, "H"), (minutes, "M"), (seconds, "S")) if count)


def _condition_of(step: StepPlan, way: Next) -> str:
    """Return what the flow of an exit says; among exits taken together one without a condition always holds."""
    if way.when:
        return _written(step, way.when)
    return "= true" if step.takes_all and any(other.when for other in step.next) else ""


def _written(step: StepPlan, condition: Mapping[str, list[Any]]) -> str:
    """Return a condition of ours as an expression any reader of FEEL understands."""
    for values in condition.values():
        if not all(
            isinstance(value, _PLAIN) and json.dumps(value) not in ("NaN", "Infinity", "-Infinity") for value in values
        ):
            raise NotATable(_("Bước “%(step)s” có điều kiện không viết được trong BPMN.") % {"step": step.name})
    parts: list[Expression] = [In(field, tuple(values)) for field, values in condition.items()]
    try:
        return "= " + write_expression(parts[0] if len(parts) == 1 else And(tuple(parts)))
    except BadExpression as error:
        raise NotATable(_("Bước “%(step)s”: %(reason)s.") % {"step": step.name, "reason": error}) from None


def _own_words(element: Element, prefixes: set[str]) -> dict[str, str]:
    """Return the attributes of our namespace, whatever prefix a tool gave it."""
    parts = [(*key.partition(":"), value) for key, value in element.attributes]
    return {local: value for prefix, colon, local, value in parts if colon and prefix in prefixes}


def _from_start(scope: Scope, steps: list[Node]) -> list[Node]:
    """Return the steps in the document's order, the one that starts first."""
    first = {scope.flows[flow].target for node in scope.starts for flow in node.outgoing}
    return sorted(steps, key=lambda step: step.id not in first)


def _row(scope: Scope, step: Node, ours: Mapping[str, str], codes: Mapping[str, str]) -> dict[str, Any]:
    try:
        hours = json.loads(ours["hours"]) if "hours" in ours else None
    except ValueError:
        raise NotATable(_("Số giờ của việc %(step)s không phải là số.") % {"step": named(step.id, step.name)}) from None
    row: dict[str, Any] = {key: ours.get(key, "") for key in ("code", "kind", "unit", "role")}
    row |= {"name": step.name, "hours": hours, "produces": ours.get("produces", "")}
    row |= {"split": "all"} if any(_splits(scope, flow) for flow in step.outgoing) else {}
    row |= {"split": "choose"} if any(_asks(scope, flow) for flow in step.outgoing) else {}
    row |= {"join": True} if any(_joins(scope.nodes[scope.flows[flow].source]) for flow in step.incoming) else {}
    return row | {"next": [way for flow in step.outgoing for way in _ways(scope, scope.flows[flow], codes)]}


def _splits(scope: Scope, flow: str) -> bool:
    gateway = scope.nodes[scope.flows[flow].target]
    return gateway.kind in _TOGETHER and len(gateway.incoming) == 1


def _asks(scope: Scope, flow: str) -> bool:
    gateway = scope.nodes[scope.flows[flow].target]
    several = gateway.kind is Kind.EXCLUSIVE and len(gateway.outgoing) > 1 and not gateway.default
    return several and not any(scope.flows[out].condition for out in gateway.outgoing)


def _joins(node: Node) -> bool:
    return node.kind in _TOGETHER and len(node.incoming) > 1 and len(node.outgoing) == 1


def _ways(scope: Scope, flow: Flow, codes: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the exits a flow leads to: a step, the end, or a gateway's flows with the default flow last."""
    target = scope.nodes[flow.target]
    if target.kind is Kind.TASK or _joins(target):
        yield {"to": codes[_task(scope, target).id], "when": {}}
    elif target.kind in {Kind.EXCLUSIVE, *_TOGETHER} and len(target.incoming) == 1:
        for out in sorted(target.outgoing, key=lambda one: one == target.default):
            after = _task(scope, scope.nodes[scope.flows[out].target])
            condition = scope.flows[out].condition
            when = {} if condition is None else _condition(scope.flows[out], condition)
            name = " ".join(scope.flows[out].name.split())
            yield {"to": codes[after.id], "when": when} | ({"name": name} if name else {})
    elif target.kind is not Kind.END:
        raise _no_table(target)


def _task(scope: Scope, node: Node) -> Node:
    """Return the step a flow reaches, through the gateway where it waits for all."""
    reached = scope.nodes[scope.flows[node.outgoing[0]].target] if _joins(node) else node
    if reached.kind is not Kind.TASK:
        raise _no_table(reached)
    return reached


def _condition(flow: Flow, expression: Expression) -> dict[str, list[Literal]]:
    if expression == Constant(value=True):
        return {}
    parts = expression.parts if isinstance(expression, And) else (expression,)
    condition: dict[str, list[Literal]] = {}
    for part in parts:
        if isinstance(part, In) and part.field not in condition:
            condition[part.field] = list(part.literals)
        elif isinstance(part, Comparison) and part.operator == "=" and part.field not in condition:
            condition[part.field] = [part.literal]
        else:
            raise NotATable(
                _("Điều kiện của luồng %(flow)s không ghi được vào bảng.") % {"flow": named(flow.id, flow.name)}
            )
    return condition


def _no_table(node: Node) -> NotATable:
    return NotATable(_("Bảng các bước không ghi được %(node)s.") % {"node": named(node.id, node.name)})

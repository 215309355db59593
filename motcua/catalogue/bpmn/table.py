"""Our table of steps as BPMN and back: the same table comes back, and any BPMN tool opens what goes out.

A step is a user task in the lane of its post, with its hours as a timer on its border and our words as attributes of
our own namespace. Exits with conditions leave through an exclusive gateway, the last of them as the default flow.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.bpmn.expressions import (
    And,
    BadExpression,
    Comparison,
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
from motcua.catalogue.process import Process, StepPlan, parse
from motcua.people.roles import Role

UNIT_NAMES = {
    "receiving": gettext_lazy("Nơi tiếp nhận"),
    "competent": gettext_lazy("Cơ quan có thẩm quyền"),
    "resolving": gettext_lazy("Đơn vị giải quyết"),
}
_PLAIN = (str, int, float, bool, type(None))


class NotATable(ValueError):
    """The model is no table of steps, or the table cannot be written as BPMN; the message is Vietnamese."""


def table_to_model(data: object, *, name: str) -> Model:
    """Return the BPMN of a process stored as `data`, laid out; raise BadProcess or NotATable."""
    return with_diagram(model_of(_definitions(parse(data), name)))


def model_to_table(model: Model) -> dict[str, Any]:
    """Return the data of `catalogue.process` that a model written by `table_to_model` holds; raise NotATable."""
    scope = model.scopes[model.played[0]]
    steps = [node for node in scope.nodes.values() if node.kind is Kind.TASK]
    words = {element.get("id"): element for element in model.source.walk() if element.namespace == BPMN}
    prefixes = {key.partition(":")[2] for key, value in model.source.attributes if value == OURS}
    ours = {step.id: _own_words(words[step.id], prefixes) for step in steps}
    for step in steps:
        if "code" not in ours[step.id]:
            raise NotATable(_("Việc %(step)s không ghi mã bước của motcua.") % {"step": named(step.id, step.name)})
    codes = {step.id: ours[step.id]["code"] for step in steps}
    return {"steps": [_row(scope, step, ours[step.id], codes) for step in _from_start(scope, steps)]}


def _definitions(process: Process, name: str) -> Element:
    ids = _ids(process)
    content = tuple(_content(process, ids))
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


def _ids(process: Process) -> dict[str, str]:
    """Return the id of every step: made of its code where XML allows it."""
    return {
        code: f"step_{code}" if code.isascii() and code.replace("-", "_").isidentifier() else f"numbered_{number}"
        for number, code in enumerate(process.steps, start=1)
    }


def _content(process: Process, ids: Mapping[str, str]) -> Iterator[Element]:
    yield _lanes(process, ids)
    yield _element("startEvent", {"id": "start"})
    for code, step in process.steps.items():
        yield from _step(step, ids[code])
    yield _element("endEvent", {"id": "end"})
    yield _flow("flow_start", "start", ids[process.start.code])
    for code, step in process.steps.items():
        yield from _exits(step, ids[code], ids)


def _lanes(process: Process, ids: Mapping[str, str]) -> Element:
    """Return a lane for every post, with its steps; start and end lie with the first and the last step."""
    posts: dict[tuple[str, str], list[str]] = {}
    for code, step in process.steps.items():
        inside = posts.setdefault((step.unit, step.role), [])
        inside += ["start"] if step.code == process.start.code else []
        inside += [ids[code]] + ([f"gateway_{ids[code]}"] if len(step.next) > 1 else [])
        inside += [f"timer_{ids[code]}"] if step.hours else []
        inside += ["end"] if not step.next else []
    lanes = [
        _element(
            "lane",
            {"id": f"lane_{unit}_{role}", "name": f"{UNIT_NAMES[unit]} · {Role(role).label}"},
            *(_element("flowNodeRef", {}, node) for node in nodes),
        )
        for (unit, role), nodes in posts.items()
    ]
    return _element("laneSet", {"id": "lanes"}, *lanes)


def _step(step: StepPlan, step_id: str) -> Iterator[Element]:
    ours = {"code": step.code, "kind": step.kind, "unit": step.unit, "role": step.role, "produces": step.produces}
    if step.hours is not None:
        ours["hours"] = json.dumps(int(step.hours) if step.hours.is_integer() else step.hours)
    attributes = {"id": step_id, "name": step.name} | {f"motcua:{key}": value for key, value in ours.items()}
    yield _element("userTask", attributes)
    if step.hours:
        duration = _element("timeDuration", {"xsi:type": "tFormalExpression"}, _duration(step.hours))
        definition = _element("timerEventDefinition", {"id": f"term_{step_id}"}, duration)
        timer = {"id": f"timer_{step_id}", "attachedToRef": step_id, "cancelActivity": "false"}
        yield _element("boundaryEvent", timer, definition)
    if len(step.next) > 1:
        default = f"flow_{step_id}_{len(step.next) - 1}"
        yield _element("exclusiveGateway", {"id": f"gateway_{step_id}", "default": default})


def _exits(step: StepPlan, step_id: str, ids: Mapping[str, str]) -> Iterator[Element]:
    if len(step.next) < 2:
        yield _flow(f"flow_{step_id}_0", step_id, ids[step.next[0].to] if step.next else "end")
        return
    gateway = f"gateway_{step_id}"
    yield _flow(f"flow_{gateway}", step_id, gateway)
    for number, way in enumerate(step.next):
        yield _flow(f"flow_{step_id}_{number}", gateway, ids[way.to], _written(step, way.when) if way.when else "")


def _flow(flow_id: str, source: str, target: str, condition: str = "") -> Element:
    attributes = {"id": flow_id, "sourceRef": source, "targetRef": target}
    conditions = [_element("conditionExpression", {"xsi:type": "tFormalExpression"}, condition)] if condition else []
    return _element("sequenceFlow", attributes, *conditions)


def _duration(hours: float) -> str:
    """Return the hours as an ISO 8601 duration, to the second: 7.5 is PT7H30M. The exact hours are an attribute."""
    minutes, seconds = divmod(max(1, round(hours * 3600)), 60)
    whole, minutes = divmod(minutes, 60)
    return "PT" + "".join(f"{count}{unit}" for count, unit in ((whole, "H"), (minutes, "M"), (seconds, "S")) if count)


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
    return row | {"next": [way for flow in step.outgoing for way in _ways(scope, scope.flows[flow], codes)]}


def _ways(scope: Scope, flow: Flow, codes: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the exits a flow leads to: a step, the end, or a gateway's flows with the default flow last."""
    target = scope.nodes[flow.target]
    if target.kind is Kind.TASK:
        yield {"to": codes[target.id], "when": {}}
    elif target.kind is Kind.EXCLUSIVE and len(target.incoming) == 1:
        for out in sorted(target.outgoing, key=lambda one: one == target.default):
            after = scope.nodes[scope.flows[out].target]
            if after.kind is not Kind.TASK:
                raise _no_table(after)
            condition = scope.flows[out].condition
            yield {"to": codes[after.id], "when": {} if condition is None else _condition(scope.flows[out], condition)}
    elif target.kind is not Kind.END:
        raise _no_table(target)


def _condition(flow: Flow, expression: Expression) -> dict[str, list[Literal]]:
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

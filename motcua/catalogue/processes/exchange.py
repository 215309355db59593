"""A process as a BPMN file and back: what comes in is a table where it can be one, else kept as the drawing it is."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.text import fold
from motcua.catalogue.bpmn.model import Model, Node, Refusal
from motcua.catalogue.bpmn.reader import NotBpmn, read
from motcua.catalogue.bpmn.table import UNIT_NAMES, NotATable, model_of_steps, model_to_table, own_words
from motcua.catalogue.bpmn.writer import with_diagram, write
from motcua.catalogue.bpmn.xmltree import BadXml
from motcua.catalogue.processes.checks import read_table
from motcua.catalogue.processes.drawing import tasks_of
from motcua.catalogue.processes.parameters import Content
from motcua.catalogue.processes.plans import ROLES_OF_KIND, BadProcess, is_unit
from motcua.catalogue.processes.rows import is_drawing
from motcua.people.roles import Role

KIND_OF_ROLE = {role.value: kind for kind, roles in ROLES_OF_KIND.items() for role in roles}


class FileRefused(ValueError):
    """The file is not taken; `refusals` name the element, where one is at fault, and the reason in Vietnamese."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(" ".join(refusal.reason for refusal in refusals))
        self.refusals = refusals


def file_of(content: Content, name: str) -> bytes:
    """Return the process as BPMN 2.0 XML; raise BadProcess or NotATable. A drawing goes out as it came in."""
    if is_drawing(content):
        return str(content["bpmn"]).encode()
    return write(with_diagram(model_of_steps(read_table(content), name=name)[0]))


def content_of(data: bytes, before: Content) -> dict[str, Any]:
    """Return the process in a file: a table where that says all of it, else the drawing with the posts known of it.

    Posts come from `before` where a task keeps its id, else from our own words in the file, else from the name of its
    lane, else stay to be asked. Raises FileRefused.
    """
    model = _read(data)
    if (table := _table(model)) is not None:
        return table | {"parameters": dict(before.get("parameters") or {})}
    known: Mapping[str, Any] = before.get("posts") or {} if is_drawing(before) else {}
    said = own_words(model)
    posts = {
        task.id: known.get(task.id) or _own_post(said.get(task.id, {})) or guessed_post(model, task)
        for task in tasks_of(model).values()
    }
    return {"bpmn": write(model).decode(), "posts": {task: post for task, post in posts.items() if post}}


def lane_of(model: Model, task: Node) -> str:
    """Return the name of the lane a task lies in; empty without one."""
    scope = model.scopes[model.scope_of[task.id]]
    while True:
        lane = scope.lane_of(task.id if task.id in scope.nodes else scope.id)
        if lane is not None:
            return " ".join(lane.name.split()) or lane.id
        if not scope.parent:
            return ""
        task, scope = model.node(scope.id), model.scopes[scope.parent]


def guessed_post(model: Model, task: Node) -> dict[str, Any]:
    """Return who does a task as far as its lane's name tells: «Đơn vị giải quyết · Chuyên viên»; empty when it does not."""
    name = fold(lane_of(model, task))
    role = next((role for role in KIND_OF_ROLE if fold(str(Role(role).label)) in name), "")
    unit = next((unit for unit, words in UNIT_NAMES.items() if fold(str(words)) in name), "")
    return (
        {"kind": KIND_OF_ROLE[role], "role": role, "unit": unit, "hours": None, "produces": ""} if role and unit else {}
    )


def _read(data: bytes) -> Model:
    try:
        model = read(data)
    except (BadXml, NotBpmn) as error:
        raise FileRefused((Refusal("", str(error)),)) from error
    if model.refusals:
        raise FileRefused(model.refusals)
    if not tasks_of(model):
        raise FileRefused((Refusal("", _("Tệp không có việc nào để người làm.")),))
    return model


def _table(model: Model) -> dict[str, Any] | None:
    """Return the table a model holds; None where the model says more than a table can, or the table has faults."""
    try:
        table = model_to_table(model)
        again, _tasks = model_of_steps(read_table(table), name="")
    except (NotATable, BadProcess):
        return None
    return table if _shape(again) == _shape(model) else None


def _shape(model: Model) -> tuple[Any, ...]:
    """Return what a model is made of, without names, ids and places: a table that lost anything has another shape."""
    kinds = Counter(
        (str(node.kind), len(node.incoming), len(node.outgoing))
        for scope in model.scopes.values()
        for node in scope.nodes.values()
    )
    return len(model.scopes), kinds, len(model.artifacts), len(model.links)


def _own_post(said: Mapping[str, str]) -> dict[str, Any]:
    """Return who does a task by our own words in the file; empty where they do not tell."""
    role = said.get("role", "")
    if role not in KIND_OF_ROLE or not is_unit(said.get("unit")):
        return {}
    hours = said.get("hours", "")
    return {
        "kind": KIND_OF_ROLE[role],
        "role": role,
        "unit": said["unit"],
        "hours": float(hours) if hours.replace(".", "", 1).isdecimal() else None,
        "produces": said.get("produces", ""),
    }

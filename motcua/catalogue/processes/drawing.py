"""A BPMN drawing as a process: its tasks are the steps, and beside it stands who does each of them."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.model import Kind, Model, Node
from motcua.catalogue.bpmn.nodes import named
from motcua.catalogue.bpmn.reader import NotBpmn, read
from motcua.catalogue.bpmn.ways import first_tasks, tasks_after
from motcua.catalogue.bpmn.xmltree import BadXml
from motcua.catalogue.processes.alarms import timers_without_step
from motcua.catalogue.processes.checks import LONGEST_CODE, LONGEST_NAME, faults_of_post, hours_of, require_sound
from motcua.catalogue.processes.plans import BadProcess, Next, StepPlan

_FIT_FOR_CODE = re.compile(rf"[-\w]{{1,{LONGEST_CODE}}}", re.ASCII)


def read_drawing(data: Mapping[str, Any]) -> tuple[Model, dict[str, StepPlan], dict[str, str]]:
    """Return the model, its steps by code with the first one first, and the task of each code; raise BadProcess."""
    model = _model(data["bpmn"])
    tasks = tasks_of(model)
    posts = data.get("posts") or {}
    for timer in timers_without_step(model):
        what = _(
            "Hẹn giờ %(timer)s không gắn với việc của ai, nên không rõ ai giữ hồ sơ trong lúc chờ. Hãy gắn nó vào một việc."
        )
        raise BadProcess([what % {"timer": named(timer.id, timer.name)}])
    faults = [fault for task in tasks.values() for fault in faults_of_post(_words(task), posts.get(task.id) or {})]
    if faults:
        raise BadProcess(faults)
    codes = {task.id: code for code, task in tasks.items()}
    steps = {code: _step(model, task, posts[task.id], codes) for code, task in tasks.items()}
    first = [codes[task] for task in first_tasks(model)]
    if not first:
        raise BadProcess([_("Quy trình không bắt đầu bằng việc nào có người làm.")])
    ordered = {code: steps[code] for code in sorted(steps, key=lambda code: code != first[0])}
    require_sound(ordered)
    return model, ordered, {code: task.id for code, task in tasks.items()}


def tasks_of(model: Model) -> dict[str, Node]:
    """Return the tasks that can be played, by the code their steps have: their id where that is fit."""
    nodes = [node for scope in model.scopes.values() for node in scope.nodes.values() if node.kind is Kind.TASK]
    return {
        node.id if _FIT_FOR_CODE.fullmatch(node.id) else f"task-{node.order}": node
        for node in sorted(nodes, key=lambda node: node.order)
    }


def _model(text: str) -> Model:
    try:
        model = read(text.encode())
    except (BadXml, NotBpmn) as error:
        raise BadProcess([str(error)]) from error
    if model.refusals:
        raise BadProcess([refusal.reason for refusal in model.refusals])
    return model


def _words(task: Node) -> str:
    return _("Bước “%(step)s”") % {"step": " ".join(task.name.split()) or task.id}


def _step(model: Model, task: Node, post: Mapping[str, Any], codes: Mapping[str, str]) -> StepPlan:
    return StepPlan(
        code=codes[task.id],
        name=(" ".join(task.name.split()) or task.id)[:LONGEST_NAME],
        kind=post["kind"],
        unit=post["unit"],
        role=post["role"],
        hours=hours_of(post.get("hours")),
        produces=post.get("produces") or "",
        next=tuple(Next(codes[after], {}) for after in tasks_after(model, task.id)),
    )

"""The rows of a process as officers read it: of a table as written, of a drawing its tasks with their posts.

A draft may have faults; its rows are shown all the same.
"""

from collections.abc import Mapping
from typing import Any

from motcua.catalogue.bpmn.model import Model
from motcua.catalogue.bpmn.reader import NotBpmn, read
from motcua.catalogue.bpmn.ways import first_tasks, tasks_after
from motcua.catalogue.bpmn.xmltree import BadXml
from motcua.catalogue.processes.drawing import tasks_of
from motcua.catalogue.processes.parameters import Content

Row = Mapping[str, Any]


def is_drawing(content: Content) -> bool:
    """Return whether the process is kept as a BPMN drawing rather than as a table."""
    return bool(content.get("bpmn"))


def rows_of(content: Content) -> list[Row]:
    """Return the steps in order, each in the shape of a row of the table of steps; none for a drawing nobody can read.

    Of a drawing the exits are the tasks that may follow, without the drawing's own conditions.
    """
    if not is_drawing(content):
        return [row for row in content.get("steps") or [] if isinstance(row, Mapping)]
    model = drawn_model(content)
    return _rows_of_drawing(model, content.get("posts") or {}) if model else []


def drawn_model(content: Content) -> Model | None:
    """Return the model of a drawing; None when it cannot be read."""
    try:
        return read(content["bpmn"].encode())
    except (BadXml, NotBpmn):
        return None


def _rows_of_drawing(model: Model, posts: Mapping[str, Row]) -> list[Row]:
    tasks = tasks_of(model)
    codes = {task.id: code for code, task in tasks.items()}
    first = set(first_tasks(model)[:1])
    rows: list[Row] = [
        {
            "code": code,
            "name": " ".join(task.name.split()) or task.id,
            **posts.get(task.id, {}),
            "task": task.id,
            "next": [{"to": codes[after]} for after in tasks_after(model, task.id) if after in codes],
        }
        for code, task in tasks.items()
    ]
    return sorted(rows, key=lambda row: row["task"] not in first)

"""The drawing beside the table: lanes by post, hours, what is changed, and how many dossiers stand at each step."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.drawing import Marks, draw
from motcua.catalogue.bpmn.model import Model
from motcua.catalogue.bpmn.table import NotATable, model_of_steps
from motcua.catalogue.processes.checks import read_table
from motcua.catalogue.processes.drawing import tasks_of
from motcua.catalogue.processes.parameters import Content
from motcua.catalogue.processes.plans import BadProcess
from motcua.catalogue.processes.rows import drawn_model, is_drawing
from motcua.web.desk.workshop.rows import Drawn

CSS = {"added": "box--new", "changed": "box--change"}


class NotDrawable(ValueError):
    """The process cannot be drawn yet; `faults` are Vietnamese sentences."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = list(faults)


def drawing_of(content: Content, name: str, rows: Sequence[Drawn]) -> SafeString:
    """Return the SVG of the process with what its rows say; raise NotDrawable."""
    model, tasks = _model(content)
    here = {tasks[row.code]: row for row in rows if row.code in tasks and row.css != "gone"}
    marks = Marks(
        numbers={task: row.place for task, row in here.items() if row.place},
        notes={task: _("%(hours)s giờ") % {"hours": row.hours} for task, row in here.items() if row.hours != "–"},
        classes={task: CSS[row.css] for task, row in here.items() if row.css in CSS},
        counts={task: row.standing.count for task, row in here.items()},
        late={task: row.standing.late for task, row in here.items()},
    )
    svg = draw(model, label=_("Hình vẽ quy trình “%(name)s”; nội dung như bảng trên") % {"name": name}, marks=marks)
    return mark_safe(svg)  # noqa: S308 - symbols.py escapes everything that comes from a file


def _model(content: Content) -> tuple[Model, Mapping[str, str]]:
    """Return the process as a model, with a diagram where its file has one, and the task of each step's code.

    Raises NotDrawable. A table has one pool, which says nothing beside the heading, so it is not drawn.
    """
    if is_drawing(content):
        model = drawn_model(content)
        if model is None:
            raise NotDrawable([_("Bản BPMN này không đọc được nữa. Bạn tải lên lại.")])
        return model, {code: task.id for code, task in tasks_of(model).items()}
    try:
        steps = {code: replace(step, hours=None) for code, step in read_table(content).items()}  # hours stand in words
        model, tasks = model_of_steps(steps, name="")
    except BadProcess as error:
        raise NotDrawable(error.faults) from None
    except NotATable as error:
        raise NotDrawable([str(error)]) from None
    return replace(model, participants=()), tasks

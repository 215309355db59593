"""Editing a draft at the table: a step is added, changed, moved or removed. Nothing typed is lost on the way."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from json import dumps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalogue import actions
from motcua.catalogue.processes.parameters import Content, left_open
from motcua.catalogue.processes.rows import Row, is_drawing
from motcua.catalogue.processes.side_steps import Beside, CannotRunBeside, beside_step
from motcua.catalogue.processes.table_edits import StepGone, added_step, changed_step, moved_step, without_step
from motcua.catalogue.processes.vocabulary import vocabulary_of
from motcua.web.desk.access import Sitting
from motcua.web.desk.workshop.access import in_the_workshop, template_of
from motcua.web.desk.workshop.page import Opened, page_of
from motcua.web.desk.workshop.step_forms import (
    BesideForm,
    StepForm,
    WayField,
    answer_groups,
    initial_of,
    ways_of,
    ways_posted,
    ways_said,
)
from motcua.web.shared import held

HELD = gettext_lazy("Phiên làm việc đã hết lúc bạn bấm nên chưa lưu. Những gì bạn điền vẫn còn; bạn xem lại rồi bấm.")
ACTS = (
    ("len", gettext_lazy("Dời lên")),
    ("xuong", gettext_lazy("Dời xuống")),
    ("bo", gettext_lazy("Bỏ bước này")),
)
TRIED_POST = {"kind": "work", "unit": "resolving", "role": "specialist", "hours": None, "produces": ""}
MOVES: Mapping[str, Callable[[Content, str], Content]] = {
    "len": lambda content, code: moved_step(content, code, -1),
    "xuong": lambda content, code: moved_step(content, code, 1),
    "bo": without_step,
}


@in_the_workshop
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, sitting: Sitting, code: str, step_code: str) -> HttpResponse:
    """Show one step of the draft to be changed, in its place in the table; posted, change it."""
    opened = _opened(code)
    row = _row(opened, step_code)
    said = _said(request)
    if row is None and said is None:
        messages.warning(request, _("Bước này không còn trong bản thảo: ai đó vừa bỏ nó."))
        return redirect("desk:process", code)
    row = row or {}
    form = _form(said, row, opened, step_code)
    ways = ways_posted(said) if said is not None else ways_of(row)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["was"] == digest(row):
            return _changed(request, opened, step_code, form, ways, row)
        form.add_error(None, _stale(row))
        said = None  # what is shown now has been seen, so the next press counts
    was = said.get("was", "") if said is not None else digest(row)
    return _draw(request, sitting, opened, form, ways, step_code, was=was)


@in_the_workshop
@require_http_methods(["GET", "POST"])
def new_step(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show an empty step behind the one named; posted, add it."""
    opened = _opened(code)
    said = _said(request)
    after = (said if said is not None else request.GET).get("sau", "")
    after = after if _row(opened, after) is not None else ""
    form = StepForm(said) if said is not None else StepForm(initial={"unit": "resolving"})
    ways = ways_posted(said) if said is not None else [WayField(0, "", ())]
    if request.method == "POST" and form.is_valid():
        return _added(request, opened, after, form, ways)
    return _draw(request, sitting, opened, form, ways, "", after=after)


@in_the_workshop
@require_http_methods(["GET", "POST"])
def new_beside(request: HttpRequest, sitting: Sitting, code: str, step_code: str) -> HttpResponse:
    """Ask for a step that runs at the same time as the one named; posted, add it with its split and its join."""
    opened = _opened(code)
    row = _row(opened, step_code)
    if row is None:
        messages.warning(request, _("Bước này không còn trong bản thảo: ai đó vừa bỏ nó."))
        return redirect("desk:process", code)
    said = _said(request)
    form = BesideForm(said) if said is not None else BesideForm(initial={"unit": "resolving"})
    if request.method == "POST" and form.is_valid() and (made := _beside(request, opened, step_code, form)):
        return redirect(f"{reverse('desk:process', args=[code])}#buoc-{made}")
    context = page_of(sitting, opened) | {"form": form, "beside": row, "editing": step_code}
    if said is None:
        context |= {"why_not": _why_not(opened, step_code), "is_first": row is opened.edition.content["steps"][0]}
    return render(request, "desk/workshop/beside.html", context)


@in_the_workshop
@require_POST
def rearrange(request: HttpRequest, _sitting: Sitting, code: str, step_code: str, act: str) -> HttpResponse:
    """Move a step up or down, or remove it."""
    if act not in MOVES:
        raise Http404
    opened = _opened(code)
    try:
        actions.edit_draft(edition=opened.edition, change=lambda content: MOVES[act](content, step_code))
    except (StepGone, actions.NotADraft) as refused:
        messages.warning(request, str(refused))
    return redirect(f"{reverse('desk:process', args=[code])}#{'cac-buoc' if act == 'bo' else f'buoc-{step_code}'}")


def digest(row: Row) -> str:
    """Return what tells whether somebody changed a row since it was shown."""
    return sha256(dumps(dict(row), sort_keys=True).encode()).hexdigest()[:16]


def _opened(code: str) -> Opened:
    """Return the template with its draft, a table; Http404 when it has none."""
    opened = Opened.of(template_of(code))
    if opened.editions.draft is None or is_drawing(opened.edition.content):
        raise Http404
    return opened


def _row(opened: Opened, step_code: str) -> Row | None:
    steps = opened.edition.content.get("steps") or []
    return next((row for row in steps if row.get("code") == step_code), None)


def _said(request: HttpRequest) -> QueryDict | None:
    said = held.posted_or_held(request)
    if said is not None and request.method == "GET":
        messages.warning(request, str(HELD))
    return said


def _form(said: QueryDict | None, row: Row, opened: Opened, step_code: str) -> StepForm:
    if said is not None:
        return StepForm(said)
    return StepForm(
        initial=initial_of(row, left_open(opened.edition.content).get(step_code, [])) | {"was": digest(row)}
    )


def _changed(
    request: HttpRequest, opened: Opened, step_code: str, form: StepForm, ways: list[WayField], row: Row
) -> HttpResponse:
    said = form.said(ways_said(ways, row))
    try:
        actions.edit_draft(edition=opened.edition, change=lambda content: changed_step(content, step_code, said))
        messages.success(request, _("Đã lưu bước “%(name)s”.") % {"name": said["name"]})
    except (StepGone, actions.NotADraft) as refused:
        messages.warning(request, str(refused))
    return redirect(f"{reverse('desk:process', args=[opened.template.code])}#buoc-{step_code}")


def _added(request: HttpRequest, opened: Opened, after: str, form: StepForm, ways: list[WayField]) -> HttpResponse:
    said = form.said(ways_said(ways, {}))
    made: list[str] = []

    def add(content: Content) -> Content:
        table, code = added_step(content, after, said)
        made.append(code)
        return table

    try:
        actions.edit_draft(edition=opened.edition, change=add)
        messages.success(request, _("Đã thêm bước “%(name)s”.") % {"name": said["name"]})
    except (StepGone, actions.NotADraft) as refused:
        messages.warning(request, str(refused))
    return redirect(f"{reverse('desk:process', args=[opened.template.code])}#buoc-{''.join(made)}")


def _why_not(opened: Opened, step_code: str) -> str:
    """Return why no step can run beside this one, before anything is typed; empty where one can."""
    try:
        beside_step(opened.edition.content, step_code, {"name": "–", **TRIED_POST})
    except CannotRunBeside as refused:
        return str(refused)
    return ""


def _beside(request: HttpRequest, opened: Opened, step_code: str, form: BesideForm) -> str:
    """Add the step and return its code; empty where the form says why it cannot be."""
    made: list[Beside] = []

    def add(content: Content) -> Content:
        made.append(beside_step(content, step_code, form.said()))
        return made[-1].table

    try:
        actions.edit_draft(edition=opened.edition, change=add)
    except (StepGone, CannotRunBeside, actions.NotADraft) as refused:
        form.add_error(None, str(refused))
        return ""
    words = {"name": form.cleaned_data["name"], "joined": made[-1].joined_at}
    messages.success(request, _("Đã thêm “%(name)s”. Bước “%(joined)s” chờ cả hai xong rồi mới bắt đầu.") % words)
    return made[-1].code


def _stale(row: Row) -> str:
    if not row:
        return _("Ai đó vừa bỏ bước này. Những gì bạn điền vẫn còn ở đây: bạn chép sang một bước mới nếu vẫn cần.")
    return _(
        "Ai đó vừa sửa bước này (nay là “%(name)s”). Những gì bạn điền vẫn còn ở đây; bấm Lưu lần nữa thì lấy theo bạn."
    ) % {"name": row.get("name", "")}


def _draw(
    request: HttpRequest, sitting: Sitting, opened: Opened, form: StepForm, ways: list[WayField], step_code: str,
    *, was: str = "", after: str = "",
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = page_of(sitting, opened)
    others = [(one.code, f"{one.place}. {one.name}") for one in context["rows"] if one.css != "gone"]
    context |= {
        "form": form,
        "was": was,
        "ways": ways,
        "others": [one for one in others if one[0] != step_code],
        "answers": answer_groups(vocabulary_of(opened.versions), ways),
        "editing": step_code,
        "may_run_beside": any(one.code == step_code and one.may_run_beside for one in context["rows"]),
        "step_acts": ACTS,
        "after": after,
    }
    return render(request, "desk/workshop/step.html", context)

"""BPMN out and in: a process downloaded as a file, a file uploaded into a draft, and who does the tasks of a drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from motcua.catalogue import actions
from motcua.catalogue.bpmn.table import NotATable
from motcua.catalogue.models import ProcessEdition
from motcua.catalogue.processes.drawing import tasks_of
from motcua.catalogue.processes.exchange import FileRefused, content_of, file_of, lane_of
from motcua.catalogue.processes.parameters import Content
from motcua.catalogue.processes.plans import BadProcess
from motcua.catalogue.processes.rows import drawn_model, is_drawing
from motcua.catalogue.queries import published_version
from motcua.web.desk.access import Sitting
from motcua.web.desk.workshop.access import draft_of, in_the_workshop, template_of
from motcua.web.desk.workshop.page import Opened
from motcua.web.desk.workshop.step_forms import PostForm, initial_of
from motcua.web.shared import held

FILE_MAX_BYTES = 10 * 1024 * 1024
HELD = gettext_lazy("Phiên làm việc đã hết lúc bạn bấm nên chưa lưu. Những gì bạn điền vẫn còn; bạn xem lại rồi bấm.")


class FileForm(forms.Form):
    """A BPMN file, and for a new process its name."""

    name = forms.CharField(label=gettext_lazy("Tên quy trình"), max_length=200)
    file = forms.FileField(
        label=gettext_lazy("Tệp BPMN"), help_text=gettext_lazy("BPMN 2.0 (.bpmn hoặc .xml), không quá 10 MB.")
    )

    def clean_file(self) -> Any:
        """Refuse a file no process is as large as."""
        file = self.cleaned_data["file"]
        if file.size > FILE_MAX_BYTES:
            raise forms.ValidationError(_("Tệp lớn hơn 10 MB. Hãy gửi riêng tệp BPMN, không kèm hình."))
        return file


@dataclass(frozen=True)
class TaskRow:
    """One task of a drawing to be given to a post; `lane` is empty where the drawing has none."""

    code: str
    name: str
    lane: str
    form: PostForm


@in_the_workshop
@require_GET
def download(request: HttpRequest, _sitting: Sitting, code: str) -> HttpResponse:
    """Give the edition shown as a BPMN file."""
    opened = Opened.of(template_of(code))
    return _file(request, opened.edition.content, opened.template.name, code) or redirect("desk:process", code)


@in_the_workshop
@require_GET
def own_download(request: HttpRequest, _sitting: Sitting, code: str) -> HttpResponse:
    """Give the process of a procedure's version as a BPMN file."""
    version = published_version(code)
    if version is None or not version.process:
        raise Http404
    return _file(request, version.process, version.title, code) or redirect("desk:own_process", code)


@in_the_workshop
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, sitting: Sitting, code: str = "") -> HttpResponse:
    """Ask for a BPMN file; posted, it becomes the draft's content, or the first draft of a new template."""
    edition = draft_of(code) if code else None
    held.say_not_done(request)
    form = FileForm(request.POST or None, request.FILES or None) if request.method == "POST" else FileForm()
    if edition is not None:
        form.fields["name"].required = False
    context: dict[str, Any] = {"desk": sitting, "form": form, "template": edition.template if edition else None}
    if request.method == "POST" and form.is_valid():
        try:
            edition = _taken(sitting, edition, form)
        except FileRefused as refused:
            return render(request, "desk/workshop/upload.html", context | {"refusals": refused.refusals})
        except actions.NotADraft as refused:
            messages.warning(request, str(refused))
            return redirect("desk:process", code)
        return _say(request, edition)
    return render(request, "desk/workshop/upload.html", context)


@in_the_workshop
@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show who does each task of a drawing; posted, keep it."""
    edition = draft_of(code)
    if not is_drawing(edition.content):
        raise Http404
    said = held.posted_or_held(request)
    if said is not None and request.method == "GET":
        messages.warning(request, str(HELD))
    rows = list(_tasks(edition.content, said))
    if request.method == "POST" and all([row.form.is_valid() for row in rows]):
        given = {row.code: row.form.post() for row in rows}
        try:
            actions.edit_draft(
                edition=edition, change=lambda content: {**content, "posts": {**content.get("posts", {}), **given}}
            )
            messages.success(request, _("Đã giao việc cho các vị trí."))
        except actions.NotADraft as refused:
            messages.warning(request, str(refused))
        return redirect("desk:process", code)
    context = {
        "desk": sitting,
        "template": edition.template,
        "rows": rows,
        "has_errors": any(row.form.errors for row in rows),
    }
    return render(request, "desk/workshop/posts.html", context)


def _file(request: HttpRequest, content: Content, name: str, code: str) -> HttpResponse | None:
    try:
        data = file_of(content, name)
    except (BadProcess, NotATable) as refused:
        messages.warning(request, _("Chưa xuất được vì quy trình còn chỗ phải sửa. %(why)s") % {"why": refused})
        return None
    headers = {"Content-Disposition": f'attachment; filename="{code}.bpmn"'}
    return HttpResponse(data, content_type="application/xml", headers=headers)


def _taken(sitting: Sitting, edition: ProcessEdition | None, form: FileForm) -> ProcessEdition:
    """Put the file into the draft, or begin a template with it. Raises FileRefused, NotADraft."""
    data = form.cleaned_data["file"].read()
    if edition is not None:
        return actions.edit_draft(edition=edition, change=lambda before: content_of(data, before))
    return actions.begin_template(
        name=form.cleaned_data["name"], content=content_of(data, {}), procedure=None, at=sitting.at,
        actor=sitting.officer.user,
    )  # fmt: skip


def _say(request: HttpRequest, edition: ProcessEdition) -> HttpResponse:
    code = edition.template.code
    if not is_drawing(edition.content):
        messages.success(request, _("Đã lấy tệp vào bảng. Bạn xem chỗ khác bản đang dùng rồi sửa tiếp."))
        return redirect("desk:process", code)
    messages.success(
        request, _("Đã lấy tệp, giữ nguyên hình vẽ vì bảng không ghi được hết. Bạn giao mỗi việc cho một vị trí.")
    )
    return redirect("desk:process_posts", code)


def _tasks(content: Content, said: Any) -> Iterator[TaskRow]:
    """Yield a form for every task, by lane; what is known of it stands in it."""
    model = drawn_model(content)
    tasks = list(tasks_of(model).values()) if model else []
    for number, task in enumerate(tasks):
        known = {"unit": "resolving", **(content.get("posts") or {}).get(task.id, {})}
        prefix = {"prefix": f"viec-{number}", "auto_id": "%s"}
        form = PostForm(said, **prefix) if said is not None else PostForm(initial=initial_of(known, []), **prefix)
        yield TaskRow(task.id, " ".join(task.name.split()) or task.id, lane_of(model, task) if model else "", form)

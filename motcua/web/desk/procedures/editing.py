"""A draft edited part by part: shown in a small form, kept, moved or removed. Nothing typed is lost on the way."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalogue import actions
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.question_edits import PartGone
from motcua.web.desk.access import Sitting
from motcua.web.desk.procedures.access import on_a_draft
from motcua.web.desk.procedures.page import HELD
from motcua.web.desk.procedures.parts import PARTS, Part, Piece
from motcua.web.desk.workshop.editing import digest
from motcua.web.shared import held

REFUSED = (actions.NotADraft, actions.RowGone, PartGone)
STEPS: Mapping[str, int] = {"len": -1, "xuong": 1}
ACTS = (
    ("len", gettext_lazy("Dời lên")),
    ("xuong", gettext_lazy("Dời xuống")),
    ("bo", gettext_lazy("Bỏ")),
)


@on_a_draft
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, sitting: Sitting, draft: ProcedureVersion, kind: str, key: str) -> HttpResponse:
    """Show one part of a draft to be changed; posted, keep it."""
    what = _kind(kind)
    piece, said = what.find(draft, key), _said(request)
    if piece is None and said is None:
        messages.warning(request, _("Mục này không còn trong bản thảo: ai đó vừa bỏ nó."))
        return _back(draft, what.anchor)
    was = digest(what.shown(draft, piece)) if piece is not None else ""  # before the form puts what was typed into it
    form = what.form(draft, piece, said, {})
    if request.method == "POST" and form.is_valid():
        if piece is not None and request.POST.get("was") == was:
            if _kept(request, sitting, draft, what, piece, form):
                return _back(draft, what.anchor)
        else:
            form.add_error(None, _stale(piece))
    elif said is not None:
        was = said.get("was", "")
    return _draw(request, sitting, draft, what, form, kind=kind, key=key if piece is not None else "", was=was)


@on_a_draft
@require_http_methods(["GET", "POST"])
def new_part(request: HttpRequest, sitting: Sitting, draft: ProcedureVersion, kind: str) -> HttpResponse:
    """Show an empty part; posted, add it to the draft."""
    what = _kind(kind)
    if what.drop is None:
        raise Http404
    if kind == "giay" and not draft.paper_groups.all():
        messages.warning(request, _("Giấy tờ nào cũng nằm trong một nhóm. Bạn thêm nhóm trước."))
        return redirect("desk:version_new_part", draft.procedure.code, draft.number, "nhom-giay")
    said = _said(request)
    form = what.form(draft, None, said, request.GET.dict())
    if request.method == "POST" and form.is_valid() and _kept(request, sitting, draft, what, None, form):
        return _back(draft, what.anchor)
    return _draw(request, sitting, draft, what, form, kind=kind, key="", was="")


@on_a_draft
@require_POST
def rearrange(
    request: HttpRequest, sitting: Sitting, draft: ProcedureVersion, kind: str, key: str, act: str
) -> HttpResponse:
    """Move a part up or down, or remove it."""
    what = _kind(kind)
    if what.move is None or what.drop is None or act not in {*STEPS, "bo"}:
        raise Http404
    piece = what.find(draft, key)
    try:
        if piece is None:
            raise PartGone
        if act == "bo":
            what.drop(sitting, draft, piece)
            messages.success(request, _("Đã bỏ khỏi bản thảo."))
        else:
            what.move(sitting, draft, piece, STEPS[act])
    except REFUSED as refused:
        messages.warning(request, str(refused))
    return _back(draft, what.anchor if act == "bo" else f"{kind}-{key}")


def _kind(kind: str) -> Part:
    if kind not in PARTS:
        raise Http404
    return PARTS[kind]


def _said(request: HttpRequest) -> QueryDict | None:
    said = held.posted_or_held(request)
    if said is not None and request.method == "GET":
        messages.warning(request, str(HELD))
    return said


def _kept(
    request: HttpRequest, sitting: Sitting, draft: ProcedureVersion, what: Part, piece: Piece, form: forms.BaseForm
) -> bool:
    """Keep a part; where that is refused the form says why."""
    try:
        what.keep(sitting, draft, piece, form)
    except REFUSED as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Đã lưu vào bản thảo. Người dân chưa thấy gì tới khi bạn công bố."))
    return True


def _stale(piece: Piece) -> str:
    if piece is None:
        return _("Ai đó vừa bỏ mục này. Những gì bạn điền vẫn còn ở đây; bấm Lưu lần nữa thì thêm lại thành mục mới.")
    return _("Ai đó vừa sửa mục này. Những gì bạn điền vẫn còn ở đây; bấm Lưu lần nữa thì lấy theo bạn.")


def _back(draft: ProcedureVersion, anchor: str) -> HttpResponse:
    url = reverse("desk:version", args=[draft.procedure.code, draft.number])
    return redirect(f"{url}#{anchor}" if anchor else url)


def _draw(
    request: HttpRequest, sitting: Sitting, draft: ProcedureVersion, what: Part, form: Any, *, kind: str, key: str,
    was: str,
) -> HttpResponse:  # fmt: skip
    address = [draft.procedure.code, draft.number, kind]
    context = {
        "desk": sitting,
        "version": draft,
        "title": what.title if key else what.new_title,
        "form": form,
        "own_fields": form.own_fields() if hasattr(form, "own_fields") else list(form),
        "when_fields": form.when_fields() if hasattr(form, "when_fields") else [],
        "choice_rows": form.choice_rows() if hasattr(form, "choice_rows") else [],
        "choices_title": _("Câu trả lời") if kind == "cau-hoi" else _("Lựa chọn"),
        "url": reverse("desk:version_part", args=[*address, key])
        if key
        else reverse("desk:version_new_part", args=address),
        "was": was,
        "kind": kind,
        "key": key,
        "acts": ACTS if key and what.move else (),
        "anchor": what.anchor,
    }
    return render(request, "desk/procedures/part.html", context)

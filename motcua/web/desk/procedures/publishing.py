"""Publishing a draft by a decision: what it changes, from which day; a later day waits until it has come."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.words import day, local_day
from motcua.catalogue import actions
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.standing import open_counts
from motcua.web.desk.access import Sitting
from motcua.web.desk.procedures.access import on_a_draft
from motcua.web.desk.procedures.lines import DayField
from motcua.web.desk.procedures.page import compared
from motcua.web.shared import held

HELD = gettext_lazy(
    "Phiên làm việc đã hết lúc bạn bấm nên chưa công bố. Những gì bạn điền vẫn còn; bạn xem lại rồi bấm."
)


class DecisionForm(forms.Form):
    """From which day, by which decision."""

    effective_from = DayField(
        label=gettext_lazy("Áp dụng từ ngày"),
        help_text=gettext_lazy("Ví dụ: 01/12/2026. Ngày sau hôm nay thì đến ngày ấy hệ thống tự công bố."),
    )
    decision_number = forms.CharField(
        label=gettext_lazy("Số quyết định công bố"), max_length=100, help_text=gettext_lazy("Ví dụ: 1234/QĐ-UBND")
    )
    decision_on = DayField(label=gettext_lazy("Ngày quyết định"), help_text=gettext_lazy("Ví dụ: 20/11/2026"))

    def clean(self) -> dict[str, Any]:
        """Refuse a decision of a later day than the one it counts from."""
        said = super().clean() or self.cleaned_data
        first, on = said.get("effective_from"), said.get("decision_on")
        if first and on and first < on:
            self.add_error("effective_from", _("Ngày áp dụng không được trước ngày quyết định."))
        return said


@on_a_draft
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, sitting: Sitting, draft: ProcedureVersion) -> HttpResponse:
    """Show what publishing the draft will change; posted, publish it or set it for its day."""
    said = held.posted_or_held(request)
    if said is not None and request.method == "GET":
        messages.warning(request, str(HELD))
    form = DecisionForm(said, initial=_initial(draft, sitting), auto_id="cong-bo-%s")
    if request.method == "POST" and form.is_valid() and _published(request, sitting, draft, form):
        return redirect("desk:version", draft.procedure.code, draft.number)
    context = compared(sitting, draft) | {"form": form, "open_number": open_counts().get(draft.procedure_id, 0)}
    return render(request, "desk/procedures/publish.html", context)


@on_a_draft
@require_POST
def unschedule(request: HttpRequest, _sitting: Sitting, draft: ProcedureVersion) -> HttpResponse:
    """Take back the day set for publishing."""
    try:
        actions.unschedule_version(version=draft)
        messages.success(request, _("Đã hủy hẹn công bố. Bản thảo vẫn còn để bạn sửa."))
    except actions.NotADraft as refused:
        messages.warning(request, str(refused))
    return redirect("desk:version", draft.procedure.code, draft.number)


def _initial(draft: ProcedureVersion, sitting: Sitting) -> dict[str, Any]:
    """Return what the form begins with; a decision copied from the version in force is not this draft's."""
    if draft.scheduled_at is None:
        return {"effective_from": local_day(sitting.at)}
    return {name: getattr(draft, name) for name in ("effective_from", "decision_number", "decision_on")}


def _published(request: HttpRequest, sitting: Sitting, draft: ProcedureVersion, form: DecisionForm) -> bool:
    """Publish the draft or set it for its day; where that is refused the form says why."""
    try:
        version = actions.decide_version(version=draft, at=sitting.at, actor=sitting.officer.user, **form.cleaned_data)
    except actions.DayPassed as refused:
        form.add_error("effective_from", str(refused))
        return False
    except actions.NotPublishable as refused:
        form.add_error(None, _("Chưa công bố được. %(why)s") % {"why": refused})
        return False
    except actions.NotADraft as refused:
        form.add_error(None, str(refused))
        return False
    words = {"number": version.number, "on": day(form.cleaned_data["effective_from"])}
    if version.state == ProcedureVersion.State.PUBLISHED:
        said = _(
            "Đã công bố phiên bản %(number)s. Từ bây giờ người dân nộp theo bản này; hồ sơ đang chạy vẫn theo bản của mình."
        )
    else:
        said = _(
            "Đã hẹn công bố phiên bản %(number)s ngày %(on)s. Tới ngày ấy người dân vẫn nộp theo bản đang áp dụng."
        )
    messages.success(request, said % words)
    return True

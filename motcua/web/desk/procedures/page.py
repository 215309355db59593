"""One procedure with its versions, and one version: what it says, how it differs, what keeps it from being published."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.words import day
from motcua.catalogue import actions
from motcua.catalogue.life_events import LIFE_EVENTS
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.processes.rows import rows_of
from motcua.catalogue.publish_checks import proofs_of_version
from motcua.catalogue.queries import published_version, version_in_force, versions_of
from motcua.catalogue.version_differences import version_differences
from motcua.dossiers.standing import open_counts
from motcua.web.desk.access import Sitting
from motcua.web.desk.procedures.access import on_a_draft, procedure_of, version_of
from motcua.web.desk.procedures.lines import LinesField
from motcua.web.desk.procedures.rows import tables_of
from motcua.web.desk.procedures.words import SECTIONS, said_in
from motcua.web.desk.workshop.access import in_the_workshop
from motcua.web.desk.workshop.findings import findings_of
from motcua.web.shared import held

State, Origin = ProcedureVersion.State, ProcedureVersion.Origin
HELD = gettext_lazy("Phiên làm việc đã hết lúc bạn bấm nên chưa lưu. Những gì bạn điền vẫn còn; bạn xem lại rồi bấm.")


class CallForm(forms.Form):
    """How people call a procedure, and when in life they need it."""

    aliases = LinesField(
        label=gettext_lazy("Cách dân gọi"), required=False, longest=150,
        help_text=gettext_lazy("Mỗi dòng một cách gọi. Người dân gõ cách nào cũng tìm ra thủ tục này."),
    )  # fmt: skip
    life_events = forms.MultipleChoiceField(
        label=gettext_lazy("Việc của gia đình"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(event.slug, event.title) for event in LIFE_EVENTS],
    )  # fmt: skip


@in_the_workshop
@require_GET
def procedure(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show a procedure: what is in force, its drafts and its history."""
    held.say_not_done(request)
    found = procedure_of(code)
    versions = list(versions_of(found))
    published = next((one for one in versions if one.state == State.PUBLISHED), None)
    named = published or next(iter(versions), None)
    context = {
        "desk": sitting,
        "procedure": found,
        "title": named.title if named else found.code,
        "published": published,
        "drafts": [one for one in versions if one.state == State.DRAFT],
        "retired": [one for one in versions if one.state == State.RETIRED],
        "own_draft": next((one for one in versions if _is_own_draft(one)), None),
        "events": [event.title for event in LIFE_EVENTS if event.slug in found.life_events],
        "open_number": open_counts().get(found.pk, 0),
    }
    return render(request, "desk/procedures/procedure.html", context)


@in_the_workshop
@require_POST
def draft(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Draft the next version, or go to the province's draft there is."""
    found = procedure_of(code)
    own = next((one for one in versions_of(found) if _is_own_draft(one)), None)
    if own is not None:
        messages.warning(
            request, _("Thủ tục này đang có bản thảo %(number)s. Bạn sửa tiếp ở đây.") % {"number": own.number}
        )
        return redirect("desk:version", code, own.number)
    made = actions.draft_next(procedure=found, at=sitting.at, actor=sitting.officer.user)
    messages.success(
        request,
        _("Đã soạn phiên bản %(number)s, chép từ bản đang áp dụng. Người dân chưa thấy gì tới khi bạn công bố.")
        % {"number": made.number},
    )
    return redirect("desk:version", code, made.number)


@in_the_workshop
@require_http_methods(["GET", "POST"])
def calling(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show how people call a procedure; posted, write it. It counts at once, for every version."""
    found = procedure_of(code)
    said = held.posted_or_held(request)
    if said is not None and request.method == "GET":
        messages.warning(request, str(HELD))
    form = (
        CallForm(said)
        if said is not None
        else CallForm(initial={"aliases": found.aliases, "life_events": found.life_events})
    )
    if request.method == "POST" and form.is_valid():
        actions.name_procedure(procedure=found, at=sitting.at, **form.cleaned_data)
        messages.success(request, _("Đã lưu. Người dân tìm được theo tên mới ngay từ bây giờ."))
        return redirect("desk:procedure", code)
    return render(request, "desk/procedures/calling.html", {"desk": sitting, "procedure": found, "form": form})


@in_the_workshop
@require_GET
def version(request: HttpRequest, sitting: Sitting, code: str, number: int) -> HttpResponse:
    """Show what a version says; a draft beside the one in force, each row leading to where it is edited."""
    held.say_not_done(request)
    return render(request, "desk/procedures/version.html", page_of(sitting, version_of(code, number)))


@on_a_draft
@require_POST
def drop(request: HttpRequest, _sitting: Sitting, version: ProcedureVersion) -> HttpResponse:
    """Throw a draft away."""
    try:
        actions.drop_draft(version=version)
        messages.success(request, _("Đã bỏ bản thảo %(number)s.") % {"number": version.number})
    except actions.NotADraft as refused:
        messages.warning(request, str(refused))
    return redirect("desk:procedure", version.procedure.code)


def page_of(sitting: Sitting, version: ProcedureVersion) -> dict[str, Any]:
    """Return what the page of a version shows."""
    is_draft = version.state == State.DRAFT
    return compared(sitting, version) | {
        "is_draft": is_draft,
        "heading": _heading(version),
        "sections": [(section.key, section.title, said_in(version, section)) for section in SECTIONS],
        "tables": tables_of(version),
        "steps": len(rows_of(version.process)),
        "has_process_page": _has_process_page(version),
        "admin_url": reverse("admin:catalogue_procedureversion_change", args=[version.pk]),
    }


def compared(sitting: Sitting, version: ProcedureVersion) -> dict[str, Any]:
    """Return a version with its proofs and how it differs from the one in force, for its page and for publishing it."""
    is_draft = version.state == State.DRAFT
    before = version_in_force(version.procedure) if is_draft else None
    proofs = proofs_of_version(version, has_fee_account=bool(settings.FEE_ACCOUNT)) if is_draft else []
    return {
        "desk": sitting,
        "version": version,
        "procedure": version.procedure,
        "before": before,
        "differences": version_differences(before, version) if before else [],
        "findings": findings_of(proofs),
    }


def _has_process_page(version: ProcedureVersion) -> bool:
    """Return whether the process workshop shows the procedure: its version in force has a process, and is no inner one."""
    published = published_version(version.procedure.code)
    return published is not None and bool(published.process)


def _is_own_draft(version: ProcedureVersion) -> bool:
    return version.state == State.DRAFT and version.origin == Origin.PROVINCE


def _heading(version: ProcedureVersion) -> str:
    """Return the line under the title: which version, in which state, by whom."""
    parts = [version.procedure.code, _("phiên bản %(number)s") % {"number": version.number}]
    if version.state == State.DRAFT:
        parts.append(_("bản thảo, người dân chưa thấy"))
        if version.changed_by:
            parts.append(_("%(name)s sửa lần cuối") % {"name": version.changed_by.full_name})
    elif version.published_at:
        since = version.effective_from or version.published_at
        parts.append(f"{version.get_state_display().lower()}, {_('từ %(on)s') % {'on': day(since)}}")
    if version.decision_number and version.state != State.DRAFT:
        parts.append(_("Quyết định %(number)s") % {"number": version.decision_number})
    return " · ".join(parts)

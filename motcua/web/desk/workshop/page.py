"""One process: its table beside the edition in force, its drawing with the dossiers that stand on it, its proofs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from motcua.base.words import day, local_day
from motcua.catalogue import actions
from motcua.catalogue.models import ProcedureVersion, ProcessEdition, ProcessTemplate, ProcessUse
from motcua.catalogue.processes.parameters import Content
from motcua.catalogue.processes.proofs import Proof
from motcua.catalogue.processes.proving import prove
from motcua.catalogue.processes.queries import Editions, editions_of, uses_of, versions_in_force
from motcua.catalogue.processes.rows import is_drawing, rows_of
from motcua.catalogue.processes.vocabulary import vocabulary_of
from motcua.catalogue.queries import published_version
from motcua.dossiers.standing import standing
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting
from motcua.web.desk.workshop.access import draft_of, in_the_workshop, template_of
from motcua.web.desk.workshop.drawing import NotDrawable, drawing_of
from motcua.web.desk.workshop.findings import findings_of
from motcua.web.desk.workshop.rows import Compared, agency_names, drawn_rows
from motcua.web.shared import held


@dataclass(frozen=True)
class Opened:
    """A template as opened: its editions, and the procedures in force that follow it."""

    template: ProcessTemplate
    editions: Editions
    uses: list[ProcessUse]
    versions: list[ProcedureVersion]

    @classmethod
    def of(cls, template: ProcessTemplate) -> "Opened":
        """Read everything a page of the template shows."""
        uses = list(uses_of(template))
        return cls(template, editions_of(template), uses, versions_in_force({use.procedure_id for use in uses}))

    @property
    def edition(self) -> ProcessEdition:
        """Return the edition shown: the draft where there is one; Http404 for a template without any."""
        newest = self.editions.newest
        if newest is None:
            raise Http404
        return newest

    @property
    def before(self) -> Content | None:
        """Return what a draft is compared with: the edition in force, else what its procedure's version says."""
        if self.editions.draft is None:
            return None
        published = self.editions.published
        own = next((version.process for version in self.versions if version.process), None)
        before: Content | None = published.content if published else own
        return before


@in_the_workshop
@require_GET
def process(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show a template: its draft beside what is in force, or what is in force."""
    held.say_not_done(request)
    return render(request, "desk/workshop/process.html", page_of(sitting, Opened.of(template_of(code))))


@in_the_workshop
@require_GET
def own_process(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show the process written in a procedure's version in force."""
    held.say_not_done(request)
    version = _version(code)
    context = {"version": version, "title": version.title} | shown(
        version.process,
        None,
        [version],
        title=version.title,
        sitting=sitting,
        list_url=reverse("desk:own_process_dossiers", args=[code]),
    )
    return render(request, "desk/workshop/own.html", context)


@in_the_workshop
@require_POST
def begin(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Begin a template from the process of a procedure's version."""
    version = _version(code)
    try:
        edition = actions.begin_template(
            name=version.title[:200], content=version.process, procedure=version.procedure, at=sitting.at,
            actor=sitting.officer.user,
        )  # fmt: skip
    except actions.AlreadyUsed as refused:
        messages.warning(request, str(refused))
        return redirect("desk:own_process", code)
    messages.success(request, _("Đã chép quy trình thành bản thảo. Hồ sơ vẫn theo bản cũ tới khi bản này ban hành."))
    return redirect("desk:process", edition.template.code)


@in_the_workshop
@require_POST
def draft(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Draft the template's next edition."""
    try:
        actions.draft_edition(template=template_of(code), at=sitting.at, actor=sitting.officer.user)
        messages.success(request, _("Đã soạn bản mới, chép từ bản đang dùng. Bạn sửa ở bảng."))
    except actions.DraftExists as refused:
        messages.warning(request, str(refused))
    return redirect("desk:process", code)


@in_the_workshop
@require_POST
def drop(request: HttpRequest, _sitting: Sitting, code: str) -> HttpResponse:
    """Throw the draft away."""
    edition = draft_of(code)
    try:
        actions.drop_edition(edition=edition)
        messages.success(request, _("Đã bỏ bản thảo %(number)s.") % {"number": edition.number})
    except actions.NotADraft as refused:
        messages.warning(request, str(refused))
    is_left = ProcessTemplate.objects.filter(code=code).exists()
    return redirect("desk:process", code) if is_left else redirect("desk:processes")


def page_of(sitting: Sitting, opened: Opened) -> dict[str, Any]:
    """Return what the page of a template shows."""
    edition = opened.edition
    return {
        "template": opened.template,
        "edition": edition,
        "editions": opened.editions,
        "is_draft": edition.state == ProcessEdition.State.DRAFT,
        "heading": _heading(opened),
        "findings": findings_of(prove_opened(opened, local_day(sitting.at)), rows_of(edition.content)),
        "is_drawing": is_drawing(edition.content),
        "last_step": next((row["code"] for row in reversed(rows_of(edition.content)) if row.get("kind") == "work"), ""),
    } | compared(sitting, opened)


def compared(sitting: Sitting, opened: Opened) -> dict[str, Any]:
    """Return the table and the drawing of what is opened, beside what is in force where it is a draft."""
    return shown(
        opened.edition.content,
        opened.before,
        opened.versions,
        title=opened.template.name,
        sitting=sitting,
        list_url=reverse("desk:process_dossiers", args=[opened.template.code]),
    )


def shown(
    content: Content,
    before: Content | None,
    versions: list[ProcedureVersion],
    *,
    title: str,
    sitting: Sitting,
    list_url: str,
) -> dict[str, Any]:
    """Return the table and the drawing of a process with the dossiers that stand on it."""
    compared = Compared(content, before, vocabulary_of(versions), agency_names(content, before))
    stands = standing({version.procedure_id for version in versions}, sitting.at)
    rows = drawn_rows(compared, stands)
    elsewhere = sum(one.count for code, one in stands.items() if code not in {row.code for row in rows})
    context: dict[str, Any] = {
        "desk": sitting, "rows": rows, "is_compared": before is not None, "elsewhere": elsewhere,
    }  # fmt: skip
    if sitting.may(Permission.READ_ALL_DOSSIERS):
        context["list_url"] = list_url
    try:
        return context | {"drawing": drawing_of(content, title, rows)}
    except NotDrawable as refused:
        return context | {"undrawable": refused.faults}


def prove_opened(opened: Opened, on: date) -> list[Proof]:
    """Return the proofs of what is shown, with the posts held on a day."""
    has_account = bool(settings.FEE_ACCOUNT)
    return prove(opened.edition.content, opened.versions, opened.uses, on, has_fee_account=has_account)


def _version(code: str) -> ProcedureVersion:
    version = published_version(code)
    if version is None or not version.process:
        raise Http404
    return version


def _heading(opened: Opened) -> str:
    """Return the line under the title: which edition, beside which, followed by how many procedures."""
    draft, published = opened.editions.draft, opened.editions.published
    parts = []
    if draft is not None:
        parts.append(
            (_("bản thảo %(number)s, chờ duyệt") if draft.proposed_at else _("bản thảo %(number)s"))
            % {"number": draft.number}
        )
    if published is not None and published.effective_from is not None:
        words = {"number": published.number, "on": day(published.effective_from)}
        parts.append(
            (_("so với bản %(number)s đang dùng từ %(on)s") if draft else _("bản %(number)s, dùng từ %(on)s")) % words
        )
    number, units = len(opened.versions), sum(use.unit_id is not None for use in opened.uses)
    parts.append(ngettext("%(number)d thủ tục theo", "%(number)d thủ tục theo", number) % {"number": number})
    if units:
        parts.append(ngettext("%(number)d nơi đặt riêng", "%(number)d nơi đặt riêng", units) % {"number": units})
    return " · ".join(parts)

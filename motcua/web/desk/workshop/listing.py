"""The list of processes: templates first, those being drafted on top, then procedures that follow their own version's."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.base.text import fold
from motcua.base.words import day, moment_short
from motcua.catalogue.models import ProcedureVersion, ProcessEdition, ProcessTemplate, ProcessUse
from motcua.catalogue.processes.queries import all_templates, unpublished_settings, without_template
from motcua.dossiers.standing import open_counts
from motcua.web.desk.access import Sitting
from motcua.web.desk.workshop.access import in_the_workshop


@dataclass(frozen=True)
class Line:
    """A process as the list shows it; `open_number` is how many dossiers run on it, `why` what an approver asked for."""

    url: str
    name: str
    note: str
    used_by: str
    open_number: int
    kind: str
    state: str
    why: str = ""


@in_the_workshop
def processes(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Show every process, or those whose name or code was asked for."""
    asked = request.GET.get("tim", "").strip()[:100]
    running = open_counts()
    templates = _templates(running)
    groups = [
        (_("Chờ duyệt"), [line for line in templates if line.kind == "action"] + _set_apart(running)),
        (_("Đang soạn"), [line for line in templates if line.kind in ("soon", "late")]),
        (_("Quy trình mẫu đang dùng"), [line for line in templates if line.kind in ("good", "plain")]),
        (_("Theo quy trình ghi trong phiên bản thủ tục"), _own(running)),
    ]
    found = [(title, [line for line in lines if _matches(line, asked)]) for title, lines in groups]
    context: dict[str, Any] = {"desk": sitting, "asked": asked, "groups": [group for group in found if group[1]]}
    return render(request, "desk/workshop/list.html", context)


def _templates(running: dict[int, int]) -> list[Line]:
    procedures: dict[int, set[int]] = {}
    for template_id, procedure_id in ProcessUse.objects.values_list("template", "procedure").distinct():
        procedures.setdefault(template_id, set()).add(procedure_id)
    return [
        _template(template, sum(running.get(one, 0) for one in procedures.get(template.pk, ())))
        for template in all_templates()
    ]


def _template(template: ProcessTemplate, number: int) -> Line:
    kind, state = _state(template.living)  # type: ignore[attr-defined]
    return Line(
        url=reverse("desk:process", args=[template.code]),
        name=template.name,
        note=template.code,
        used_by=_used_by(template),
        open_number=number,
        kind=kind,
        state=state,
        why=next((one.returned_reason for one in template.living if one.is_sent_back), ""),  # type: ignore[attr-defined]
    )


def _set_apart(running: dict[int, int]) -> list[Line]:
    """Return the units' own hours that somebody set and nobody published yet."""
    return [
        Line(
            url=reverse("desk:process_use", args=[use.template.code, use.pk]),
            name=_("Giờ riêng: %(name)s") % {"name": use.template.name},
            note=use.procedure.code,
            used_by=use.unit.short_name if use.unit else _("mọi đơn vị"),
            open_number=running.get(use.procedure_id, 0),
            kind="action",
            state=_("%(name)s đặt %(at)s") % {"name": use.set_by.full_name, "at": moment_short(use.set_at)},
        )
        for use in unpublished_settings()
        if use.set_by is not None and use.set_at is not None
    ]


def _used_by(template: ProcessTemplate) -> str:
    procedures, units = template.procedure_count, template.unit_count  # type: ignore[attr-defined]
    if not procedures:
        return _("chưa nơi nào")
    words = [ngettext("%(number)d thủ tục", "%(number)d thủ tục", procedures) % {"number": procedures}]
    if template.everywhere:  # type: ignore[attr-defined]
        words.append(_("mọi đơn vị"))
    if units:
        words.append(ngettext("%(number)d đơn vị đặt riêng", "%(number)d đơn vị đặt riêng", units) % {"number": units})
    return ", ".join(words)


def _state(living: list[ProcessEdition]) -> tuple[str, str]:
    draft = next((one for one in living if one.state == ProcessEdition.State.DRAFT), None)
    published = next((one for one in living if one.state == ProcessEdition.State.PUBLISHED), None)
    if draft is not None:
        number = {"number": draft.number}
        if draft.proposed_at:
            return "action", _("Bản %(number)s chờ duyệt") % number
        if draft.is_sent_back:
            return "late", _("Bản %(number)s bị trả lại") % number
        return "soon", _("Đang soạn bản %(number)s") % number
    if published is None or published.effective_from is None:
        return "plain", _("Chưa ban hành")
    return "good", _("Bản %(number)s, từ %(on)s") % {"number": published.number, "on": day(published.effective_from)}


def _own(running: dict[int, int]) -> list[Line]:
    return [_version(version, running.get(version.procedure_id, 0)) for version in without_template()]


def _version(version: ProcedureVersion, number: int) -> Line:
    since = version.effective_from or version.published_at
    return Line(
        url=reverse("desk:own_process", args=[version.procedure.code]),
        name=version.title,
        note=version.procedure.code,
        used_by=_("mọi đơn vị"),
        open_number=number,
        kind="plain",
        state=_("Theo phiên bản %(number)s, từ %(on)s")
        % {"number": version.number, "on": day(since) if since else "–"},
    )


def _matches(line: Line, asked: str) -> bool:
    return fold(asked) in fold(f"{line.name} {line.note}")

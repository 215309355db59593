"""The dossiers that stand at one step of a procedure: the list behind a number of the table."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.catalogue.processes.queries import uses_of
from motcua.catalogue.queries import published_version
from motcua.dossiers.queries import in_order, inbox_rows
from motcua.dossiers.standing import standing_at
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting
from motcua.web.desk.inbox import COLUMNS, drawn_rows, today_of
from motcua.web.desk.workshop.access import in_the_workshop, template_of

MOST_SHOWN = 100


@in_the_workshop
@require_GET
def dossiers(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show the open dossiers of every procedure that follows a template, at the step asked for."""
    template = template_of(code)
    procedures = set(uses_of(template).values_list("procedure", flat=True))
    return _listed(request, sitting, procedures, template.name, reverse("desk:process", args=[code]))


@in_the_workshop
@require_GET
def own_dossiers(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show the open dossiers of one procedure, at the step asked for."""
    version = published_version(code)
    if version is None:
        raise Http404
    return _listed(request, sitting, {version.procedure_id}, version.title, reverse("desk:own_process", args=[code]))


def _listed(request: HttpRequest, sitting: Sitting, procedures: set[int], title: str, back: str) -> HttpResponse:
    """Show dossiers by their due moment; only to posts that read every dossier."""
    if not sitting.may(Permission.READ_ALL_DOSSIERS):
        raise PermissionDenied
    here = standing_at(procedures, request.GET.get("buoc", "")[:40])
    rows = list(inbox_rows(in_order(here)[:MOST_SHOWN], COLUMNS.values()))
    facts = [{fact: row[column] for fact, column in COLUMNS.items()} for row in rows]
    context = {
        "desk": sitting,
        "process_title": title,
        "back": back,
        "step": facts[0]["step"] if facts else _("này"),
        "rows": drawn_rows(sitting, facts, today_of(sitting)),
        "number": here.count(),
        "most": MOST_SHOWN,
    }
    return render(request, "desk/workshop/dossiers.html", context)

"""After an intake: the code, what to print, what to collect, and the declaration to be signed."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from motcua.catalogue.forms import ShownGroup, required_in, shown
from motcua.catalogue.models import PaperRequirement
from motcua.dossiers.expected import expected_end, is_untimed
from motcua.dossiers.models import Dossier, FiledBundle
from motcua.dossiers.steps import facts_of
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting, at_the_desk, dossier_for_officer
from motcua.web.desk.page import collecting_post

TITLES = {
    "take_in": _("Đã tiếp nhận"),
    "accept": _("Đã tiếp nhận"),
    "note_missing": _("Đã ghi nhận thiếu giấy tờ"),
    "turn_away": _("Đã ghi không nhận"),
}
OTHERWISE = _("Hồ sơ đã có")


@at_the_desk
@require_GET
def taken(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show what came of an intake: the code, what to print, what to collect, what next."""
    sitting.post_with(Permission.RECEIVE)
    opened = dossier_for_officer(sitting, code, page="counter")
    dossier = opened.dossier
    came_of = dossier.events.filter(move__in=TITLES).order_by("seq").last()
    context = {
        "title": TITLES[came_of.move] if came_of else OTHERWISE,
        "dossier": dossier,
        "step": opened.step,
        "expected_at": expected_end(dossier, opened.step, sitting.at) if is_untimed(dossier) else None,
        "slips": dossier.slips.order_by("-issued_at", "-pk"),  # the one to print now first
        "supplement": dossier.supplements.first(),
        "has_declaration": is_declared(dossier),
        "charges": dossier.charges.exclude(amount_vnd=0),
        "may_collect": collecting_post(opened) is not None,
        "bundle": _bundle_of(dossier) if "bundle" in opened.has else None,
        "now": sitting.at,
    }
    return render(request, "desk/counter/taken.html", context)


@at_the_desk
@require_GET
def declaration(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show the form as filled in, to be printed and signed by the person at the counter."""
    sitting.post_with(Permission.RECEIVE)
    dossier = dossier_for_officer(sitting, code, page="declaration").dossier
    return declaration_page(request, dossier, sitting.at, back=reverse("desk:counter_taken", args=[code]))


def declaration_page(request: HttpRequest, dossier: Dossier, at: datetime, *, back: str) -> HttpResponse:
    """Draw the declaration of a dossier, or of a draft that waits in its bundle; `back` is where it was opened from."""
    forms = PaperRequirement.objects.filter(group__version=dossier.version_id, from_form=True)
    paper = forms.order_by("group__position", "position").first()
    context = {
        "dossier": dossier,
        "paper_name": paper.name if paper else "",
        "groups": _filled_groups(dossier),
        "on": at,
        "back": back,
    }
    return render(request, "desk/counter/declaration.html", context)


def is_declared(dossier: Dossier) -> bool:
    """Return whether the form says all it must, so that there is something to print and sign."""
    version = dossier.version
    asked = required_in(version.form_schema, version.form_ui, facts_of(dossier))
    return asked <= dossier.form_data.keys() and bool(_filled_groups(dossier))


def _bundle_of(dossier: Dossier) -> FiledBundle | None:
    return FiledBundle.objects.filter(members__dossier=dossier).first()


def _filled_groups(dossier: Dossier) -> list[ShownGroup]:
    groups = shown(dossier.version.form_schema, dossier.version.form_ui, dossier.form_data)
    return [group for group in groups if any(value for _name, _label, value in group.rows)]

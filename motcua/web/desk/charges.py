"""Taking a payment at the counter."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.base.words import vnd
from motcua.dossiers import actions
from motcua.dossiers.actions.returning import NothingToCollect
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Charge
from motcua.web.desk.access import Sitting, at_the_desk, dossier_for_officer
from motcua.web.desk.page import collecting_post
from motcua.web.shared import held


@at_the_desk
@require_http_methods(["GET", "POST"])
def collect(request: HttpRequest, sitting: Sitting, code: str, charge_id: int) -> HttpResponse:
    """Record that a charge was paid in cash; only the counter that received the dossier may."""
    opened = dossier_for_officer(sitting, code, page="collect")
    post = collecting_post(opened)
    if post is None or not Charge.objects.filter(pk=charge_id, dossier=opened.dossier).exists():
        raise Http404
    if request.method == "GET":
        held.say_not_done(request)
        return redirect("desk:dossier", code)
    actor = Actor(by=By.COUNTER, officer_id=sitting.officer.pk, unit_id=post.unit_id)
    try:
        charge = actions.collect_charge(charge_id=charge_id, actor=actor, at=sitting.at)
    except NothingToCollect as refused:
        messages.warning(request, str(refused))
    else:
        said = {"name": charge.name, "amount": vnd(charge.amount_vnd or 0)}
        messages.success(request, _("Đã thu %(amount)s: %(name)s.") % said)
    return redirect("desk:dossier", code)

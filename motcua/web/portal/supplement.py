"""Giving what was asked for: only the papers named in the request, each with what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.documents.actions import FileRefused
from motcua.dossiers.actions import DraftGone, supply_papers
from motcua.dossiers.actions.supplements import NothingSupplied
from motcua.dossiers.actor import Actor
from motcua.dossiers.faults import Asked, asked_in, own_reason
from motcua.dossiers.lifecycle import By, MoveNotAllowed
from motcua.dossiers.models import Dossier, Paper, Supplement
from motcua.dossiers.queries import open_request
from motcua.web.portal.access import citizen_of, dossier_of_citizen, signed_in
from motcua.web.portal.papers import ACCEPTED, attach, refusal_sentences
from motcua.web.portal.why import why_supplement


@dataclass(frozen=True)
class Wanted:
    """One paper asked for: what is wrong with it, what was sent since, and what is wrong with what was just sent."""

    paper: Paper
    asked: Asked
    is_given: bool
    faults: list[str] = field(default_factory=list)


@signed_in
@require_http_methods(["GET", "POST"])
def supply(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show what is asked for; on POST send it all, once nothing is missing."""
    dossier = dossier_of_citizen(request, code)
    supplement = open_request(dossier)
    if supplement is None:
        return redirect("portal:dossier", code)
    if request.method == "GET":
        return _page(request, dossier, supplement)
    actor = Actor(by=By.CITIZEN, citizen_id=citizen_of(request).pk)
    try:
        supply_papers(dossier_id=dossier.pk, actor=actor, at=timezone.now())
    except NothingSupplied:
        lacking = {
            wanted.paper.pk: [_("Chưa có bản mới của: %(name)s") % {"name": wanted.paper.name}]
            for wanted in _wanted(dossier, supplement, {})
            if not wanted.is_given
        }
        return _page(request, dossier, supplement, lacking)
    except MoveNotAllowed as error:
        messages.error(request, str(error))
        return redirect("portal:dossier", code)
    messages.success(request, _("Đã gửi giấy tờ bổ sung. Bạn không cần làm gì thêm."))
    return redirect("portal:dossier", code)


@signed_in
@require_http_methods(["GET", "POST"])
def send_again(request: HttpRequest, code: str, paper_id: int) -> HttpResponseBase:
    """Take in a new file for one of the papers asked for."""
    dossier = dossier_of_citizen(request, code)
    supplement = open_request(dossier)
    if supplement is None:
        return redirect("portal:dossier", code)
    if request.method == "GET":  # somebody reloads the page a refused file was told on, or comes back from signing in
        return redirect("portal:supply", code)
    wanted = next((one for one in _wanted(dossier, supplement, {}) if one.paper.pk == paper_id), None)
    if wanted is None:
        raise Http404
    files = request.FILES.getlist("files")
    if not files:
        fault = [_("Bạn chưa chọn tệp hay ảnh nào.")]
        return _page(request, dossier, supplement, {paper_id: fault})
    try:
        paper = wanted.paper
        attach(request, dossier, paper.requirement, files, name=paper.name, position=paper.position)
    except FileRefused as refused:
        return _page(request, dossier, supplement, {paper_id: refusal_sentences(refused, files)})
    except DraftGone as error:
        messages.warning(request, str(error))
        return redirect("portal:dossier", code)
    return redirect("portal:supply", code)


def _wanted(dossier: Dossier, supplement: Supplement, faults: Mapping[int, list[str]]) -> list[Wanted]:
    """Return the papers of the request that are still in the dossier, in the request's order."""
    wanted = asked_in(supplement)
    papers = dossier.papers.select_related("requirement__group", "document__file").in_bulk(
        [asked.paper for asked in wanted]
    )
    return [
        Wanted(
            paper=papers[asked.paper],
            asked=asked,
            is_given=(papers[asked.paper].given_at or supplement.asked_at) > supplement.asked_at,
            faults=list(faults.get(asked.paper, ())),
        )
        for asked in wanted
        if asked.paper in papers
    ]


def _page(
    request: HttpRequest,
    dossier: Dossier,
    supplement: Supplement,
    faults: Mapping[int, list[str]] | None = None,
) -> HttpResponse:
    faults = faults or {}
    context = {
        "dossier": dossier,
        "supplement": supplement,
        "reason": own_reason(supplement),
        "why_supplement": why_supplement(dossier, supplement),
        "wanted": _wanted(dossier, supplement, faults),
        "errors": [{"target": f"giay-{pk}", "text": text} for pk, texts in faults.items() for text in texts],
        "accepted": ACCEPTED,
        "limit_mb": settings.PAPER_MAX_BYTES // 1024 // 1024,
    }
    return render(request, "portal/supply.html", context)

"""A dossier's page: papers on the left, check and data in the middle, clock and history on the right, acts below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.web.desk.access import Sitting, asked_step, asks_for_part, at_the_desk, dossier_for_officer
from motcua.web.desk.acts.views import offered
from motcua.web.desk.page import content

PAGE = "desk/dossier.html"
PARTS = {"giay-to": f"{PAGE}#papers_pane", "nguoi-nop": "desk/dossier_data.html#applicant"}  # the element htmx asks for


@at_the_desk
def dossier(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show the dossier, or the one part of it that htmx asks for."""
    page = "identity" if "hien-so" in request.GET else "dossier"
    opened = dossier_for_officer(sitting, code, page=page, at_step=asked_step(request))
    template = PARTS.get(request.headers.get("HX-Target", ""), PAGE) if asks_for_part(request) else PAGE
    return render(request, template, content(request, opened) | offered(opened))

"""Slips handed out as PDF, for citizens and officers alike: frozen data, with the way to look the dossier up added."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from motcua.dossiers.models import Slip
from motcua.dossiers.slip_data import pdf_form
from motcua.dossiers.slips.render import render_slip
from motcua.web.shared.tracking import tracking_url


def slip_pdf(slip: Slip) -> HttpResponse:
    """Draw an issued slip as PDF, shown in the browser under its form and the dossier's code."""
    data = with_lookup(slip.data, slip.dossier.code or "")
    return pdf_response(render_slip(slip.form, slip.template_version, data), pdf_form(slip))


def with_lookup(data: Mapping[str, Any], code: str) -> dict[str, Any]:
    """Return a slip's data with where to look the dossier up, as it is known on the day of drawing."""
    shown = settings.SITE_URL.partition("://")[2] + reverse("portal:track")
    tracking = {"lookup_url": tracking_url(code), "lookup_shown": shown, "hotline": settings.HOTLINE}
    return {**data, "tracking": {**data.get("tracking", {}), **tracking}} if code else dict(data)


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Send a PDF made here; it is personal, so no cache on the way keeps it."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = str(content_disposition_header(False, name))
    response["Cache-Control"] = "private, no-store"
    return response

"""Proof that a bundle was received: the codes there are, what waits and for what, what comes next; on the page and on paper."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_GET

from motcua.dossiers.models import FiledBundle
from motcua.dossiers.slips.render import render_bundle
from motcua.web.portal.access import citizen_of, signed_in
from motcua.web.shared.bundle_paper import charges_of, confirmation, next_of, proved_of, title_of
from motcua.web.shared.proving import total_of
from motcua.web.shared.slips import pdf_response


@signed_in
@require_GET
def proof(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show that the bundle was received: the codes in large type, what waits, what comes next and by when."""
    row = _filed(request, code)
    proved = proved_of(row)
    context = {
        "row": row,
        "name": title_of(row),
        "applicant": proved[0].dossier.applicant.get("full_name") or row.citizen.full_name,
        "members": proved,
        "charges": charges_of(proved),
        "total_vnd": total_of(charges_of(proved)),
        "next_things": next_of(proved),
    }
    return render(request, "portal/bundle_proof.html", context)


@signed_in
@require_GET
def proof_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """Hand out the confirmation of the bundle as PDF, in Vietnamese: all codes on one paper."""
    row = _filed(request, code)
    with translation.override("vi"):
        data = confirmation(row)
    return pdf_response(render_bundle(data), f"xac-nhan-{code}.pdf")


def _filed(request: HttpRequest, code: str) -> FiledBundle:
    filed = FiledBundle.objects.select_related("citizen").exclude(filed_at=None)
    return get_object_or_404(filed, code=code, citizen=citizen_of(request))

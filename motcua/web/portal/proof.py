"""Proof that a dossier was received: on the page, on paper, and by a code a telephone can read."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from motcua.base import words
from motcua.documents.codes import qr_svg
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.owners import declared_name
from motcua.dossiers.slips.render import render_confirmation
from motcua.web.portal.access import dossier_of_citizen, signed_in
from motcua.web.shared.proving import amount_words, next_things, total_of
from motcua.web.shared.slips import pdf_response, with_lookup
from motcua.web.shared.tracking import tracking_url


@signed_in
@require_GET
def proof(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show that the dossier was received: its code in large type, the QR, what comes next and by when."""
    dossier = dossier_of_citizen(request, code)
    phone = dossier.applicant.get("phone") or dossier.filed_by.phone
    context = {
        "dossier": dossier,
        "qr": b64encode(qr_svg(tracking_url(code)).encode()).decode(),
        "applicant": dossier.applicant.get("full_name") or dossier.filed_by.full_name,
        "papers": papers_in_words(dossier.papers.values_list("source", flat=True)),
        "charges": dossier.charges.all(),
        "total_vnd": total_of(dossier.charges.all()),
        "last_digits": phone[-4:] if phone else "",
        "next_things": next_things(dossier),
        "receipt": dossier.slips.filter(form="01").first(),
        "may_withdraw": dossier.status in (Status.SUBMITTED, Status.INCOMPLETE),
    }
    return render(request, "portal/proof.html", context)


@signed_in
@require_GET
def proof_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """Hand out the confirmation of filing as PDF, in Vietnamese; the receipt of the law (Mẫu 01) comes with acceptance."""
    dossier = dossier_of_citizen(request, code)
    with translation.override("vi"):
        data = with_lookup(confirmation_data(dossier, timezone.now()), code)
    return pdf_response(render_confirmation(data), f"xac-nhan-nop-{code}.pdf")


def confirmation_data(dossier: Dossier, at: datetime) -> dict[str, object]:
    """Return what the confirmation says, worded."""
    filed_at = dossier.submitted_at or at
    return {
        "title": _("Xác nhận đã nộp hồ sơ trực tuyến"),
        "issued_at": filed_at.isoformat(),
        "head": {"agency": dossier.receiving_unit.name if dossier.receiving_unit else ""},
        "tracking": {"code": dossier.code or ""},
        "applicant": dossier.applicant.get("full_name") or dossier.filed_by.full_name,
        "owner": declared_name(dossier),
        "request": " – ".join(part for part in (dossier.version.name, dossier.subject) if part),
        "filed": words.moment(filed_at),
        "papers": [_worded(paper) for paper in dossier.papers.exclude(source=Paper.Source.NONE)],
        "charges": [{"name": charge.name, "amount": amount_words(charge)} for charge in dossier.charges.all()],
        "next": [{"title": thing.title, "text": thing.text} for thing in next_things(dossier)],
    }


def papers_in_words(sources: Iterable[str]) -> str:
    """Say how many papers the citizen gave and how many the agency gets by itself; empty when there is none."""
    counted = Counter(sources)
    made = counted[Paper.Source.FORM] + counted[Paper.Source.DATA]
    given = counted.total() - made - counted[Paper.Source.NONE]
    facts = {"given": given, "made": made}
    if not made:
        return ngettext("Bạn gửi %(given)d giấy tờ.", "Bạn gửi %(given)d giấy tờ.", given) % facts if given else ""
    if not given:
        return _("Bạn không phải gửi giấy tờ nào: cơ quan tự tra cứu hoặc lập từ tờ khai.")
    return _("Bạn gửi %(given)d giấy tờ; %(made)d giấy tờ khác cơ quan tự tra cứu hoặc lập từ tờ khai.") % facts


def _worded(paper: Paper) -> str:
    """Return a paper as the confirmation lists it: what the agency looks up was not given by the citizen."""
    return _("%(paper)s: cơ quan tự tra") % {"paper": paper.name} if paper.source == Paper.Source.DATA else paper.name

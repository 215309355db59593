"""Proof that a bundle was received: the codes there are, what waits and for what, what comes next; on the page and on paper."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.base import words
from motcua.catalogue.bundles import bundles
from motcua.catalogue.cases import case_for
from motcua.documents.codes import qr_svg
from motcua.dossiers import clock, deadlines
from motcua.dossiers.models import BundleMember, Charge, Dossier, FiledBundle
from motcua.dossiers.slips.render import render_bundle
from motcua.dossiers.steps import facts_of
from motcua.web.portal.access import SHOWN_WITH, citizen_of, signed_in
from motcua.web.portal.bundle_screens import title_of
from motcua.web.portal.proof import NextThing, amount_words, next_things, total_of
from motcua.web.shared.slips import pdf_response, with_lookup
from motcua.web.shared.tracking import tracking_url


@dataclass(frozen=True)
class Proved:
    """One dossier of the bundle: its code, or what it waits for and in which dossier that is made."""

    dossier: Dossier
    code: str
    qr: str
    waits_for: str
    unit: str


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
        "charges": _charges(proved),
        "total_vnd": total_of(_charges(proved)),
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


def proved_of(row: FiledBundle) -> list[Proved]:
    """Return every dossier of the bundle in its order, as it stands now."""
    members = row.members.select_related(*(f"dossier__{name}" for name in SHOWN_WITH)).order_by("position")
    return [_proved(row, member) for member in members]


def next_of(proved: Sequence[Proved]) -> list[NextThing]:
    """Return what comes next: for those that went what each office does, for those that wait when they go and where."""
    gone = [one for one in proved if one.code]
    things = [
        NextThing(f"{one.dossier.version.title}: {thing.title}" if len(gone) > 1 else thing.title, thing.text)
        for one in gone
        for thing in next_things(one.dossier)
    ]
    return things + [_later(one) for one in proved if one.waits_for]


def confirmation(row: FiledBundle) -> dict[str, object]:
    """Return what the paper with all codes says, worded; `row` was filed."""
    proved, filed_at = proved_of(row), _filed_at(row)
    first = proved[0].dossier
    data = {
        "title": _("Xác nhận đã nộp bộ hồ sơ"),
        "issued_at": filed_at.isoformat(),
        "head": {"agency": first.receiving_unit.name if first.receiving_unit else ""},
        "bundle": {"code": row.code or "", "name": title_of(row)},
        "applicant": first.applicant.get("full_name") or row.citizen.full_name,
        "filed": words.moment(filed_at),
        "members": [_on_paper(one) for one in proved],
        "charges": [{"name": charge.name, "amount": amount_words(charge)} for charge in _charges(proved)],
        "next": [{"title": thing.title, "text": thing.text} for thing in next_of(proved)],
        "tracking": {"code": row.code or "", "lookup_url": "", "lookup_shown": "", "hotline": ""},
    }
    return with_lookup(data, next((one.code for one in proved if one.code), ""))


def _filed(request: HttpRequest, code: str) -> FiledBundle:
    filed = FiledBundle.objects.select_related("citizen").exclude(filed_at=None)
    return get_object_or_404(filed, code=code, citizen=citizen_of(request))


def _proved(row: FiledBundle, member: BundleMember) -> Proved:
    dossier, code = member.dossier, member.dossier.code or ""
    waits = not code and member.stopped_at is None
    return Proved(
        dossier=dossier,
        code=code,
        qr=b64encode(qr_svg(tracking_url(code)).encode()).decode() if code else "",
        waits_for=bundles()[row.kind].waits_for(member.key) if waits else "",
        unit=dossier.competent_unit.name if dossier.competent_unit else "",
    )


def _later(one: Proved) -> NextThing:
    """Say of a member that waits when it goes, where, and how long it takes from there."""
    draft = one.dossier
    case = case_for(draft.version.cases.all(), facts_of(draft))
    term = deadlines.term_of(draft.version, case, draft.channel)
    said = _("Tự chuyển đến %(unit)s ngay khi có %(output)s; bạn được báo và có mã riêng.")
    takes = _("Thời hạn %(term)s tính từ lúc nơi ấy tiếp nhận.") % {"term": clock.term_words(term)} if term else ""
    text = said % {"unit": one.unit, "output": one.waits_for}
    return NextThing(draft.version.title, f"{text} {takes}".strip())


def _charges(proved: Sequence[Proved]) -> list[Charge]:
    """Return what those that went cost; what a member that waits costs is told when it goes."""
    return [charge for one in proved if one.code for charge in one.dossier.charges.all()]


def _on_paper(one: Proved) -> dict[str, str]:
    return {
        "title": one.dossier.version.title,
        "unit": one.unit,
        "code": one.code,
        "waits": one.waits_for,
        "qr": qr_svg(tracking_url(one.code)) if one.code else "",
    }


def _filed_at(row: FiledBundle) -> datetime:
    assert row.filed_at is not None  # noqa: S101  # _filed found only those with one
    return row.filed_at

"""A bundle taken in at the counter, on one page: what of it went, what waits, what is left to key in, and what to print."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.base.readings import record_reading
from motcua.catalogue.bundles import Bundle, bundles
from motcua.dossiers.actions.bundling_at_counter import is_keyed_in
from motcua.dossiers.actor import receiving_post
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import BundleMember, Charge, FiledBundle, Slip
from motcua.dossiers.slips.render import render_bundle
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting, at_the_desk
from motcua.web.desk.counter.members import MEMBER, member_at
from motcua.web.desk.counter.taken import declaration_page, is_declared
from motcua.web.shared.bundle_paper import WITH, confirmation, fee_words
from motcua.web.shared.slips import pdf_response


@dataclass(frozen=True)
class Line:
    """One dossier of the bundle: its state in words and colour, what is said of it, where it leads, what is printed and paid."""

    title: str
    state: str
    kind: str
    text: str
    url: str = ""
    url_text: str = ""
    declaration: str = ""
    code: str = ""
    slips: Sequence[Slip] = ()
    charges: Sequence[Charge] = ()
    is_left: bool = False


@at_the_desk
@require_GET
def show(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show what came of a bundle: every code there is, what waits and for what, what is left to key in."""
    row, members = _found(sitting, code)
    bundle = bundles()[row.kind]
    lines = [_line(bundle, one) for one in members]
    context = {
        "row": row,
        "bundle": bundle,
        "applicant": members[0].dossier.applicant.get("full_name") or row.citizen.full_name,
        "lines": lines,
        "left": next((line for line in lines if line.is_left), None),
        "now": sitting.at,
    }
    return render(request, "desk/counter/bundle.html", context)


@at_the_desk
@require_GET
def paper(_request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Hand out the one paper the person leaves with: all codes, what waits, what comes next; in Vietnamese."""
    row, _members = _found(sitting, code)
    with translation.override("vi"):
        data = confirmation(row)
    return pdf_response(render_bundle(data), f"xac-nhan-{code}.pdf")


@at_the_desk
@require_GET
def declaration(request: HttpRequest, sitting: Sitting, number: str) -> HttpResponse:
    """Show the form of a member that waits as filled in, to be printed and signed now, while the person is here."""
    member = member_at(sitting, number)
    _record(sitting, member)
    return declaration_page(
        request, member.dossier, sitting.at, back=reverse("desk:counter_bundle", args=[member.bundle.code])
    )


def _found(sitting: Sitting, code: str) -> tuple[FiledBundle, list[BundleMember]]:
    """Find a bundle of which the officer's counter received a dossier, and record the reading; Http404 for any other."""
    row = FiledBundle.objects.select_related("citizen").filter(code=code, filed_at__isnull=False).first()
    rows = row.members.select_related(*(f"dossier__{name}" for name in WITH)).order_by("position") if row else ()
    members = list(rows)
    if row is None or not any(receiving_post(sitting.posts, one.dossier, Permission.RECEIVE) for one in members):
        raise Http404
    for one in members:
        _record(sitting, one)
    return row, members


def _record(sitting: Sitting, member: BundleMember) -> None:
    record_reading(topic="dossier", key=member.dossier_id, reader_id=sitting.officer.pk, page="counter", at=sitting.at)


def _line(bundle: Bundle, member: BundleMember) -> Line:
    dossier, output = member.dossier, bundle.waits_for(member.key)
    title = dossier.version.title
    if dossier.code:
        return Line(
            title, dossier.get_status_display(), "good" if dossier.status != Status.INCOMPLETE else "soon", "",
            url=reverse("desk:counter_taken", args=[dossier.code]), url_text=_("Thu phí, in tờ khai"),
            code=dossier.code, slips=list(dossier.slips.order_by("-issued_at", "-pk")),
            charges=list(dossier.charges.exclude(amount_vnd=0)),
        )  # fmt: skip
    url = f"{reverse('desk:counter')}?{MEMBER}={member.pk}"
    if member.stopped_at is not None:
        return Line(title, _("Không chuyển đi"), "late", member.stopped_why, url, _("Làm tiếp hồ sơ này"), is_left=True)
    if not is_keyed_in(dossier):
        said = _("Chưa khai: có %(output)s mà chưa khai xong thì hồ sơ này không tự chuyển đi.") if output else ""
        return Line(
            title,
            _("Còn phải khai"),
            "soon",
            said % {"output": output} if output else "",
            url,
            _("Khai hồ sơ này"),
            is_left=True,
        )
    said = _("Đã khai xong. Tự chuyển đi ngay khi có %(output)s; lúc ấy mới có mã và mới tính hạn.") % {
        "output": output
    }
    printed = reverse("desk:counter_member_declaration", args=[member.pk]) if is_declared(dossier) else ""
    said = f"{said} {fee_words(dossier)}"
    return Line(title, _("Đang chờ"), "plain", said, url, _("Sửa phần đã khai"), declaration=printed)

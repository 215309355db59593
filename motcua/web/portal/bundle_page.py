"""The page of a filed bundle: each dossier of it, what still waits and why, and one timeline of them all."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.catalogue.bundles import Bundle, bundles
from motcua.dossiers.models import BundleMember, Dossier, FiledBundle, Step
from motcua.web.portal.access import SHOWN_WITH, citizen_of, signed_in
from motcua.web.portal.bundles import title_of, waits_for
from motcua.web.portal.promises import promises_of
from motcua.web.portal.standing import standing_of, with_standing
from motcua.web.portal.timeline import Item, timeline


@dataclass(frozen=True)
class Line:
    """One dossier of the bundle: `state` and `kind` as drawn beside it, a sentence, and where it leads."""

    title: str
    state: str
    kind: str
    text: str
    url: str
    url_text: str


@signed_in
@require_GET
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show a filed bundle to the citizen who filed it."""
    row = get_object_or_404(FiledBundle, code=code, citizen=citizen_of(request))
    now, bundle = timezone.now(), bundles()[row.kind]
    members = list(row.members.select_related("dossier__version__procedure").order_by("position"))
    filed = [one.dossier_id for one in members if one.dossier.code]
    found = {one.pk: one for one in with_standing(Dossier.objects.filter(pk__in=filed).select_related(*SHOWN_WITH))}
    context = {
        "row": row,
        "bundle": bundle,
        "now": now,
        "lines": [_line(bundle, one, found.get(one.dossier_id), now) for one in members],
        "stopped": [one for one in members if one.stopped_at],
        "goes_on": [one.dossier.version.title for one in members if one.released_at and not one.dossier.closed_at],
        "timeline": _timeline(list(found.values())),
    }
    return render(request, "portal/bundle.html", context)


def filed_bundles(citizen_id: int) -> list[tuple[FiledBundle, str, str]]:
    """Return the bundles of a citizen that are begun or still have an open dossier: row, name, address; newest first."""
    rows = FiledBundle.objects.filter(citizen=citizen_id).prefetch_related("members__dossier").order_by("-created_at")
    open_ones = [row for row in rows if any(one.dossier.closed_at is None for one in row.members.all())]
    return [(row, title_of(row), _address(row)) for row in open_ones]


def _address(row: FiledBundle) -> str:
    if row.filed_at:
        return reverse("portal:bundle", args=[row.code])
    return reverse("portal:bundle_step", args=[row.pk, bundles()[row.kind].members[0].key])


def _line(bundle: Bundle, member: BundleMember, dossier: Dossier | None, now: datetime) -> Line:
    title = member.dossier.version.title
    if dossier is not None:
        standing = standing_of(dossier, now)
        text = f"{standing.title}. {standing.left}".strip(" .") + "."
        return Line(
            title,
            standing.short,
            standing.kind,
            text,
            reverse("portal:dossier", args=[dossier.code]),
            dossier.code or "",
        )
    if member.stopped_at:
        text = _("%(why)s Khi có giấy ấy, bạn nộp tiếp hồ sơ này; những gì đã khai vẫn còn.") % {
            "why": member.stopped_why
        }
        url = reverse("portal:screen", args=[member.dossier_id, "nguoi-nop"])
        return Line(title, _("Không chuyển đi"), "late", text, url, _("Làm tiếp riêng hồ sơ này"))
    words = _("Chờ %(output)s. Chưa tính hạn; có là chuyển đi ngay, bạn không phải làm gì.")
    return Line(title, _("Đang chờ"), "plain", words % {"output": waits_for(bundle, member.key)}, "", "")


def _timeline(dossiers: list[Dossier]) -> list[Item]:
    """Return what happened in all of them, newest first, each named; what happens now stands above."""
    items: list[Item] = []
    for dossier in dossiers:
        promises = promises_of(dossier)
        running = Step.objects.filter(dossier=dossier, done_at__isnull=True).select_related("unit", "assignee").first()
        told = timeline(dossier, running, promises.by_event if promises else {}, is_public=False)
        items += [replace(item, title=f"{dossier.version.title}: {item.title}") for item in told]
    here = [item for item in items if item.at is None]
    return here + sorted(
        (item for item in items if item.at), key=lambda item: (item.at is not None, item.at), reverse=True
    )

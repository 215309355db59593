"""The page of a filed bundle: each dossier of it, what still waits and why, and one timeline of them all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.catalogue.bundles import Bundle, bundles
from motcua.dossiers.models import BundleMember, Dossier, FiledBundle, Step
from motcua.web.portal.access import SHOWN_WITH, citizen_of, signed_in
from motcua.web.portal.bundle_failures import failures_of
from motcua.web.portal.bundle_rows import lines_of, public_lines, standing_in
from motcua.web.portal.promises import promises_of
from motcua.web.portal.standing import with_standing
from motcua.web.portal.timeline import Item, timeline


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
        "lines": lines_of(bundle, members, found, now),
        "failures": failures_of(bundle, members, found),
        "stopped": [one for one in members if one.stopped_at and not one.dossier.code],
        "goes_on": [one.dossier.version.title for one in members if one.dossier.code and not one.dossier.closed_at],
        "timeline": _timeline(bundle, members, found),
    }
    return render(request, "portal/bundle.html", context)


def bundle_story(row: FiledBundle, now: datetime) -> dict[str, object]:
    """Return where each dossier of a bundle stands, for whoever looks it up without signing in: nothing about the person."""
    bundle = bundles()[row.kind]
    members = list(row.members.select_related("dossier__version").order_by("position"))
    found = standing_in([one for one in members if one.dossier.code])
    lines = public_lines(lines_of(bundle, members, found, now))
    failures = failures_of(bundle, members, found)
    return {"row": row, "bundle": bundle, "lines": lines, "failures": failures, "now": now}


def _timeline(bundle: Bundle, members: Sequence[BundleMember], found: Mapping[int, Dossier]) -> list[Item]:
    """Return what happened in all of them, newest first, each named; what happens now stands above."""
    items: list[Item] = []
    for member in (one for one in members if one.dossier_id in found):
        dossier = found[member.dossier_id]
        promises = promises_of(dossier)
        running = Step.objects.filter(dossier=dossier, done_at__isnull=True).select_related("unit", "assignee").first()
        told = timeline(dossier, running, promises.by_event if promises else {}, is_public=False)
        waited = bundle.waits_for(member.key) if member.released_at else ""
        items += [replace(item, title=f"{dossier.version.title}: {_title(item, dossier, waited)}") for item in told]
    here = [item for item in items if item.at is None]
    return here + sorted((item for item in items if item.at), key=attrgetter("at"), reverse=True)


def _title(item: Item, dossier: Dossier, waited: str) -> str:
    """Return what is told; the filing of a member that waited was made by time, not by the citizen that moment."""
    if waited and item.at is not None and item.at == dossier.submitted_at:
        return _("tự chuyển đi, vì đã có %(output)s") % {"output": waited}
    return item.title

"""My dossiers: drafts, what waits for me, what is being worked on, what is over; and the notices sent to me."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Channel, Dossier
from motcua.notices.actions import mark_read
from motcua.notices.models import Notice
from motcua.web.portal.access import citizen_of, dossiers_of_citizen, signed_in
from motcua.web.portal.bundle_rows import bundles_listed, groups_of
from motcua.web.portal.paging import page_after
from motcua.web.portal.standing import WAITS_FOR_CHOICE, WORDS, standing_of, with_standing

PAGE = 20
WAITING_FOR_YOU = Q(status__in=[status for status, said in WORDS.items() if said.needs_you])


@signed_in
@require_GET
def my_dossiers(request: HttpRequest) -> HttpResponseBase:
    """List the citizen's dossiers: open ones with those that wait for the citizen first, or with ?xem=xong closed ones.

    A bundle is one row with its dossiers under it, which are not listed a second time but where they wait for the citizen.
    """
    citizen = citizen_of(request)
    closed = request.GET.get("xem") == "xong"
    now = timezone.now()
    found = with_standing(dossiers_of_citizen(request).filter(closed_at__isnull=not closed))
    waiting = [] if closed else list(found.filter(WAITING_FOR_YOU | (WAITS_FOR_CHOICE & Q(visit_at__gt=now)))[:PAGE])
    grouped = list(bundles_listed(citizen, closed=closed))
    alone = found.exclude(pk__in=[dossier.pk for dossier in waiting])
    alone = alone.exclude(bundle_member__bundle__in=grouped) if grouped else alone
    page = page_after(alone, request.GET.get("sau", ""), PAGE)
    drafts = Dossier.objects.filter(filed_by=citizen, status=Status.DRAFT, channel=Channel.ONLINE)
    drafts = drafts.filter(bundle_member__isnull=True)
    context = {
        "closed": closed,
        "drafts": [] if closed else list(drafts.select_related("version").order_by("-changed_at")[:PAGE]),
        "waiting": [] if request.GET.get("sau") else [(dossier, standing_of(dossier, now)) for dossier in waiting],
        "dossiers": [(dossier, standing_of(dossier, now)) for dossier in page.rows],
        "bundles": [] if request.GET.get("sau") else groups_of(grouped, now),
        "after": page.after,
        "unread": Notice.objects.filter(citizen=citizen, read_at__isnull=True).count(),
        "now": now,
    }
    return render(request, "portal/my_dossiers.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponseBase:
    """List what was told to the citizen, the latest first; on POST mark all as read."""
    citizen = citizen_of(request)
    if request.method == "POST":
        mark_read(citizen_id=citizen.pk, at=timezone.now())
        return redirect("portal:notices")
    told = Notice.objects.filter(citizen=citizen).select_related("dossier").order_by("-pk")
    page = page_after(told, request.GET.get("sau", ""), PAGE)
    context = {
        "notices": page.rows,
        "after": page.after,
        "unread": any(notice.read_at is None for notice in page.rows),
    }
    return render(request, "portal/notices.html", context)

"""The front page: search, my open dossiers with the one that waits for me first, life events, tracking."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.catalogue.life_events import LIFE_EVENTS
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Channel
from motcua.dossiers.queries import of_citizen
from motcua.web.portal.access import visitor
from motcua.web.portal.standing import standing_of, with_standing

MOST_SHOWN = 4
OFTEN_SOUGHT = (
    "khai sinh",
    "giấy phép xây nhà",
    "mở hộ kinh doanh",
    "giấy xác nhận độc thân",
)  # the catalogue is Vietnamese


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the front page."""
    context: dict[str, object] = {"life_events": LIFE_EVENTS, "often_sought": OFTEN_SOUGHT}
    citizen = visitor(request)
    if citizen is not None:
        now = timezone.now()
        own = of_citizen(citizen)
        open_ones = with_standing(own.filter(closed_at__isnull=True).exclude(status=Status.DRAFT))[:20]
        rows = [(dossier, standing_of(dossier, now)) for dossier in open_ones]
        rows.sort(key=lambda row: not row[1].needs_you)
        drafts = own.filter(status=Status.DRAFT, channel=Channel.ONLINE).select_related("version")
        context |= {
            "now": now,
            "rows": rows[:MOST_SHOWN],
            "more": len(rows) > MOST_SHOWN,
            "drafts": drafts.order_by("-changed_at")[:2],
        }
    return render(request, "portal/home.html", context)

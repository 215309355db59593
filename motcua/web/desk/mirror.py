"""What other systems run, as who follows may watch it: read-only, marked as mirrored, beside our own lists."""

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.dossiers.models import Mirrored
from motcua.dossiers.queries import Scope
from motcua.web.desk.access import Sitting, at_the_desk

MOST_SHOWN = 200


@at_the_desk
@require_GET
def mirrored(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """List the dossiers of other systems that are not finished, the first due above: of the province, or of followed units."""
    scope = Scope.followed(sitting.officer.pk, sitting.posts)
    if scope is None:
        raise PermissionDenied
    rows = Mirrored.objects.filter(finished_at__isnull=True)
    if not scope.everywhere:
        rows = rows.filter(unit__in=sorted(scope.units))
    shown = list(rows.order_by(F("due_at").asc(nulls_last=True), "pk")[: MOST_SHOWN + 1])
    context = {"desk": sitting, "rows": shown[:MOST_SHOWN], "is_cut": len(shown) > MOST_SHOWN, "most": MOST_SHOWN}
    return render(request, "desk/mirror.html", context | {"at": sitting.at})

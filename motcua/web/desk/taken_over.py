"""What the officer's units took over when others ended: to look through, and to take along as a table."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.base import words
from motcua.base.readings import record_reading
from motcua.catalogue.queries import frozen_version
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.queries import Scope, owner_name
from motcua.dossiers.taken_over import TakenOver, decisions_of, taken_over
from motcua.web.desk.access import Sitting, at_the_desk

MOST_SHOWN = 200
FIELDS = (
    "dossier__code", "dossier__version_id", "dossier__status", "dossier__due_at", "owner_name", "name",
    "unit__short_name", "assignee__full_name",
)  # fmt: skip


@at_the_desk
@require_GET
def taken(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Show what a decision brought, the newest unless the address names another: the first due, and who has nobody yet."""
    decisions, found = _asked(sitting, request.GET.get("phuong-an", ""))
    rows = list(_rows(found)[: MOST_SHOWN + 1]) if found else []
    number = found.steps.count() if found else 0
    context = {
        "desk": sitting, "decisions": decisions, "found": found, "rows": [_drawn(row) for row in rows[:MOST_SHOWN]],
        "number": number, "most": MOST_SHOWN, "is_cut": len(rows) > MOST_SHOWN, "at": sitting.at,
        "alone": found.steps.filter(assignee__isnull=True).count() if found else 0,
    }  # fmt: skip
    return render(request, "desk/taken_over.html", context)


@at_the_desk
@require_GET
def table(request: HttpRequest, sitting: Sitting) -> HttpResponseBase:
    """Send all of it as a table for a spreadsheet, and note that it was taken along."""
    _decisions, found = _asked(sitting, request.GET.get("phuong-an", ""))
    if found is None:
        raise Http404
    record_reading(
        topic="taken_over", key=found.record.pk, reader_id=sitting.officer.pk, page="taken_over", at=sitting.at
    )
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ho-so-tiep-quan-{found.record.on:%Y%m%d}.csv"'
    return response


def _asked(sitting: Sitting, wanted: str) -> tuple[list[Any], TakenOver | None]:
    scope = Scope.followed(sitting.officer.pk, sitting.posts)
    if scope is None:
        raise PermissionDenied
    units = None if scope.everywhere else scope.units
    decisions = list(decisions_of(units))
    record = next((one for one in decisions if str(one.pk) == wanted), None) if wanted else next(iter(decisions), None)
    if wanted and record is None:
        raise Http404
    return decisions, taken_over(record, units) if record else None


def _rows(found: TakenOver) -> Any:
    return found.steps.annotate(owner_name=owner_name("dossier__")).values(*FIELDS)


def _drawn(row: Mapping[str, Any]) -> dict[str, Any]:
    version = frozen_version(row["dossier__version_id"])
    return {
        "code": row["dossier__code"], "procedure": version.desk_name or version.title, "owner": row["owner_name"],
        "status": Status(row["dossier__status"]).label, "step": row["name"], "unit": row["unit__short_name"],
        "holder": row["assignee__full_name"] or "", "due_at": row["dossier__due_at"],
    }  # fmt: skip


class _Line:
    """Where the CSV writer writes: it hands every line on."""

    def write(self, line: str) -> str:
        return line


def _lines(found: TakenOver) -> Iterator[str]:
    writer = csv.writer(_Line())
    heads = [
        _("Mã hồ sơ"), _("Thủ tục"), _("Chủ hồ sơ"), _("Trạng thái"), _("Bước"), _("Đơn vị"), _("Người giữ"), _("Hẹn trả"),
    ]  # fmt: skip
    yield "\ufeff"  # so that a spreadsheet reads the letters as they are
    yield writer.writerow(heads)
    for row in _rows(found).iterator(chunk_size=2000):
        one = _drawn(row)
        due = words.moment(one["due_at"]) if one["due_at"] else _("không có hạn")
        said = (
            one["code"],
            one["procedure"],
            one["owner"],
            one["status"],
            one["step"],
            one["unit"],
            one["holder"],
            due,
        )
        yield writer.writerow(_plain(said))


def _plain(cells: Iterable[object]) -> list[str]:
    """Return cells that no spreadsheet takes for a formula: what people typed may begin with anything."""
    return [f"'{cell}" if str(cell)[:1] in tuple("=+-@\t\r") else str(cell) for cell in cells]

"""The list of procedures: what is in force since when, what is being drafted and by whom."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from motcua.base.administration import rows_holding
from motcua.base.words import alphabet_key, day, moment_short
from motcua.catalogue.models import Field, Procedure, ProcedureVersion
from motcua.web.desk.access import Sitting
from motcua.web.desk.workshop.access import in_the_workshop

PAGE = 50
State = ProcedureVersion.State
SHOWN = (
    "procedure_id", "number", "state", "name", "plain_name", "published_at", "effective_from", "created_at",
    "changed_at", "changed_by__full_name", "scheduled_at", "origin",
)  # fmt: skip
SEARCHED = ("procedure__code", "procedure__local_code", "procedure__aliases", "name", "plain_name", "desk_name")
# fmt: off
STANDINGS: tuple[tuple[str, Promise], ...] = (
    ("",         gettext_lazy("Mọi tình trạng")),
    ("ban-thao", gettext_lazy("Đang soạn")),
    ("ap-dung",  gettext_lazy("Đang áp dụng")),
    ("nop-duoc", gettext_lazy("Nộp được ở đây")),
    ("chua",     gettext_lazy("Chưa áp dụng")),
)
# fmt: on


@dataclass(frozen=True)
class Line:
    """A procedure as the list shows it; `drafts` are (number, by whom and when)."""

    code: str
    name: str
    field: str
    in_force: str
    drafts: list[tuple[int, str]]


@in_the_workshop
@require_GET
def procedures(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Show the procedures asked for, by code, page by page; those being drafted come first on the first page."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("tim", "linh-vuc", "tinh-trang")}
    found = _found(asked)
    after = request.GET.get("sau", "")[:40]
    rows = list(found.filter(code__gt=after)[: PAGE + 1])
    drafted = [] if after or asked["tinh-trang"] else list(found.filter(_having(state=State.DRAFT))[:PAGE])
    groups = [(_("Đang soạn"), drafted), (_("Mọi thủ tục") if drafted else _("Thủ tục"), rows[:PAGE])]
    more = (
        urlencode({name: value for name, value in (asked | {"sau": rows[PAGE - 1].code}).items() if value})
        if len(rows) > PAGE
        else ""
    )
    context: dict[str, Any] = {
        "desk": sitting,
        "asked": asked,
        "words": asked["tim"],
        "fields": [
            (field.code, field.name, field.code == asked["linh-vuc"])
            for field in sorted(Field.objects.all(), key=lambda field: alphabet_key(field.name))
        ],
        "standings": [(value, words, value == asked["tinh-trang"]) for value, words in STANDINGS],
        "groups": [(title, [_line(one) for one in group]) for title, group in groups if group],
        "next_url": f"?{more}" if more else "",
    }
    return render(request, "desk/procedures/list.html", context)


def _found(asked: dict[str, str]) -> QuerySet[Procedure]:
    light = ProcedureVersion.objects.exclude(state=State.RETIRED).select_related("changed_by").only(*SHOWN)
    found = Procedure.objects.select_related("field").order_by("code")
    found = found.prefetch_related(Prefetch("versions", light.order_by("-number"), to_attr="living"))
    called = rows_holding(ProcedureVersion.objects.all(), asked["tim"], SEARCHED)
    if called is not None:
        found = found.filter(pk__in=called.values("procedure"))
    if asked["linh-vuc"]:
        found = found.filter(field__code=asked["linh-vuc"])
    published, fileable = _having(state=State.PUBLISHED), Exists(_fileable())
    # fmt: off
    kept = {
        "ban-thao": Q(_having(state=State.DRAFT)),
        "ap-dung":  Q(published),
        "nop-duoc": Q(fileable),
        "chua":     ~Q(published),
    }
    # fmt: on
    return found.filter(kept.get(asked["tinh-trang"], Q()))


def _line(procedure: Procedure) -> Line:
    living: list[ProcedureVersion] = procedure.living  # type: ignore[attr-defined]  # _found's
    published = next((one for one in living if one.state == State.PUBLISHED), None)
    named = published or next(iter(living), None)
    return Line(
        code=procedure.code,
        name=named.title if named else _("Chưa có phiên bản nào"),
        field=procedure.field.name,
        in_force=_since(published) if published else "",
        drafts=[(one.number, _drafted(one)) for one in living if one.state == State.DRAFT],
    )


def _since(version: ProcedureVersion) -> str:
    since = version.effective_from or version.published_at
    return _("Bản %(number)s, từ %(on)s") % {"number": version.number, "on": day(since) if since else "–"}


def _drafted(version: ProcedureVersion) -> str:
    if version.scheduled_at and version.effective_from:
        return _("Bản %(number)s, tự công bố %(on)s") % {"number": version.number, "on": day(version.effective_from)}
    by = version.changed_by.full_name if version.changed_by else version.get_origin_display()
    words = {"number": version.number, "by": by, "at": moment_short(version.changed_at or version.created_at)}
    return (
        _("Bản %(number)s, %(by)s sửa %(at)s") % words
        if version.changed_at
        else _("Bản %(number)s, %(by)s %(at)s") % words
    )


def _versions(**wanted: Any) -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(procedure=OuterRef("pk"), **wanted)


def _having(**wanted: Any) -> Exists:
    return Exists(_versions(**wanted))


def _fileable() -> QuerySet[ProcedureVersion]:
    return _versions(state=State.PUBLISHED).exclude(form_schema={}).exclude(process={})

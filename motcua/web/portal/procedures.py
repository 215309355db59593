"""Finding a procedure: by what people type, by an occasion of life, by field, by who resolves it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.catalogue.bundles import Bundle, bundles_of
from motcua.catalogue.life_events import BY_SLUG, LIFE_EVENTS
from motcua.catalogue.models import Field, ProcedureVersion
from motcua.catalogue.queries import all_filed_online, fields_with_counts, for_citizens
from motcua.catalogue.search import search
from motcua.people.models import Agency

PAGE = 20
MOST_FOUND = 20
SHOWN = ("name", "plain_name", "summary", "online_level", "procedure__code", "procedure__field__name")
"""What a list shows; forms and processes are long, and a list asks only whether they are there."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for: words, occasion, field, who resolves it (a level, with a subject behind a colon), how far."""

    words: str
    life_event: str
    field: Field | None
    resolver: str
    after: str

    @property
    def level(self) -> str:
        return self.resolver.partition(":")[0]

    @property
    def subject(self) -> str:
        return self.resolver.partition(":")[2]

    def query(self, **changes: str) -> str:
        """Return the address of the same list with `changes`; what is empty is left out."""
        asked = {
            "q": self.words,
            "viec": self.life_event,
            "linh-vuc": self.field.code if self.field else "",
            "noi": self.resolver,
        }
        return urlencode({name: value for name, value in (asked | changes).items() if value})


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """List the procedures that fit, best first for words typed, else by code, page by page."""
    wanted = _wanted(request)
    versions, after = _found(wanted) if wanted.words else _browsed(wanted)
    resolvers = _resolvers()
    context = {
        "wanted": wanted,
        "versions": versions,
        "next_url": f"?{wanted.query(sau=after)}" if after else "",
        "field_options": options(_fields(), wanted.field.code if wanted.field else ""),
        "resolver_options": options(resolvers, wanted.resolver),
        "life_events": LIFE_EVENTS,
        "chips": _chips(wanted, dict(resolvers)),
        "life_event": BY_SLUG.get(wanted.life_event),
        "bundles": _bundles(wanted.life_event),
    }
    template = "portal/procedures.html#found" if request.headers.get("HX-Request") else "portal/procedures.html"
    return render(request, template, context)


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    life_event = asked.get("viec", "")
    return Wanted(
        words=" ".join(asked.get("q", "").split())[:200],
        life_event=life_event if life_event in BY_SLUG else "",
        field=Field.objects.filter(code=asked["linh-vuc"]).first() if asked.get("linh-vuc") else None,
        resolver=asked.get("noi", "")[:60],
        after=asked.get("sau", "")[:40],
    )


def _found(wanted: Wanted) -> tuple[list[ProcedureVersion], str]:
    hits = search(
        wanted.words,
        limit=MOST_FOUND,
        field_id=wanted.field.pk if wanted.field else None,
        life_event=wanted.life_event or None,
    )
    versions = _listed(wanted).in_bulk([hit.version_id for hit in hits])
    return [versions[hit.version_id] for hit in hits if hit.version_id in versions], ""


def _browsed(wanted: Wanted) -> tuple[list[ProcedureVersion], str]:
    versions = _listed(wanted).filter(procedure__code__gt=wanted.after, procedure__retired_on__isnull=True)
    if wanted.life_event:
        versions = versions.filter(procedure__life_events__contains=[wanted.life_event])
    if wanted.field:
        versions = versions.filter(procedure__field=wanted.field)
    rows = list(versions.order_by("procedure__code")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].procedure.code if len(rows) > PAGE else ""


def _listed(wanted: Wanted) -> QuerySet[ProcedureVersion]:
    """Return published versions, as a list shows them, of whoever is wanted to resolve them."""
    versions = for_citizens(ProcedureVersion.objects.filter(state=ProcedureVersion.State.PUBLISHED))
    if wanted.level:
        versions = versions.filter(levels__contains=[wanted.level])
    if wanted.subject:
        versions = versions.filter(competent_subject=wanted.subject)
    can_file = ExpressionWrapper(~Q(form_schema={}) & ~Q(process={}), output_field=BooleanField())
    return versions.select_related("procedure__field").annotate(can_file=can_file).only(*SHOWN)


def _bundles(life_event: str) -> list[Bundle]:
    """Return the bundles of the occasion of which every member can be filed here."""
    return [one for one in bundles_of(life_event) if all_filed_online([member.procedure for member in one.members])]


def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """Return the options of a list as HTML; there are hundreds of fields, and a template takes longer over them."""
    rows = ((value, SafeString(" selected") if value == chosen else "", label) for value, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


def _fields() -> list[tuple[str, str]]:
    return [
        (field.code, f"{field.name} ({field.procedure_count})")  # type: ignore[attr-defined]  # fields_with_counts'
        for field in fields_with_counts()
    ]


def _resolvers() -> list[tuple[str, str]]:
    """Return who can be chosen: communes together, then each department and vertical agency of this province."""
    types = {Agency.Type.DEPARTMENT: "province", Agency.Type.VERTICAL: "vertical"}
    agencies = Agency.objects.filter(type__in=types, valid_to__isnull=True).exclude(subject="").order_by("name")
    named = {f"{types[Agency.Type(agency.type)]}:{agency.subject}": agency.name for agency in agencies}
    return [("commune", _("Ủy ban nhân dân phường, xã")), *named.items()]


def _chips(wanted: Wanted, resolvers: dict[str, str]) -> list[tuple[str, str]]:
    """Return the filters in force as (words, address without it)."""
    found = []
    if wanted.life_event:
        found.append((str(BY_SLUG[wanted.life_event].title), f"?{wanted.query(viec='')}"))
    if wanted.field:
        found.append((wanted.field.name, f"?{wanted.query(**{'linh-vuc': ''})}"))
    if wanted.resolver:
        found.append((resolvers.get(wanted.resolver, wanted.resolver), f"?{wanted.query(noi='')}"))
    return found

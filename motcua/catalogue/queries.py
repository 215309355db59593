"""Reads of the catalogue that pages share. Everything here is published; drafts are the administrators' own."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from motcua.catalogue.models import Field, Procedure, ProcedureVersion

PUBLISHED = ProcedureVersion.State.PUBLISHED


@dataclass(frozen=True, slots=True)
class Page:
    """A page of versions; `after` is the code to ask the next page with, empty on the last one."""

    versions: list[ProcedureVersion]
    after: str


def published_version(code: str) -> ProcedureVersion | None:
    """Return the version in force of the procedure with that national code, with all that filing computes with.

    Five statements, whatever the size of the procedure.
    """
    return _published().filter(procedure__code=code).prefetch_related("cases", "paper_groups__papers", "fees").first()


def fields_with_counts() -> QuerySet[Field]:
    """Return the fields that have published procedures, by name, each with its `procedure_count`."""
    published = Field.objects.filter(procedures__versions__state=PUBLISHED)
    return published.annotate(procedure_count=Count("procedures")).order_by("name")


def by_life_event(slug: str) -> list[ProcedureVersion]:
    """Return the procedures for an occasion of life, those that can be filed here first."""
    versions = _light().filter(procedure__life_events__contains=[slug])
    return sorted(versions, key=lambda version: (not version.is_fileable, version.title))


def by_level(level: str) -> QuerySet[ProcedureVersion]:
    """Return the procedures resolved at a level of government (ProcedureVersion.Level), by code."""
    return _light().filter(levels__contains=[level]).order_by("procedure__code")


def procedures_page(*, after: str = "", size: int = 50, field: Field | None = None) -> Page:
    """Return a page of all procedures, or one field's, by code, beginning behind the code `after`."""
    versions = _light().filter(procedure__code__gt=after).order_by("procedure__code")
    if field is not None:
        versions = versions.filter(procedure__field=field)
    rows = list(versions[: size + 1])
    return Page(rows[:size], rows[size - 1].procedure.code if len(rows) > size else "")


def versions_of(procedure: Procedure) -> QuerySet[ProcedureVersion]:
    """Return every version of a procedure, the newest first, for its history."""
    return procedure.versions.select_related("published_by").order_by("-number")


def _published() -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(state=PUBLISHED).select_related("procedure__field")


def _light() -> QuerySet[ProcedureVersion]:
    """Return published versions without the texts a list does not show."""
    return _published().defer(
        "description", "requirements", "execution_steps", "channels", "legal_bases", "results", "undecided", "questions"
    )

"""Reads of the catalogue that pages share. What citizens see is published; drafts are shown to those who edit them."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from django.db.models import Count, F, Q, QuerySet

from motcua.base.rows import first_row
from motcua.catalogue.models import Field, Procedure, ProcedureVersion, PublishedProcess

PUBLISHED = ProcedureVersion.State.PUBLISHED
INNER = Procedure.Type.INTERNAL


def published_version(code: str) -> ProcedureVersion | None:
    """Return the version in force of the procedure with that national code, with all that filing computes with.

    Five statements, whatever the size of the procedure.
    """
    return _published().filter(procedure__code=code).prefetch_related("cases", "paper_groups__papers", "fees").first()


@lru_cache(maxsize=1024)
def frozen_version(version_id: int) -> ProcedureVersion:
    """Return a version that was published, with its procedure and cases, read once: a trigger keeps all of it from changing."""
    return ProcedureVersion.objects.select_related("procedure").prefetch_related("cases").get(pk=version_id)


def process_for(procedure_id: int, unit_id: int | None, on: date) -> PublishedProcess | None:
    """Return the process dossiers of the procedure follow in the unit on that day: its own, else that of every unit.

    The newest that has taken effect by `on`; of two from the same day the one published later. None when nothing was
    published apart from the procedure's version, whose own process counts then. One statement on the index
    `process_in_force`; what it returns never changes, so it may be kept by its key.
    """
    of_unit = Q(unit_id=unit_id) | Q(unit__isnull=True)
    in_force = PublishedProcess.objects.filter(of_unit, procedure_id=procedure_id, effective_from__lte=on)
    return first_row(in_force.order_by(F("unit_id").asc(nulls_last=True), "-effective_from", "-pk"))


def fields_with_counts() -> QuerySet[Field]:
    """Return the fields that have published procedures, by name, each with its `procedure_count`."""
    outer = [kind for kind in Procedure.Type.values if kind != INNER]
    published = Field.objects.filter(procedures__versions__state=PUBLISHED, procedures__type__in=outer)
    return published.annotate(procedure_count=Count("procedures")).order_by("name")


def versions_of(procedure: Procedure) -> QuerySet[ProcedureVersion]:
    """Return every version of a procedure, the newest first, for its history."""
    return (
        ProcedureVersion.objects.filter(procedure=procedure)
        .select_related("published_by", "changed_by")
        .order_by("-number")
    )


def version_numbered(code: str, number: int) -> ProcedureVersion | None:
    """Return a version of the procedure by its number, draft or not, with all that filing computes with."""
    versions = ProcedureVersion.objects.filter(procedure__code=code, number=number)
    with_people = versions.select_related("procedure__field", "published_by", "changed_by", "scheduled_by")
    return with_people.prefetch_related("cases", "paper_groups__papers", "fees").first()


def version_in_force(procedure: Procedure) -> ProcedureVersion | None:
    """Return the published version of a procedure, inner ones too, with all that filing computes with."""
    versions = ProcedureVersion.objects.filter(procedure=procedure, state=PUBLISHED)
    with_people = versions.select_related("procedure__field", "published_by")
    return with_people.prefetch_related("cases", "paper_groups__papers", "fees").first()


def all_filed_online(codes: Collection[str]) -> bool:
    """Return whether a dossier can be filed online under every one of these procedures; one query."""
    level = ProcedureVersion.OnlineLevel.INFORMATION
    fileable = _published().filter(procedure__code__in=codes).exclude(form_schema={}).exclude(process={})
    return fileable.exclude(online_level=level).count() == len(codes)


def for_citizens(versions: QuerySet[ProcedureVersion]) -> QuerySet[ProcedureVersion]:
    """Leave out the inner procedures between agencies: nobody files them, a dossier is sent on by them (liên thông)."""
    return versions.exclude(procedure__type=INNER)


def _published() -> QuerySet[ProcedureVersion]:
    return for_citizens(ProcedureVersion.objects.filter(state=PUBLISHED)).select_related("procedure__field")

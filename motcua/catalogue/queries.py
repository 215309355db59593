"""Reads of the catalogue that pages share. Everything here is published; drafts are the administrators' own."""

from functools import lru_cache

from django.db.models import Count, QuerySet

from motcua.catalogue.models import Field, Procedure, ProcedureVersion

PUBLISHED = ProcedureVersion.State.PUBLISHED


def published_version(code: str) -> ProcedureVersion | None:
    """Return the version in force of the procedure with that national code, with all that filing computes with.

    Five statements, whatever the size of the procedure.
    """
    return _published().filter(procedure__code=code).prefetch_related("cases", "paper_groups__papers", "fees").first()


@lru_cache(maxsize=1024)
def frozen_version(version_id: int) -> ProcedureVersion:
    """Return a version that was published, with its procedure and cases, read once: a trigger keeps all of it from changing."""
    return ProcedureVersion.objects.select_related("procedure").prefetch_related("cases").get(pk=version_id)


def fields_with_counts() -> QuerySet[Field]:
    """Return the fields that have published procedures, by name, each with its `procedure_count`."""
    published = Field.objects.filter(procedures__versions__state=PUBLISHED)
    return published.annotate(procedure_count=Count("procedures")).order_by("name")


def versions_of(procedure: Procedure) -> QuerySet[ProcedureVersion]:
    """Return every version of a procedure, the newest first, for its history."""
    return ProcedureVersion.objects.filter(procedure=procedure).select_related("published_by").order_by("-number")


def _published() -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(state=PUBLISHED).select_related("procedure__field")

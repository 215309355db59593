"""Reads of the process workshop: templates and procedures with what became of their processes, and who uses them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from motcua.catalogue.models import Procedure, ProcedureVersion, ProcessEdition, ProcessTemplate, ProcessUse

State = ProcessEdition.State


@dataclass(frozen=True)
class Editions:
    """The editions of a template that matter now: what is edited, what is in force, what came before."""

    draft: ProcessEdition | None
    published: ProcessEdition | None
    retired: tuple[ProcessEdition, ...]

    @property
    def newest(self) -> ProcessEdition | None:
        """Return what a page shows: the draft where there is one."""
        return self.draft or self.published


def editions_of(template: ProcessTemplate) -> Editions:
    """Return the editions of a template, with who made them. One statement."""
    people = ("created_by", "proposed_by", "published_by")
    return _sorted(ProcessEdition.objects.filter(template=template).select_related(*people).order_by("-number"))


def all_templates() -> QuerySet[ProcessTemplate]:
    """Return every template by name, with how many procedures and units follow it and its editions but the retired."""
    living = ProcessEdition.objects.exclude(state=State.RETIRED).defer("content")
    return (
        ProcessTemplate.objects.annotate(
            procedure_count=Count("uses__procedure", distinct=True),
            unit_count=Count("uses__unit", distinct=True),
            everywhere=Count("uses", filter=Q(uses__unit__isnull=True)),
        )
        .prefetch_related(Prefetch("editions", queryset=living, to_attr="living"))
        .order_by("name")
    )


def without_template() -> QuerySet[ProcedureVersion]:
    """Return the versions in force that people file under and whose own process every unit follows."""
    in_force = ProcedureVersion.objects.filter(state=ProcedureVersion.State.PUBLISHED).exclude(process={})
    followed = ProcessUse.objects.filter(unit__isnull=True).values("procedure")
    return in_force.exclude(procedure__in=followed).select_related("procedure").order_by("name")


def uses_of(template: ProcessTemplate) -> QuerySet[ProcessUse]:
    """Return who uses a template: by procedure, what counts in every unit first."""
    uses = ProcessUse.objects.filter(template=template).select_related("procedure", "unit")
    return uses.order_by("procedure__code", "unit__short_name")


def procedures_of(template: ProcessTemplate) -> list[Procedure]:
    """Return the procedures that follow a template, in any unit."""
    return list(Procedure.objects.filter(process_uses__template=template).distinct().order_by("code"))


def versions_in_force(procedures: Iterable[Procedure]) -> list[ProcedureVersion]:
    """Return the published versions of procedures with all that proofs look at. Four statements."""
    in_force = ProcedureVersion.objects.filter(procedure__in=list(procedures), state=ProcedureVersion.State.PUBLISHED)
    rows = in_force.select_related("procedure").prefetch_related("cases", "paper_groups__papers", "fees")
    return list(rows.order_by("procedure__code"))


def replaced_by(edition: ProcessEdition, on: date) -> bool:
    """Return whether a retired edition no longer counts on a day: the next one may begin later."""
    return edition.effective_to is not None and edition.effective_to < on


def _sorted(editions: Iterable[ProcessEdition]) -> Editions:
    known = list(editions)
    return Editions(
        draft=next((one for one in known if one.state == State.DRAFT), None),
        published=next((one for one in known if one.state == State.PUBLISHED), None),
        retired=tuple(one for one in known if one.state == State.RETIRED),
    )

"""Reads of the process workshop: templates and procedures with what became of their processes, and who uses them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from motcua.catalogue.models import ProcedureVersion, ProcessEdition, ProcessTemplate, ProcessUse, PublishedProcess
from motcua.catalogue.processes.parameters import Content

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
    people = ("created_by", "proposed_by", "returned_by", "published_by", "trial__tried_by")
    return _sorted(ProcessEdition.objects.filter(template=template).select_related(*people).order_by("-number"))


def content_of_template(code: str) -> Content | None:
    """Return what the newest edition of a template says, a draft too; None without any."""
    found: Content | None = (
        ProcessEdition.objects.filter(template__code=code).order_by("-number").values_list("content", flat=True).first()
    )
    return found


def own_content(code: str) -> Content | None:
    """Return the process written in the version in force of a procedure; None without any."""
    in_force = ProcedureVersion.objects.filter(procedure__code=code, state=ProcedureVersion.State.PUBLISHED)
    found: Content | None = in_force.exclude(process={}).values_list("process", flat=True).first()
    return found


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
    followed = ProcessUse.objects.filter(unit__isnull=True).values("procedure")
    return fileable_versions().exclude(procedure__in=followed)


def fileable_versions() -> QuerySet[ProcedureVersion]:
    """Return the versions in force that people file under, by name."""
    in_force = ProcedureVersion.objects.filter(state=ProcedureVersion.State.PUBLISHED).exclude(process={})
    return in_force.select_related("procedure").order_by("name")


def uses_of(template: ProcessTemplate) -> QuerySet[ProcessUse]:
    """Return who uses a template: by procedure, what counts in every unit first."""
    uses = ProcessUse.objects.filter(template=template).select_related("procedure", "unit")
    return uses.order_by("procedure__code", "unit__short_name")


def unpublished_settings() -> QuerySet[ProcessUse]:
    """Return the uses with hours or posts of their own that were set since anything was last published for them."""
    since = PublishedProcess.objects.filter(
        procedure=OuterRef("procedure"), unit=OuterRef("unit"), published_at__gte=OuterRef("set_at")
    )
    own = ProcessUse.objects.filter(set_at__isnull=False, unit__isnull=False).exclude(Exists(since))
    return own.select_related("template", "procedure", "unit", "set_by").order_by("set_at")


def versions_in_force(procedure_ids: Iterable[int]) -> list[ProcedureVersion]:
    """Return the published versions of procedures with all that proofs look at. Five statements."""
    in_force = ProcedureVersion.objects.filter(
        procedure__in=list(procedure_ids), state=ProcedureVersion.State.PUBLISHED
    )
    rows = in_force.select_related("procedure").prefetch_related("cases", "paper_groups__papers", "fees")
    return list(rows.order_by("procedure__code"))


def followed_now(uses: Iterable[ProcessUse], versions: Iterable[ProcedureVersion], on: date) -> dict[int, Content]:
    """Return what each use's dossiers follow on a day, by the use's id: as `queries.process_for`, for many at once."""
    uses = list(uses)
    own = {version.procedure_id: version.process for version in versions}
    in_force = PublishedProcess.objects.filter(procedure__in={use.procedure_id for use in uses}, effective_from__lte=on)
    newest = in_force.order_by("procedure", "unit", "-effective_from", "-pk").distinct("procedure", "unit")
    found = {(one.procedure_id, one.unit_id): one.content for one in newest}
    return {
        use.pk: found.get((use.procedure_id, use.unit_id))
        or found.get((use.procedure_id, None))
        or own.get(use.procedure_id, {})
        for use in uses
    }


def _sorted(editions: Iterable[ProcessEdition]) -> Editions:
    known = list(editions)
    return Editions(
        draft=next((one for one in known if one.state == State.DRAFT), None),
        published=next((one for one in known if one.state == State.PUBLISHED), None),
        retired=tuple(one for one in known if one.state == State.RETIRED),
    )

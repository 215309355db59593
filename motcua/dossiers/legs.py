"""Where a leg may go and what of it is open: which agency resolves which procedure, who receives there, what is waited for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.models import Dossier, Leg, Paper
from motcua.dossiers.queries import know_version
from motcua.people.models import Agency, Post
from motcua.people.roles import Permission, Role, roles_with

LEVEL_OF: dict[str, str] = {
    Agency.Type.COMMUNE: ProcedureVersion.Level.COMMUNE,
    Agency.Type.DEPARTMENT: ProcedureVersion.Level.PROVINCE,
    Agency.Type.VERTICAL: ProcedureVersion.Level.VERTICAL,
    Agency.Type.MINISTRY: ProcedureVersion.Level.MINISTRY,
}
"""At which level of a procedure an agency of each type resolves; other types resolve none."""

OPEN_LEG = Q(returned_at__isnull=True, refused_at__isnull=True, dropped_at__isnull=True)


@dataclass(frozen=True)
class Destination:
    """Where a part goes at another agency, and whose desk there receives or refuses it."""

    receiving: Agency
    competent: Agency
    resolving: Agency
    role: str


def agencies_reached(on: date) -> QuerySet[Agency]:
    """Return the agencies a leg may be sent to on the day `on`: those that resolve procedures."""
    return Agency.objects.valid_on(on).filter(type__in=LEVEL_OF)


def versions_resolved_by(agency: Agency) -> QuerySet[ProcedureVersion]:
    """Return the published versions with a process that `agency` resolves, its inner ones too, by name."""
    published = ProcedureVersion.objects.filter(
        state=ProcedureVersion.State.PUBLISHED, levels__contains=[LEVEL_OF.get(agency.type, "")]
    ).exclude(process={})
    if agency.type != Agency.Type.COMMUNE:
        published = published.filter(competent_subject=agency.subject)
    return published.select_related("procedure").order_by("name", "pk")


def destination(agency: Agency, version: ProcedureVersion, on: date) -> Destination:
    """Return who receives, decides and resolves at `agency`: its own counter, or where it has none whoever assigns there."""
    below = agency.children.valid_on(on).order_by("code")
    division = below.filter(subject=version.competent_subject, type=Agency.Type.DIVISION).first()
    resolving = division or agency
    counter = below.filter(type__in=Agency.CENTRES).first()
    if counter is not None:
        return Destination(counter, agency, resolving, Role.RECEPTIONIST)
    assigning = Post.objects.valid_on(on).filter(unit=resolving, role__in=roles_with(Permission.ASSIGN))
    role = assigning.order_by("pk").values_list("role", flat=True).first()
    return Destination(resolving, agency, resolving, role or Role.DIVISION_HEAD)


def open_legs(dossier: Dossier) -> QuerySet[Leg]:
    """Return what of the dossier is still with others, in order; none is asked for where nothing was ever sent."""
    return dossier.legs.filter(OPEN_LEG).select_related("to_unit").order_by("number") if dossier.has_legs else _none()


def holding_back(dossier: Dossier, step_seq: int) -> Leg | None:
    """Return the required leg that keeps the running step `step_seq` from being completed, the first one sent.

    It was sent from that step, or from one that has ended since: then it holds back whatever goes on.
    """
    if not dossier.has_legs:
        return None
    running = dossier.steps.filter(done_at__isnull=True).exclude(seq=step_seq).values("seq")
    return open_legs(dossier).filter(is_required=True).exclude(step_seq__in=running).first()


def late_leg(dossier: Dossier) -> Leg | None:
    """Return the leg whose term passed while it was open, the one that was late first; who made the dossier late."""
    if not dossier.has_legs:
        return None
    return dossier.legs.filter(late_at__isnull=False).select_related("to_unit").order_by("due_at", "number").first()


def papers_sent(part: Dossier) -> list[Paper]:
    """Return the papers that lie with a part by reference: those of its leg, and what came with them from above."""
    leg = Leg.objects.filter(child=part).first()
    if leg is None:
        return []
    ids = [line["paper"] for line in leg.manifest]
    papers = Paper.objects.filter(pk__in=ids).select_related("document__file", "judged_by")
    return sorted(papers, key=lambda paper: ids.index(paper.pk))


def papers_to_send(dossier: Dossier) -> list[Paper]:
    """Return the papers a leg of the dossier may take along: its own that are there, or of a part what was sent to it."""
    own = dossier.papers.exclude(source=Paper.Source.NONE).select_related("document").order_by("position", "pk")
    return [*own, *papers_sent(dossier)]


@dataclass(frozen=True)
class Stated:
    """What the citizen stated and a dossier may read: whose words they are, and which fields of that form."""

    root: Dossier
    fields: frozenset[str]
    is_whole: bool  # whether the dossier is the one it was stated in


def stated_in(dossier: Dossier) -> Stated:
    """Return what of the form lies with a dossier: all of its own; with a part what was sent along, read at its root."""
    if dossier.root_id is None:
        return Stated(dossier, frozenset(dossier.form_data), is_whole=True)
    root = Dossier.objects.select_related("owner", "owner_organisation", "filed_by").get(pk=dossier.root_id)
    sent = Leg.objects.filter(child=dossier).values_list("form_fields", flat=True).first() or []
    know_version(root)
    return Stated(root, frozenset(sent) & frozenset(root.form_data), is_whole=False)


def manifest_of(papers: list[Paper]) -> list[dict[str, Any]]:
    """Return what a leg lists of the papers sent along: a file or data count as one."""
    return [
        {"paper": paper.pk, "name": paper.name, "count": max(paper.original_count + paper.copy_count, 1)}
        for paper in papers
    ]


def _none() -> QuerySet[Leg]:
    return Leg.objects.none()

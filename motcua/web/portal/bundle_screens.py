"""The screens of a bundle's members: each question once, and nothing that another member answers or brings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalogue.bundles import Bundle, Member, bundles
from motcua.catalogue.models import PaperRequirement
from motcua.catalogue.papers import papers_needed
from motcua.dossiers.actions.filing import settled_source
from motcua.dossiers.models import BundleMember, Dossier, FiledBundle
from motcua.dossiers.steps import facts_of
from motcua.people.models import Place
from motcua.web.portal.screens import APPLICANT, APPLICANT_KEYS, CASE, PAPERS, REVIEW, Screen, mirrors_of, screens_of
from motcua.web.portal.units import COMMUNE

SAID_ONCE = frozenset(
    {f"applicant.{key}" for key in APPLICANT_KEYS}
    | {"return_method", "return_address", f"answers.{COMMUNE}", "subject"}
)
"""What is asked with the first member and holds for all."""
COUNTER = "counter"


@dataclass(frozen=True)
class Onward:
    """Where filing goes on after the last screen of a member: to the next one, or to the review of all."""

    title: str
    url: str


@dataclass(frozen=True)
class Stop:
    """One screen of a bundle: which member asks it, and where it is."""

    row: BundleMember
    screen: Screen

    @property
    def url(self) -> str:
        return reverse("portal:screen", args=[self.row.dossier_id, self.screen.key])


@dataclass(frozen=True)
class Way:
    """Every screen of a bundle in order, the review last. `here`: the place of the one shown, that of the review at the end."""

    bundle: FiledBundle
    stops: Sequence[Stop]
    here: int

    @property
    def words(self) -> str:
        """Say which screen it is of how many."""
        return _("Bước %(here)d/%(all)d") % {"here": self.here + 1, "all": len(self.stops) + 1}

    @property
    def before(self) -> Stop | None:
        """The screen before, of this member or of the one before it."""
        return self.stops[self.here - 1] if self.here else None

    @property
    def bar(self) -> list[dict[str, str]]:
        """One step for each member that asks anything, as components/steps.html takes them, and the review."""
        kind = bundles()[self.bundle.kind]
        keys = list(dict.fromkeys(stop.row.key for stop in self.stops))
        now = self.stops[self.here].row.key if self.here < len(self.stops) else ""
        reached = keys.index(now) if now else len(keys)
        steps = [
            {
                "label": kind.member(key).output,
                "state": "done" if place < reached else "here" if place == reached else "",
                "url": reverse("portal:bundle_step", args=[self.bundle.pk, key]),
            }
            for place, key in enumerate(keys)
        ]
        return [*steps, {"label": _("Xem lại"), "state": "" if now else "here", "url": ""}]


def way_of(bundle: FiledBundle, communes: Iterable[Place], at: tuple[str, str] | None = None) -> Way:
    """Return the way through a bundle that is being filled in; `at`: the member and screen shown, None for the review."""
    rows = bundle.members.select_related("bundle", "dossier__version", "dossier__filed_by").order_by("position")
    offered = list(communes)
    stops = [
        Stop(row, screen)
        for row in rows
        for screen in asked_screens(row.dossier, row, screens_of(row.dossier.version, offered, row.dossier))
    ]
    here = next((n for n, stop in enumerate(stops) if (stop.row.key, stop.screen.key) == at), len(stops))
    return Way(bundle, stops, here)


def brought(row: BundleMember | None) -> Mapping[int, str]:
    """Return the papers another member's result will be: the requirement, and what brings it as people call it."""
    if row is None:
        return {}
    bundle = bundle_of(row)
    codes = bundle.member(row.key).papers
    wanted = PaperRequirement.objects.filter(group__version=row.dossier.version_id, code__in=codes)
    return {paper.pk: bundle.member(codes[paper.code]).output for paper in wanted}


def member_of(draft: Dossier) -> BundleMember | None:
    """Return which member of a bundle a draft is; None for one that stands by itself, or has come to."""
    row: BundleMember | None = getattr(
        draft, "bundle_member", None
    )  # the reverse of a one-to-one raises AttributeError
    return row if row is not None and row.stopped_at is None else None


def bundle_of(row: BundleMember) -> Bundle:
    return bundles()[row.bundle.kind]


def asked_screens(draft: Dossier, row: BundleMember, screens: Sequence[Screen]) -> list[Screen]:
    """Return the screens of a member with what is left to ask; those with nothing left are left out, so is its review."""
    member = bundle_of(row).member(row.key)
    asked = [_asked(screen, member, is_first=row.position == 0) for screen in screens if screen.key != REVIEW]
    return [screen for screen in asked if (screen.questions if screen.key != PAPERS else _asks_papers(draft, member))]


def onward(row: BundleMember) -> Onward:
    """Return where to go on after the member."""
    later = bundle_of(row).members[row.position + 1 :]
    if not later:
        return Onward(_("Xem lại cả bộ"), reverse("portal:bundle_review", args=[row.bundle_id]))
    return Onward(later[0].output, reverse("portal:bundle_step", args=[row.bundle_id, later[0].key]))


def carried(row: BundleMember, drafts: Mapping[str, Dossier]) -> dict[str, Any]:
    """Return what a member takes from those before it, as save_draft takes it; `drafts` by the keys of the members."""
    bundle, draft = bundle_of(row), drafts[row.key]
    if row.position == 0:
        return {}
    first, member = drafts[bundle.members[0].key], bundle.member(row.key)
    fields: dict[str, Any] = {f"applicant.{key}": first.applicant.get(key) for key in APPLICANT_KEYS}
    owner = {*first.declared_owner, *draft.declared_owner}
    fields |= {f"declared_owner.{name}": first.declared_owner.get(name) for name in owner}
    fields |= {f"answers.{COMMUNE}": first.answers.get(COMMUNE), "subject": first.subject}
    fields |= _return(first, draft)
    mirrored = mirrors_of(draft.version)
    fields |= {f"form_data.{name}": first.applicant.get(source.partition(".")[2]) for name, source in mirrored.items()}
    for field, (key, source) in member.fields.items():
        fields[f"form_data.{field}"] = drafts[key].form_data.get(source)
    return {name: value for name, value in fields.items() if name not in {"subject"} or value}


def _return(first: Dossier, draft: Dossier) -> dict[str, Any]:
    """Return how the result is wanted: as said for the first member, where this procedure offers it."""
    offered = draft.version.returning_methods or [first.return_method]
    method = first.return_method if first.return_method in offered else COUNTER if COUNTER in offered else offered[0]
    return {"return_method": method, "return_address": first.return_address}


def _asked(screen: Screen, member: Member, *, is_first: bool) -> Screen:
    hidden = {f"form_data.{field}" for field in member.fed} | {f"answers.{key}" for key in member.answers}
    if not is_first and screen.key in {APPLICANT, CASE}:
        hidden |= SAID_ONCE
        hidden |= {question.name for question in screen.questions if question.table == "declared_owner"}
    left = tuple(question for question in screen.questions if question.name not in hidden)
    return replace(screen, questions=left)


def _asks_papers(draft: Dossier, member: Member) -> bool:
    """Return whether any paper is left for the citizen to send."""
    needed = papers_needed(draft.version.paper_groups.prefetch_related("papers__group"), facts_of(draft))
    return any(
        one.is_uploaded and not settled_source(one.requirement) and one.requirement.code not in member.papers
        for one in needed
    )

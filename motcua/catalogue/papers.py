"""Which papers a citizen's own case needs, which it does not, and why."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.catalogue.conditions import Facts, holds, may_hold
from motcua.catalogue.models import PaperGroup, PaperRequirement


@dataclass(frozen=True, slots=True)
class NeededPaper:
    """A paper the case needs.

    `alternatives` are the other papers of a group of which one is enough. `is_certain` is false while a question that
    decides about the paper is unanswered.
    """

    requirement: PaperRequirement
    group: PaperGroup
    rule: str
    alternatives: tuple[PaperRequirement, ...]
    is_certain: bool

    @property
    def is_required(self) -> bool:
        """Whether this paper, or for a group of alternatives one of them, must come with the dossier."""
        return self.is_certain and self.requirement.required

    @property
    def is_uploaded(self) -> bool:
        """Whether the citizen sends a file: not what the form prints, what is only shown, or what data replaces."""
        paper = self.requirement
        return (
            paper.kind == PaperRequirement.Kind.SUBMIT
            and not paper.from_form
            and not paper.replaced_by_data
            and paper.electronic != PaperRequirement.Electronic.PAPER_ONLY
        )


@dataclass(frozen=True, slots=True)
class UnneededPaper:
    """A paper the procedure names but the case does not need, and the sentence that says why."""

    requirement: PaperRequirement
    group: PaperGroup
    reason: str


def papers_needed(groups: Iterable[PaperGroup], facts: Facts) -> list[NeededPaper]:
    """Return the papers needed, in the procedure's own order; notes among them are left to `notes_in`.

    An unanswered question leaves a paper in the list, with `is_certain` false.
    """
    return [
        NeededPaper(
            requirement=paper,
            group=group,
            rule=group.rule,
            alternatives=_alternatives(group, paper),
            is_certain=holds(group.condition, facts),
        )
        for group in groups
        if may_hold(group.condition, facts)
        for paper in _papers(group)
    ]


def papers_not_needed(groups: Iterable[PaperGroup], facts: Facts) -> list[UnneededPaper]:
    """Return the papers the answers made unnecessary, each with its reason."""
    return [
        UnneededPaper(paper, group, group.why_not or _("Không cần trong trường hợp của bạn."))
        for group in groups
        if not may_hold(group.condition, facts)
        for paper in _papers(group)
    ]


def papers_missing(needed: Iterable[NeededPaper], present: Collection[str]) -> list[NeededPaper]:
    """Return the required papers whose code is not in `present`; one paper is enough for a group of alternatives.

    Of a group of alternatives without any paper the first is returned; its `alternatives` name the others.
    """
    missing = []
    asked: set[int] = set()
    for paper in needed:
        if not paper.is_required or paper.requirement.code in present:
            continue
        if paper.rule == PaperGroup.Rule.ONE_OF:
            if paper.group.pk in asked or any(other.code in present for other in paper.alternatives):
                continue
            asked.add(paper.group.pk)
        missing.append(paper)
    return missing


def notes_in(groups: Iterable[PaperGroup]) -> list[PaperRequirement]:
    """Return the notes the source keeps among the papers; they are read, never uploaded."""
    return [paper for group in groups for paper in group.papers.all() if paper.kind == PaperRequirement.Kind.NOTE]


def _papers(group: PaperGroup) -> list[PaperRequirement]:
    return [paper for paper in group.papers.all() if paper.kind != PaperRequirement.Kind.NOTE]


def _alternatives(group: PaperGroup, paper: PaperRequirement) -> tuple[PaperRequirement, ...]:
    if group.rule != PaperGroup.Rule.ONE_OF:
        return ()
    return tuple(other for other in _papers(group) if other is not paper)

"""What a bundle asks for before it is begun: of each member how long, how much, which papers, and what it waits for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.base import words
from motcua.base.words import local_day
from motcua.catalogue.bundles import Bundle, Member
from motcua.catalogue.cases import possible_cases
from motcua.catalogue.conditions import Facts, holds, may_hold
from motcua.catalogue.fees import charges_for, total
from motcua.catalogue.models import PaperGroup, ProcedureVersion
from motcua.catalogue.papers import NeededPaper, papers_needed
from motcua.dossiers import clock
from motcua.dossiers.deadlines import term_of
from motcua.dossiers.models import Channel


@dataclass(frozen=True)
class Ahead:
    """One member before it is begun.

    `papers`: what to have at hand for certain; `maybe`: what an answer may ask for; `brought`: what comes from another member.
    """

    title: str
    output: str
    waits_for: str
    term: str
    fee: str
    papers: Sequence[str]
    maybe: Sequence[str]
    brought: Sequence[str]


def ahead(bundle: Bundle, versions: Mapping[str, ProcedureVersion]) -> list[Ahead]:
    """Return what each member asks, as far as it is known before any question is answered; in the bundle's order."""
    on = local_day(timezone.now())
    return [_ahead(bundle, member, versions[member.key], on) for member in bundle.members]


def _ahead(bundle: Bundle, member: Member, version: ProcedureVersion, on: date) -> Ahead:
    facts: Facts = {**member.answers, **member.values}
    needed = papers_needed(version.paper_groups.prefetch_related("papers__group"), facts)
    sent = [paper for paper in needed if paper.is_uploaded and paper.requirement.code not in member.papers]
    return Ahead(
        title=version.title,
        output=member.output,
        waits_for=bundle.waits_for(member.key),
        term=term_words(version, facts),
        fee=fee_words(version, facts, on),
        papers=_in_lines(paper for paper in sent if paper.is_certain),
        maybe=_in_lines(paper for paper in sent if not paper.is_certain),
        brought=[paper.requirement.name for paper in needed if paper.requirement.code in member.papers],
    )


def term_words(version: ProcedureVersion, facts: Facts) -> str:
    """Return how long it may take: one term, or every one still possible."""
    terms = {term_of(version, case, Channel.ONLINE) for case in possible_cases(version.cases.all(), facts)}
    known = sorted({clock.term_words(term) for term in terms if term})
    if version.no_legal_term or not known:
        return _("luật không định; chúng tôi báo ngay khi có kết quả")
    return _(" hoặc ").join(known)


def fee_words(version: ProcedureVersion, facts: Facts, on: date) -> str:
    """Return what it costs; unknown is not free, and what hangs on an answer is said to."""
    rules = list(version.fees.all())
    lines = charges_for(rules, facts=facts, channel=Channel.ONLINE, on=on)
    sum_of = total(lines)
    if any(may_hold(rule.condition, facts) and not holds(rule.condition, facts) for rule in rules):
        return _("tùy trường hợp; bạn thấy số tiền trước khi nộp")
    if not rules or sum_of.has_unknown:
        return _("nơi tiếp nhận báo trước khi thu")
    return words.vnd(sum_of.known_vnd) if sum_of.known_vnd else _("không thu")


def _in_lines(papers: Iterable[NeededPaper]) -> list[str]:
    """Name papers the citizen sends, those of which one is enough in one line."""
    groups: dict[int, list[NeededPaper]] = {}
    for paper in papers:
        key = paper.group.pk if paper.rule == PaperGroup.Rule.ONE_OF else -paper.requirement.pk
        groups.setdefault(key, []).append(paper)
    return [_in_words(group) for group in groups.values()]


def _in_words(papers: Sequence[NeededPaper]) -> str:
    names = "; ".join(paper.requirement.name for paper in papers)
    said = _("một trong: %(papers)s") % {"papers": names} if len(papers) > 1 else names
    return said if papers[0].is_required or not papers[0].is_certain else _("%(paper)s (nếu có)") % {"paper": said}

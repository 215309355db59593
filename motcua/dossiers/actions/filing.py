"""Filing: one entrance for every channel."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.words import local_day
from motcua.catalogue.cases import case_for
from motcua.catalogue.fees import charges_for
from motcua.catalogue.forms import errors_in
from motcua.catalogue.models import PaperRequirement, ProcedureVersion
from motcua.catalogue.papers import NeededPaper, papers_missing, papers_needed
from motcua.dossiers import clock, deadlines, policy, steps
from motcua.dossiers.actions.drafts import position_of
from motcua.dossiers.actions.issuing import issue_slip
from motcua.dossiers.actions.owning import link_owner
from motcua.dossiers.actions.reception import start_clock
from motcua.dossiers.actions.supplements import open_supplement
from motcua.dossiers.actor import Actor
from motcua.dossiers.codes import give_code
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Channel, Charge, Dossier, Paper
from motcua.dossiers.moves import Locked, lock, move
from motcua.dossiers.owners import faults_of
from motcua.people.models import Agency
from motcua.people.queries import calendar_version_for


@dataclass(frozen=True)
class Units:
    """Who receives, who is competent and who resolves: kept apart on every dossier (docs/rules.md)."""

    receiving: Agency
    competent: Agency
    resolving: Agency


@dataclass(frozen=True)
class Problem:
    """One thing to mend before filing: where it is (a form field or «paper:<position>») and a sentence."""

    where: str
    text: str


class FilingNotReady(Exception):
    """Something is missing; the draft is untouched. `problems` lists everything at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.text for problem in self.problems))


class AlreadyFiled(Exception):
    """The draft was filed before (a form posted twice); `dossier` is what came of it."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(_("Hồ sơ đã được nộp, mã %(code)s.") % {"code": dossier.code})
        self.dossier = dossier


@transaction.atomic
def file(
    *, dossier_id: int, units: Units, actor: Actor, at: datetime, name: str = "submit", reason: str = ""
) -> Dossier:
    """File a draft: give the code, fix case, papers, charges and units, and make its first move.

    `name` is «submit» online and by post; at the counter «take_in», or «note_missing» / «turn_away» with a `reason`.
    Raises FilingNotReady with every fault (a turned-away dossier may be incomplete), AlreadyFiled when posted twice.
    """
    locked = lock(dossier_id, actor)
    dossier = locked.dossier
    if dossier.status != Status.DRAFT:
        raise AlreadyFiled(dossier)
    dossier.version = ProcedureVersion.objects.select_related("procedure").get(pk=dossier.version_id)  # as it is today
    needed = _needed(dossier)
    if name in {"submit", "take_in"}:
        problems = [*retired(dossier, at), *missing(dossier, needed, today=local_day(at))]
        if problems:
            raise FilingNotReady(problems)
    dossier.case = case_for(dossier.version.cases.all(), steps.facts_of(dossier))
    settle_units(dossier, units, at)
    settle_papers(dossier, needed, at)
    settle_charges(dossier, at)
    dossier.submitted_at = at
    dossier.code = give_code(units.receiving, at)
    dossier.saves.all().delete()
    _first_move(locked, name, actor=actor, at=at, reason=reason)
    return dossier


def retired(dossier: Dossier, at: datetime) -> list[Problem]:
    """Return the problem that no new dossier of the procedure is received any more on the day of `at`, if so.

    A draft begun under a version that another one has replaced since is filed under the version it was begun with.
    """
    if not dossier.version.procedure.is_retired(local_day(at)):
        return []
    return [Problem("", _("Thủ tục này đã hết áp dụng nên không nhận hồ sơ mới. Bản nháp của bạn vẫn được giữ."))]


def missing(dossier: Dossier, needed: Iterable[NeededPaper] | None = None, *, today: date) -> list[Problem]:
    """Return everything that keeps a draft from being filed on the day `today`, in the order of its screens."""
    version = dossier.version
    problems = []
    for question in version.questions:
        if question["key"] not in dossier.answers:
            problems.append(
                Problem(f"answers.{question['key']}", _("Hãy trả lời: %(label)s") % {"label": question["label"]})
            )
    faults = errors_in(version.form_schema, version.form_ui, dossier.form_data, dossier.answers, today=today)
    for field, text in faults.items():
        problems.append(Problem(f"form_data.{field}", text))
    wrong = faults_of(version, steps.facts_of(dossier), dossier.declared_owner, dossier.applicant)
    problems.extend(Problem(f"declared_owner.{name}", text) for name, text in wrong.items())
    problems.extend(_missing_papers(dossier, _needed(dossier) if needed is None else needed))
    return problems


def _needed(dossier: Dossier) -> list[NeededPaper]:
    groups = dossier.version.paper_groups.prefetch_related("papers__group")
    return papers_needed(groups, steps.facts_of(dossier))


def _missing_papers(dossier: Dossier, needed: Iterable[NeededPaper]) -> list[Problem]:
    """Online only what can be uploaded is asked for; at the counter everything, also what is only shown."""
    asked = [paper for paper in needed if dossier.channel != Channel.ONLINE or paper.is_uploaded]
    given = dossier.papers.filter(requirement__isnull=False).exclude(source=Paper.Source.NONE)
    present = set(given.values_list("requirement__code", flat=True))
    present |= {paper.requirement.code for paper in needed if settled_source(paper.requirement)}
    return [
        Problem(
            f"paper:{position_of(paper.requirement)}",
            _("Còn thiếu: %(names)s")
            % {"names": _(" hoặc ").join(choice.name for choice in (paper.requirement, *paper.alternatives))},
        )
        for paper in papers_missing(asked, present)
    ]


def settled_source(requirement: PaperRequirement) -> str:
    """Return where a paper comes from without anybody giving it: printed from the form, or replaced by data."""
    if requirement.from_form:
        return Paper.Source.FORM
    return Paper.Source.DATA if requirement.replaced_by_data else Paper.Source.NONE


def settle_units(dossier: Dossier, units: Units, at: datetime) -> None:
    """Fix who receives, decides and resolves, and the calendar that the clock counts with."""
    dossier.receiving_unit, dossier.competent_unit, dossier.resolving_unit = (
        units.receiving,
        units.competent,
        units.resolving,
    )
    dossier.calendar = calendar_version_for(units.competent, at)


def settle_papers(dossier: Dossier, needed: Iterable[NeededPaper], at: datetime) -> None:
    """Keep the papers given, add a row for each one still expected or made by the system, drop those of other cases."""
    wanted = {paper.requirement.pk for paper in needed}
    dossier.papers.filter(requirement__isnull=False).exclude(requirement__in=wanted).delete()
    covered = set(dossier.papers.filter(requirement__isnull=False).values_list("requirement_id", flat=True))
    rows = []
    for paper in needed:
        requirement = paper.requirement
        if requirement.pk in covered or any(other.pk in covered for other in paper.alternatives):
            continue
        covered |= {requirement.pk, *(other.pk for other in paper.alternatives)}
        source = settled_source(requirement)
        rows.append(
            Paper(
                dossier=dossier,
                position=position_of(requirement),
                requirement=requirement,
                name=requirement.name,
                source=source,
                given_at=at if source else None,
            )
        )
    Paper.objects.bulk_create(rows)


def settle_charges(dossier: Dossier, at: datetime) -> None:
    """Write what the dossier costs, as the fee rules say today."""
    lines = charges_for(
        dossier.version.fees.all(), facts=steps.facts_of(dossier), channel=dossier.channel, on=local_day(at)
    )
    Charge.objects.bulk_create(
        Charge(
            dossier=dossier,
            name=line.name,
            kind=line.kind,
            quantity=line.quantity,
            amount_vnd=line.amount_vnd,
            basis=line.basis,
        )
        for line in lines
    )


def _first_move(locked: Locked, name: str, *, actor: Actor, at: datetime, reason: str) -> None:
    dossier = locked.dossier
    if name == "submit":
        dossier.reception_due_at = clock.reception_due(deadlines.calendar(dossier), at, hours=policy.reception_hours())
        move(locked, name, actor=actor, at=at)
        steps.begin_reception(locked, at)
    elif name == "take_in":
        link_owner(dossier, at)
        event = move(locked, name, actor=actor, at=at, entry=start_clock(dossier, at))
        steps.begin_hand_over(locked, at)
        issue_slip(dossier, event)
    elif name == "note_missing":
        event = move(locked, name, actor=actor, at=at, reason=reason)
        steps.begin_reception(locked, at)
        open_supplement(locked, event, actor=actor)
        issue_slip(dossier, event)
    else:
        event = move(locked, "turn_away", actor=actor, at=at, reason=reason)
        issue_slip(dossier, event)

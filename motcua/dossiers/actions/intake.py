"""Taking in at the counter: an officer keys a whole dossier in and makes its first move, all in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.words import local_day
from motcua.catalogue.conditions import Facts
from motcua.catalogue.forms import label_of
from motcua.catalogue.models import Case, PaperRequirement, ProcedureVersion
from motcua.catalogue.papers import NeededPaper, papers_missing, papers_needed
from motcua.documents.actions import add_document
from motcua.documents.models import Document, StoredFile
from motcua.dossiers import clock, deadlines, policy, steps
from motcua.dossiers.actions.drafts import position_of, save_draft, start_draft
from motcua.dossiers.actions.filing import AlreadyFiled, FilingNotReady, Problem, Units, file, missing, settled_source
from motcua.dossiers.actions.reception import start_clock
from motcua.dossiers.actions.supplements import NothingAsked
from motcua.dossiers.actor import Actor
from motcua.dossiers.faults import GUIDANCE, kept_words
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Channel, Dossier, Paper
from motcua.people.actions import meet_citizen
from motcua.people.actions.citizens import CitizenFields
from motcua.people.models import Citizen, Officer
from motcua.people.queries import calendar_version_for

DATA_REASONS = ("outage", "not_found", "inaccurate")
"""Why a paper is asked for although a database has what it says (Nghị định 309/2026/NĐ-CP, Điều 2)."""


@dataclass(frozen=True)
class Scan:
    """A file scanned at the counter, kept already but not yet a document of anybody."""

    file: StoredFile
    original_name: str = ""


@dataclass(frozen=True)
class CounterPaper:
    """What lies on the counter for one requirement.

    `data_reason` (one of DATA_REASONS) says why it is asked for although data replace it; `fault` (with its code, or the code alone)
    what must be mended.
    """

    requirement: PaperRequirement
    is_given: bool
    original_count: int = 0
    copy_count: int = 0
    scan: Scan | None = None
    data_reason: str = ""
    fault: str = ""
    fault_code: str = Paper.FaultCode.OTHER

    @property
    def words(self) -> str:
        """Return what must be mended: the officer's words, else those of the coded reason; "" when nothing must."""
        return self.fault or kept_words(self.fault_code)


@dataclass(frozen=True)
class Intake:
    """A dossier as keyed in. `person` is a citizen known already, or what a new one said.

    `declared` replaces parts of the person's record in this dossier only (phone, email, address, identity_number).
    `declared_owner` is whom the person files for (`owners.FIELDS`), empty when for themselves. The same `filing_key` files once, however often the form is posted.
    """

    filing_key: UUID
    version: ProcedureVersion
    person: Citizen | CitizenFields
    units: Units
    answers: Mapping[str, str]
    form_data: Mapping[str, Any]
    papers: Sequence[CounterPaper]
    declared: Mapping[str, str]
    declared_owner: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    return_method: str = "counter"
    return_address: str = ""


@dataclass(frozen=True)
class Promise:
    """What taking in now would promise: when the result is due (None: the law sets no term), when it is handed over."""

    due_at: datetime | None
    hand_over_by: datetime


@transaction.atomic
def take_in(*, intake: Intake, actor: Actor, at: datetime) -> Dossier:
    """Accept a dossier at the counter (T2): the clock starts, Mẫu 01 is issued.

    Raises FilingNotReady with every fault at once, AlreadyFiled when the form was posted before, and what
    `meet_citizen` raises about a new person. Then nothing is written.
    """
    draft, needed = _key_in(intake, actor, at)
    problems = [*missing(draft, needed, today=local_day(at)), *problems_of_papers(intake, needed)]
    if problems:
        raise FilingNotReady(problems)
    return file(dossier_id=draft.pk, units=intake.units, actor=actor, at=at, name="take_in")


@transaction.atomic
def note_missing(*, intake: Intake, actor: Actor, at: datetime, reason: str = "") -> Dossier:
    """Record at the counter that papers are missing or faulty (T4), all at once; Mẫu 02 is issued.

    The form may stay open: `accepting.take_up` completes it when the papers come. Only what decides which papers are
    needed must be known, so that one slip can name them all. `reason` adds words for the citizen. Raises
    FilingNotReady with those gaps, AlreadyFiled, NothingAsked when no paper is missing or faulty, and what
    `meet_citizen` raises about a new person.
    """
    draft, needed = _key_in(intake, actor, at)
    problems = undecided(intake.version, needed, steps.facts_of(draft))
    if problems:
        raise FilingNotReady(problems)
    _mark_missing(draft, intake, needed, actor, at)
    asked = list(draft.papers.filter(verdict=Paper.Verdict.FAULTY).values_list("name", flat=True))
    if not asked:
        raise NothingAsked(
            _(
                "Giấy tờ đã đủ nên không có gì để yêu cầu bổ sung. Chưa có gì được ghi: bạn tiếp nhận hồ sơ, "
                "hoặc ghi điều cần sửa ở giấy tờ chưa đạt."
            )
        )
    words = reason.strip() or _("Còn thiếu hoặc cần sửa: %(names)s.") % {"names": "; ".join(asked)}
    return file(dossier_id=draft.pk, units=intake.units, actor=actor, at=at, name="note_missing", reason=words)


@transaction.atomic
def turn_away(*, intake: Intake, actor: Actor, at: datetime, reason: str) -> Dossier:
    """Refuse a dossier at the counter with a written reason (T5), however little of it is there; Mẫu 03 is issued.

    Raises MoveNotAllowed without a reason, AlreadyFiled, and what `meet_citizen` raises about a new person.
    """
    draft, _needed = _key_in(intake, actor, at)
    return file(dossier_id=draft.pk, units=intake.units, actor=actor, at=at, name="turn_away", reason=reason)


def undecided(version: ProcedureVersion, needed: Iterable[NeededPaper], facts: Facts) -> list[Problem]:
    """Return the questions and fields without an answer on which it depends whether a paper is needed."""
    doubtful = (paper.group.condition for paper in needed if not paper.is_certain and paper.requirement.required)
    open_keys = dict.fromkeys(key for condition in doubtful for key in condition if facts.get(key) in (None, ""))
    labels = {str(question["key"]): str(question["label"]) for question in version.questions}
    why = _("Hãy trả lời để phiếu nêu đủ giấy tờ trong một lần: %(label)s")
    return [
        Problem(f"answers.{key}", why % {"label": labels[key]})
        if key in labels
        else Problem(f"form_data.{key}", why % {"label": label_of(version.form_schema, key)})
        for key in open_keys
    ]


def promise(*, version: ProcedureVersion, case: Case | None, units: Units, at: datetime) -> Promise:
    """Return what taking a dossier in at `at` would promise, by the clock that `take_in` starts. Raises CalendarMissing."""
    dossier = Dossier(
        version=version,
        case=case,
        channel=Channel.COUNTER,
        receiving_unit=units.receiving,
        competent_unit=units.competent,
        calendar=calendar_version_for(units.competent, at),
    )
    calendar = deadlines.calendar(dossier)
    reckoning = clock.reckon([start_clock(dossier, at)], calendar, deadlines.policy_of(version))
    return Promise(reckoning.due_at, clock.hand_over_due(calendar, at, cutoff=policy.hand_over_cutoff()))


def is_asked(requirement: PaperRequirement, data_reason: str) -> bool:
    """Return whether the counter asks for a paper: not for what the form prints, nor for what data say, without a reason."""
    return not settled_source(requirement) or (not requirement.from_form and data_reason in DATA_REASONS)


def _key_in(intake: Intake, actor: Actor, at: datetime) -> tuple[Dossier, list[NeededPaper]]:
    """Write the draft and the papers given; return it with the papers its case needs."""
    citizen = intake.person if isinstance(intake.person, Citizen) else meet_citizen(at=at, **intake.person)
    draft = start_draft(
        version=intake.version, filed_by=citizen, owner=citizen, channel=Channel.COUNTER, at=at,
        filing_key=intake.filing_key,
    )  # fmt: skip
    if draft.status != Status.DRAFT:
        raise AlreadyFiled(draft)
    draft = save_draft(dossier_id=draft.pk, base_revision=0, fields=_fields(intake, citizen), at=at)
    needed = papers_needed(intake.version.paper_groups.prefetch_related("papers__group"), steps.facts_of(draft))
    wanted = {paper.requirement.pk for paper in needed}
    for paper in intake.papers:
        if paper.is_given and paper.requirement.pk in wanted:
            lay_paper(draft, paper, actor, at)
    return draft, needed


def _fields(intake: Intake, citizen: Citizen) -> dict[str, Any]:
    """Return what is saved into the draft, by the names `save_draft` knows."""
    applicant = {
        "full_name": citizen.full_name,
        "identity_number": citizen.identity_number or "",
        "phone": citizen.phone,
        "email": citizen.email,
        "address": citizen.address,
    } | declared_in(intake)
    tables = {
        "applicant": applicant, "declared_owner": intake.declared_owner, "answers": intake.answers,
        "form_data": intake.form_data,
    }  # fmt: skip
    typed = {f"{table}.{key}": value for table, values in tables.items() for key, value in values.items()}
    return typed | {
        "subject": intake.subject,
        "return_method": intake.return_method,
        "return_address": intake.return_address,
    }


def declared_in(intake: Intake) -> dict[str, str]:
    """Return what the person says today besides their record."""
    return {name: value for name, value in intake.declared.items() if value}


def lay_paper(dossier: Dossier, paper: CounterPaper, actor: Actor, at: datetime) -> None:
    """Write the row of a paper given, in place of what stood there."""
    given = {
        "requirement": paper.requirement,
        "name": paper.requirement.name,
        "source": _source(paper.requirement),
        "document": _document(dossier, paper, actor, at),
        "original_count": paper.original_count,
        "copy_count": paper.copy_count,
        "data_reason": paper.data_reason,
        "verdict": Paper.Verdict.FAULTY if paper.words else Paper.Verdict.UNSEEN,
        "fault_code": paper.fault_code if paper.words else "",
        "fault": paper.words,
        "guidance": GUIDANCE[paper.fault_code] if paper.words else "",
        "judged_at": at if paper.words else None,
        "judged_by_id": actor.officer if paper.words else None,
        "given_at": at,
    }
    Paper.objects.update_or_create(dossier=dossier, position=position_of(paper.requirement), defaults=given)


def _source(requirement: PaperRequirement) -> str:
    if requirement.from_form:
        return Paper.Source.FORM
    return Paper.Source.SHOWN if requirement.kind == PaperRequirement.Kind.SHOW else Paper.Source.PAPER


def _document(draft: Dossier, paper: CounterPaper, actor: Actor, at: datetime) -> Document | None:
    if paper.scan is None:
        return None
    return add_document(
        file=paper.scan.file,
        title=paper.requirement.name[:500],
        source=Document.Source.SCAN,
        at=at,
        actor=Officer.objects.select_related("user").get(pk=actor.officer).user,
        owner=draft.owner,
        original_name=paper.scan.original_name,
    )


def problems_of_papers(intake: Intake, needed: Iterable[NeededPaper]) -> list[Problem]:
    """Return what filing itself does not look at: papers asked for instead of data, and faults noted by the officer."""
    asked_instead = {paper.requirement.pk for paper in intake.papers if paper.data_reason and not paper.is_given}
    problems = [
        _problem(paper.requirement, _("Còn thiếu: %(name)s"))
        for paper in needed
        if paper.requirement.pk in asked_instead and paper.is_required
    ]
    faulty = [paper.requirement for paper in intake.papers if paper.is_given and paper.words]
    return problems + [_problem(requirement, _("Còn điều cần sửa ở: %(name)s")) for requirement in faulty]


def _problem(requirement: PaperRequirement, text: str) -> Problem:
    return Problem(f"paper:{position_of(requirement)}", text % {"name": requirement.name})


def _mark_missing(draft: Dossier, intake: Intake, needed: Sequence[NeededPaper], actor: Actor, at: datetime) -> None:
    """Write a faulty row for each paper that should be there and is not, so that the request names it."""
    reasons = {paper.requirement.pk: paper.data_reason for paper in intake.papers if paper.data_reason}
    present = set(draft.papers.values_list("requirement__code", flat=True))
    present |= {
        paper.requirement.code
        for paper in needed
        if not is_asked(paper.requirement, reasons.get(paper.requirement.pk, ""))
    }
    Paper.objects.bulk_create(
        Paper(
            dossier=draft,
            position=position_of(paper.requirement),
            requirement=paper.requirement,
            name=paper.requirement.name,
            data_reason=reasons.get(paper.requirement.pk, ""),
            verdict=Paper.Verdict.FAULTY,
            fault_code=Paper.FaultCode.MISSING,
            fault=_not_given(paper),
            guidance=GUIDANCE[Paper.FaultCode.MISSING],
            judged_at=at,
            judged_by_id=actor.officer,
        )
        for paper in papers_missing(needed, present)
    )  # fmt: skip


def _not_given(paper: NeededPaper) -> str:
    others = [other.name for other in paper.alternatives]
    if others:
        return _("Chưa nộp. Có thể nộp thay bằng: %(names)s.") % {"names": "; ".join(others)}
    if paper.requirement.kind == PaperRequirement.Kind.SHOW:
        return _("Chưa xuất trình.")
    return _("Chưa nộp.")

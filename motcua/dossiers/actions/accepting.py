"""Accepting a dossier that came in before: one filed online, or one the counter noted as missing papers."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from motcua.base.words import local_day
from motcua.catalogue.cases import case_for
from motcua.catalogue.papers import papers_needed
from motcua.dossiers import steps
from motcua.dossiers.actions.drafts import position_of
from motcua.dossiers.actions.filing import (
    AlreadyFiled,
    FilingNotReady,
    Problem,
    missing,
    settle_charges,
    settle_papers,
    settle_units,
)
from motcua.dossiers.actions.intake import CounterPaper, Intake, declared_in, lay_paper, problems_of_papers
from motcua.dossiers.actions.issuing import issue_slip
from motcua.dossiers.actions.owning import link_owner
from motcua.dossiers.actions.reception import start_clock
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Channel, Dossier, Paper, Step
from motcua.dossiers.moves import Locked, lock, move
from motcua.dossiers.queries import OPEN_REQUEST
from motcua.people.queries import calendar_version_for


@transaction.atomic
def accept(*, dossier_id: int, actor: Actor, at: datetime, unseen: Sequence[int] = ()) -> Dossier:
    """Accept a dossier as complete and valid: the processing clock starts now (T3), Mẫu 01 is issued.

    `unseen` are the papers nobody had judged when the officer chose to accept all the same; the event keeps their ids.
    Raises FilingNotReady for a dossier of the counter whose declaration was left open when papers were missing,
    OwnerMismatch when the owner somebody filed for cannot be who was declared.
    """
    locked = lock(dossier_id, actor)
    if locked.dossier.channel == Channel.COUNTER:
        _require_declared(locked.dossier, local_day(at))
    return _accepted(locked, actor=actor, at=at, unseen=unseen)


@transaction.atomic
def take_up(*, dossier_id: int, intake: Intake, actor: Actor, at: datetime) -> Dossier:
    """Complete at the counter a dossier noted there as missing papers, and accept it (T6, T3).

    What is keyed in now stands in place of what was noted; the person, the procedure and the code stay. Raises
    FilingNotReady with every fault at once, AlreadyFiled when the dossier waits for nothing any more, OwnerMismatch; then
    nothing is written.
    """
    locked = lock(dossier_id, actor)
    dossier = locked.dossier
    if dossier.status not in {Status.INCOMPLETE, Status.SUBMITTED} or dossier.channel != Channel.COUNTER:
        raise AlreadyFiled(dossier)
    declare(dossier, intake)
    needed = papers_needed(dossier.version.paper_groups.prefetch_related("papers__group"), steps.facts_of(dossier))
    wanted = {paper.requirement.pk for paper in needed}
    for paper in intake.papers:
        if paper.is_given and paper.requirement.pk in wanted:
            give(dossier, paper, actor, at)
    problems = [*missing(dossier, needed, today=local_day(at)), *problems_of_papers(intake, needed)]
    if problems:
        raise FilingNotReady(problems)
    dossier.case = case_for(dossier.version.cases.all(), steps.facts_of(dossier))
    settle_units(dossier, intake.units, at)
    settle_papers(dossier, needed, at)
    if not dossier.charges.filter(paid_at__isnull=False).exists():
        dossier.charges.all().delete()
        settle_charges(dossier, at)
    dossier.supplements.filter(OPEN_REQUEST).update(supplied_at=at)
    if dossier.status == Status.INCOMPLETE:
        move(locked, "supply_before", actor=actor, at=at)
    return _accepted(locked, actor=actor, at=at)


def _accepted(locked: Locked, *, actor: Actor, at: datetime, unseen: Sequence[int] = ()) -> Dossier:
    dossier = locked.dossier
    link_owner(dossier, at)
    if dossier.competent_unit is not None:  # a calendar may have been published since it was filed
        dossier.calendar = calendar_version_for(dossier.competent_unit, at)
    data = {"unseen_papers": list(unseen)} if unseen else {}
    event = move(locked, "accept", actor=actor, at=at, data=data, entry=start_clock(dossier, at))
    steps.end(locked, at, officer_id=actor.officer_id, outcome=Step.Outcome.DONE)
    steps.begin_hand_over(locked, at)
    issue_slip(dossier, event)
    return dossier


def _require_declared(dossier: Dossier, today: date) -> None:
    gaps = _gaps(dossier, today)
    if gaps:
        raise FilingNotReady(gaps)


def _gaps(dossier: Dossier, today: date) -> list[Problem]:
    return [problem for problem in missing(dossier, (), today=today) if not problem.where.startswith("paper:")]


def declare(dossier: Dossier, intake: Intake) -> None:
    """Write what is declared now; the person stays, with what differs today of their record."""
    dossier.answers, dossier.form_data = dict(intake.answers), dict(intake.form_data)
    dossier.applicant = {**dossier.applicant, **declared_in(intake)}
    dossier.declared_owner = dict(intake.declared_owner)
    dossier.subject = intake.subject
    dossier.return_method, dossier.return_address = intake.return_method, intake.return_address


def give(dossier: Dossier, paper: CounterPaper, actor: Actor, at: datetime) -> None:
    """Write a paper given: a good one lying here already is counted anew, any other stands as just given."""
    here = dossier.papers.filter(position=position_of(paper.requirement)).first()
    if here is None or here.verdict == Paper.Verdict.FAULTY or here.source == Paper.Source.NONE or paper.scan:
        lay_paper(dossier, paper, actor, at)
        return
    here.original_count, here.copy_count = paper.original_count, paper.copy_count
    here.save(update_fields=["original_count", "copy_count"])

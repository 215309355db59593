"""Steps as rows: beginning and ending them, one or several at a time, as the process the dossier follows says."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _  # kept in Vietnamese, whoever made the step begin

from motcua.base.rows import add_row, change_row, first_row
from motcua.catalogue.bpmn.choices import MoveRefused
from motcua.catalogue.models import ProcedureVersion, PublishedProcess
from motcua.catalogue.processes.plans import UNITS, StepPlan
from motcua.catalogue.processes.process import Process, Progress, parse
from motcua.catalogue.queries import process_for
from motcua.dossiers import clock, deadlines, policy
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.models import Dossier, Step
from motcua.dossiers.moves import Locked, not_before
from motcua.people.models import Agency
from motcua.people.queries import agency_named
from motcua.people.roles import Role


def process_of(dossier: Dossier) -> Process:
    """Return the process the dossier follows; what was published is frozen, so it is parsed once."""
    return published_process(dossier.process_id) if dossier.process_id else process_of_version(dossier.version_id)


def follow_process(dossier: Dossier, on: date) -> None:
    """Let a dossier follow, from now on, what is published on that day for its procedure and competent unit."""
    dossier.process = process_for(dossier.version.procedure_id, dossier.competent_unit_id, on)


def process_from(dossier: Dossier, on: date) -> Process:
    """Return the process a dossier would follow if it were handed over on that day."""
    published = process_for(dossier.version.procedure_id, dossier.competent_unit_id, on)
    return published_process(published.pk) if published else process_of_version(dossier.version_id)


@lru_cache(maxsize=4096)
def process_of_version(version_id: int) -> Process:
    """Return the process frozen with a version: of dossiers for which nothing newer was published apart from it."""
    return parse(ProcedureVersion.objects.values_list("process", flat=True).get(pk=version_id))


@lru_cache(maxsize=4096)
def published_process(process_id: int) -> Process:
    """Return a published process, parsed."""
    return parse(PublishedProcess.objects.values_list("content", flat=True).get(pk=process_id))


def facts_of(dossier: Dossier) -> Mapping[str, Any]:
    """Return what conditions may look at: the answers to the case's questions and the form's fields; of a part its parent's."""
    above = facts_of(dossier.parent) if dossier.parent is not None else {}
    return {**above, **dossier.form_data, **dossier.answers}


def unit_of(dossier: Dossier, plan: StepPlan) -> Agency:
    """Return the unit that does a planned step; raise NoUnitForStep where none is found today."""
    if plan.unit in UNITS:
        return cast(Agency, getattr(dossier, f"{plan.unit}_unit"))
    unit = agency_named(plan.unit, plan.role, near=dossier.competent_unit)
    if unit is None:
        raise NoUnitForStep(
            gettext(
                "Bước «%(step)s» giao cho một cơ quan không còn hoạt động. Chưa có gì thay đổi; hãy báo quản trị danh mục."
            )
            % {"step": plan.name}
        )
    return unit


class NoUnitForStep(MoveNotAllowed):
    """A step is given to an agency outside the dossier's own that does not exist (any more)."""


def begin_process(locked: Locked, at: datetime, *, assignee_id: int | None = None) -> None:
    """Begin the first step of the dossier's process; `assignee_id` holds it where its role is theirs."""
    begun = played(process_of(locked.dossier).begin, facts_of(locked.dossier))
    keep_position(locked, begun.position)
    for one in begun.begins:
        begin_planned(locked, one.plan, at, token=one.token, assignee_id=assignee_id)


def after(
    locked: Locked, step: Step, *, findings: Mapping[str, Any] | None = None, choose: Collection[str] = ()
) -> Progress:
    """Return what changes when `step` is done; raise MoveNotAllowed, or WayNotChosen where the officer has to choose."""
    process, dossier = process_of(locked.dossier), locked.dossier
    if step.code not in process.steps:  # somebody was faster: the dossier waits at a counter by now
        raise MoveNotAllowed(
            gettext("Hồ sơ đang ở bước «%(step)s», việc này đã có người làm. Chưa có gì thay đổi; hãy tải lại trang.")
            % {"step": step.name}
        )
    advance = partial(process.advance, findings=findings, token=step.token, choose=choose)
    return played(advance, dossier.position, step.code, facts_of(dossier))


def played(turn: Callable[..., Progress], *facts: object) -> Progress:
    """Play one turn of a process; what cannot be played is refused as a move is."""
    try:
        return turn(*facts)
    except MoveRefused as refused:
        raise WayNotChosen(str(refused)) from refused


class WayNotChosen(MoveNotAllowed):
    """The process does not say by itself where to go from here; the message says what is missing."""


def go_on(
    locked: Locked, step: Step, progress: Progress, at: datetime, *, officer_id: int | None, note: str = ""
) -> None:
    """End `step` as done and begin what `progress` says; steps that it makes needless end with it."""
    was = locked.dossier.position or None
    end_step(locked, step, at, officer_id=officer_id, outcome=Step.Outcome.DONE, note=note, position=was)
    turn(locked, progress, at)


def turn(locked: Locked, progress: Progress, at: datetime) -> None:
    """Let the branches stand where `progress` says: end the steps it makes needless and begin those that begin."""
    keep_position(locked, progress.position)
    for other in [other for other in locked.running if other.token in progress.ends]:
        end_step(locked, other, at, officer_id=None, outcome=Step.Outcome.NEEDLESS)
    for one in progress.begins:
        begin_planned(locked, one.plan, at, token=one.token)


def take_up(locked: Locked, earlier: Step, at: datetime, *, assignee_id: int | None) -> None:
    """Begin an earlier step anew where nothing runs any more: everything stands as it stood when it was to be done."""
    process = process_of(locked.dossier)
    if process.is_plain:
        begin_planned(locked, process.step(earlier.code), at, assignee_id=assignee_id)
        return
    position = earlier.position or process.position_at(earlier.code)
    keep_position(locked, position)
    for one in process.at(position):
        holder = assignee_id if one.plan.code == earlier.code else None
        begin_planned(locked, one.plan, at, token=one.token, assignee_id=holder)


def go_on_where_it_stopped(locked: Locked, at: datetime) -> bool:
    """Begin again every branch that ran when the dossier was stopped; False where its process has only one."""
    process = process_of(locked.dossier)
    if process.is_plain or not locked.dossier.position:
        return False
    held = dict(
        locked.dossier.steps.filter(outcome=Step.Outcome.ENDED).order_by("seq").values_list("token", "assignee_id")
    )
    for one in process.at(locked.dossier.position):
        begin_planned(locked, one.plan, at, token=one.token, assignee_id=held.get(one.token))
    return bool(locked.running)


def forget_branches(dossier: Dossier) -> None:
    """Forget where the branches of a process the dossier leaves stood when its steps were done."""
    dossier.steps.filter(position__isnull=False).update(position=None)


def move_to_branch(dossier: Dossier, step: Step, token: int | None) -> None:
    """Let a running step go on as that branch of another process."""
    if step.token != token:
        step.token = token
        step.timer_at = timer_of(dossier, step.code, token, step.received_at)
        change_row(step, "token", "timer_at")


def replace(locked: Locked, old: Step, plan: StepPlan, at: datetime, *, token: int | None) -> None:
    """End a running step and begin another in its place, with the same officer where unit and role are the same."""
    end_step(locked, old, at, officer_id=None, outcome=Step.Outcome.REPLANNED)
    same_post = (old.unit_id, old.role) == (unit_of(locked.dossier, plan).pk, plan.role)
    begin_planned(locked, plan, at, assignee_id=old.assignee_id if same_post else None, token=token)


def keep_position(locked: Locked, position: Mapping[str, Any]) -> None:
    """Store where the branches stand."""
    if locked.dossier.position != position:
        locked.dossier.position = dict(position)
        change_row(locked.dossier, "position")
        locked.stored["position"] = locked.dossier.position


def begin_planned(
    locked: Locked, plan: StepPlan, at: datetime, *, assignee_id: int | None = None, token: int | None = None
) -> Step:
    """Begin a step of the process in the unit it names."""
    dossier = locked.dossier
    unit_id = getattr(dossier, f"{plan.unit}_unit_id") if plan.unit in UNITS else unit_of(dossier, plan).pk
    return _begin(
        locked,
        code=plan.code,
        name=plan.name,
        kind=plan.kind,
        unit_id=unit_id,
        role=plan.role,
        at=at,
        due_at=deadlines.step_due(dossier, at, plan.hours),
        assignee_id=assignee_id,
        token=token,
        timer_at=timer_of(dossier, plan.code, token, at) if token is not None else None,
    )


def begin_reception(locked: Locked, at: datetime) -> Step:
    """Begin the counter's step for an online dossier; due when the reception clock says."""
    return _begin(
        locked, code="reception", name=_("Tiếp nhận"), kind=Step.Kind.RECEPTION,
        unit_id=_receiving(locked.dossier), role=Role.RECEPTIONIST, at=at, due_at=locked.dossier.reception_due_at,
    )  # fmt: skip


def begin_arrival(locked: Locked, role: str, at: datetime) -> Step:
    """Begin the receipt of a part another agency sent (liên thông), at the desk of `role`."""
    return _begin(
        locked, code="arrival", name=_("Nhận liên thông"), kind=Step.Kind.ARRIVAL, unit_id=_receiving(locked.dossier),
        role=role, at=at, due_at=locked.dossier.reception_due_at,
    )  # fmt: skip


def begin_hand_over(locked: Locked, at: datetime) -> Step:
    """Begin the hand-over to the resolving unit: the same working day, or first thing next (NĐ 309/2026 Điều 9)."""
    due_at = clock.hand_over_due(deadlines.calendar(locked.dossier), at, cutoff=policy.hand_over_cutoff())
    return _begin(
        locked, code="hand_over", name=_("Bàn giao"), kind=Step.Kind.HAND_OVER,
        unit_id=_receiving(locked.dossier), role=Role.RECEPTIONIST, at=at, due_at=due_at,
    )  # fmt: skip


def begin_return(locked: Locked, at: datetime) -> Step:
    """Begin the return of the result at the counter that received the dossier; due with the dossier itself."""
    return _begin(
        locked, code="return", name=_("Trả kết quả"), kind=Step.Kind.RETURN,
        unit_id=_receiving(locked.dossier), role=Role.RETURNER, at=at, due_at=locked.dossier.due_at,
    )  # fmt: skip


def end(locked: Locked, at: datetime, *, officer_id: int | None, outcome: str, note: str = "") -> Step | None:
    """End every running step, if any runs, and return the one that was acted upon."""
    acted = locked.step
    for step in list(locked.running):
        end_step(locked, step, at, officer_id=officer_id, outcome=outcome, note=note)
    return acted


def end_step(
    locked: Locked, step: Step, at: datetime, *, officer_id: int | None, outcome: str, note: str = "",
    position: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """End one running step; another that runs beside it then stands for the dossier."""
    step.done_at, step.done_by_id, step.outcome, step.note = not_before(locked, at), officer_id, outcome, note
    step.position = position
    change_row(step, "done_at", "done_by_id", "outcome", "note", *(["position"] if position else []))
    locked.running.remove(step)
    if not step.is_beside and locked.running:
        locked.running[0].is_beside = False
        change_row(locked.running[0], "is_beside")
    locked.step = locked.running[0] if locked.running else None


def shift_due(locked: Locked, start: datetime, end: datetime) -> None:
    """Move the running steps' own due moments by the open minutes between two moments: a wait, or an extension."""
    calendar = deadlines.calendar(locked.dossier)
    for step in locked.running:
        if step.due_at is not None and end > start:
            step.due_at = calendar.add(step.due_at, calendar.open_minutes(start, end))
            change_row(step, "due_at")
        if step.timer_at is not None and end > start:
            step.timer_at = calendar.add(step.timer_at, calendar.open_minutes(start, end))
            change_row(step, "timer_at")


def timer_of(dossier: Dossier, code: str, token: int | None, since: datetime) -> datetime | None:
    """Return when the next timer of a step goes off, counted in working time from `since`; None where it has none."""
    armed = process_of(dossier).armed(dossier.position, code, token)
    calendar = deadlines.calendar(dossier)
    moments = (alarm.on or calendar.add(since, alarm.minutes) for alarm in armed)
    return min(moments, default=None)


def last_work(dossier: Dossier) -> Step | None:
    """Return the work step that was done last: whoever did it knows the dossier."""
    return _done_last(_work_done(dossier))


def previous_work(dossier: Dossier, running: Step) -> Step | None:
    """Return the step before `running` that a dossier can be sent back to: the last finished work step."""
    return _done_last(_work_done(dossier).filter(seq__lt=running.seq).exclude(code=running.code))


def last_appraisal(dossier: Dossier, running: Step) -> Step | None:
    """Return the specialist's work that was done last before `running`; None where it runs itself, or has not come yet.

    Of work done at the same time by several agencies it is the resolving unit's.
    """
    if running.role == Role.SPECIALIST:
        return None
    done = _work_done(dossier).filter(seq__lt=running.seq, role=Role.SPECIALIST)
    return _done_last(done.filter(unit=dossier.resolving_unit_id)) or _done_last(done)


def _work_done(dossier: Dossier) -> QuerySet[Step]:
    """Return the finished work of the process the dossier follows now; steps of one it left are history only."""
    done = Step.objects.filter(dossier=dossier, kind=Step.Kind.WORK, outcome=Step.Outcome.DONE)
    return done.filter(code__in=list(process_of(dossier).steps))


def _done_last(steps: QuerySet[Step]) -> Step | None:
    return first_row(steps.order_by("-done_at", "-seq"))


def _receiving(dossier: Dossier) -> int:
    if dossier.receiving_unit_id is None:
        raise ValueError("a draft has no steps")
    return dossier.receiving_unit_id


def _begin(
    locked: Locked, *, code: str, name: str, kind: str, unit_id: int, role: str, at: datetime,
    due_at: datetime | None, assignee_id: int | None = None, token: int | None = None,
    timer_at: datetime | None = None,
) -> Step:  # fmt: skip
    at = not_before(locked, at)
    step = Step(
        dossier=locked.dossier, seq=locked.last_step_seq + 1, code=code, name=name, kind=kind, unit_id=unit_id, role=role,
        received_at=at, due_at=due_at, assignee_id=assignee_id, token=token, timer_at=timer_at, is_beside=bool(locked.running),
    )  # fmt: skip
    add_row(step)
    locked.running.append(step)
    locked.step, locked.last_step_seq = locked.running[0], step.seq
    return step

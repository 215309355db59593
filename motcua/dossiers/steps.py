"""Steps as rows: beginning and ending them, and what comes next in the process frozen with the procedure's version."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_noop as _  # kept in Vietnamese, whoever made the step begin

from motcua.base.rows import add_row, change_row
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.plans import StepPlan
from motcua.catalogue.process import Process, parse
from motcua.dossiers import clock, deadlines, policy
from motcua.dossiers.models import Dossier, Step
from motcua.dossiers.moves import Locked, not_before
from motcua.people.roles import Role


def process_of(version: ProcedureVersion) -> Process:
    """Return the version's process; a published version is frozen, so it is parsed once."""
    return _process(version.pk)


@lru_cache(maxsize=4096)
def _process(version_id: int) -> Process:
    return parse(ProcedureVersion.objects.values_list("process", flat=True).get(pk=version_id))


def facts_of(dossier: Dossier) -> Mapping[str, Any]:
    """Return what conditions may look at: the answers to the case's questions and the form's fields."""
    return {**dossier.form_data, **dossier.answers}


def begin_planned(locked: Locked, plan: StepPlan, at: datetime, *, assignee_id: int | None = None) -> Step:
    """Begin a step of the process in the unit it names: the receiving, competent or resolving one."""
    dossier = locked.dossier
    return _begin(
        locked,
        code=plan.code,
        name=plan.name,
        kind=plan.kind,
        unit_id=getattr(dossier, f"{plan.unit}_unit_id"),
        role=plan.role,
        at=at,
        due_at=deadlines.step_due(dossier, at, plan.hours),
        assignee_id=assignee_id,
    )


def begin_reception(locked: Locked, at: datetime) -> Step:
    """Begin the counter's step for an online dossier; due when the reception clock says."""
    return _begin(
        locked, code="reception", name=_("Tiếp nhận"), kind=Step.Kind.RECEPTION,
        unit_id=_receiving(locked.dossier), role=Role.RECEPTIONIST, at=at, due_at=locked.dossier.reception_due_at,
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
    """End the running step, if one runs."""
    step = locked.step
    if step is None:
        return None
    at = not_before(locked, at)
    step.done_at, step.done_by_id, step.outcome, step.note = at, officer_id, outcome, note
    change_row(step, "done_at", "done_by_id", "outcome", "note")
    locked.step = None
    return step


def shift_due(locked: Locked, start: datetime, end: datetime) -> None:
    """Move the running step's own due moment by the open minutes between two moments: a wait, or an extension."""
    step = locked.step
    if step is None or step.due_at is None or end <= start:
        return
    calendar = deadlines.calendar(locked.dossier)
    step.due_at = calendar.add(step.due_at, calendar.open_minutes(start, end))
    change_row(step, "due_at")


def last_work(dossier: Dossier) -> Step | None:
    """Return the work step that was done last: whoever did it knows the dossier."""
    done = dossier.steps.filter(kind=Step.Kind.WORK, done_at__isnull=False)
    return done.order_by("-seq").first()


def previous_work(running: Step) -> Step | None:
    """Return the step before `running` that a dossier can be sent back to: the last finished work step."""
    earlier = Step.objects.filter(
        dossier_id=running.dossier_id, seq__lt=running.seq, kind=Step.Kind.WORK, outcome=Step.Outcome.DONE
    )
    return earlier.exclude(code=running.code).order_by("-seq").first()


def last_appraisal(running: Step) -> Step | None:
    """Return the specialist's work that was done last before `running`; None where it runs itself, or has not come yet."""
    if running.role == Role.SPECIALIST:
        return None
    done = Step.objects.filter(
        dossier_id=running.dossier_id, seq__lt=running.seq, kind=Step.Kind.WORK, role=Role.SPECIALIST,
        outcome=Step.Outcome.DONE,
    )  # fmt: skip
    return done.order_by("-seq").first()


def _receiving(dossier: Dossier) -> int:
    if dossier.receiving_unit_id is None:
        raise ValueError("a draft has no steps")
    return dossier.receiving_unit_id


def _begin(
    locked: Locked, *, code: str, name: str, kind: str, unit_id: int, role: str, at: datetime,
    due_at: datetime | None, assignee_id: int | None = None,
) -> Step:  # fmt: skip
    at = not_before(locked, at)
    last = locked.dossier.steps.count() if locked.last_step_seq is None else locked.last_step_seq
    step = Step(
        dossier=locked.dossier, seq=last + 1, code=code, name=name, kind=kind, unit_id=unit_id, role=role,
        received_at=at, due_at=due_at, assignee_id=assignee_id,
    )  # fmt: skip
    add_row(step)
    locked.step, locked.last_step_seq = step, step.seq
    return step

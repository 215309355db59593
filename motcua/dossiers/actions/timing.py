"""Timers of a process that go off on a running step: an interrupting one ends the step, any other begins something beside it."""

from datetime import datetime

from django.db import transaction

from motcua.base.rows import change_row
from motcua.catalogue.processes.alarms import Alarm
from motcua.dossiers import deadlines, steps
from motcua.dossiers.actions.lapsing import SYSTEM
from motcua.dossiers.models import Dossier, Step
from motcua.dossiers.moves import Locked, lock, move


@transaction.atomic
def time_out(*, dossier_id: int, at: datetime) -> int | None:
    """Let every timer of the dossier go off whose moment has come; return how many, None when there was none.

    While the dossier waits for the citizen no timer runs: their moments move with the steps' own.
    """
    locked = lock(dossier_id)
    number = 0
    while locked.dossier.paused_at is None and (step := _due(locked, at)) is not None:
        _go_off(locked, step, at)
        number += 1
    return number or None


def _due(locked: Locked, at: datetime) -> Step | None:
    return next((step for step in locked.running if step.timer_at is not None and step.timer_at <= at), None)


def _go_off(locked: Locked, step: Step, at: datetime) -> None:
    dossier = locked.dossier
    process = steps.process_of(dossier)
    armed = process.armed(dossier.position, step.code, step.token)
    alarm = next((one for one in armed if one.on is not None and one.on <= at), armed[0])
    progress = steps.played(process.fire, dossier.position, alarm.id, steps.facts_of(dossier))
    names = ", ".join(begun.plan.name for begun in progress.begins)
    move(locked, "time_out", actor=SYSTEM, at=at, data={"step": step.code, "step_name": step.name, "next_name": names})
    steps.turn(locked, progress, at)
    if step.done_at is None:
        step.timer_at = _next(dossier, step, alarm, at)
        change_row(step, "timer_at")


def _next(dossier: Dossier, step: Step, gone: Alarm, at: datetime) -> datetime | None:
    """Return when the next timer of a step goes off after `gone` did: one that repeats counts anew, others go on counting."""
    armed = steps.process_of(dossier).armed(dossier.position, step.code, step.token)
    calendar = deadlines.calendar(dossier)
    moments = (
        alarm.on or calendar.add(at, alarm.minutes if alarm.id == gone.id else max(0, alarm.minutes - gone.minutes))
        for alarm in armed
    )
    return min(moments, default=None)

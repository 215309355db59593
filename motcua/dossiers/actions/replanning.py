"""Open dossiers taken over to another published process: by a mapping that is checked first, one by one, with an event.

A dossier stays with the process it began with unless somebody moves it; nothing moves it by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalogue.models import PublishedProcess
from motcua.catalogue.processes.branches import faults_from, runs_beside
from motcua.catalogue.processes.plans import StepPlan
from motcua.catalogue.processes.process import Position, Process
from motcua.dossiers import steps
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.models import Dossier, Step
from motcua.dossiers.moves import lock, move

Mapped = Mapping[str, str]
"""Code of a step in the old process → code in the new one; a step that is not named keeps its code."""


class DoesNotFit(MoveNotAllowed):
    """The dossier cannot go on in the other process; the message says at which step and why."""


@dataclass(frozen=True)
class Fit:
    """How a dossier would go on: the new position, the steps that run on as they are, those that begin in place of others."""

    position: Position
    kept: Sequence[tuple[Step, int | None]]
    replaced: Sequence[tuple[Step, StepPlan, int | None]]


@transaction.atomic
def change_process(
    *, dossier_id: int, process: PublishedProcess, mapping: Mapped, actor: Actor, at: datetime, reason: str
) -> Dossier:
    """Let an open dossier go on in another published process (T9); its due moment and its history stay.

    A running step that says the same in both processes runs on; another ends and the one it is mapped to begins, with
    the same officer where unit and role are the same. Raises DoesNotFit, MoveNotAllowed; then nothing is written.
    """
    locked = lock(dossier_id, actor)
    dossier = locked.dossier
    if dossier.process_id == process.pk:
        raise DoesNotFit(_("Hồ sơ đã theo đúng quy trình này. Chưa có gì thay đổi."))
    if process.procedure_id != dossier.version.procedure_id:
        raise DoesNotFit(_("Quy trình này là của một thủ tục khác. Chưa có gì thay đổi."))
    fit = fit_of(dossier, locked.running, steps.published_process(process.pk), mapping)
    before = dossier.process_id
    dossier.process = process
    data = {
        "process_before": before, "process": process.pk,
        "steps": [{"step": old.code, "next": new.code, "next_name": new.name} for old, new, _token in fit.replaced],
    }  # fmt: skip
    move(locked, "change_process", actor=actor, at=at, reason=reason, data=data)
    steps.forget_branches(dossier)
    steps.keep_position(locked, fit.position)
    for step, token in fit.kept:
        steps.move_to_branch(dossier, step, token)
    for old, plan, token in fit.replaced:
        steps.replace(locked, old, plan, at, token=token)
    return dossier


def fit_of(dossier: Dossier, running: Sequence[Step], process: Process, mapping: Mapped) -> Fit:
    """Return how the dossier would go on in `process`; raise DoesNotFit with everything that is in the way."""
    wanted = {step.pk: mapping.get(step.code, step.code) for step in running}
    faults = [fault for step in running for fault in _faults(step, wanted[step.pk], process)]
    if not running:
        faults.append(_("hồ sơ không còn bước nào đang chạy"))
    if faults:
        raise _does_not_fit(faults)
    position = _position(dossier, list(wanted.values()), process, mapping)
    if faults := faults_from(process, position):
        raise _does_not_fit([fault.rstrip(".") for fault in faults])
    tokens = {begun.plan.code: begun.token for begun in process.at(position)} if position else {}
    kept, replaced = [], []
    for step in running:
        plan = process.step(wanted[step.pk])
        token = tokens.get(plan.code)
        if _says_the_same(step, plan, dossier):
            kept.append((step, token))
        else:
            replaced.append((step, plan, token))
    return Fit(position, kept, replaced)


def _faults(step: Step, wanted: str, process: Process) -> list[str]:
    plan = process.steps.get(wanted)
    if plan is None:
        return [
            _("bước «%(step)s» chưa được ánh xạ: quy trình mới không có bước mã %(wanted)s")
            % {"step": step.name, "wanted": wanted}
        ]
    if plan.kind != step.kind:
        return [
            _("bước «%(step)s» và bước «%(wanted)s» khác loại (xử lý, ký, phát hành)")
            % {"step": step.name, "wanted": plan.name}
        ]
    return []


def _position(dossier: Dossier, running: list[str], process: Process, mapping: Mapped) -> Position:
    """Return the position in which these run and what the dossier has behind it beside them is done."""
    if process.is_plain:
        return {}
    if len(set(running)) < len(running):
        raise _does_not_fit([_("hai bước đang chạy cùng được đưa về một bước")])
    done = dossier.steps.filter(outcome=Step.Outcome.DONE, kind=Step.Kind.WORK).values_list("code", flat=True)
    beside = runs_beside(process, running)
    behind = sorted({mapping.get(code, code) for code in done} & beside - set(running))
    position = process.position_at(*running, *behind)
    for code in behind:
        position = process.advance(position, code, steps.facts_of(dossier)).position
    return position


def _says_the_same(step: Step, plan: StepPlan, dossier: Dossier) -> bool:
    unit = steps.unit_of(dossier, plan).pk
    return (step.code, step.name, step.role, step.unit_id) == (plan.code, plan.name, plan.role, unit)


def _does_not_fit(faults: Sequence[str]) -> DoesNotFit:
    return DoesNotFit(
        _("Hồ sơ chưa chuyển được sang quy trình này: %(faults)s. Chưa có gì thay đổi.") % {"faults": "; ".join(faults)}
    )

"""When a dossier may be expected where the law gives no term: what is left of its steps, by the hours of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from motcua.base.words import local_day
from motcua.catalogue.processes.plans import StepPlan
from motcua.dossiers import clock, deadlines, policy, steps
from motcua.dossiers.models import Dossier, Step

MOST_PLANNED = 20  # a process has no loops, but nothing trusts data to end
NOT_BEGUN = frozenset({Step.Kind.RECEPTION, Step.Kind.HAND_OVER, Step.Kind.ARRIVAL})


@dataclass(frozen=True)
class Expected:
    """A step to come, and when it should be done if every step takes its hours; None while no step has hours."""

    plan: StepPlan
    end_at: datetime | None


def is_untimed(dossier: Dossier) -> bool:
    """Return whether the dossier runs without a due moment, because the law gives its case no term."""
    return dossier.received_at is not None and dossier.due_at is None and dossier.closed_at is None


def steps_ahead(dossier: Dossier, running: Step | None, at: datetime) -> list[Expected]:
    """Return the steps after the running one, as the process foresees them; before the hand-over, all of them.

    A running step that is over its own hours counts as done at `at`; a step without hours adds nothing.
    """
    calendar = deadlines.calendar(dossier)
    if running is None or running.kind in NOT_BEGUN:
        moment, is_known = clock.hand_over_due(calendar, at, cutoff=policy.hand_over_cutoff()), False
    else:
        moment, is_known = max(running.due_at or at, at), running.due_at is not None
    ahead = []
    for plan in plans_ahead(dossier, running, at):
        if plan.hours is not None:
            moment, is_known = calendar.add(moment, round(plan.hours * 60)), True
        ahead.append(Expected(plan, moment if is_known else None))
    return ahead


def expected_end(dossier: Dossier, running: Step | None, at: datetime) -> datetime | None:
    """Return when the dossier may be expected to be done; None where nothing says, or it is done."""
    if running is not None and running.kind == Step.Kind.RETURN:
        return None
    ahead = steps_ahead(dossier, running, at)
    if ahead:
        return ahead[-1].end_at
    return max(running.due_at, at) if running is not None and running.due_at is not None else None


def plans_ahead(dossier: Dossier, running: Step | None, at: datetime) -> Iterator[StepPlan]:
    """Yield the plans of the steps to come."""
    facts = steps.facts_of(dossier)
    is_begun = running is not None and running.kind not in NOT_BEGUN
    process = steps.process_of(dossier) if is_begun else steps.process_from(dossier, local_day(at))
    plan = process.next_step(running.code, facts) if running is not None and is_begun else process.start
    for _number in range(MOST_PLANNED):
        if plan is None:
            return
        yield plan
        plan = process.next_step(plan.code, facts)

"""Timers on the steps of a drawing: after how much working time each goes off.

A duration of BPMN counts here in working time, as the hours of a step do: `PT8H` is one working day, `P1D` too, a week
five, a month twenty-two. A timer that leads nowhere and interrupts nothing is only a mark on the drawing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from motcua.catalogue.bpmn.model import Kind, Model, Node, Timer

MINUTES_PER_DAY = 8 * 60
_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_MINUTES = {"Y": 12 * 22 * MINUTES_PER_DAY, "M": 22 * MINUTES_PER_DAY, "W": 5 * MINUTES_PER_DAY, "D": MINUTES_PER_DAY}
_TIME_MINUTES = {"H": 60.0, "M": 1.0, "S": 1 / 60}
_PART = re.compile(r"(\d+(?:\.\d+)?)([YMWDHS])")


@dataclass(frozen=True, slots=True)
class Alarm:
    """A timer of a step. `minutes` is working time after the step began, or after it last went off; else it is `on` a moment."""

    id: str
    minutes: int
    on: datetime | None = None


def alarms_of(model: Model, task: str) -> tuple[Alarm, ...]:
    """Return the timers of a task that do something when they go off."""
    scope = model.scopes[model.scope_of[task]]
    return tuple(_alarm(event) for event in scope.boundary.get(task, ()) if is_effective(event))


def is_effective(event: Node) -> bool:
    """Return whether a timer does anything: end what it is attached to, or begin something."""
    return event.interrupts or bool(event.outgoing)


def timers_without_step(model: Model) -> Iterator[Node]:
    """Yield the timers that no step of a person carries: between steps, or around a whole sub-process."""
    for scope in model.scopes.values():
        for node in scope.nodes.values():
            host = scope.nodes[node.attached_to] if node.attached_to else None
            if node.kind is Kind.WAIT or (host and host.kind is not Kind.TASK and is_effective(node)):
                yield node


def _alarm(event: Node) -> Alarm:
    timer = event.timer or Timer("duration", "PT0S")
    if timer.form == "date":
        on = datetime.fromisoformat(timer.text)
        return Alarm(event.id, 0, on if on.tzinfo else on.replace(tzinfo=_VIETNAM))
    return Alarm(event.id, working_minutes(timer.text.rpartition("/")[2]))


def working_minutes(duration: str) -> int:
    """Return the working minutes of an ISO 8601 duration: P1DT4H is 720."""
    days, _t, hours = duration.removeprefix("P").partition("T")
    long = sum(float(number) * _MINUTES[unit] for number, unit in _PART.findall(days))
    short = sum(float(number) * _TIME_MINUTES[unit] for number, unit in _PART.findall(hours))
    return round(long + short)

"""The process of a procedure: a small graph of steps, data frozen with the published version.

Stored as `{"steps": [{"code", "name", "kind", "unit", "role", "hours", "produces", "next": [{"to", "when"}]}]}`.
The first step starts; of a step's exits the first whose `when` holds is taken, and the last has no `when`.
A result is signed by a signer and then numbered and issued by a clerk: two acts of two people (NĐ 30/2020/NĐ-CP).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.conditions import Condition, Facts, faults_in, holds
from motcua.people.roles import Role

UNITS = ("receiving", "competent", "resolving")

ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    "work": (Role.SPECIALIST, Role.DIVISION_HEAD),
    "sign": (Role.SIGNER,),
    "issue": (Role.CLERK,),
}


@dataclass(frozen=True, slots=True)
class Next:
    """One exit of a step."""

    to: str
    when: Condition


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step as planned. `hours` are working hours, None when nobody set any; `produces` names the draft it makes."""

    code: str
    name: str
    kind: str
    unit: str
    role: str
    hours: float | None
    produces: str
    next: tuple[Next, ...]


class BadProcess(ValueError):
    """The process cannot be followed; `faults` are Vietnamese sentences, one per fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Process:
    """A process without faults."""

    steps: Mapping[str, StepPlan]

    @property
    def start(self) -> StepPlan:
        """The step that begins when the dossier reaches the agency."""
        return next(iter(self.steps.values()))

    def step(self, code: str) -> StepPlan:
        """Return the step of that code; KeyError when the process has none."""
        return self.steps[code]

    def next_step(self, code: str, facts: Facts) -> StepPlan | None:
        """Return the step after `code` for a dossier with these facts; None after the last one."""
        exit_taken = next((way for way in self.steps[code].next if holds(way.when, facts)), None)
        return self.steps[exit_taken.to] if exit_taken else None

    def total_hours(self) -> float:
        """Return the working hours along the longest way; steps without hours count nothing."""
        return _longest(self.steps, self.start.code, {})


def parse(data: object) -> Process:
    """Return the process stored as `data`; raise BadProcess naming every fault found."""
    raw = _raw_steps(data)
    faults = [fault for number, step in enumerate(raw, start=1) for fault in _faults_of_step(number, step)]
    if faults:
        raise BadProcess(faults)
    steps = {step["code"]: _plan(step) for step in raw}
    if len(steps) < len(raw):
        raise BadProcess([_("Hai bước của quy trình không được dùng chung một mã.")])
    faults = [fault for check in _CHECKS for fault in check(steps)]
    if faults:
        raise BadProcess(faults)
    return Process(steps)


def _raw_steps(data: object) -> list[Any]:
    steps = data.get("steps") if isinstance(data, Mapping) else None
    if not isinstance(steps, list) or not steps:
        raise BadProcess([_("Quy trình chưa có bước nào.")])
    return steps


def _faults_of_step(number: int, step: Any) -> Iterator[str]:
    """Find what is wrong with one step by itself."""
    if not isinstance(step, Mapping) or not all(isinstance(step.get(k), str) and step[k] for k in ("code", "name")):
        yield _("Bước thứ %(number)s phải có mã và tên.") % {"number": number}
        return
    words = {"step": step["name"], "role": step.get("role"), "kind": step.get("kind"), "unit": step.get("unit")}
    if step.get("kind") not in ROLES_OF_KIND:
        yield _("Bước “%(step)s”: loại “%(kind)s” không phải là work, sign hay issue.") % words
    elif step.get("role") not in ROLES_OF_KIND[step["kind"]]:
        yield _("Bước “%(step)s”: vai trò “%(role)s” không được làm bước loại “%(kind)s”.") % words
    if step.get("unit") not in UNITS:
        yield _("Bước “%(step)s”: đơn vị “%(unit)s” không phải là receiving, competent hay resolving.") % words
    if not _is_hours(step.get("hours")):
        yield _("Bước “%(step)s”: số giờ phải là một số không âm, hoặc để trống.") % words
    yield from _faults_of_exits(step)


def _faults_of_exits(step: Mapping[str, Any]) -> Iterator[str]:
    ways = step.get("next", [])
    if not isinstance(ways, list) or not all(
        isinstance(way, Mapping) and isinstance(way.get("to"), str) for way in ways
    ):
        yield _("Bước “%(step)s”: mỗi lối ra phải nói đi tới bước nào.") % {"step": step["name"]}
        return
    conditions = [way.get("when") or {} for way in ways]
    for fault in [fault for condition in conditions for fault in faults_in(condition)]:
        yield _("Bước “%(step)s”: %(fault)s.") % {"step": step["name"], "fault": fault}
    if conditions and conditions[-1]:
        yield _("Bước “%(step)s” thiếu lối ra mặc định: lối ra cuối cùng phải không có điều kiện.") % {
            "step": step["name"]
        }
    if not all(conditions[:-1]):
        yield _("Bước “%(step)s”: chỉ lối ra cuối cùng được không có điều kiện, các lối sau nó không bao giờ tới.") % {
            "step": step["name"]
        }


def _is_hours(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and value >= 0)


def _plan(step: Mapping[str, Any]) -> StepPlan:
    hours = step.get("hours")
    return StepPlan(
        code=step["code"],
        name=step["name"],
        kind=step["kind"],
        unit=step["unit"],
        role=step["role"],
        hours=None if hours is None else float(hours),
        produces=step.get("produces") or "",
        next=tuple(Next(way["to"], way.get("when") or {}) for way in step.get("next", [])),
    )


def _unknown_exits(steps: Mapping[str, StepPlan]) -> list[str]:
    return [
        _("Bước “%(step)s” đi tới bước “%(to)s” không có trong quy trình.") % {"step": step.name, "to": way.to}
        for step in steps.values()
        for way in step.next
        if way.to not in steps
    ]


def _unreachable(steps: Mapping[str, StepPlan]) -> list[str]:
    reached = _reached([next(iter(steps))], steps)
    return [
        _("Không có đường nào dẫn tới bước “%(step)s”.") % {"step": step.name}
        for step in steps.values()
        if step.code not in reached
    ]


def _dead_ends(steps: Mapping[str, StepPlan]) -> list[str]:
    return [
        _("Bước “%(step)s” là ngõ cụt: không có bước tiếp theo, cũng không phải bước phát hành.") % {"step": step.name}
        for step in steps.values()
        if not step.next and step.kind != "issue"
    ]


def _loops(steps: Mapping[str, StepPlan]) -> list[str]:
    """Find the steps that lie on a loop. Sending back is an officer's move, never a way of the process."""
    return [
        _("Bước “%(step)s” quay vòng về chính nó.") % {"step": step.name}
        for step in steps.values()
        if step.code in _reached([way.to for way in step.next], steps)
    ]


def _signing(steps: Mapping[str, StepPlan]) -> list[str]:
    if not any(step.kind == "sign" for step in steps.values()):
        return [_("Quy trình thiếu bước ký.")]
    unsigned = _reached([next(iter(steps))], steps, not_through="sign")
    return [
        _("Có đường tới bước phát hành “%(step)s” mà không qua bước ký.") % {"step": step.name}
        for step in steps.values()
        if step.kind == "issue" and step.code in unsigned
    ]


def _issuing(steps: Mapping[str, StepPlan]) -> list[str]:
    issues = [step for step in steps.values() if step.kind == "issue"]
    if not issues:
        return [_("Quy trình thiếu bước phát hành.")]
    if len(issues) > 1:
        names = ", ".join(f"“{step.name}”" for step in issues)
        return [_("Quy trình chỉ được có một bước phát hành, nhưng có %(names)s.") % {"names": names}]
    if issues[0].next:
        return [_("Bước phát hành “%(step)s” phải là bước cuối cùng.") % {"step": issues[0].name}]
    return []


_CHECKS: tuple[Callable[[Mapping[str, StepPlan]], list[str]], ...] = (
    _unknown_exits,
    _unreachable,
    _dead_ends,
    _loops,
    _signing,
    _issuing,
)


def _reached(first: list[str], steps: Mapping[str, StepPlan], not_through: str = "") -> set[str]:
    """Return the codes reached from `first` without entering a step of the kind `not_through`."""
    reached: set[str] = set()
    waiting = list(first)
    while waiting:
        code = waiting.pop()
        if code in reached or code not in steps or steps[code].kind == not_through:
            continue
        reached.add(code)
        waiting += [way.to for way in steps[code].next]
    return reached


def _longest(steps: Mapping[str, StepPlan], code: str, known: dict[str, float]) -> float:
    if code not in known:
        after = max((_longest(steps, way.to, known) for way in steps[code].next), default=0.0)
        known[code] = (steps[code].hours or 0.0) + after
    return known[code]

"""What makes a process unusable: faults of one step as it is written, and faults of the graph the steps make."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.conditions import faults_in
from motcua.catalogue.processes.plans import ROLES_OF_KIND, BadProcess, Fault, Next, StepPlan, is_unit

LONGEST_CODE = 40
LONGEST_NAME = 150
Steps = Mapping[str, StepPlan]


def read_table(data: object) -> dict[str, StepPlan]:
    """Return the steps of a table of steps by their codes, the first one first; raise BadProcess naming every fault."""
    raw = _raw_steps(data)
    faults: list[str] = [
        Fault(fault, str(step.get("code", "")) if isinstance(step, Mapping) else "")
        for number, step in enumerate(raw, start=1)
        for fault in _faults_of_step(number, step)
    ]
    if faults:
        raise BadProcess(faults)
    steps = {step["code"]: _plan(step) for step in raw}
    if len(steps) < len(raw):
        raise BadProcess([_("Hai bước của quy trình không được dùng chung một mã.")])
    require_sound(steps)
    return steps


def require_sound(steps: Steps) -> None:
    """Raise BadProcess with every fault of the graph, the first of `steps` being where it starts."""
    faults = [fault for check in _CHECKS for fault in check(steps)]
    if faults:
        raise BadProcess(faults)


def faults_of_post(words: str, post: Mapping[str, Any]) -> Iterator[str]:
    """Find what is wrong with who does a step and in how many hours; `words` begin the sentence."""
    if post.get("kind") not in ROLES_OF_KIND:
        yield _("%(step)s: loại “%(kind)s” không phải là xử lý (work), ký (sign) hay phát hành (issue).") % {
            "step": words,
            "kind": post.get("kind"),
        }
    elif post.get("role") not in ROLES_OF_KIND[post["kind"]]:
        yield _("%(step)s: vai trò “%(role)s” không được làm bước loại “%(kind)s”.") % {
            "step": words, "role": post.get("role"), "kind": post["kind"],
        }  # fmt: skip
    if not is_unit(post.get("unit")):
        yield _("%(step)s: “%(unit)s” không phải là nơi tiếp nhận (receiving), có thẩm quyền (competent), giải quyết (resolving) hay một cơ quan khác (subject:, agency:).") % {
            "step": words, "unit": post.get("unit"),
        }  # fmt: skip
    if not _is_hours(post.get("hours")):
        yield _("%(step)s: số giờ phải là một số không âm, hoặc để trống.") % {"step": words}


def reached(first: Iterable[str], steps: Steps, not_through: str = "") -> set[str]:
    """Return the codes reached from `first`, these too, without entering a step of the kind `not_through`."""
    found: set[str] = set()
    waiting = list(first)
    while waiting:
        code = waiting.pop()
        if code in found or code not in steps or steps[code].kind == not_through:
            continue
        found.add(code)
        waiting += [way.to for way in steps[code].next]
    return found


def hours_of(written: Any) -> float | None:
    """Return the working hours as written in a process without faults."""
    return None if written is None else float(written)


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
    words = _("Bước “%(step)s”") % {"step": step["name"]}
    if len(step["code"]) > LONGEST_CODE or len(step["name"]) > LONGEST_NAME:
        yield _("%(step)s: mã dài nhất %(code)d ký tự, tên dài nhất %(name)d.") % {
            "step": words, "code": LONGEST_CODE, "name": LONGEST_NAME,
        }  # fmt: skip
    yield from faults_of_post(words, step)
    yield from _faults_of_exits(step)


def _faults_of_exits(step: Mapping[str, Any]) -> Iterator[str]:
    ways = step.get("next", [])
    words = {"step": step["name"]}
    if not isinstance(ways, list) or not all(
        isinstance(way, Mapping) and isinstance(way.get("to"), str) for way in ways
    ):
        yield _("Bước “%(step)s”: mỗi lối ra phải nói đi tới bước nào.") % words
        return
    conditions = [way.get("when") or {} for way in ways]
    for fault in [fault for condition in conditions for fault in faults_in(condition)]:
        yield _("Bước “%(step)s”: %(fault)s.") % {"step": step["name"], "fault": fault}
    if step.get("split") == "choose":
        yield from _faults_of_choice(step["name"], ways, conditions)
        return
    if conditions and conditions[-1]:
        yield _("Bước “%(step)s” thiếu lối ra mặc định: lối ra cuối cùng phải không có điều kiện.") % words
    if step.get("split") not in (None, "", "one", "all"):
        yield _("Bước “%(step)s”: cách rẽ (split) phải là one, all hoặc choose.") % words
    elif step.get("split") != "all" and not all(conditions[:-1]):
        yield (
            _("Bước “%(step)s”: chỉ lối ra cuối cùng được không có điều kiện, các lối sau nó không bao giờ tới.")
            % words
        )


def _faults_of_choice(name: str, ways: list[Mapping[str, Any]], conditions: list[Any]) -> Iterator[str]:
    """Find what is wrong where who ends a step chooses its exit."""
    words = {"step": name}
    if len(ways) < 2:
        yield _("Bước “%(step)s” để cán bộ chọn lối, nên phải có ít nhất hai lối.") % words
    if any(conditions):
        yield _("Bước “%(step)s” để cán bộ chọn lối, nên không lối nào được có điều kiện.") % words
    if len({(way["to"], way.get("name") or "") for way in ways}) < len(ways):
        yield _("Bước “%(step)s” có hai lối cán bộ không phân biệt được: cùng đi tới một bước và cùng tên.") % words


def _is_hours(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and value >= 0)


def _plan(step: Mapping[str, Any]) -> StepPlan:
    return StepPlan(
        code=step["code"],
        name=step["name"],
        kind=step["kind"],
        unit=step["unit"],
        role=step["role"],
        hours=hours_of(step.get("hours")),
        produces=step.get("produces") or "",
        next=tuple(Next(way["to"], way.get("when") or {}, str(way.get("name") or "")) for way in step.get("next", [])),
        takes_all=step.get("split") == "all",
        waits_for_all=bool(step.get("join")),
        asks=step.get("split") == "choose",
    )


def _unknown_exits(steps: Steps) -> list[str]:
    return [
        Fault(
            _("Bước “%(step)s” đi tới bước “%(to)s” không có trong quy trình.") % {"step": step.name, "to": way.to},
            step.code,
        )
        for step in steps.values()
        for way in step.next
        if way.to not in steps
    ]


def _unreachable(steps: Steps) -> list[str]:
    found = reached([next(iter(steps))], steps)
    return [
        Fault(_("Không có đường nào dẫn tới bước “%(step)s”.") % {"step": step.name}, step.code)
        for step in steps.values()
        if step.code not in found
    ]


def _dead_ends(steps: Steps) -> list[str]:
    return [
        Fault(
            _("Bước “%(step)s” là ngõ cụt: không có bước tiếp theo, cũng không phải bước phát hành.")
            % {"step": step.name},
            step.code,
        )
        for step in steps.values()
        if not step.next and step.kind != "issue"
    ]


def _endless(steps: Steps) -> list[str]:
    """Find the steps on a loop that nothing leaves; a loop with a way out is worked through as often as needed."""
    return [
        Fault(
            _("Bước “%(step)s” quay vòng mãi: từ đây không có đường nào tới bước phát hành.") % {"step": step.name},
            step.code,
        )
        for step in steps.values()
        for after in [reached([way.to for way in step.next], steps)]
        if step.code in after and not any(steps[code].kind == "issue" for code in after)
    ]


def _signing(steps: Steps) -> list[str]:
    if not any(step.kind == "sign" for step in steps.values()):
        return [_("Quy trình thiếu bước ký.")]
    unsigned = reached([next(iter(steps))], steps, not_through="sign")
    return [
        Fault(_("Có đường tới bước phát hành “%(step)s” mà không qua bước ký.") % {"step": step.name}, step.code)
        for step in steps.values()
        if step.kind == "issue" and step.code in unsigned
    ]


def _issuing(steps: Steps) -> list[str]:
    issues = [step for step in steps.values() if step.kind == "issue"]
    if not issues:
        return [_("Quy trình thiếu bước phát hành.")]
    if len(issues) > 1:
        names = ", ".join(f"“{step.name}”" for step in issues)
        return [_("Quy trình chỉ được có một bước phát hành, nhưng có %(names)s.") % {"names": names}]
    if issues[0].next:
        words = _("Bước phát hành “%(step)s” phải là bước cuối cùng.") % {"step": issues[0].name}
        return [Fault(words, issues[0].code)]
    return []


_CHECKS: tuple[Callable[[Steps], list[str]], ...] = (
    _unknown_exits,
    _unreachable,
    _dead_ends,
    _endless,
    _signing,
    _issuing,
)

"""What can go wrong where several steps of a process run at once: walked through before anybody is kept waiting by it."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.exploring import Explored, explore
from motcua.catalogue.bpmn.model import Model
from motcua.catalogue.bpmn.nodes import named
from motcua.catalogue.bpmn.state import state_from
from motcua.catalogue.processes.checks import reached
from motcua.catalogue.processes.plans import Fault
from motcua.catalogue.processes.process import Position, Process


def faults_of_branches(process: Process) -> list[str]:
    """Return what can go wrong with the branches of a process, as Vietnamese sentences; nothing where there is one."""
    if process.model is None:
        return []
    return list(_faults(process, process.model, explore(process.model)))


def faults_from(process: Process, position: Position) -> list[str]:
    """Return what can go wrong for a dossier put at `position` of a process: it may wait for a branch that never comes."""
    if process.model is None:
        return []
    return list(_faults(process, process.model, explore(process.model, state_from(position))))


def runs_beside(process: Process, codes: Collection[str]) -> set[str]:
    """Return the steps that can run beside every one of `codes`."""
    if process.model is None:
        return set()
    together = explore(process.model).together
    codes_of = {task: code for code, task in process.tasks.items()}
    beside = [{codes_of[task] for task in together.get(process.tasks[code], ())} for code in codes]
    return set.intersection(*beside) if beside else set()


def _faults(process: Process, model: Model, found: Explored) -> Iterator[str]:
    """Yield every fault once, at its cause: what is wrong behind a missing join follows from it and is left out."""
    codes = {task: code for code, task in process.tasks.items()}
    joins = _missing_joins(process, {codes[task] for task in found.doubled})
    behind = reached(joins, process.steps)
    for code in joins:
        yield Fault(_unjoined(process, code), code)
    yield from _stuck(process, model, found, behind)
    for code in [codes[task] for task in found.doubled if codes[task] not in behind]:
        words = _("Bước “%(step)s” có thể bị làm hai lần: hai nhánh cùng tới mà không chờ nhau.")
        yield Fault(words % {"step": process.steps[code].name}, code)
    if not found.is_whole and not found.doubled:
        yield _("Quy trình có quá nhiều nhánh nên không đi thử hết được. Hãy bớt nhánh song song.")
    yield from _unfinished(process, found, behind)
    for task in () if found.stuck or found.doubled else found.endless:
        words = _("Từ bước “%(step)s” có trường hợp không bao giờ tới phát hành.")
        yield Fault(words % {"step": process.steps[codes[task]].name}, codes[task])


def _missing_joins(process: Process, doubled: Collection[str]) -> list[str]:
    """Return the first steps where branches come together without waiting; those behind them are doubled by that.

    Only rows above count as branches that come together: a row below sends back, which is no branch.
    """
    above = {
        code: [one for one in _before(process, code) if one.number < number] for number, code in _numbered(process)
    }
    unjoined = [code for code in process.steps if code in doubled and not process.steps[code].waits_for_all]
    found: list[str] = []
    for code in [code for code in unjoined if len(above[code]) > 1]:
        if code not in reached(found, process.steps):
            found.append(code)
    return found


def _unjoined(process: Process, code: str) -> str:
    number = next(number for number, one in _numbered(process) if one == code)
    before = [str(one.number) for one in _before(process, code) if one.number < number]
    words = {
        "number": number,
        "step": process.steps[code].name,
        "before": _("%(some)s và %(last)s") % {"some": ", ".join(before[:-1]), "last": before[-1]},
    }
    return (
        _(
            "Bước %(number)s “%(step)s” nhận việc từ các bước %(before)s, có lúc chạy cùng nhau, nhưng không chờ cho đủ: nó và các bước sau sẽ bị làm hai lần. Hãy để bước %(number)s chờ mọi nhánh tới rồi mới bắt đầu."
        )
        % words
    )


class _Row(NamedTuple):
    number: int
    code: str


def _numbered(process: Process) -> list[_Row]:
    return [_Row(number, code) for number, code in enumerate(process.steps, start=1)]


def _before(process: Process, code: str) -> list[_Row]:
    """Return the rows that lead to a step."""
    return [row for row in _numbered(process) if any(way.to == code for way in process.steps[row.code].next)]


def _stuck(process: Process, model: Model, found: Explored, behind: Collection[str]) -> Iterator[str]:
    names = {task: process.steps[code].name for code, task in process.tasks.items()}
    codes = {task: code for code, task in process.tasks.items()}
    for node in found.stuck:
        step = codes.get(_after(model, node), "")
        if step not in behind:
            words = _("Có trường hợp hồ sơ chờ mãi ở %(gateway)s: một nhánh phải chờ không bao giờ tới.")
            yield Fault(words % {"gateway": _where(model, names, node)}, step)


def _unfinished(process: Process, found: Explored, behind: Collection[str]) -> Iterator[str]:
    codes = {task: code for code, task in process.tasks.items()}
    for code, task in process.tasks.items():
        beside = sorted(process.steps[codes[other]].name for other in found.together.get(task, ()))
        if process.steps[code].kind in {"sign", "issue"} and beside and code not in behind:
            words = _(
                "Bước “%(step)s” có thể đến khi %(others)s còn chưa xong: ký, phát hành phải sau khi xong mọi việc."
            )
            others = ", ".join(f"“{name}”" for name in beside)
            yield Fault(words % {"step": process.steps[code].name, "others": others}, code)


def _after(model: Model, node_id: str) -> str:
    """Return what a gateway leads to first; empty where it leads nowhere."""
    flows = model.scopes[model.scope_of[node_id]].flows
    return next((flows[flow].target for flow in model.node(node_id).outgoing), "")


def _where(model: Model, names: Mapping[str, str], node_id: str) -> str:
    """Return how to call a gateway: by its name, or the step it stands before."""
    node, after = model.node(node_id), _after(model, node_id)
    if node.name or after not in names:
        return named(node.id, node.name)
    return _("chỗ chờ trước bước “%(step)s”") % {"step": names[after]}

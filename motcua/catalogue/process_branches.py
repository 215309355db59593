"""What can go wrong where several steps of a process run at once: walked through before anybody is kept waiting by it."""

from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.exploring import Explored, explore
from motcua.catalogue.bpmn.model import Model
from motcua.catalogue.bpmn.nodes import named
from motcua.catalogue.bpmn.state import state_from
from motcua.catalogue.process import Position, Process


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
    names = {task: process.steps[code].name for code, task in process.tasks.items()}
    for node in found.stuck:
        gateway = model.node(node)
        yield _("Có trường hợp hồ sơ chờ mãi ở %(gateway)s: một nhánh phải chờ không bao giờ tới.") % {
            "gateway": _where(model, names, gateway.id)
        }
    for task in found.doubled:
        yield _("Bước “%(step)s” có thể bị làm hai lần: hai nhánh cùng tới mà không chờ nhau.") % {"step": names[task]}
    if not found.is_whole and not found.doubled:
        yield _("Quy trình có quá nhiều nhánh nên không đi thử hết được. Hãy bớt nhánh song song.")
    for code, task in process.tasks.items():
        beside = sorted(names[other] for other in found.together.get(task, ()))
        if process.steps[code].kind in {"sign", "issue"} and beside:
            yield _("Bước “%(step)s” có thể đến khi %(others)s còn chưa xong: ký, phát hành phải sau khi xong mọi việc.") % {
                "step": names[task], "others": ", ".join(f"“{name}”" for name in beside),
            }  # fmt: skip
    for task in () if found.stuck else found.endless:
        yield _("Từ bước “%(step)s” có trường hợp không bao giờ tới phát hành.") % {"step": names[task]}


def _where(model: Model, names: Mapping[str, str], node_id: str) -> str:
    """Return how to call a gateway: by its name, or the step it stands before."""
    node = model.node(node_id)
    after = [model.scopes[model.scope_of[node_id]].flows[flow].target for flow in node.outgoing]
    if node.name or not after or after[0] not in names:
        return named(node.id, node.name)
    return _("chỗ chờ trước bước “%(step)s”") % {"step": names[after[0]]}

"""`motcua play`: walk a BPMN process on standard input and output. Needs no database."""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.choices import MoveRefused
from motcua.catalogue.bpmn.engine import complete, enabled, start, stuck, timers
from motcua.catalogue.bpmn.model import Model, Refusal, Refused
from motcua.catalogue.bpmn.nodes import named
from motcua.catalogue.bpmn.reader import NotBpmn, read
from motcua.catalogue.bpmn.state import State
from motcua.catalogue.bpmn.xmltree import MAX_BYTES, BadXml


class BadLine(ValueError):
    """A line of input cannot be understood; the message is Vietnamese."""


class Command(BaseCommand):
    help = (
        "Đi thử một quy trình BPMN 2.0. Với --json, mỗi dòng vào là "
        '{"complete": mã, "data": {…}, "choose": mã luồng}; mỗi dòng ra là {"enabled": [mã…], "done": …}.'
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the file and the form of what is printed."""
        parser.add_argument("file", metavar="FILE.bpmn", help="tệp BPMN 2.0")
        parser.add_argument("--json", action="store_true", help="vào và ra mỗi dòng một đối tượng JSON")

    def handle(self, *_args: str, **options: Any) -> None:
        """Print the first state, then one state per line read; a refused file is one sentence and exit code 2."""
        self._json: bool = options["json"]
        try:
            self._model = _opened(options["file"])
            state = start(self._model)
        except Refused as error:
            self._refuse(error.refusals)
        except (BadLine, BadXml, NotBpmn, MoveRefused) as error:
            self._refuse((Refusal("", str(error)),))
        self._tell(state)
        for line in sys.stdin.buffer:
            if line.strip():
                state = self._step(state, line)

    def _refuse(self, refusals: tuple[Refusal, ...]) -> None:
        if self._json:
            self._print({"refused": [asdict(refusal) for refusal in refusals]})
        more = _(" (và %(count)s chỗ khác)") % {"count": len(refusals) - 1} if len(refusals) > 1 else ""
        self.stderr.write(refusals[0].reason + more)
        sys.exit(2)

    def _step(self, state: State, line: bytes) -> State:
        """Return the state after the line; an error is told and leaves the state as it was."""
        try:
            element, data, choose = (_from_json if self._json else _from_words)(line)
            state = complete(self._model, state, element, data=data, choose=choose)
        except BadLine as error:
            self._tell(state, {"error": str(error)})
        except MoveRefused as error:
            self._tell(state, {"error": str(error)} | ({"choices": list(error.choices)} if error.choices else {}))
        else:
            self._tell(state)
        return state

    def _tell(self, state: State, first: Mapping[str, Any] | None = None) -> None:
        """Print the state: `timers` and `stuck` only when there are any."""
        answer = dict(first or {}) | {"enabled": list(enabled(self._model, state)), "done": state.is_done}
        for key, ids in (("timers", timers(self._model, state)), ("stuck", stuck(self._model, state))):
            answer |= {key: list(ids)} if ids else {}
        if self._json:
            self._print(answer)
        else:
            self.stdout.write("\n".join(_in_words(self._model, answer)))
            self.stdout.flush()

    def _print(self, answer: Mapping[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
        self.stdout.flush()


def _opened(name: str) -> Model:
    try:
        with Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError:
        raise BadLine(_("Không mở được tệp “%(name)s”. Hãy xem lại đường dẫn và quyền đọc.") % {"name": name}) from None
    return read(data)


def _from_json(line: bytes) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """Return the element, data and choices of `{"complete": …, "data": {…}, "choose": …}`; raise BadLine."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLine(_("Dòng này không phải JSON. Chưa có gì thay đổi.")) from None
    if not isinstance(said, dict) or not isinstance(said.get("complete"), str):
        raise BadLine(_('Dòng này phải là {"complete": mã việc, "data": {…}, "choose": mã luồng}.'))
    data = said.get("data")
    if data is not None and not isinstance(data, dict):
        raise BadLine(_("“data” phải là một đối tượng JSON. Chưa có gì thay đổi."))
    choose = said.get("choose") or []
    flows = [choose] if isinstance(choose, str) else choose
    if not isinstance(flows, list) or not all(isinstance(flow, str) for flow in flows):
        raise BadLine(_("“choose” phải là mã một luồng, hoặc danh sách mã. Chưa có gì thay đổi."))
    return said["complete"], data or {}, tuple(flows)


def _from_words(line: bytes) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """Return the same of `task field=value … flow …`."""
    try:
        element, *words = line.decode().split()
    except UnicodeDecodeError:
        raise BadLine(_("Dòng này không phải chữ UTF-8. Chưa có gì thay đổi.")) from None
    data = dict(word.split("=", 1) for word in words if "=" in word)
    return element, data, tuple(word for word in words if "=" not in word)


def _in_words(model: Model, answer: Mapping[str, Any]) -> list[str]:
    def names(key: str) -> str:
        return ", ".join(named(node, model.node(node).name) for node in answer.get(key, ()))

    lines = [answer["error"]] if "error" in answer else []
    if answer["done"]:
        return [*lines, _("Quy trình đã xong.")]
    lines += [_("Đang chờ làm: %(tasks)s") % {"tasks": names("enabled") or "–"}]
    lines += [_("Hẹn giờ đang chạy: %(timers)s") % {"timers": names("timers")}] if "timers" in answer else []
    lines += [_("Kẹt, không ai làm tiếp được: %(nodes)s") % {"nodes": names("stuck")}] if "stuck" in answer else []
    return lines

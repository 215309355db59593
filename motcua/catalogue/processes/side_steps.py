"""A step that runs at the same time as another: the split before it and the join behind it are made with it."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.processes.branches import faults_of_branches
from motcua.catalogue.processes.parameters import Content
from motcua.catalogue.processes.plans import BadProcess
from motcua.catalogue.processes.process import parse
from motcua.catalogue.processes.table_edits import Table, changed_step, copied, free_code, place_of

Ways = Mapping[str, list[str]]


class CannotRunBeside(ValueError):
    """No step can run at the same time as this one; the message is Vietnamese and says what to do."""


@dataclass(frozen=True)
class Beside:
    """The table with the new step, its code, and the name of the step that waits for both."""

    table: Table
    code: str
    joined_at: str


def beside_step(content: Content, code: str, said: Mapping[str, Any]) -> Beside:
    """Return the table with a new step behind the row `code` that begins and ends with it.

    Whatever led to the step leads to both, and the first step that every way behind it comes to waits for both. Raises
    StepGone, CannotRunBeside.
    """
    table = copied(content)
    steps = table["steps"]
    place = place_of(table, code)
    rows = {row["code"]: row for row in steps}
    meeting = _meeting(table, code)
    new = free_code(set(rows), "work")
    for row in _before(table, code):
        _split(row, code, new, steps.index(row) + 1)
    rows[meeting]["join"] = True
    steps.insert(place + 1, {"code": new, "next": [{"to": meeting, "when": {}}]})
    made = changed_step(table, new, said)
    _require_played(content, made)
    return Beside(made, new, str(rows[meeting].get("name")))


def _meeting(table: Table, code: str) -> str:
    """Return the first step that every way from `code` on comes to; raise CannotRunBeside."""
    kinds = {row["code"]: row.get("kind") for row in table["steps"]}
    if kinds[code] != "work":
        raise CannotRunBeside(
            _("Bước ký và bước phát hành phải đợi mọi việc xong, nên không bước nào chạy cùng lúc với chúng.")
        )
    ways = _ways(table)
    ends = {one for one, kind in kinds.items() if kind == "issue"}
    for candidate in _reached(ways, ways[code]):
        if candidate != code and not ends & set(_reached(ways, [code], without=candidate)):
            return candidate
    raise CannotRunBeside(
        _("Từ bước này chưa có đường tới phát hành, nên chưa biết hai nhánh gặp nhau ở đâu. Bạn sửa lối đi trước.")
    )


def _before(table: Table, code: str) -> list[dict[str, Any]]:
    """Return the rows that lead to the step for the first time, not those that send back to it; raise CannotRunBeside."""
    ways, first = _ways(table), table["steps"][0]["code"]
    known = set(_reached(ways, [first], without=code))
    found = [row for row in table["steps"] if row["code"] in known and code in ways[row["code"]]]
    if not found:
        raise CannotRunBeside(
            _("Không bước nào đi tới bước này, nên chưa có chỗ để chia việc. Bạn thêm một bước phân công lên trước nó.")
        )
    return found


def _split(row: dict[str, Any], code: str, new: str, number: int) -> None:
    """Let a row that leads to `code` lead to `new` at the same time; raise CannotRunBeside."""
    ways = row["next"]
    if row.get("split") != "all" and len(ways) > 1:
        raise CannotRunBeside(
            _(
                "Bước %(number)s “%(step)s” chỉ đi tới bước này trong một số trường hợp. Bạn thêm một bước (phân công chẳng hạn) vào giữa hai bước, rồi thêm bước chạy cùng lúc."
            )
            % {"number": number, "step": row.get("name")}
        )
    place = next(place for place, way in enumerate(ways) if way.get("to") == code)
    ways.insert(place + 1, {**deepcopy(ways[place]), "to": new})
    row["split"] = "all"


def _require_played(before: Content, made: Table) -> None:
    """Refuse a table whose branches would not come together, unless it had faults before."""
    try:
        parse(before)
        faults = faults_of_branches(parse(made))
    except BadProcess:
        return
    if faults:
        raise CannotRunBeside(_("Chưa thêm được vì các nhánh sẽ không gặp nhau. %(why)s") % {"why": faults[0]})


def _ways(table: Table) -> Ways:
    return {row["code"]: [str(way.get("to")) for way in row.get("next") or []] for row in table["steps"]}


def _reached(ways: Ways, first: list[str], without: str = "") -> list[str]:
    """Return the codes reached from `first`, the nearest first, not through `without`."""
    found: dict[str, None] = {}
    waiting = list(first)
    while waiting:
        code = waiting.pop(0)
        if code not in found and code != without and code in ways:
            found[code] = None
            waiting += ways[code]
    return list(found)

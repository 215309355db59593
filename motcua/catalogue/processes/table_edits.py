"""Changes of a table of steps, as an officer makes them: pure functions from a content to a content.

A draft may pass through states with faults; nothing is refused here but what cannot be done at all. Whatever a row
carries that nobody changed stays as it is.
"""

from collections.abc import Mapping
from copy import deepcopy
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.processes.parameters import SETTABLE, Content

Table = dict[str, Any]
NAMED = ("name", "kind", "unit", "role", "hours", "produces", "split", "join", "next")


class StepGone(LookupError):
    """The step is not in the table any more."""


def changed_step(content: Content, code: str, said: Mapping[str, Any]) -> Table:
    """Return the table with what was said of a step; of `said` the keys of NAMED and `parameters` are taken."""
    table = copied(content)
    row = table["steps"][place_of(table, code)]
    row.update({name: said[name] for name in NAMED if name in said})
    for name, empty in (("split", ""), ("join", False)):
        if row.get(name) == empty:
            row.pop(name)
    return _with_parameters(table, code, said.get("parameters"))


def added_step(content: Content, after: str, said: Mapping[str, Any]) -> tuple[Table, str]:
    """Return the table with a new step behind `after`, or at the front without one, and the code it got.

    It comes between `after` and where that led, unless `said` tells its own exits; before the first step it leads there.
    """
    table = copied(content)
    steps = table["steps"]
    code = free_code({row["code"] for row in steps}, str(said.get("kind") or "buoc"))
    place = place_of(table, after) + 1 if after else 0
    row: dict[str, Any] = {"code": code, "next": _ways_of_new(steps, place, after)}
    if after and len(steps[place - 1].get("next") or []) < 2:
        steps[place - 1]["next"] = [{"to": code, "when": {}}]
    steps.insert(place, row)
    told = {key: value for key, value in said.items() if key != "next" or value}
    return changed_step(table, code, told), code


def without_step(content: Content, code: str) -> Table:
    """Return the table without a step; what led to it leads to where it went on, if that was one place."""
    table = copied(content)
    row = table["steps"].pop(place_of(table, code))
    onward = [way["to"] for way in row.get("next") or [] if way.get("to") != code]
    for other in table["steps"]:
        other["next"] = _led_on(other.get("next") or [], code, onward[-1] if onward else None)
        if len(other["next"]) < 2:
            other.pop("split", None)
    table.get("parameters", {}).pop(code, None)
    return table


def moved_step(content: Content, code: str, by: int) -> Table:
    """Return the table with a step one place higher (`by` -1) or lower (1); the steps led one after another go on so.

    Only a step whose single way led to the row below is led anew: branches and conditions stay as they were said.
    """
    table = copied(content)
    steps = table["steps"]
    place = place_of(table, code)
    other = place + by
    if not 0 <= other < len(steps):
        return table
    following = {row["code"] for row, below in pairwise(steps) if _leads_only_to(row, below["code"])}
    ended = steps[-1]["code"] if not steps[-1].get("next") else ""
    steps[place], steps[other] = steps[other], steps[place]
    for row, below in pairwise(steps):
        if row["code"] in following or row["code"] == ended:
            row["next"] = [{"to": below["code"], "when": {}}]
    if ended and steps[-1]["code"] in following:
        steps[-1]["next"] = []
    return table


def copied(content: Content) -> Table:
    """Return the content as a table of its own, to be changed."""
    table = deepcopy(dict(content))
    table.setdefault("steps", [])
    return table


def place_of(table: Table, code: str) -> int:
    """Return where a row stands; raise StepGone."""
    for place, row in enumerate(table["steps"]):
        if row.get("code") == code:
            return place
    raise StepGone(_("Bước này không còn trong bản thảo: ai đó vừa bỏ nó."))


def _with_parameters(table: Table, code: str, names: Any) -> Table:
    if names is None:
        return table
    parameters = {key: value for key, value in (table.get("parameters") or {}).items() if key != code}
    kept = [name for name in SETTABLE if name in names]
    table["parameters"] = parameters | ({code: kept} if kept else {})
    return table


def _ways_of_new(steps: list[dict[str, Any]], place: int, after: str) -> list[dict[str, Any]]:
    """Return where a new row leads: on to where the row above it led, at the front to the row below it."""
    if after:
        before = steps[place - 1].get("next") or []
        return (
            deepcopy(before)
            if len(before) == 1
            else [{"to": row["code"], "when": {}} for row in steps[place : place + 1]]
        )
    return [{"to": row["code"], "when": {}} for row in steps[:1]]


def _led_on(ways: list[dict[str, Any]], gone: str, onward: str | None) -> list[dict[str, Any]]:
    """Return the exits with those to a step that is gone led on, each target once where nothing tells them apart."""
    led: list[dict[str, Any]] = []
    for way in ways:
        target = onward if way.get("to") == gone else way.get("to")
        said = {**way, "to": target}
        if target is not None and said not in led:
            led.append(said)
    return led


def _leads_only_to(row: Mapping[str, Any], code: str) -> bool:
    ways = row.get("next") or []
    return len(ways) == 1 and ways[0].get("to") == code


def free_code(taken: set[str], stem: str) -> str:
    """Return a code no row has: the stem and the first free number."""
    return next(code for number in range(1, len(taken) + 2) if (code := f"{stem}-{number}") not in taken)

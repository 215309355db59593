"""What a template leaves to the units that use it, and a process with a unit's own hours and posts filled in.

A template's content carries `{"parameters": {step code: ["hours", "unit", "role"]}}`; a use carries
`{step code: {"hours": 16}}`. A published process has neither: its content is what `catalogue.processes.parse` reads.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

Content = Mapping[str, Any]
SETTABLE = ("hours", "unit", "role")


def posts_in(content: Content) -> dict[str, dict[str, Any]]:
    """Return what says who does each step and in how many hours, by the step's code: rows of a table, posts of a drawing."""
    if content.get("bpmn"):
        return dict(content.get("posts") or {})
    return {step["code"]: step for step in content.get("steps") or []}


def left_open(content: Content) -> dict[str, list[str]]:
    """Return what a unit may set, by step; steps that are gone are left out."""
    steps = posts_in(content)
    return {code: list(names) for code, names in (content.get("parameters") or {}).items() if code in steps and names}


def resolved(content: Content, parameters: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the process as a unit follows it; what the template does not leave open is not taken."""
    whole = deepcopy({key: value for key, value in content.items() if key != "parameters"})
    steps = posts_in(whole)
    for code, names in left_open(content).items():
        steps[code].update({name: parameters[code][name] for name in names if name in parameters.get(code, {})})
    return whole

"""Changes of a version's questions, and the choices of a question or field: pure functions on what stands there.

A key and a value never change once conditions may ask for them; only their words do.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from django.utils.text import slugify
from django.utils.translation import gettext as _

from motcua.base.text import fold

Questions = list[dict[str, Any]]
T = TypeVar("T")
LONGEST_KEY = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose: `value` is empty for a new one."""

    value: str
    label: str
    for_another: bool = False


class PartGone(LookupError):
    """The question, field or group is not in the draft any more."""

    def __init__(self) -> None:
        super().__init__(_("Mục này không còn trong bản thảo: ai đó vừa bỏ nó."))


def changed_question(questions: Questions, key: str, *, label: str, hint: str, choices: Iterable[Choice]) -> Questions:
    """Return the questions with one said anew; answers keep their values and whatever else they carry."""
    table = deepcopy(questions)
    row = table[place_of(table, key)]
    known = {str(option["value"]): option for option in row.get("options") or []}
    row |= {"label": label, "hint": hint, "options": [_option(one, known) for one in valued(choices)]}
    return table


def added_question(
    questions: Questions, *, taken: Iterable[str], label: str, hint: str, choices: Iterable[Choice]
) -> Questions:
    """Return the questions with a new one last; its key is made of its label and is none of `taken`."""
    key = free_key(label, {*taken, *(str(row["key"]) for row in questions)})
    table = [*deepcopy(questions), {"key": key, "options": []}]
    return changed_question(table, key, label=label, hint=hint, choices=choices)


def moved_question(questions: Questions, key: str, by: int) -> Questions:
    """Return the questions with one a place higher (`by` -1) or lower (1)."""
    table = deepcopy(questions)
    return swapped(table, place_of(table, key), by)


def without_question(questions: Questions, key: str) -> Questions:
    """Return the questions without one; conditions that still ask it are told before publishing."""
    table = deepcopy(questions)
    table.pop(place_of(table, key))
    return table


def place_of(rows: Iterable[Mapping[str, Any]], key: str) -> int:
    """Return where the row with that key stands. Raises PartGone."""
    for place, row in enumerate(rows):
        if row.get("key") == key:
            return place
    raise PartGone


def swapped(rows: list[T], place: int, by: int) -> list[T]:
    """Return the list with the row at `place` moved one place; at the ends it stays."""
    if 0 <= place + by < len(rows):
        rows[place], rows[place + by] = rows[place + by], rows[place]
    return rows


def valued(choices: Iterable[Choice]) -> list[Choice]:
    """Return the choices, those without a value given one made of their label."""
    told = [choice for choice in choices if choice.label]
    taken = {choice.value for choice in told if choice.value}
    done = []
    for choice in told:
        value = choice.value or free_key(choice.label, taken)
        taken.add(value)
        done.append(Choice(value, choice.label, choice.for_another))
    return done


def free_key(label: str, taken: Iterable[str]) -> str:
    """Return a key for conditions made of words people wrote, none of `taken`: «Khu vực nào?» → «khu_vuc_nao»."""
    stem = slugify(fold(label)).replace("-", "_")[:LONGEST_KEY].strip("_") or "muc"
    known = set(taken)
    return stem if stem not in known else next(key for n in count(2) if (key := f"{stem}_{n}") not in known)


def _option(choice: Choice, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    before = known.get(choice.value)
    said: dict[str, Any] = dict(before) if before else {"value": choice.value}
    said["label"] = choice.label
    if choice.for_another:
        said["for_another"] = True
    else:
        said.pop("for_another", None)
    return said

"""The choices of a question or a field as rows of a form: one line each, two more to fill in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from motcua.catalogue.question_edits import Choice

MOST = 100
SPARE = 2
LONGEST = 300


@dataclass(frozen=True)
class ChoiceRow:
    """One line: its place in the form and what stands in it."""

    place: int
    choice: Choice


def rows_of(choices: Iterable[Choice]) -> list[ChoiceRow]:
    """Return the rows a form shows: the choices, and spare ones."""
    known = [choice for choice in choices if choice.label]
    shown = [*known, *[Choice("", "")] * SPARE]
    return [ChoiceRow(place, choice) for place, choice in enumerate(shown)]


def posted(said: QueryDict) -> tuple[Choice, ...]:
    """Return the choices as posted, in their order; a line left empty is none."""
    found = []
    for place in range(MOST):
        if f"lua-chon-{place}" not in said:
            break
        label = " ".join(said.get(f"lua-chon-{place}", "").split())[:LONGEST]
        if label:
            value = said.get(f"gia-tri-{place}", "")[:LONGEST]
            found.append(Choice(value, label, f"nop-thay-{place}" in said))
    return tuple(found)

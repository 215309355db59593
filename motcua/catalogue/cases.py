"""A citizen's own case: the answers to a version's questions, and the case they lead to."""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.catalogue.conditions import Facts, holds, may_hold
from motcua.catalogue.models import Case


def answers_in(questions: Iterable[Mapping[str, Any]], raw: Mapping[str, str]) -> dict[str, str]:
    """Return the answers found in `raw` (an address, a posted form); what is no option of its question is left out."""
    found = {}
    for question in questions:
        allowed = {str(option["value"]) for option in question["options"]}
        if (answer := raw.get(question["key"])) in allowed:
            found[str(question["key"])] = str(answer)
    return found


def unanswered(questions: Iterable[Mapping[str, Any]], answers: Facts) -> list[str]:
    """Return the keys of the questions not answered yet."""
    return [question["key"] for question in questions if answers.get(question["key"]) in (None, "")]


VERIFYING = "xác minh"  # how procedures call it, in the name of a case or in what they ask


def is_for_verification(case: Case, questions: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether a case is meant for what has to be verified: its name, or what its condition asks, says so."""
    asked = [f"{one['label']} {one.get('hint', '')}" for one in questions if one["key"] in case.condition]
    return bool(case.condition) and any(VERIFYING in words.lower() for words in (case.name, *asked))


def case_for(cases: Iterable[Case], facts: Facts) -> Case | None:
    """Return the first case, by position, whose condition holds; None when none does."""
    return next((case for case in cases if holds(case.condition, facts)), None)


def possible_cases(cases: Iterable[Case], facts: Facts) -> list[Case]:
    """Return the cases that may still be the citizen's own: those before and up to the first that surely holds."""
    possible = []
    for case in cases:
        if may_hold(case.condition, facts):
            possible.append(case)
        if holds(case.condition, facts):
            break
    return possible

"""Conditions of the catalogue: `{"area": ["urban"], "floors": ["1", "2"]}`, every key with its allowed values."""

from collections.abc import Iterable, Mapping
from typing import Any

Condition = Mapping[str, list[Any]]
Facts = Mapping[str, Any]


def holds(condition: Condition, facts: Facts) -> bool:
    """Return whether `facts` answer every key of `condition` with an allowed value. `{}` always holds.

    A fact nobody gave (absent, None or empty) fails its key.
    """
    return all(_is_answered(facts, key) and _allows(allowed, facts[key]) for key, allowed in condition.items())


def may_hold(condition: Condition, facts: Facts) -> bool:
    """Return whether `condition` can still hold: like `holds`, but a fact nobody gave yet does not fail its key."""
    return all(not _is_answered(facts, key) or _allows(allowed, facts[key]) for key, allowed in condition.items())


def faults_in(condition: object, known: Mapping[str, Iterable[str] | None] | None = None) -> list[str]:
    """Return what is wrong with a condition as somebody wrote it, as parts of Vietnamese sentences.

    `known` names the keys a condition may look at; a key with values must be compared with some of these only.
    """
    if not isinstance(condition, Mapping):
        return ["điều kiện phải là các cặp khóa và danh sách giá trị"]
    faults = []
    for key, allowed in condition.items():
        if not isinstance(allowed, list) or not allowed:
            faults.append(f"điều kiện “{key}” phải có một danh sách giá trị")
        elif known is not None and key not in known:
            faults.append(f"điều kiện hỏi “{key}”, không phải câu hỏi hay ô nào của tờ khai")
        elif known is not None and (values := known[key]) is not None:
            strange = [str(value) for value in allowed if str(value) not in set(values)]
            faults += [f"điều kiện “{key}” hỏi giá trị “{value}” không có trong các lựa chọn" for value in strange]
    return faults


def _is_answered(facts: Facts, key: str) -> bool:
    return facts.get(key) not in (None, "")


def _allows(allowed: list[Any], fact: Any) -> bool:
    return any(type(value) is type(fact) and value == fact for value in allowed) or _said(fact) in map(_said, allowed)


def _said(value: Any) -> str:
    """Return the value as an address or a radio button carries it, so that True and «true» are one answer."""
    return str(value).lower() if isinstance(value, bool) else str(value)

"""What a dossier costs: the rules of a version, by case, channel and day.

Several rules may carry one name (a general price, an online price, a waiver for some). Of those whose condition,
channel and window hold, the most specific is charged, once: more keys in its condition first, then fewer values allowed
for them, then a channel of its own, then a window of its own, then the earlier position. So a waiver needs only to say whom it is for.
An amount nobody knows stays unknown: it is not free, and a total with it is "at least" (docs/rules.md, Catalogue).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.catalogue.conditions import Facts, holds
from motcua.catalogue.models import FeeRule

_FIRST_SENTENCE = re.compile(r"(.*?\.(?=\s)|.*)", re.DOTALL)

QUANTITY_FACTS = {"bản": "copies", "người": "people"}
"""The form field or answer that says by how many a fee «per bản» is multiplied; by one when nobody said."""


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One line to pay. `amount_vnd` is the whole line, None = unknown; `waived_reason` says why a price became 0 đ."""

    name: str
    kind: str
    quantity: int
    per: str
    unit_amount_vnd: int | None
    basis: str
    note: str
    waived_reason: str

    @property
    def amount_vnd(self) -> int | None:
        return None if self.unit_amount_vnd is None else self.unit_amount_vnd * self.quantity

    @property
    def why_unknown(self) -> str:
        """Who sets an amount that is not known here: the first sentence of the rule's note."""
        return "" if self.amount_vnd is not None else _FIRST_SENTENCE.match(self.note)[0]  # type: ignore[index]  # it always matches


@dataclass(frozen=True, slots=True)
class Total:
    """What the lines come to. With `has_unknown`, `known_vnd` is only the part that is known."""

    known_vnd: int
    has_unknown: bool


def charges_for(rules: Iterable[FeeRule], *, facts: Facts, channel: str, on: date) -> list[ChargeLine]:
    """Return what a dossier with these facts is charged, filed by `channel` (online, counter, postal) on the day `on`."""
    by_name: dict[str, list[FeeRule]] = {}
    for rule in rules:
        if _is_in_force(rule, channel, on) and holds(rule.condition, facts):
            by_name.setdefault(rule.name, []).append(rule)
    lines = [_line(max(same, key=_specificity), same, facts) for same in by_name.values()]
    return [line for line in lines if line.quantity]


def total(lines: Iterable[ChargeLine]) -> Total:
    """Return the sum of the known amounts, and whether any is unknown."""
    amounts = [line.amount_vnd for line in lines]
    return Total(known_vnd=sum(amount or 0 for amount in amounts), has_unknown=None in amounts)


def _is_in_force(rule: FeeRule, channel: str, on: date) -> bool:
    return (
        rule.channel in ("", channel)
        and (rule.valid_from is None or rule.valid_from <= on)
        and (rule.valid_to is None or on <= rule.valid_to)
    )


def _specificity(rule: FeeRule) -> tuple[int, int, bool, bool, int]:
    has_window = rule.valid_from is not None or rule.valid_to is not None
    allowed = sum(len(values) for values in rule.condition.values())
    return len(rule.condition), -allowed, rule.channel != "", has_window, -rule.position


def _line(rule: FeeRule, same_name: list[FeeRule], facts: Facts) -> ChargeLine:
    return ChargeLine(
        name=rule.name,
        kind=rule.kind,
        quantity=_quantity(rule, facts),
        per=rule.per,
        unit_amount_vnd=rule.amount_vnd,
        basis=rule.basis,
        note=rule.note,
        waived_reason=_waived_reason(rule, same_name),
    )


def _quantity(rule: FeeRule, facts: Facts) -> int:
    said = str(facts.get(QUANTITY_FACTS.get(rule.per, ""), ""))
    return int(said) if said.isdecimal() else 1


def _waived_reason(rule: FeeRule, same_name: list[FeeRule]) -> str:
    """Return why nothing is paid, when another rule of the same name would have charged something."""
    if rule.amount_vnd != 0 or not any(other.amount_vnd != 0 for other in same_name):
        return ""
    return rule.note or rule.basis or _("Được miễn trong trường hợp này.")

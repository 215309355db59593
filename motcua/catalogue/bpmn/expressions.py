"""Conditions on form data, as BPMN files write them: `${amount > 100}`, `= area in ["urban"] and not(floors > 2)`.

A small language read into a tree and never run as code: fields compared with literals, `in` lists, and, or, not,
parentheses, in the spellings of FEEL and of UEL. Missing data follow FEEL: an order comparison with nothing is unknown,
and what is unknown is not true. Form data are texts, so `"150" > 100` compares numbers.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

Data = Mapping[str, Any]
Literal = str | int | float | bool | None

NOT_WORDS = frozenset(["true", "false", "null", "and", "or", "not", "in", "eq", "ne", "lt", "le", "gt", "ge"])
_PLAIN_FIELD = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


class BadExpression(ValueError):
    """The text is no condition of this language; the message is a part of a Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Constant:
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Truth:
    """A field that stands alone: it holds when its value is true."""

    field: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field compared with one literal; `operator` is one of = != < <= > >=."""

    field: str
    operator: str
    literal: Literal


@dataclass(frozen=True, slots=True)
class In:
    """A field that equals one of several literals."""

    field: str
    literals: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: "Expression"


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One part at least holds."""

    parts: tuple["Expression", ...]


Expression = Constant | Truth | Comparison | In | Not | And | Or


def evaluate(expression: Expression, data: Data) -> bool | None:
    """Return whether the condition holds for `data`; None when that cannot be known."""
    match expression:
        case Constant(value):
            return value
        case Truth(field):
            return _equals(_value(data, field), True)
        case Comparison(field, operator, literal):
            return _compare(_value(data, field), operator, literal)
        case In(field, literals):
            return any(_equals(_value(data, field), literal) for literal in literals)
        case Not(part):
            inner = evaluate(part, data)
            return None if inner is None else not inner
        case And(parts):
            return _all([evaluate(part, data) for part in parts])
        case Or(parts):
            none_holds = _all([_opposite(evaluate(part, data)) for part in parts])
            return _opposite(none_holds)


def write_expression(expression: Expression) -> str:
    """Return the condition as text that `parse_expression` reads back into the same tree."""
    match expression:
        case Constant(value):
            return "true" if value else "false"
        case Truth(field):
            return _field(field)
        case Comparison(field, operator, literal):
            return f"{_field(field)} {operator} {_literal(literal)}"
        case In(field, literals):
            return f"{_field(field)} in [{', '.join(map(_literal, literals))}]"
        case Not(part):
            return f"not({write_expression(part)})"
        case And(parts):
            return " and ".join(
                f"({write_expression(p)})" if isinstance(p, And | Or) else write_expression(p) for p in parts
            )
        case Or(parts):
            return " or ".join(
                f"({write_expression(p)})" if isinstance(p, And | Or) else write_expression(p) for p in parts
            )


def fields_of(expression: Expression) -> frozenset[str]:
    """Return the form fields the condition looks at."""
    match expression:
        case Constant():
            return frozenset()
        case Not(part):
            return fields_of(part)
        case And(parts) | Or(parts):
            return frozenset().union(*map(fields_of, parts))
        case Truth(field) | Comparison(field) | In(field):
            return frozenset({field})


def compared(expression: Expression) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every field the condition looks at with the values it is compared with; none where only its size counts."""
    match expression:
        case Truth(field):
            yield field, ("true", "false")
        case Comparison(field, "=" | "!=", literal):
            yield field, (_said(literal),)
        case Comparison(field):
            yield field, ()
        case In(field, literals):
            yield field, tuple(map(_said, literals))
        case Not(part):
            yield from compared(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from compared(part)


def _said(literal: Literal) -> str:
    return str(literal).lower() if isinstance(literal, bool) else str(literal)


def _opposite(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _value(data: Data, field: str) -> Any:
    """Return the field's value; `a.b` is the field of that name, or field b of the group a."""
    if field in data:
        return data[field]
    group, dot, rest = field.partition(".")
    inner = data.get(group)
    return _value(inner, rest) if dot and isinstance(inner, Mapping) else None


def _compare(value: Any, operator: str, literal: Literal) -> bool | None:
    if operator == "=":
        return _equals(value, literal)
    if operator == "!=":
        return not _equals(value, literal)
    sign = _sign(value, literal)
    return None if sign is None else {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[operator]


def _sign(value: Any, literal: Literal) -> int | None:
    """Return -1, 0 or 1 as `value` lies before, at or after `literal`; None when they have no order."""
    if isinstance(literal, str):
        return (value > literal) - (value < literal) if isinstance(value, str) and value else None
    left, right = _number(value), _number(literal)
    return None if left is None or right is None else (left > right) - (left < right)


def _equals(value: Any, literal: Literal) -> bool:
    if literal is None or value in (None, ""):
        return value in (None, "") and literal in (None, "")
    if isinstance(literal, bool):
        return value is literal or (isinstance(value, str) and value.lower() == str(literal).lower())
    if isinstance(literal, str):
        return (str(value).lower() if isinstance(value, bool) else str(value)) == literal
    return _number(value) == _number(literal)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _field(field: str) -> str:
    if _PLAIN_FIELD.fullmatch(field) and field.lower() not in NOT_WORDS:
        return field
    if "`" in field or not field:
        raise BadExpression(_("tên ô “%(field)s” không viết được trong điều kiện") % {"field": field})
    return f"`{field}`"


def _literal(literal: Literal) -> str:
    return json.dumps(literal, ensure_ascii=False)

"""Reads the text of a condition into the tree of `expressions`; anything else than that small language is refused."""

import json
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.expressions import (
    NOT_WORDS,
    And,
    BadExpression,
    Comparison,
    Constant,
    Expression,
    In,
    Literal,
    Not,
    Or,
    Truth,
)  # fmt: skip

MAX_LENGTH = 20_000
MAX_DEPTH = 50
_OPERATORS = {
    "=": "=", "==": "=", "eq": "=", "!=": "!=", "ne": "!=",
    "<": "<", "lt": "<", "<=": "<=", "le": "<=", ">": ">", "gt": ">", ">=": ">=", "ge": ">=",
}  # fmt: skip
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_WORDS = {"&&": "and", "||": "or", "!": "not"}
_CONSTANTS: Mapping[str, Literal] = {"true": True, "false": False, "null": None}
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.])
    |(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<quoted>`[^`]+`)
    |(?P<word>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    |(?P<sign>==|!=|<=|>=|&&|\|\||[=<>!()\[\],]))""",
    re.VERBOSE,
)


def parse_expression(text: str) -> Expression:
    """Return the condition written as `text`, with or without `${…}`, `#{…}` or a leading `=`; raise BadExpression."""
    inner = text.strip()
    if len(inner) > MAX_LENGTH:
        raise BadExpression(_("điều kiện dài hơn %(most)s ký tự") % {"most": MAX_LENGTH})
    if inner[:2] in ("${", "#{"):
        if not inner.endswith("}"):
            raise BadExpression(_("điều kiện “%(text)s” thiếu dấu } ở cuối") % {"text": inner})
        inner = inner[2:-1]
    elif inner.startswith("="):
        inner = inner[1:]
    return _Parser(inner).whole()


class _Parser:
    """Reads one expression, left to right, one token ahead."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0

    def whole(self) -> Expression:
        expression = self._either()
        if self._at < len(self._tokens):
            raise self._strange()
        return expression

    def _either(self) -> Expression:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BadExpression(_("điều kiện lồng nhau quá sâu"))
        parts = [self._both()]
        while self._takes("or"):
            parts.append(self._both())
        self._depth -= 1
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _both(self) -> Expression:
        parts = [self._negated()]
        while self._takes("and"):
            parts.append(self._negated())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _negated(self) -> Expression:
        turns = 0
        while self._takes("not"):
            turns += 1
        expression = self._one()
        for _turn in range(turns):
            expression = Not(expression)
        return expression

    def _one(self) -> Expression:
        if self._takes("("):
            expression = self._either()
            self._demand(")")
            return expression
        kind, value = self._operand()
        operator = self._operator()
        if operator is None:
            return self._alone(kind, value)
        if operator == "in":
            return In(value, self._list()) if kind == "field" else self._fail()
        other_kind, other = self._operand()
        if kind == "field" and other_kind == "literal":
            return Comparison(value, operator, other)
        if kind == "literal" and other_kind == "field":
            return Comparison(other, _MIRRORED.get(operator, operator), value)
        raise BadExpression(
            _("điều kiện “%(text)s” phải so sánh một ô của tờ khai với một giá trị") % {"text": self._text.strip()}
        )

    def _alone(self, kind: str, value: Any) -> Expression:
        if kind == "field":
            return Truth(value)
        return Constant(value) if isinstance(value, bool) else self._fail()

    def _operator(self) -> str | None:
        kind, value = self._peek()
        operator = {**_OPERATORS, "in": "in"}.get(value) if kind in ("word", "sign") else None
        self._at += operator is not None
        return operator

    def _list(self) -> tuple[Literal, ...]:
        closing = "]" if self._takes("[") else ")"
        if closing == ")":
            self._demand("(")
        literals = [self._listed()]
        while self._takes(","):
            literals.append(self._listed())
        self._demand(closing)
        return tuple(literals)

    def _listed(self) -> Literal:
        kind, value = self._operand()
        if kind != "literal":
            raise self._strange()
        literal: Literal = value
        return literal

    def _operand(self) -> tuple[str, Any]:
        kind, value = self._peek()
        self._at += 1
        if kind in ("number", "text"):
            return "literal", value
        if kind == "word" and value in _CONSTANTS:
            return "literal", _CONSTANTS[value]
        if kind == "quoted" or (kind == "word" and value.lower() not in NOT_WORDS):
            return "field", value
        self._at -= 1
        raise self._strange()

    def _peek(self) -> tuple[str, Any]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _takes(self, word: str) -> bool:
        kind, value = self._peek()
        if kind in ("word", "sign") and _WORDS.get(value, value) == word:
            self._at += 1
            return True
        return False

    def _demand(self, word: str) -> None:
        if not self._takes(word):
            raise self._strange()

    def _fail(self) -> Any:
        raise self._strange()

    def _strange(self) -> BadExpression:
        _kind, value = self._peek()
        words = {"text": self._text.strip(), "sign": value}
        if self._at >= len(self._tokens):
            return BadExpression(_("điều kiện “%(text)s” chưa viết hết") % words)
        return BadExpression(_("không hiểu “%(sign)s” trong điều kiện “%(text)s”") % words)


def _tokens(text: str) -> list[tuple[str, Any]]:
    tokens: list[tuple[str, Any]] = []
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if not found or found.lastgroup is None:
            words = {"sign": text[at:].split()[0][:40], "text": text.strip()}
            raise BadExpression(_("không hiểu “%(sign)s” trong điều kiện “%(text)s”") % words)
        kind = found.lastgroup
        tokens.append((kind, _meaning(kind, found.group(kind))))
        at = found.end()
    return tokens


def _meaning(kind: str, written: str) -> Any:
    if kind == "number":
        return int(written) if re.fullmatch(r"-?\d+", written) else float(written)
    if kind == "quoted":
        return written[1:-1]
    if kind == "text":
        return _unescaped(written)
    return written


def _unescaped(written: str) -> str:
    """Return the text between the quotation marks; the escapes are those of JSON and `\\'`."""
    inner = written[1:-1]
    if written[0] == "'":
        inner = re.sub(r'(?<!\\)"', r"\"", inner.replace("\\'", "'"))
    try:
        return str(json.loads(f'"{inner}"', strict=False))
    except json.JSONDecodeError:
        raise BadExpression(_("không hiểu chuỗi %(text)s") % {"text": written}) from None

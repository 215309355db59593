"""What a process says otherwise than the one before it, step by step, in the words of an officer: «bớt 4 giờ», «thêm mới»."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from motcua.base.words import number
from motcua.catalogue.processes.parameters import Content
from motcua.catalogue.processes.rows import Row, rows_of

ADDED, CHANGED, GONE, SAME = "added", "changed", "gone", "same"


@dataclass(frozen=True, slots=True)
class Difference:
    """How one step stands to the edition before: `kind` is added, changed, gone or same; `words` say how."""

    code: str
    name: str
    kind: str
    words: str
    before: Row


def differences(old: Content, new: Content) -> dict[str, Difference]:
    """Return the difference of every step of `new`, then of those that are gone, by code."""
    before, after = ({row["code"]: row for row in rows_of(content)} for content in (old, new))
    found = {code: _difference(code, before.get(code), row) for code, row in after.items()}
    gone = {code: _gone(code, row) for code, row in before.items() if code not in after}
    return found | gone


def changed(old: Content, new: Content) -> list[Difference]:
    """Return only what differs, for a list of changes."""
    return [one for one in differences(old, new).values() if one.kind != SAME]


def _difference(code: str, before: Row | None, after: Row) -> Difference:
    if before is None:
        return Difference(code, after["name"], ADDED, _("thêm mới"), {})
    words = ", ".join(_changes(before, after))
    return Difference(code, after["name"], CHANGED if words else SAME, words or _("như cũ"), before)


def _gone(code: str, before: Row) -> Difference:
    return Difference(code, before["name"], GONE, _("bỏ bước"), before)


def _changes(before: Row, after: Row) -> Iterator[str]:
    yield from _hours(before.get("hours"), after.get("hours"))
    for names, words in _WORDS:
        if any((before.get(name) or "") != (after.get(name) or "") for name in names):
            yield gettext(words)
    if _ways(before) != _ways(after):
        yield _("đổi lối đi")


def _hours(before: float | None, after: float | None) -> Iterator[str]:
    if before == after:
        return
    if before is None or after is None:
        yield _("bỏ số giờ") if after is None else _("đặt số giờ")
    elif after < before:
        yield _("bớt %(hours)s giờ") % {"hours": number(before - after)}
    else:
        yield _("thêm %(hours)s giờ") % {"hours": number(after - before)}


def _ways(row: Row) -> Any:
    ways = [(way.get("to"), way.get("when") or {}, way.get("name") or "") for way in row.get("next") or []]
    split = row.get("split")
    return ways, split if split in ("all", "choose") else "", bool(row.get("join"))


_WORDS = (
    (("name",), gettext_noop("đổi tên")),
    (("unit", "role", "kind"), gettext_noop("đổi người làm")),
    (("produces",), gettext_noop("đổi giấy ra")),
)

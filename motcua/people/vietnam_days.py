"""Vietnam's days off and make-up days as plain rows: the `holidays` library, corrected by our own data file.

Bộ luật Lao động 2019, Điều 112 fixes how many days; the Tết days, the second National Day and every swap are decided
each year, so these rows only start a calendar: an administrator corrects them in a new version of it.
"""

import json
from collections.abc import Iterable
from datetime import date, time
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import holidays

YEARS = range(2015, 2036)
OFFICE_WEEK: dict[
    int, list[tuple[time, time]]
] = {  # Monday to Friday, the usual sessions of an agency; a calendar has its own
    weekday: [(time(7, 0), time(11, 30)), (time(13, 30), time(17, 0))] for weekday in range(5)
}

HOLIDAY, COMPENSATION, SWAP, MAKE_UP = "holiday", "compensation", "swap", "make_up"
_NAMES = {"29 Tết": "Nghỉ Tết Nguyên Đán"}  # in some years that day is the 28th of the lunar month


class SpecialDayRow(NamedTuple):
    """A day that differs from its weekday; `kind` is holiday, compensation, swap or make_up."""

    on: date
    kind: str
    name: str


@cache
def days_of_vietnam(years: range | tuple[int, ...] = YEARS) -> tuple[SpecialDayRow, ...]:
    """Return the special days of those years in order: days off, weekends among them, and make-up Saturdays."""
    wanted = frozenset(years)
    rows = {row.on: row for row in (*_from_library(wanted), *_swaps())}
    return tuple(rows[on] for on in sorted(rows) if on.year in wanted)


def _from_library(years: frozenset[int]) -> Iterable[SpecialDayRow]:
    """Return what the library knows. A swap's make-up day may lie in a neighbouring year."""
    known = holidays.country_holidays("VN", years=range(min(years), max(years) + 2), language="vi")
    for worked in known.weekend_workdays:
        yield SpecialDayRow(worked, MAKE_UP, "Làm bù cho ngày nghỉ hoán đổi")
    for on, name in known.items():
        yield SpecialDayRow(on, _kind(name), _NAMES.get(name, name.replace("; ", " và ")))


def _kind(name: str) -> str:
    if "(nghỉ bù)" in name:
        return COMPENSATION
    return SWAP if "(thay cho ngày" in name else HOLIDAY


def _swaps() -> Iterable[SpecialDayRow]:
    """Return the two days of every swap in the data file."""
    text = (files("motcua.people") / "data" / "days_off_vietnam.json").read_text(encoding="utf-8")
    for swap in json.loads(text)["swaps"]:
        off, worked = date.fromisoformat(swap["off"]), date.fromisoformat(swap["worked"])
        yield SpecialDayRow(off, SWAP, f"Nghỉ hoán đổi (làm bù ngày {worked:%d/%m/%Y})")
        yield SpecialDayRow(worked, MAKE_UP, f"Làm bù cho ngày {off:%d/%m/%Y}")

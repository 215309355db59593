"""Vietnam's days off against the decisions and the documents its data file names."""

from datetime import date

import pytest

from motcua.people.vietnam_days import SpecialDayRow, days_of_vietnam


def named(year: int) -> dict[date, SpecialDayRow]:
    return {row.on: row for row in days_of_vietnam((year,))}


# fmt: off
OFF_ON_WEEKDAYS = {
    2024: "0101 0208 0209 0212 0213 0214 0418 0429 0430 0501 0902 0903",
    2025: "0101 0127 0128 0129 0130 0131 0407 0430 0501 0502 0901 0902",
    2026: "0101 0102 0216 0217 0218 0219 0220 0427 0430 0501 0831 0901 0902 1124",
}
WORKED = {2019: "0105 0504", 2024: "0504", 2025: "0426", 2026: "0110 0822"}
WORKING_DAYS = {2024: 251, 2025: 250, 2026: 249}
# fmt: on


@pytest.mark.parametrize("year", OFF_ON_WEEKDAYS)
def test_the_days_off_of_a_year_are_those_decided(year: int) -> None:
    off = [row.on for row in days_of_vietnam((year,)) if row.kind != "make_up" and row.on.weekday() < 5]

    assert " ".join(f"{on:%m%d}" for on in off) == OFF_ON_WEEKDAYS[year]


@pytest.mark.parametrize("year", WORKED)
def test_the_saturdays_worked_are_those_decided(year: int) -> None:
    worked = [row.on for row in days_of_vietnam((year,)) if row.kind == "make_up"]

    assert " ".join(f"{on:%m%d}" for on in worked) == WORKED[year]


@pytest.mark.parametrize("year", WORKING_DAYS)
def test_a_year_has_as_many_working_days_as_the_reference_counts(year: int) -> None:
    special = named(year)
    days = [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]

    works = [special[on].kind == "make_up" if on in special else on.weekday() < 5 for on in days]

    assert sum(works) == WORKING_DAYS[year]


def test_kinds_and_names_say_why_a_day_differs() -> None:
    days = named(2026)

    assert days[date(2026, 1, 2)][1:] == ("swap", "Nghỉ hoán đổi (làm bù ngày 10/01/2026)")
    assert days[date(2026, 1, 10)][1:] == ("make_up", "Làm bù cho ngày 02/01/2026")
    assert days[date(2026, 2, 17)][1:] == ("holiday", "Tết Nguyên Đán")
    assert days[date(2026, 4, 27)][1:] == ("compensation", "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)")
    assert days[date(2026, 11, 24)][1:] == ("holiday", "Ngày Văn hóa Việt Nam")


def test_no_day_is_named_twice_and_the_years_asked_are_the_years_given() -> None:
    rows = days_of_vietnam()

    assert len({row.on for row in rows}) == len(rows)
    assert [row.on for row in rows] == sorted(row.on for row in rows)
    assert {row.on.year for row in rows} == set(range(2015, 2036))

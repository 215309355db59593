"""The working calendar: openings, closings, special days, limits."""

from datetime import UTC, date, datetime, time

import pytest

from motcua.dossiers.clock import (
    BadCalendar,
    CalendarError,
    DayKind,
    MomentHasNoZone,
    NotAWorkingDay,
    OutsideYears,
    Session,
    WorkingCalendar,
    calendar_from_rows,
)
from tests.dossiers.clock_cases import AFTERNOON, MORNING, NATIONAL, at


def test_adding_ends_at_closing_rather_than_at_the_next_opening() -> None:
    assert NATIONAL.add(at("2026-11-09 09:00"), 150) == at("2026-11-09 11:30")
    assert NATIONAL.add(at("2026-11-09 09:00"), 151) == at("2026-11-09 13:31")
    assert NATIONAL.add(at("2026-11-06 16:00"), 60) == at("2026-11-06 17:00")


@pytest.mark.parametrize(
    "moment, working",
    [
        ("2026-11-09 06:00", "2026-11-09 07:00"),
        ("2026-11-09 07:00", "2026-11-09 07:00"),
        ("2026-11-09 09:13", "2026-11-09 09:13"),
        ("2026-11-09 11:30", "2026-11-09 13:30"),
        ("2026-11-09 17:00", "2026-11-10 07:00"),
        ("2026-11-23 20:00", "2026-11-25 07:00"),
    ],
)
def test_adding_nothing_gives_the_next_working_moment(moment: str, working: str) -> None:
    assert NATIONAL.add(at(moment), 0) == at(working)


@pytest.mark.parametrize(
    "moment, opening",
    [
        ("2026-11-09 07:00", "2026-11-09 07:00"),
        ("2026-11-09 07:01", "2026-11-09 13:30"),
        ("2026-11-09 14:00", "2026-11-10 07:00"),
        ("2026-11-06 14:00", "2026-11-09 07:00"),
    ],
)
def test_the_next_opening_is_the_next_session(moment: str, opening: str) -> None:
    assert NATIONAL.next_opening(at(moment)) == at(opening)


def test_results_are_in_vietnamese_time_wherever_the_moment_came_from() -> None:
    due = NATIONAL.add(datetime(2026, 11, 20, 2, 10, tzinfo=UTC), 1440)

    assert due.isoformat() == "2026-11-26T09:10:00+07:00"


def test_days_of_tet_are_off_and_the_day_after_works() -> None:
    assert NATIONAL.next_working_day(date(2026, 2, 13)) == date(2026, 2, 23)
    assert NATIONAL.days_off(date(2026, 2, 13), date(2026, 2, 23)) == [date(2026, 2, day) for day in range(14, 23)]


def test_an_added_special_day_does_not_change_a_calendar_already_made() -> None:
    special = dict(NATIONAL.special_days)
    calendar = WorkingCalendar("X", 1, NATIONAL.week, special)

    del special[date(2026, 11, 24)]

    assert not calendar.is_working_day(date(2026, 11, 24))
    with pytest.raises(TypeError):
        calendar.special_days[date(2026, 11, 24)] = None  # type: ignore[index]


def test_plain_rows_make_a_calendar_with_its_sessions_in_order() -> None:
    calendar = calendar_from_rows(
        "HUE", 3, {0: [(time(13, 30), time(17)), (time(7), time(11, 30))]}, [(date(2026, 11, 10), "make_up", "Làm bù")]
    )

    assert calendar.week[0] == (MORNING, AFTERNOON)
    assert calendar.special_days[date(2026, 11, 10)].kind is DayKind.MAKE_UP
    assert calendar.closing(date(2026, 11, 10)) == at("2026-11-10 17:00")


@pytest.mark.parametrize(
    "sessions",
    [
        (Session(time(9), time(8)),),
        (Session(time(9), time(9)),),
        (Session(time(7), time(12)), Session(time(11), time(17))),
    ],
)
def test_sessions_that_overlap_or_end_before_they_begin_are_refused(sessions: tuple[Session, ...]) -> None:
    with pytest.raises(BadCalendar):
        WorkingCalendar("X", 1, {0: sessions})


def test_a_day_off_has_no_opening_and_no_closing() -> None:
    with pytest.raises(NotAWorkingDay) as refused:
        NATIONAL.closing(date(2026, 11, 24))

    assert str(refused.value) == "Ngày 24/11/2026 là ngày nghỉ, không có giờ làm việc."


def test_a_calendar_that_never_opens_says_so_instead_of_searching_for_ever() -> None:
    never = WorkingCalendar("X", 1, {})

    for count in (0, 1):
        with pytest.raises(OutsideYears):
            never.add(at("2026-11-09 09:00"), count)


def test_only_the_years_covered_are_counted() -> None:
    assert NATIONAL.add(at("2000-01-03 07:00"), 480) == at("2000-01-03 17:00")
    assert NATIONAL.add(at("2100-12-31 07:00"), 480) == at("2100-12-31 17:00")
    with pytest.raises(OutsideYears):
        NATIONAL.add(at("2100-12-31 07:00"), 481)
    with pytest.raises(OutsideYears):
        NATIONAL.add(at("2100-12-31 17:00"), 0)
    with pytest.raises(OutsideYears):
        NATIONAL.is_working_day(date(1999, 12, 31))


def test_time_is_not_taken_away_and_needs_a_zone() -> None:
    with pytest.raises(CalendarError):
        NATIONAL.add(at("2026-11-09 09:00"), -1)
    with pytest.raises(MomentHasNoZone):
        NATIONAL.add(datetime(2026, 11, 9, 9, 0), 1)

"""The agreed examples: dates worked out by hand in both granularities, the story of the mock-ups, days off of every kind."""

from datetime import date, time

import pytest

from motcua.dossiers.clock import (
    AfterPause,
    DayKind,
    Granularity,
    Policy,
    Session,
    SpecialDay,
    WorkingCalendar,
    hand_over_due,
    reception_due,
)
from tests.dossiers.clock_cases import (
    DAY_END,
    HOUR_EXACT,
    MORNING,
    NATIONAL,
    WITH_SATURDAY_MORNING,
    at,
    counted,
)

# fmt: off
VECTORS = [
    # received           term               hour_exact           day_end              shows
    ("2026-11-20 09:10", "3 working_days",  "2026-11-26 09:10",  "2026-11-26 17:00"),  # weekend and 24/11
    ("2026-11-20 16:20", "3 working_days",  "2026-11-26 16:20",  "2026-11-26 17:00"),
    ("2026-02-12 10:00", "5 working_days",  "2026-02-26 10:00",  "2026-02-26 17:00"),  # Tết
    ("2026-04-24 10:00", "2 working_days",  "2026-04-29 10:00",  "2026-04-29 17:00"),  # 27/04 compensates Giỗ Tổ
    ("2026-08-27 08:00", "5 working_days",  "2026-09-08 08:00",  "2026-09-08 17:00"),  # 31/08 swapped, 01–02/09
    ("2026-08-21 16:00", "1 working_days",  "2026-08-22 16:00",  "2026-08-22 17:00"),  # make-up Saturday
    ("2026-02-05 09:00", "15 days",         "2026-02-23 17:00",  "2026-02-23 17:00"),  # rolls out of Tết; raw 20/02
]
# fmt: on


@pytest.mark.parametrize("received, term, exact, day_end", VECTORS)
def test_examples_of_the_domain_reference(received: str, term: str, exact: str, day_end: str) -> None:
    by_the_hour = counted(received, term, policy=HOUR_EXACT)
    by_the_day = counted(received, term, policy=DAY_END)

    assert by_the_hour.due_at == at(exact)
    assert by_the_day.due_at == at(day_end)


@pytest.mark.parametrize(
    "submitted, due",
    [("2026-11-20 20:00", "2026-11-23 17:00"), ("2026-11-20 12:00", "2026-11-23 11:30")],
)
def test_an_online_filing_is_answered_within_eight_working_hours(submitted: str, due: str) -> None:
    assert reception_due(NATIONAL, at(submitted)) == at(due)
    assert counted(submitted, "8 working_hours", policy=Policy(None, AfterPause.RESUME)).due_at == at(due)


def test_a_pause_moves_the_due_moment_by_its_working_hours() -> None:
    pause = ("2026-11-12 10:00", "2026-11-18 15:00")

    reckoning = counted("2026-11-09 08:00", "10 working_days", pause, policy=HOUR_EXACT)

    assert reckoning.original_due_at == at("2026-11-23 08:00")
    assert reckoning.paused_minutes == 35 * 60
    assert reckoning.due_at == at("2026-11-30 11:00")


def test_the_story_of_nguyen_hoai_an() -> None:
    pause = ("2026-11-25 10:00", "2026-11-26 15:00")

    reckoning = counted("2026-11-20 09:10", "7 working_days", pause)

    assert reckoning.counted_from == at("2026-11-23 07:00")
    assert reckoning.total_minutes == 56 * 60
    assert reckoning.paused_minutes == 11 * 60
    assert reckoning.original_due_at == at("2026-12-02 17:00")
    assert reckoning.reached_at == at("2026-12-04 10:00")
    assert reckoning.due_at == at("2026-12-04 17:00")


# fmt: off
STARTS = [
    ("2026-11-09 06:10", "1 working_days",    "2026-11-09 17:00", "2026-11-10 17:00"),  # before opening: from 07:00
    ("2026-11-09 12:00", "1 working_days",    "2026-11-10 11:30", "2026-11-10 17:00"),  # in the lunch break: from 13:30
    ("2026-11-09 19:00", "1 working_days",    "2026-11-10 17:00", "2026-11-10 17:00"),  # after closing: next opening
    ("2026-11-07 10:00", "1 working_days",    "2026-11-09 17:00", "2026-11-10 17:00"),  # a Saturday: Monday is the day of receipt
    ("2026-11-09 17:00", "1 working_days",    "2026-11-10 17:00", "2026-11-10 17:00"),  # at closing
    ("2026-11-09 11:30", "4 working_hours",   "2026-11-10 07:30", "2026-11-10 17:00"),
    ("2026-11-09 09:00", "7.5 working_days",  "2026-11-18 15:00", "2026-11-19 17:00"),
    ("2026-11-09 09:00", "6.25 working_days", "2026-11-17 11:00", "2026-11-18 17:00"),
    ("2026-11-09 15:00", "8 working_hours",   "2026-11-10 15:00", "2026-11-10 17:00"),  # hours count from the hour of receipt
]
# fmt: on


@pytest.mark.parametrize("received, term, exact, day_end", STARTS)
def test_when_counting_starts_and_fractions(received: str, term: str, exact: str, day_end: str) -> None:
    assert counted(received, term, policy=HOUR_EXACT).due_at == at(exact)
    assert counted(received, term, policy=DAY_END).due_at == at(day_end)


def test_without_a_granularity_days_end_with_the_day_and_hours_do_not() -> None:
    policy = Policy(None, AfterPause.RESUME)

    assert counted("2026-11-09 09:00", "1 working_days", policy=policy).due_at == at("2026-11-10 17:00")
    assert counted("2026-11-09 09:00", "3 working_hours", policy=policy).due_at == at("2026-11-09 14:00")


# fmt: off
ROLLS = [
    ("2026-11-09 09:00", "1 days",   "2026-11-10 17:00"),
    ("2026-11-05 23:00", "2 days",   "2026-11-09 17:00"),  # Saturday 07/11 rolls to Monday
    ("2026-11-13 08:00", "11 days",  "2026-11-25 17:00"),  # 24/11 is a holiday
    ("2026-11-09 09:00", "1.5 days", "2026-11-11 17:00"),  # the last half day lies in 11/11
    ("2026-01-30 10:00", "1 months", "2026-03-02 17:00"),  # 30 January: clamped to 28/02, a Saturday
    ("2028-01-31 10:00", "1 months", "2028-02-29 17:00"),  # leap year
    ("2026-10-31 10:00", "1 months", "2026-11-30 17:00"),
    ("2026-12-15 10:00", "2 months", "2027-02-15 17:00"),  # over the turn of the year
    ("2026-11-30 10:00", "1 months", "2026-12-30 17:00"),
]
# fmt: on


@pytest.mark.parametrize("received, term, due", ROLLS)
def test_days_and_months_count_days_off_too_and_roll_to_a_working_day(received: str, term: str, due: str) -> None:
    for policy in (DAY_END, HOUR_EXACT):
        assert counted(received, term, policy=policy).due_at == at(due)


def test_days_paused_move_by_the_wall_time_of_the_pause() -> None:
    pause = ("2026-11-11 10:00", "2026-11-13 09:00")  # 1 day 23 hours: the last minute falls on 20/11

    reckoning = counted("2026-11-09 09:00", "10 days", pause)

    assert reckoning.original_due_at == at("2026-11-19 17:00")
    assert reckoning.paused_minutes == 47 * 60
    assert reckoning.reached_at == at("2026-11-21 23:00")
    assert reckoning.due_at == at("2026-11-23 17:00")


# fmt: off
CUT_OFFS = [
    ("2026-11-09 06:00", "2026-11-09 17:00"),  # before opening
    ("2026-11-09 15:00", "2026-11-09 17:00"),
    ("2026-11-09 15:01", "2026-11-10 17:00"),
    ("2026-11-07 09:00", "2026-11-09 17:00"),  # a Saturday
    ("2026-11-23 15:30", "2026-11-25 17:00"),  # 24/11 is a holiday
]
# fmt: on


@pytest.mark.parametrize("received, due", CUT_OFFS)
def test_same_day_procedures_have_a_cut_off(received: str, due: str) -> None:
    assert counted(received, "same_day").due_at == at(due)


def test_same_day_after_closing_of_a_short_day_is_the_next_working_day() -> None:
    reckoning = counted("2026-11-07 12:00", "same_day", calendar=WITH_SATURDAY_MORNING)

    assert reckoning.due_at == at("2026-11-09 17:00")


def test_a_same_day_term_restarted_after_the_cut_off_is_due_the_next_day() -> None:
    policy = Policy(Granularity.DAY_END, AfterPause.RESTART)

    reckoning = counted("2026-11-09 09:00", "same_day", ("2026-11-09 10:00", "2026-11-09 15:30"), policy=policy)

    assert reckoning.due_at == at("2026-11-10 17:00")


def test_saturday_morning_counts_its_own_minutes() -> None:
    exact = counted("2026-11-06 16:00", "1 working_days", calendar=WITH_SATURDAY_MORNING, policy=HOUR_EXACT)
    day_end = counted("2026-11-06 16:00", "1 working_days", calendar=WITH_SATURDAY_MORNING)

    assert exact.due_at == at("2026-11-09 10:00")  # 1 hour on Friday, 4 on Saturday, 3 on Monday
    assert day_end.due_at == at("2026-11-09 17:00")  # 4 hours on Saturday, 4 on Monday


def test_a_short_day_reached_in_the_morning_is_due_at_its_own_closing() -> None:
    reckoning = counted("2026-11-06 09:00", "0.5 working_days", calendar=WITH_SATURDAY_MORNING)

    assert reckoning.due_at == at("2026-11-07 11:30")


@pytest.mark.parametrize(
    "received, due",
    [
        ("2026-11-09 14:59", "2026-11-09 17:00"),
        ("2026-11-09 15:00", "2026-11-09 17:00"),
        ("2026-11-09 15:01", "2026-11-10 08:00"),
        ("2026-11-23 16:00", "2026-11-25 08:00"),
        ("2026-11-07 09:00", "2026-11-09 08:00"),
    ],
)
def test_the_counter_hands_over_the_same_day_or_first_thing_next(received: str, due: str) -> None:
    assert hand_over_due(NATIONAL, at(received)) == at(due)


def test_a_make_up_day_takes_mondays_sessions_unless_it_has_its_own() -> None:
    saturday = date(2026, 11, 7)
    as_monday = WorkingCalendar("A", 1, NATIONAL.week, {saturday: SpecialDay(saturday, DayKind.MAKE_UP, "Làm bù")})
    short = WorkingCalendar(
        "A",
        2,
        NATIONAL.week,
        {saturday: SpecialDay(saturday, DayKind.MAKE_UP, "Làm bù", (Session(time(8), time(10)),))},
    )

    assert as_monday.closing(saturday) == at("2026-11-07 17:00")
    assert short.opening(saturday) == at("2026-11-07 08:00")
    assert short.closing(saturday) == at("2026-11-07 10:00")
    assert NATIONAL.week[0][0] == MORNING

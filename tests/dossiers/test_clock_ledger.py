"""What each entry does to the clock, and which entries cannot follow one another."""

from datetime import UTC, datetime

import pytest

from motcua.dossiers.clock import (
    AlreadyPaused,
    AlreadyStopped,
    BadExtension,
    Effect,
    EntriesOutOfOrder,
    Entry,
    LedgerError,
    MomentHasNoZone,
    NotStarted,
    OutsideYears,
    ResumeWithoutPause,
    StartedTwice,
    WorkingCalendar,
    parse_term,
    reckon,
)
from tests.dossiers.clock_cases import DAY_END, HOUR_EXACT, NATIONAL, RESTART, at, counted, entry

START = entry("2026-11-09 09:00", Effect.START, "5 working_days")  # due 16/11 17:00
PAUSE = entry("2026-11-11 09:00", Effect.PAUSE)
RESUME = entry("2026-11-13 09:00", Effect.RESUME)  # two working days later
STOP = entry("2026-11-16 10:00", Effect.STOP)


def test_nothing_is_due_before_the_clock_starts() -> None:
    reckoning = reckon([], NATIONAL, DAY_END)

    assert reckoning.due_at is None
    assert reckoning.counted_from is None
    assert reckoning.elapsed_minutes(at("2026-11-09 09:00")) == 0


def test_a_procedure_without_a_legal_term_is_never_due_but_counts() -> None:
    reckoning = reckon([entry("2026-11-09 06:00", Effect.START), PAUSE], NATIONAL, DAY_END)

    assert reckoning.due_at is None
    assert reckoning.original_due_at is None
    assert reckoning.paused_since == PAUSE.at
    assert reckoning.elapsed_minutes(at("2026-11-12 09:00")) == (8 + 8 + 2) * 60


def test_a_pause_still_open_leaves_the_due_moment_as_last_known() -> None:
    reckoning = reckon([START, PAUSE], NATIONAL, DAY_END)

    assert reckoning.due_at == at("2026-11-16 17:00")
    assert reckoning.paused_since == at("2026-11-11 09:00")


def test_a_resumed_clock_is_due_later_by_the_wait_and_keeps_its_first_promise() -> None:
    reckoning = reckon([START, PAUSE, RESUME], NATIONAL, DAY_END)

    assert reckoning.due_at == at("2026-11-18 17:00")
    assert reckoning.original_due_at == at("2026-11-16 17:00")
    assert reckoning.paused_since is None


def test_a_restarted_clock_counts_the_whole_term_as_if_received_at_the_resume() -> None:
    reckoning = reckon([START, PAUSE, RESUME], NATIONAL, RESTART)

    assert reckoning.received_at == at("2026-11-13 09:00")
    assert reckoning.counted_from == at("2026-11-16 07:00")
    assert reckoning.due_at == at("2026-11-20 17:00")
    assert reckoning.original_due_at == at("2026-11-16 17:00")


def test_a_restart_drops_earlier_extensions_with_the_count_they_extended() -> None:
    extension = entry("2026-11-10 09:00", Effect.EXTEND, "3 working_days")

    reckoning = reckon([START, extension, PAUSE, RESUME], NATIONAL, RESTART)

    assert reckoning.due_at == at("2026-11-20 17:00")


def test_a_wait_before_the_count_begins_adds_nothing() -> None:
    pause = ("2026-11-09 10:00", "2026-11-09 16:00")  # all on the day of receipt, which is not counted

    reckoning = counted("2026-11-09 09:00", "5 working_days", pause)

    assert reckoning.paused_minutes == 0
    assert reckoning.due_at == at("2026-11-16 17:00")


def test_an_extension_moves_the_due_moment_and_keeps_the_first_promise() -> None:
    extension = entry("2026-11-16 08:00", Effect.EXTEND, "12 working_hours")

    reckoning = reckon([START, extension], NATIONAL, DAY_END)

    assert reckoning.total_minutes == (40 + 12) * 60
    assert reckoning.due_at == at("2026-11-18 17:00")
    assert reckoning.original_due_at == at("2026-11-16 17:00")


def test_days_and_months_extend_one_another() -> None:
    start = entry("2026-01-31 09:00", Effect.START, "1 months")
    extension = entry("2026-02-10 09:00", Effect.EXTEND, "3 days")

    reckoning = reckon([start, extension], NATIONAL, DAY_END)

    assert reckoning.due_at == at("2026-03-03 17:00")  # 28/02 and three days


def test_a_recalculation_takes_another_term_and_keeps_start_and_pauses() -> None:
    recalculation = entry("2026-11-16 09:00", Effect.RECALCULATE, "10 working_days")

    reckoning = reckon([START, PAUSE, RESUME, recalculation], NATIONAL, DAY_END)

    assert reckoning.counted_from == at("2026-11-10 07:00")
    assert reckoning.paused_minutes == 16 * 60
    assert reckoning.due_at == at("2026-11-26 17:00")
    assert reckoning.original_due_at == at("2026-11-16 17:00")


def test_a_recalculation_with_another_calendar_keeps_the_term() -> None:
    without_holidays = WorkingCalendar("X", 2, NATIONAL.week)
    start = entry("2026-11-23 09:00", Effect.START, "1 working_days")

    reckoning = reckon([start, entry("2026-11-23 10:00", Effect.RECALCULATE)], without_holidays, DAY_END)

    assert reckoning.due_at == at("2026-11-24 17:00")


def test_after_a_recalculation_the_clock_may_start_again() -> None:
    again = entry("2026-11-18 09:00", Effect.START, "2 working_days")

    reckoning = reckon([START, entry("2026-11-18 09:00", Effect.RECALCULATE), again], NATIONAL, DAY_END)

    assert reckoning.due_at == at("2026-11-20 17:00")
    assert reckoning.original_due_at == at("2026-11-16 17:00")


def test_a_stop_ends_a_wait_so_that_waiting_is_nobodys_delay() -> None:
    reckoning = reckon([START, PAUSE, entry("2026-12-11 09:00", Effect.STOP)], NATIONAL, DAY_END)

    assert reckoning.paused_since is None
    assert reckoning.stopped_at == at("2026-12-11 09:00")
    assert reckoning.due_at == at("2026-12-16 17:00")  # thirty of forty hours are left at the stop
    assert reckoning.elapsed_minutes(at("2026-12-20 09:00")) == 10 * 60


def test_a_stopped_clock_is_opened_again_only_by_a_recalculation() -> None:
    reopened = entry("2026-11-17 09:00", Effect.RECALCULATE)

    reckoning = reckon([START, STOP, reopened, entry("2026-11-17 09:00", Effect.PAUSE)], NATIONAL, DAY_END)

    assert reckoning.stopped_at is None
    assert reckoning.paused_since == at("2026-11-17 09:00")


def test_elapsed_minutes_leave_out_waits_and_end_with_the_clock() -> None:
    reckoning = reckon([START, PAUSE, RESUME, STOP], NATIONAL, HOUR_EXACT)

    assert reckoning.elapsed_minutes(at("2026-11-10 09:00")) == 8 * 60
    assert reckoning.elapsed_minutes(at("2026-11-12 09:00")) == 16 * 60
    assert reckoning.elapsed_minutes(at("2026-11-30 09:00")) == (16 + 9) * 60


def test_moments_may_come_in_any_zone_and_their_seconds_are_dropped() -> None:
    start = Entry(datetime(2026, 11, 20, 2, 10, 59, 999, tzinfo=UTC), Effect.START, parse_term("3 working_days"))

    assert reckon([start], NATIONAL, HOUR_EXACT).due_at == at("2026-11-26 09:10")


# fmt: off
IMPOSSIBLE = [
    (EntriesOutOfOrder,   [START, entry("2026-11-08 09:00", Effect.PAUSE)]),
    (StartedTwice,        [START, entry("2026-11-10 09:00", Effect.START, "1 days")]),
    (NotStarted,          [PAUSE]),
    (NotStarted,          [STOP]),
    (NotStarted,          [entry("2026-11-10 09:00", Effect.RECALCULATE, "1 days")]),
    (AlreadyPaused,       [START, PAUSE, PAUSE]),
    (ResumeWithoutPause,  [START, RESUME]),
    (ResumeWithoutPause,  [START, PAUSE, RESUME, RESUME]),
    (AlreadyStopped,      [START, STOP, STOP]),
    (AlreadyStopped,      [START, STOP, entry("2026-11-17 09:00", Effect.START, "1 days")]),
    (BadExtension,        [START, entry("2026-11-10 09:00", Effect.EXTEND)]),
    (BadExtension,        [START, entry("2026-11-10 09:00", Effect.EXTEND, "3 days")]),
    (BadExtension,        [START, entry("2026-11-10 09:00", Effect.EXTEND, "same_day")]),
    (BadExtension,        [entry("2026-11-09 09:00", Effect.START), entry("2026-11-10 09:00", Effect.EXTEND, "3 days")]),
    (OutsideYears,        [entry("1999-11-09 09:00", Effect.START, "3 working_days")]),
    (OutsideYears,        [entry("2100-12-30 09:00", Effect.START, "3 working_days")]),
    (OutsideYears,        [entry("9999-12-31 09:00", Effect.START, "3 days")]),
]
# fmt: on


@pytest.mark.parametrize("error, entries", IMPOSSIBLE)
def test_entries_that_cannot_follow_one_another_are_refused_by_name(
    error: type[LedgerError], entries: list[Entry]
) -> None:
    with pytest.raises(error):
        reckon(entries, NATIONAL, DAY_END)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(MomentHasNoZone):
        reckon([Entry(datetime(2026, 11, 9, 9, 0), Effect.START, parse_term("1 days"))], NATIONAL, DAY_END)

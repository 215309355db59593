"""A trial of a process: the same for the same seed, waits where officers are few, late where the term is short."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from motcua.catalogue.processes.process import parse
from motcua.catalogue.processes.simulation import Trial, asked_in, simulate
from tests.catalogue.processes.test_exchange import drawn
from tests.catalogue.processes.test_table_edits import row, straight

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
TRIAL = Trial(
    count=400, per_day=1, spread=0.0, busy=0.1, seed=7, answers={}, pool_of=dict.fromkeys("absxyi", "desk"), pools={"desk": 50}
)  # fmt: skip


class AlwaysOpen:
    """A calendar whose every minute is a working one."""

    def add(self, moment, minutes):
        return moment + timedelta(minutes=minutes)


def run(content, trial=TRIAL, hours=None):
    due = (lambda at, _facts: at + timedelta(hours=hours)) if hours else (lambda _at, _facts: None)
    return simulate(parse(content), trial, AlwaysOpen(), MONDAY, due)


def branching():
    """The big river takes both branches at once: 8 hours beside 20."""
    return {"steps": [
        row("a", {"to": "x", "when": {}}, {"to": "y", "when": {}}, split="all"), row("x", "s"), row("y", "s") | {"hours": 20},
        row("s", "i", kind="sign", join=True), row("i", kind="issue"),
    ]}  # fmt: skip


def test_with_officers_enough_every_dossier_takes_the_planned_hours():
    outcome = run(straight())

    assert (outcome.within(0), outcome.within(1), len(outcome.hours), outcome.never) == (32, 32, 400, 0)


def test_branches_at_the_same_time_take_as_long_as_the_longest():
    assert run(branching()).within(0.5) == pytest.approx(8 + 20 + 8 + 8)


def test_the_same_seed_gives_the_same_and_another_does_not():
    varied = replace(TRIAL, spread=0.5)

    assert run(straight(), varied) == run(straight(), varied)
    assert run(straight(), varied).hours != run(straight(), replace(varied, seed=8)).hours
    assert run(straight(), varied).within(0.9) > 32 > run(straight(), varied).within(0.05)


def test_few_officers_make_dossiers_wait():
    crowded = run(straight(), replace(TRIAL, per_day=4, busy=0.5, pools={"desk": 4}))

    assert crowded.within(0.9) > 40
    assert max(load.wait_hours for load in crowded.loads.values()) > 1
    assert crowded.busy_shares["desk"] > 0.9


def test_what_comes_after_its_term_is_late():
    varied = replace(TRIAL, spread=0.5)

    shares = [run(straight(), varied, hours=hours).late_share for hours in (200, 40, 1)]

    assert shares[0] == 0
    assert 0 < shares[1] < 1
    assert shares[2] == 1


def test_dossiers_that_come_over_centuries_are_held_against_the_years_a_calendar_has():
    class TenYears(AlwaysOpen):
        def add(self, moment, minutes):
            assert minutes < 10 * 365 * 24 * 60
            return moment + timedelta(minutes=minutes)

    rare = replace(TRIAL, per_day=0.001, pools={"desk": 1})
    crowded = replace(TRIAL, count=3000, per_day=1000, busy=1.0, pools={"desk": 1})
    outcomes = [
        simulate(parse(straight()), trial, TenYears(), MONDAY, lambda at, _facts: at + timedelta(hours=40))
        for trial in (rare, crowded)
    ]

    assert [outcome.late_share > 0.9 for outcome in outcomes] == [False, True]


def test_a_step_nobody_sits_at_keeps_its_dossiers_for_ever():
    outcome = run(straight(), replace(TRIAL, pools={"desk": 0}), hours=40)

    assert (outcome.never, outcome.late_share, outcome.within(0.5), outcome.bars(5)) == (400, 1, 0, [])


def test_answers_are_drawn_and_decide_the_way():
    table = straight()
    table["steps"][0]["next"] = [{"to": "b", "when": {"river": ["big"]}}, {"to": "s", "when": {}}]
    outcome = run(table, replace(TRIAL, answers={"river": ["big", "small"]}))

    counts = outcome.bars(2)

    assert (outcome.within(0), outcome.within(1)) == (24, 32)
    assert sum(count for _low, _high, count in counts) == 400
    assert all(100 < count < 300 for _low, _high, count in counts)
    assert asked_in(parse(table), ["river", "moon"]) == ["river"]


def test_where_an_officer_would_choose_chance_does():
    post = {"unit": "resolving", "hours": 8, "produces": ""}
    posts = {
        "a": post | {"kind": "work", "role": "specialist"},
        "s": post | {"kind": "sign", "role": "signer"},
        "i": post | {"kind": "issue", "role": "clerk"},
    }

    outcome = run({"bpmn": drawn().decode(), "posts": posts})

    assert (outcome.within(0), outcome.never) == (24, 0)  # straight on
    assert outcome.within(0.9) > 32  # sent back, some more than once

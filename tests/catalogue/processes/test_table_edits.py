"""A table of steps as officers change it: rows come and go, and what led one after another goes on so."""

import pytest

from motcua.catalogue.processes.process import parse
from motcua.catalogue.processes.table_edits import StepGone, added_step, changed_step, moved_step, without_step


def row(code, *ways, kind="work", **more):
    role = {"work": "specialist", "sign": "signer", "issue": "clerk"}[kind]
    return {
        "code": code, "name": code.upper(), "kind": kind, "unit": "resolving", "role": role, "hours": 8,
        "next": [way if isinstance(way, dict) else {"to": way, "when": {}} for way in ways], **more,
    }  # fmt: skip


def straight():
    return {"steps": [row("a", "b"), row("b", "s"), row("s", "i", kind="sign"), row("i", kind="issue")]}


def order(table):
    return [(one["code"], [way["to"] for way in one["next"]]) for one in table["steps"]]


def test_a_new_step_comes_between_the_one_before_and_where_that_led():
    table, code = added_step(straight(), "a", row("x") | {"next": []})

    assert order(table) == [("a", [code]), (code, ["b"]), ("b", ["s"]), ("s", ["i"]), ("i", [])]
    assert parse(table).steps[code].name == "X"


def test_a_first_step_leads_to_what_was_first():
    table, code = added_step(straight(), "", row("x") | {"next": []})

    assert order(table)[:2] == [(code, ["a"]), ("a", ["b"])]


def test_a_step_that_goes_leads_what_led_to_it_on():
    assert order(without_step(straight(), "b")) == [("a", ["s"]), ("s", ["i"]), ("i", [])]


def test_moving_a_step_keeps_the_steps_one_after_another():
    assert order(moved_step(straight(), "b", -1)) == [("b", ["a"]), ("a", ["s"]), ("s", ["i"]), ("i", [])]
    assert order(moved_step(straight(), "a", -1)) == order(straight())


def test_moving_leaves_conditions_as_they_were_said():
    table = straight()
    table["steps"][0]["next"] = [{"to": "s", "when": {"river": ["small"]}}, {"to": "b", "when": {}}]

    moved = moved_step(table, "a", 1)

    assert moved["steps"][1]["next"] == table["steps"][0]["next"]


def test_a_change_keeps_what_nobody_said_and_tells_what_units_may_set():
    table = straight()
    table["steps"][0]["note"] = "kept"

    changed = changed_step(table, "a", {"hours": 4, "split": "", "join": False, "parameters": ["role", "hours"]})

    assert changed["steps"][0] == table["steps"][0] | {"hours": 4}
    assert changed["parameters"] == {"a": ["hours", "role"]}
    assert changed_step(changed, "a", {"parameters": []})["parameters"] == {}
    assert table["steps"][0]["hours"] == 8


def test_a_step_that_is_gone_is_told():
    with pytest.raises(StepGone, match="ai đó vừa bỏ nó"):
        changed_step(straight(), "z", {})

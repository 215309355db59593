"""A step that runs beside another: the split and the join come with it, and what cannot be says what to do."""

import pytest

from motcua.catalogue.processes.branches import faults_of_branches
from motcua.catalogue.processes.plans import step_of
from motcua.catalogue.processes.process import parse
from motcua.catalogue.processes.side_steps import CannotRunBeside, beside_step
from motcua.catalogue.processes.table_edits import StepGone
from tests.catalogue.processes.test_table_edits import order, row, straight

SAID = {"name": "Lấy ý kiến", "kind": "work", "unit": "subject:culture", "role": "specialist", "hours": 6}
TO_C_OR_BACK = [{"to": "a", "when": {"good": ["no"]}}, {"to": "s", "when": {}}]


def long():
    """Return a ∙ b ∙ c ∙ s ∙ i, where c may send back to a."""
    steps = [row("a", "b"), row("b", "c"), row("c", *TO_C_OR_BACK), row("s", "i", kind="sign"), row("i", kind="issue")]
    return {"steps": steps}


def test_a_step_beside_another_begins_and_ends_with_it():
    made = beside_step(straight(), "b", SAID)

    rows = {one["code"]: one for one in made.table["steps"]}
    assert order(made.table) == [("a", ["b", "work-1"]), ("b", ["s"]), ("work-1", ["s"]), ("s", ["i"]), ("i", [])]
    assert (rows["a"]["split"], rows["s"]["join"], made.joined_at) == ("all", True, "S")
    assert {key: rows["work-1"][key] for key in SAID} == SAID
    assert faults_of_branches(parse(made.table)) == []


def test_a_third_runs_beside_both():
    two = beside_step(straight(), "b", SAID)
    three = beside_step(two.table, two.code, SAID | {"name": "Xem thực địa"})

    assert order(three.table)[0] == ("a", ["b", "work-1", "work-2"])
    assert faults_of_branches(parse(three.table)) == []


def test_who_sends_back_does_not_split_again_and_branches_meet_behind_every_way():
    made = beside_step(long(), "b", SAID)

    rows = {one["code"]: one for one in made.table["steps"]}
    assert (rows["a"]["split"], rows["c"].get("split"), rows["c"]["join"]) == ("all", None, True)
    assert faults_of_branches(parse(made.table)) == []


def test_branches_meet_where_a_step_with_several_ways_leads_in_every_case():
    steps = [
        row("a", "b"), row("b", {"to": "c", "when": {"river": ["big"]}}, "d"), row("c", "d"), row("d", "s"),
        row("s", "i", kind="sign"), row("i", kind="issue"),
    ]  # fmt: skip

    made = beside_step({"steps": steps}, "b", SAID)

    assert next(one["code"] for one in made.table["steps"] if one.get("join")) == "d"
    assert faults_of_branches(parse(made.table)) == []


def test_a_branch_taken_only_in_some_cases_keeps_its_condition_for_both():
    shared = straight()
    shared["steps"][0] |= {"split": "all", "next": [{"to": "b", "when": {"zone": ["x"]}}, {"to": "c", "when": {}}]}
    shared["steps"][1:1] = [row("c", "s")]
    shared["steps"][3]["join"] = True

    made = beside_step(shared, "b", SAID)

    assert made.table["steps"][0]["next"] == [
        {"to": "b", "when": {"zone": ["x"]}}, {"to": "work-1", "when": {"zone": ["x"]}}, {"to": "c", "when": {}},
    ]  # fmt: skip
    assert faults_of_branches(parse(made.table)) == []


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("s", "phải đợi mọi việc xong"),
        ("a", "Bạn thêm một bước phân công lên trước nó"),
        ("b", "Bước 1 “A” chỉ đi tới bước này trong một số trường hợp"),
    ],
)
def test_what_cannot_be_says_what_to_do(code, why):
    table = straight()
    table["steps"][0]["next"] = [{"to": "s", "when": {"river": ["small"]}}, {"to": "b", "when": {}}]

    with pytest.raises(CannotRunBeside, match=why):
        beside_step(table, code, SAID)


def test_a_step_gone_meanwhile_is_told_and_a_draft_without_an_end_too():
    open_ended = straight()
    open_ended["steps"][1]["next"] = []

    with pytest.raises(StepGone):
        beside_step(straight(), "z", SAID)
    with pytest.raises(CannotRunBeside, match="chưa có đường tới phát hành"):
        beside_step(open_ended, "b", SAID)


def test_a_join_taken_away_again_is_found_at_its_step():
    made = beside_step(straight(), "b", SAID)
    made.table["steps"][3].pop("join")

    assert [step_of(fault) for fault in faults_of_branches(parse(made.table))] == ["s"]

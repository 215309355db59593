"""What an edition says otherwise than the one before it, in an officer's words."""

from motcua.catalogue.processes.differences import changed, differences
from motcua.catalogue.processes.parameters import left_open, resolved
from tests.catalogue.processes.test_table_edits import row, straight


def test_each_step_says_how_it_differs():
    new = straight()
    new["steps"][0]["hours"] = 3.5
    new["steps"][1] |= {"hours": 10, "role": "division_head", "name": "Khác"}
    new["steps"][2]["next"] = [{"to": "x", "when": {}}]
    new["steps"].insert(3, row("x", "i"))

    found = differences(straight(), new)

    assert {code: one.words for code, one in found.items()} == {
        "a": "bớt 4,5 giờ",
        "b": "thêm 2 giờ, đổi tên, đổi người làm",
        "s": "đổi lối đi",
        "x": "thêm mới",
        "i": "như cũ",
    }


def test_what_is_gone_is_told_last_and_what_stayed_is_no_change():
    new = straight()
    del new["steps"][1]

    assert [(one.code, one.words) for one in changed(straight(), new)] == [("b", "bỏ bước")]


def test_a_unit_fills_in_only_what_is_left_open():
    content = straight() | {"parameters": {"a": ["hours"], "gone": ["hours"]}}

    own = resolved(content, {"a": {"hours": 16, "role": "division_head"}, "b": {"hours": 1}})

    assert left_open(content) == {"a": ["hours"]}
    assert [(one["hours"], one["role"]) for one in own["steps"][:2]] == [(16, "specialist"), (8, "specialist")]
    assert "parameters" not in own
    assert content["steps"][0]["hours"] == 8

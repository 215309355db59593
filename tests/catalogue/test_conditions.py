"""Conditions on a citizen's answers and on the fields of a form."""

import pytest

from motcua.catalogue.conditions import faults_in, holds, may_hold


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ({}, {}, True),
        ({"area": ["urban"]}, {"area": "urban"}, True),
        ({"area": ["urban", "rural"]}, {"area": "rural"}, True),
        ({"area": ["urban"]}, {"area": "rural"}, False),
        ({"area": ["urban"], "kind": ["new"]}, {"area": "urban", "kind": "repair"}, False),
        ({"area": ["urban"]}, {}, False),
        ({"area": ["urban"]}, {"area": ""}, False),
        ({"first": [True]}, {"first": True}, True),
        ({"first": [True]}, {"first": "true"}, True),
        ({"first": [True]}, {"first": 1}, False),
        ({"copies": [2]}, {"copies": "2"}, True),
    ],
)
def test_a_condition_holds_when_every_key_has_an_allowed_value(condition, facts, expected):
    assert holds(condition, facts) is expected


def test_a_condition_may_still_hold_while_a_question_is_unanswered():
    condition = {"area": ["urban"], "kind": ["new"]}

    assert may_hold(condition, {"area": "urban"}) is True
    assert may_hold(condition, {"area": "urban", "kind": None}) is True
    assert may_hold(condition, {"area": "rural"}) is False


def test_a_condition_names_only_known_keys_and_values():
    known = {"area": ["urban", "rural"], "copies": None}

    assert faults_in({"area": ["urban"], "copies": [3]}, known) == []
    assert faults_in({"area": ["sea"]}, known) == ["điều kiện “area” hỏi giá trị “sea” không có trong các lựa chọn"]
    assert faults_in({"colour": ["red"]}, known) == ["điều kiện hỏi “colour”, không phải câu hỏi hay ô nào của tờ khai"]
    assert faults_in({"area": "urban"}, known) == ["điều kiện “area” phải có một danh sách giá trị"]
    assert faults_in(["area"], known) == ["điều kiện phải là các cặp khóa và danh sách giá trị"]

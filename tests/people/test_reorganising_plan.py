"""A plan with faults is refused with all of them at once, each with its place in the file."""

import json
from typing import Any

import pytest

from motcua.people.reorganising import BadPlan, Plan, Unit, read_plan, successions
from tests.conventions.tree import ROOT
from tests.merging import PLAN, carry_out, plan_with
from tests.world import World, make_world

COMMUNES = [("A", "commune"), ("B", "commune"), ("C", "commune")]


def plan_of(*ends: dict[str, Any]) -> Plan:
    plan, _faults = read_plan(json.dumps({"decision": "QĐ 1", "on": "2027-01-01", "end": list(ends)}))
    return plan


def units(*also: Unit) -> dict[str, Unit]:
    return {unit.code: unit for unit in (*(Unit(code, f"UBND {code}", type_) for code, type_ in COMMUNES), *also)}


def said_of(*ends: dict[str, Any], also: tuple[Unit, ...] = ()) -> list[str]:
    return [str(fault) for fault in successions(plan_of(*ends), units(*also))[1]]


def test_parts_go_to_the_part_of_the_heir_that_does_the_same() -> None:
    parts = (
        Unit("A.1", "Một cửa A", "commune_centre", parent="A"), Unit("C.1", "Một cửa C", "branch", parent="C"),
        Unit("A.2", "Kinh tế A", "division", "economy", "A"), Unit("C.2", "Kinh tế C", "division", "economy", "C"),
        Unit("C.3", "Văn hóa C", "division", "culture", "C"),
    )  # fmt: skip

    succession, faults = successions(plan_of({"unit": "A", "into": "C"}), units(*parts))

    assert (faults, succession.heirs) == ([], {"A": ("C",), "A.1": ("C.1",), "A.2": ("C.2",)})


def test_a_part_nobody_matches_must_be_said() -> None:
    part = Unit("A.2", "Phòng Kinh tế A", "division", "economy", "A")

    assert said_of({"unit": "A", "into": "C"}, also=(part,)) == [
        "end[0]: Phòng Kinh tế A (A.2): UBND C không có đơn vị nào làm việc ấy. Bạn mở một đơn vị, hoặc ghi riêng trong «end»."
    ]
    assert said_of({"unit": "A", "into": "C"}, {"unit": "A.2", "into": "C"}, also=(part,)) == []


def test_an_heir_that_ends_itself_is_no_heir() -> None:
    assert said_of({"unit": "A", "into": "B"}, {"unit": "B", "into": "C"}) == [
        "end[0].into: UBND B cũng kết thúc theo phương án này. Bạn ghi cơ quan cuối cùng nhận việc."
    ]


def test_a_circle_is_drawn() -> None:
    assert said_of({"unit": "A", "into": "B"}, {"unit": "B", "into": "A"}) == [
        "end[0].into: kế thừa đi vòng tròn: A → B → A. Một cơ quan trong đó phải còn hoạt động.",
        "end[1].into: kế thừa đi vòng tròn: B → A → B. Một cơ quan trong đó phải còn hoạt động.",
    ]


def test_two_plans_for_one_unit_and_codes_nobody_has() -> None:
    assert said_of(
        {"unit": "A", "into": "C"}, {"unit": "A", "into": "B"}, {"unit": "X", "into": "C"}, {"unit": "B", "into": "Y"}
    ) == [
        "end[1].unit: A đã có ở end[0]; một đơn vị chỉ kết thúc một lần.",
        "end[2].unit: không có cơ quan nào mang mã «X».",
        "end[3].into: không có cơ quan nào mang mã «Y», cũng không được mở trong tệp này.",
    ]


def test_faults_of_shape_and_of_the_province_come_together(world: World) -> None:
    opened = {**PLAN["open"][0], "type": "phường", "place": "99999", "calendar": "lich-nao"}
    bad = plan_with(
        on="2026-01-01", open=[opened], quyet_dinh="?", places=[],
        end=[{"unit": "H57.31.12", "into": "H57.31.60"}, {"unit": "H57.31.13"}],
        posts=[
            {"officer": "ai.do@vidu.vn", "posts": []},
            {"officer": "vo.dinh.khai@vidu.vn", "posts": [{"unit": "H57.31.60", "role": "signer"}, {"unit": "H57.31.60", "role": "clerk"}]},
        ],
    )  # fmt: skip

    with pytest.raises(BadPlan) as refused:
        carry_out(bad)

    wheres = [fault.where for fault in refused.value.faults]
    assert wheres == [
        "quyet_dinh", "open[0].type", "end[1].into", "on", "open[0].place", "open[0].calendar", "open[0].children[0].place",
        "open[0].children[1].place", "posts[0].officer", "posts[1].posts",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), [("{", "không phải JSON"), ("[]", "một đối tượng JSON")])
def test_what_is_no_plan_at_all_is_said_in_one_sentence(text: str, says: str) -> None:
    with pytest.raises(BadPlan, match=says):
        read_plan(text)


def test_the_example_in_the_docs_has_no_fault_of_shape() -> None:
    plan, faults = read_plan((ROOT / "docs" / "howto" / "reorganise.example.json").read_text())

    assert (faults, len(plan.agencies), len(plan.endings)) == ([], 6, 2)


@pytest.fixture
def world(db: None) -> World:
    return make_world()

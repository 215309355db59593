"""Our table of steps as BPMN and back."""

import json
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.catalogue.bpmn.model import Kind, Timer
from motcua.catalogue.bpmn.reader import read
from motcua.catalogue.bpmn.table import NotATable, model_to_table, table_to_model
from motcua.catalogue.bpmn.writer import write
from motcua.catalogue.bpmn.xmltree import BadXml
from motcua.catalogue.processes.plans import ROLES_OF_KIND, UNITS, BadProcess
from motcua.catalogue.processes.process import parse
from tests.catalogue.bpmn.builder import Play, begin, definitions, end, flows, parallel, process, task
from tests.conventions.tree import ROOT


def step(code, kind="work", *, to=(), **more):
    ways = [{"to": way, "when": {}} if isinstance(way, str) else way for way in to]
    return {"code": code, "name": code.title(), "kind": kind, "unit": "competent", "role": ROLES_OF_KIND[kind][0],
            "hours": 4, "produces": "", "next": ways} | more  # fmt: skip


def permit():
    return {
        "steps": [
            step("review", unit="resolving", hours=7.5, produces="Báo cáo thẩm định", to=[
                {"to": "visit", "when": {"area": ["urban", "buffer"], "floors": [3, "4"]}},
                {"to": "sign", "when": {"simple": [True]}},
                "visit",
            ]),
            step("visit", to=["sign"], hours=None),
            step("sign", "sign", to=["issue"], hours=0),
            step("issue", "issue"),
        ]
    }  # fmt: skip


def test_the_same_table_comes_back():
    exported = write(table_to_model(permit(), name="Cấp giấy phép"))

    assert model_to_table(read(exported)) == permit()


def branching(heritage):
    return {
        "steps": [
            step("share", split="all", to=[{"to": "ask", "when": heritage}, "appraise"]),
            step("appraise", to=["check"]),
            step("ask", unit="subject:culture", to=["check"]),
            step("check", join=True, to=["sign"]),
            step("sign", "sign", to=["issue"]),
            step("issue", "issue"),
        ]
    }


@pytest.mark.parametrize("heritage", [{}, {"zone": ["buffer"]}])
def test_branches_taken_together_and_waited_for_come_back(heritage):
    table = branching(heritage)

    exported = write(table_to_model(table, name="Cấp giấy phép"))

    assert model_to_table(read(exported)) == table
    assert Play(read(exported)).do("step_share", data={"zone": "buffer"}).enabled == ["step_appraise", "step_ask"]


def choosing():
    ways = [{"to": "sign", "when": {}, "name": "Đạt"}, {"to": "visit", "when": {}}]
    return {
        "steps": [
            step("review", split="choose", to=ways),
            step("visit", to=["review"]),
            step("sign", "sign", to=["issue"]),
            step("issue", "issue"),
        ]
    }


def test_exits_the_officer_chooses_from_come_back_with_their_names():
    model = table_to_model(choosing(), name="Cấp giấy phép")

    gateway = next(node for node in model.scopes["process"].nodes.values() if node.kind is Kind.EXCLUSIVE)
    assert (gateway.default, len(gateway.outgoing)) == ("", 2)
    assert model_to_table(read(write(model))) == choosing()


def test_an_exported_table_can_be_played():
    play = Play(read(write(table_to_model(permit(), name="Cấp giấy phép"))))

    assert play.enabled == ["step_review"]
    assert play.do("step_review", data={"area": "buffer", "floors": "3"}).enabled == ["step_visit"]
    assert play.do("step_visit", "step_sign", "step_issue").done


def test_posts_are_lanes_and_hours_are_timers():
    exported = table_to_model(permit(), name="Cấp giấy phép")
    scope = exported.scopes["process"]

    assert [(lane.name, lane.nodes) for lane in scope.lanes] == [
        ("Đơn vị giải quyết · Chuyên viên", ("start", "step_review", "gateway_step_review", "timer_step_review")),
        ("Cơ quan có thẩm quyền · Chuyên viên", ("step_visit",)),
        ("Cơ quan có thẩm quyền · Lãnh đạo ký", ("step_sign",)),
        ("Cơ quan có thẩm quyền · Văn thư", ("step_issue", "timer_step_issue", "end")),
    ]
    assert scope.nodes["timer_step_review"].timer == Timer("duration", "PT7H30M")
    assert set(exported.diagram.shapes) == {"pool", *scope.nodes, *(lane.id for lane in scope.lanes)}
    assert set(exported.diagram.edges) == set(scope.flows)


def test_every_step_lies_in_the_band_of_its_lane():
    exported = table_to_model(permit(), name="Cấp giấy phép")

    for lane in exported.scopes["process"].lanes:
        band = exported.diagram.shapes[lane.id]
        for node in lane.nodes:
            box = exported.diagram.shapes[node]
            assert band.x < box.x < box.right < band.right
            assert band.y < box.y < box.bottom < band.bottom


def test_a_table_with_faults_is_not_exported():
    with pytest.raises(BadProcess):
        table_to_model({"steps": []}, name="")


def why(fault, act):
    with pytest.raises(fault) as error:
        act()
    return str(error.value)


def test_what_bpmn_cannot_carry_is_told():
    deep, unnamed = permit(), permit()
    deep["steps"][0]["next"][0]["when"] = {"area": [{"deep": 1}]}
    unnamed["steps"][0]["next"][0]["when"] = {"a`b": ["x"]}
    bell = table_to_model(permit(), name="\a")

    assert why(NotATable, lambda: table_to_model(deep, name="")) == (
        "Bước “Review” có điều kiện không viết được trong BPMN."
    )
    assert why(NotATable, lambda: table_to_model(unnamed, name="")) == (
        "Bước “Review”: tên ô “a`b” không viết được trong điều kiện."
    )
    assert why(BadXml, lambda: write(bell)) == (
        "Có ký tự điều khiển (mã 7) mà XML không chứa được. Hãy xóa ký tự ấy rồi xuất lại."
    )


def test_other_bpmn_is_no_table_and_says_where():
    text = write(table_to_model(permit(), name="")).decode()
    beside = text.replace("<endEvent", parallel("both") + "<endEvent").replace(
        'targetRef="step_sign"', 'targetRef="both"', 1
    )

    def fault(changed):
        return why(NotATable, lambda: model_to_table(read(changed.encode())))

    assert fault(definitions(process(begin(), task("a"), end(), flows("start a end")))) == (
        "Việc “a” không ghi mã bước của motcua."
    )
    assert fault(beside) == "Bảng các bước không ghi được “both”."
    assert fault(text.replace("simple in [true]", "simple or x")) == (
        "Điều kiện của luồng “flow_step_review_1” không ghi được vào bảng."
    )
    assert fault(text.replace('hours="7.5"', 'hours="nhiều"')) == (
        "Số giờ của việc “Review” (mã step_review) không phải là số."
    )


PLAIN = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="`"), max_size=12)
NAMES = PLAIN.filter(bool)
VALUES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | PLAIN
CONDITIONS = st.dictionaries(NAMES, st.lists(VALUES, min_size=1, max_size=3), min_size=1, max_size=3)
HOURS = st.none() | st.integers(0, 500) | st.floats(0, 500)


@st.composite
def tables(draw):
    """Return a sound table: some work steps that lead forward, then signing, then issuing."""
    codes = draw(st.lists(NAMES, min_size=2, max_size=7, unique=True))
    kinds = ["work"] * (len(codes) - 2) + ["sign", "issue"]
    steps = []
    for number, (code, kind) in enumerate(zip(codes, kinds, strict=True)):
        later = codes[number + 1 : -1] if kind == "work" else codes[number + 1 :]
        some = draw(st.lists(st.sampled_from(later), max_size=3)) if kind == "work" else []
        ways = [{"to": to, "when": draw(CONDITIONS)} for to in some] + [{"to": to, "when": {}} for to in later[:1]]
        steps.append(step(
            code, kind, to=ways, name=draw(NAMES), unit=draw(st.sampled_from(UNITS)), hours=draw(HOURS),
            role=draw(st.sampled_from(ROLES_OF_KIND[kind])), produces=draw(PLAIN),
        ))  # fmt: skip
    return {"steps": steps}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), PLAIN)
def test_any_table_comes_back_unchanged(table, name):
    exported = table_to_model(table, name=name)
    back = read(write(exported))

    assert exported.refusals == ()
    assert back == exported
    assert json.dumps(model_to_table(back)) == json.dumps({"steps": [_ordered(row) for row in table["steps"]]})
    assert parse(model_to_table(back)) == parse(table)


def _ordered(row):
    keys = ("code", "kind", "unit", "role", "name", "hours", "produces", "next")
    hours = row["hours"]
    return {key: row[key] for key in keys} | {
        "hours": int(hours) if hours is not None and hours == int(hours) else hours
    }


@pytest.mark.parametrize(
    "table", [permit(), branching({"zone": ["buffer"]}), choosing()], ids=["permit", "branching", "choosing"]
)
def test_another_tool_opens_our_file_without_a_warning_and_gives_it_back(tmp_path, table):
    """bpmn-moddle is what bpmn.io's editors read and write with."""
    ours, theirs = tmp_path / "ours.bpmn", tmp_path / "theirs.bpmn"
    ours.write_bytes(write(table_to_model(table, name="Cấp giấy phép")))

    run = subprocess.run(
        ["node", ROOT / "tests/catalogue/bpmn/rewrite.mjs", ours, theirs], capture_output=True, text=True, check=True
    )

    assert json.loads(run.stdout) == {"type": "bpmn:Definitions", "warnings": []}
    again, exported = read(theirs.read_bytes()), read(ours.read_bytes())
    assert (again.scopes, again.diagram, again.participants) == (
        exported.scopes,
        exported.diagram,
        exported.participants,
    )
    assert model_to_table(again) == table

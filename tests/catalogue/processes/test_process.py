"""Processes: which step comes next, how long they take, and what makes one unusable."""

import json

import pytest

from motcua.catalogue.bpmn.choices import MoveRefused
from motcua.catalogue.processes.branches import faults_of_branches
from motcua.catalogue.processes.plans import ROLES_OF_KIND, BadProcess
from motcua.catalogue.processes.process import Way, parse
from tests.catalogue.bpmn.builder import begin, definitions, end, exclusive, flow, flows, task
from tests.catalogue.bpmn.builder import process as bpmn_process


def step(code, kind="work", *, to=(), role=None, **more):
    roles = {"work": "specialist", "sign": "signer", "issue": "clerk"}
    ways = [way if isinstance(way, dict) else {"to": way} for way in to]
    return {
        "code": code, "name": code.title(), "kind": kind, "unit": "competent", "role": role or roles[kind],
        "hours": 4, "produces": "", "next": ways,
    } | more  # fmt: skip


def straight():
    return {
        "steps": [
            step("review", to=[{"to": "visit", "when": {"area": ["urban"]}}, {"to": "sign"}], unit="resolving"),
            step("visit", to=["sign"], hours=16),
            step("sign", "sign", to=["issue"]),
            step("issue", "issue", hours=None),
        ]
    }


def choosing():
    """Return a process where whoever reviews says whether it is sent back."""
    ways = [{"to": "sign", "name": "Đạt"}, {"to": "review", "name": "Chưa đạt"}, {"to": "visit"}]
    return {
        "steps": [
            step("share", to=["review"]),
            step("review", to=ways, split="choose"),
            step("visit", to=["review"]),
            step("sign", "sign", to=["issue"]),
            step("issue", "issue"),
        ]
    }


def test_where_the_officer_chooses_the_ways_are_asked_by_their_names_and_one_is_taken():
    process = parse(choosing())
    begun = process.begin({})
    share = begun.begins[0]
    after = process.advance(begun.position, "share", {}, token=share.token)
    review = after.begins[0]

    with pytest.raises(MoveRefused) as asked:
        process.advance(after.position, "review", {}, token=review.token)
    ways = process.ways(asked.value)
    again = process.advance(after.position, "review", {}, token=review.token, choose=[ways[1].id])
    on = process.advance(again.position, "review", {}, token=again.begins[0].token, choose=[ways[0].id])

    assert [(way.name, way.among_several) for way in ways] == [("Đạt", False), ("Chưa đạt", False), ("Visit", False)]
    assert [one.begins[0].plan.code for one in (again, on)] == ["review", "sign"]
    assert faults_of_branches(process) == []


def test_ways_to_choose_from_are_several_without_conditions_and_can_be_told_apart():
    def told(*ways):
        return faults(
            step("review", to=ways, split="choose"), step("sign", "sign", to=["issue"]), step("issue", "issue")
        )

    assert told("sign") == ["Bước “Review” để cán bộ chọn lối, nên phải có ít nhất hai lối."]
    assert told({"to": "sign", "when": {"area": ["urban"]}}, "review") == [
        "Bước “Review” để cán bộ chọn lối, nên không lối nào được có điều kiện."
    ]
    assert told("sign", "sign") == [
        "Bước “Review” có hai lối cán bộ không phân biệt được: cùng đi tới một bước và cùng tên."
    ]


def faults(*steps):
    with pytest.raises(BadProcess) as caught:
        parse({"steps": list(steps)})
    return caught.value.faults


def test_the_first_step_starts():
    assert parse(straight()).start.code == "review"


def test_the_first_exit_whose_condition_holds_is_taken():
    process = parse(straight())

    assert process.next_step("review", {"area": "urban"}).code == "visit"
    assert process.next_step("review", {"area": "rural"}).code == "sign"
    assert process.next_step("review", {}).code == "sign"
    assert process.next_step("issue", {}) is None


def test_the_hours_of_a_process_are_those_of_its_longest_way():
    assert parse(straight()).total_hours() == 24.0


@pytest.mark.parametrize("data", [None, {}, {"steps": []}, {"steps": "review"}, [], "x"])
def test_a_process_has_steps(data):
    with pytest.raises(BadProcess) as caught:
        parse(data)

    assert caught.value.faults == ["Quy trình chưa có bước nào."]


def test_every_fault_is_named_at_once():
    assert faults(
        step("review", to=["nowhere"]),
        step("lost", to=["sign"]),
        step("sign", "sign"),
    ) == [
        "Bước “Review” đi tới bước “nowhere” không có trong quy trình.",
        "Không có đường nào dẫn tới bước “Lost”.",
        "Không có đường nào dẫn tới bước “Sign”.",
        "Bước “Sign” là ngõ cụt: không có bước tiếp theo, cũng không phải bước phát hành.",
        "Quy trình thiếu bước phát hành.",
    ]


def test_a_loop_has_a_way_out():
    again = step("b", to=[{"to": "a", "when": {"x": ["1"]}}, {"to": "sign"}])
    ending = [step("sign", "sign", to=["issue"]), step("issue", "issue")]

    assert parse({"steps": [step("a", to=["b"]), again, *ending]}).total_hours() == 16.0
    assert faults(step("a", to=[{"to": "b", "when": {"x": ["1"]}}, {"to": "sign"}]), step("b", to=["b"]), *ending) == [
        "Bước “B” quay vòng mãi: từ đây không có đường nào tới bước phát hành."
    ]


def test_a_result_is_signed_before_it_is_issued():
    assert faults(step("review", to=["issue"]), step("issue", "issue")) == ["Quy trình thiếu bước ký."]
    assert faults(
        step("review", to=[{"to": "sign", "when": {"x": ["1"]}}, {"to": "issue"}]),
        step("sign", "sign", to=["issue"]),
        step("issue", "issue"),
    ) == ["Có đường tới bước phát hành “Issue” mà không qua bước ký."]


def test_a_process_issues_once_and_last():
    assert faults(
        step("review", to=["sign"]),
        step("sign", "sign", to=[{"to": "first", "when": {"x": ["1"]}}, {"to": "second"}]),
        step("first", "issue"),
        step("second", "issue"),
    ) == ["Quy trình chỉ được có một bước phát hành, nhưng có “First”, “Second”."]
    assert faults(
        step("sign", "sign", to=["issue"]),
        step("issue", "issue", to=["file"]),
        step("file", to=["issue2"]),
        step("issue2", "issue"),
    ) == ["Quy trình chỉ được có một bước phát hành, nhưng có “Issue”, “Issue2”."]


def test_the_last_exit_of_a_step_has_no_condition():
    conditional = {"to": "issue", "when": {"x": ["1"]}}

    assert faults(step("sign", "sign", to=[conditional]), step("issue", "issue")) == [
        "Bước “Sign” thiếu lối ra mặc định: lối ra cuối cùng phải không có điều kiện."
    ]
    assert faults(step("sign", "sign", to=["issue", "issue"]), step("issue", "issue")) == [
        "Bước “Sign”: chỉ lối ra cuối cùng được không có điều kiện, các lối sau nó không bao giờ tới."
    ]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"role": "clerk"}, "Bước “Sign”: vai trò “clerk” không được làm bước loại “sign”."),
        ({"kind": "think"}, "Bước “Sign”: loại “think” không phải là xử lý (work), ký (sign) hay phát hành (issue)."),
        (
            {"unit": "moon"},
            "Bước “Sign”: “moon” không phải là nơi tiếp nhận (receiving), có thẩm quyền (competent), giải quyết (resolving) hay một cơ quan khác (subject:, agency:).",
        ),
        ({"hours": -1}, "Bước “Sign”: số giờ phải là một số không âm, hoặc để trống."),
        ({"hours": "8"}, "Bước “Sign”: số giờ phải là một số không âm, hoặc để trống."),
        ({"next": ["issue"]}, "Bước “Sign”: mỗi lối ra phải nói đi tới bước nào."),
        ({"name": ""}, "Bước thứ 1 phải có mã và tên."),
    ],
)
def test_a_step_says_who_does_what_where(more, sentence):
    assert faults(step("sign", "sign", to=["issue"]) | more, step("issue", "issue")) == [sentence]


def test_two_steps_do_not_share_a_code():
    assert faults(step("sign", "sign", to=["issue"]), step("issue", "issue"), step("issue", "issue")) == [
        "Hai bước của quy trình không được dùng chung một mã."
    ]


def building_permit(*, heritage=None, join=True):
    """The permit of the drawing: 3 and 4 at the same time, 5 when both are done."""
    return {
        "steps": [
            step("share", to=[{"to": "ask", "when": heritage or {}}, "appraise"], split="all", role="division_head"),
            step("appraise", to=["check"], unit="resolving", hours=28),
            step("ask", to=["check"], unit="subject:culture", hours=24),
            step("check", to=["sign"], join=join, role="division_head"),
            step("sign", "sign", to=["issue"]),
            step("issue", "issue"),
        ]
    }


def begun(progress):
    return [begun.plan.code for begun in progress.begins]


def test_branches_run_at_the_same_time_and_are_waited_for():
    process = parse(building_permit())

    shared = process.advance(process.begin({}).position, "share", {})
    assert sorted(begun(shared)) == ["appraise", "ask"]
    asked = process.advance(shared.position, "ask", {})
    assert begun(asked) == []
    assert begun(process.advance(asked.position, "appraise", {})) == ["check"]


def test_a_branch_with_a_condition_runs_only_where_it_holds():
    process = parse(building_permit(heritage={"zone": ["buffer"]}))

    outside = process.advance(process.begin({}).position, "share", {"zone": "none"})
    inside = process.advance(process.begin({}).position, "share", {}, findings={"zone": "buffer"})

    assert begun(outside) == ["appraise"]
    assert begun(process.advance(outside.position, "appraise", {})) == ["check"]
    assert sorted(begun(inside)) == ["appraise", "ask"]


def test_what_an_officer_found_is_kept_for_a_later_gateway_and_the_dossiers_own_words_are_not():
    process = parse(building_permit())

    shared = process.advance(process.begin({"name": "An"}).position, "share", {"name": "An"}, findings={"zone": "x"})

    assert shared.position["data"] == {"zone": "x"}


def test_a_position_is_plain_json():
    process = parse(building_permit())
    shared = process.advance(process.begin({}).position, "share", {})

    kept = json.loads(json.dumps(shared.position))

    assert [one.plan.code for one in process.at(kept)] == [one.plan.code for one in shared.begins]
    assert begun(process.advance(kept, "ask", {})) == []


def test_a_dossier_from_another_process_goes_on_from_the_steps_it_is_put_at():
    process = parse(building_permit())

    both = process.position_at("appraise", "ask")

    assert begun(process.advance(both, "appraise", {})) == []
    assert begun(process.advance(process.advance(both, "appraise", {}).position, "ask", {})) == ["check"]


def drawn(*inside, posts):
    text = definitions(bpmn_process(begin(), *inside, end()))
    return parse({"bpmn": text, "posts": posts})


def post(kind="work", **more):
    return {"kind": kind, "unit": "competent", "role": ROLES_OF_KIND[kind][0], "hours": 8, "produces": ""} | more


def chosen_by_officer():
    return drawn(
        task("look"), exclusive("which"), task("visit", name="Đi xem"), task("sign"), task("issue"),
        flow("which", "sign", id="good"), flow("which", "visit", id="doubt"),
        flows("start look which", "visit look", "sign issue end"),
        posts={"look": post(), "visit": post(), "sign": post("sign"), "issue": post("issue")},
    )  # fmt: skip


def test_a_drawing_without_conditions_is_steered_by_the_officer():
    process = chosen_by_officer()
    at = process.begin({}).position

    with pytest.raises(MoveRefused) as asked:
        process.advance(at, "look", {})

    assert process.ways(asked.value) == [Way("good", "sign"), Way("doubt", "Đi xem")]
    assert begun(process.advance(at, "look", {}, choose=["good"])) == ["sign"]
    assert begun(process.advance(at, "look", {}, choose=["doubt"])) == ["visit"]


def test_a_loop_of_a_drawing_is_worked_through_as_often_as_it_is_chosen():
    process = chosen_by_officer()

    looked = process.advance(process.begin({}).position, "look", {}, choose=["doubt"])
    again = process.advance(looked.position, "visit", {})

    assert begun(again) == ["look"]
    assert begun(process.advance(again.position, "look", {}, choose=["good"])) == ["sign"]


def test_a_drawing_that_cannot_be_executed_is_refused_by_its_element():
    with pytest.raises(BadProcess) as caught:
        drawn('<serviceTask id="robot" name="Gọi máy"/>', flows("start robot end"), posts={})

    assert "“Gọi máy” (mã robot)" in caught.value.faults[0]


def test_every_task_of_a_drawing_has_a_post():
    with pytest.raises(BadProcess) as caught:
        drawn(task("sign", name="Ký"), flows("start sign end"), posts={})

    assert caught.value.faults[0].startswith("Bước “Ký”: loại “None”")

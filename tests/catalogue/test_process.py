"""Processes: which step comes next, how long they take, and what makes one unusable."""

import pytest

from motcua.catalogue.process import BadProcess, parse


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


def test_a_process_does_not_loop():
    found = faults(
        step("a", to=["b"]),
        step("b", to=[{"to": "a", "when": {"x": ["1"]}}, {"to": "sign"}]),
        step("sign", "sign", to=["issue"]),
        step("issue", "issue"),
    )

    assert found == ["Bước “A” quay vòng về chính nó.", "Bước “B” quay vòng về chính nó."]


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
        ({"kind": "think"}, "Bước “Sign”: loại “think” không phải là work, sign hay issue."),
        ({"unit": "moon"}, "Bước “Sign”: đơn vị “moon” không phải là receiving, competent hay resolving."),
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

"""What cannot be executed faithfully is refused, naming the element and the reason."""

import pytest

from motcua.catalogue.bpmn.model import Refusal
from motcua.catalogue.bpmn.reader import read
from motcua.catalogue.bpmn.vocabulary import REFUSED, REFUSED_EVENTS
from tests.catalogue.bpmn.builder import (
    begin,
    call,
    definitions,
    element,
    end,
    exclusive,
    flow,
    flows,
    inside,
    model,
    parallel,
    process,
    task,
    timer,
)  # fmt: skip


def refused(*content):
    return [(refusal.element, refusal.reason) for refusal in model(*content).refusals]


def because(name, reason):
    return f"Không thực hiện được {name}: {reason}."


@pytest.mark.parametrize("tag", sorted(REFUSED))
def test_elements_motcua_cannot_do_are_refused_by_name(tag):
    content = [element(tag, "x", name="Gọi máy"), end()]

    assert refused(begin(), *content, flows("start x end")) == [("x", because("“Gọi máy” (mã x)", REFUSED[tag]))]


@pytest.mark.parametrize("definition", sorted(set(REFUSED_EVENTS) - {"terminateEventDefinition"}))
def test_start_events_wait_for_nothing_but_a_dossier(definition):
    assert refused(begin("s", f"<{definition}/>"), task("a"), flows("s a")) == [
        ("s", because("“s”", REFUSED_EVENTS[definition]))
    ]


@pytest.mark.parametrize("definition", ["messageEventDefinition", "errorEventDefinition", "signalEventDefinition"])
@pytest.mark.parametrize("tag", ["endEvent", "intermediateThrowEvent", "intermediateCatchEvent"])
def test_events_between_systems_are_refused(tag, definition):
    assert refused(begin(), element(tag, "x", f"<{definition}/>"), flows("start x")) == [
        ("x", because("“x”", REFUSED_EVENTS[definition]))
    ]


def test_an_event_has_one_cause():
    two = "<terminateEventDefinition/><messageEventDefinition/>"

    assert refused(begin(), end("e", two), flows("start e")) == [
        ("e", because("“e”", "sự kiện phải có đúng một nguyên nhân"))
    ]


@pytest.mark.parametrize(
    "content, element_id, reason",
    [
        ([task("a", "<multiInstanceLoopCharacteristics/>")], "a", "việc làm nhiều bản theo một danh sách"),
        ([task("a", "<standardLoopCharacteristics/>")], "a", "việc lặp lại không nói lặp khi nào và mấy lần"),
        (
            [task("a", "<standardLoopCharacteristics loopMaximum='-1'/>")],
            "a",
            "số lần lặp “-1” không phải số nguyên dương",
        ),
        (
            [task("a", startQuantity="2")],
            "a",
            "việc cần hoặc sinh nhiều lượt cùng lúc (startQuantity, completionQuantity)",
        ),
        ([task("a", isForCompensation="true")], "a", "việc bù trừ chỉ chạy khi làm ngược việc đã xong"),
        ([inside("a", task("b"), triggeredByEvent="true")], "a", "tiến trình con bắt đầu bằng một sự kiện"),
        ([inside("a")], "a", "không có gì bên trong, nên không biết phải làm những việc nào"),
        ([call("a", "")], "a", "không nói gọi quy trình nào"),
        ([call("a", "other")], "a", "gọi quy trình “other” không có trong tệp này"),
        ([call("a", "process")], "a", "quy trình gọi vòng về chính nó"),
        ([task("a"), timer("t", "a", "${limit}")], "t", "hẹn giờ “${limit}” không theo ISO 8601, ví dụ PT8H hay P3D"),
        ([task("a"), timer("t", "a", "")], "t", "hẹn giờ không ghi bao lâu hay đến khi nào"),
        (
            [task("a"), begin("s2"), flow("s2", "a")],
            "s2",
            "đã có sự kiện bắt đầu khác; tệp không nói hồ sơ bắt đầu ở đâu",
        ),
        ([task("a"), task("b")], "b", "không có luồng nào dẫn tới"),
        ([task("a"), "<taskk id='b'/>"], "b", "“taskk” không phải phần tử của BPMN 2.0"),
        ([task("a"), end(), flows("a end a")], "end", "sau sự kiện kết thúc không được có luồng ra"),
        ([task("a"), flows("a start")], "start", "sự kiện này không được có luồng vào"),
        ([exclusive("a"), parallel("b"), flows("a b a")], "a", "nằm trên một vòng lặp không qua việc nào, sẽ quay mãi"),
        (
            [element("intermediateThrowEvent", "a", "<linkEventDefinition name='2'/>")],
            "a",
            "phải có đúng một chỗ nhận nối tên “2”",
        ),
    ],
)
def test_what_cannot_be_done_faithfully_is_refused(content, element_id, reason):
    assert (element_id, because(f"“{element_id}”", reason)) in refused(begin(), *content, flow("start", "a"))


def test_a_condition_that_is_not_understood_is_refused_by_its_flow():
    found = refused(begin(), exclusive("g"), task("a"), flows("start g"),
                    "<sequenceFlow id='f' name='Đủ' sourceRef='g' targetRef='a'>"
                    "<conditionExpression>${bean.check(x)}</conditionExpression></sequenceFlow>")  # fmt: skip

    assert found == [("f", because("“Đủ” (mã f)", "không hiểu “(” trong điều kiện “bean.check(x)”"))]


def test_a_condition_that_is_a_program_is_refused():
    found = refused(begin(), exclusive("g"), task("a"), flows("start g"),
                    "<sequenceFlow id='f' sourceRef='g' targetRef='a'>"
                    "<conditionExpression language='JavaScript'>x = 1</conditionExpression></sequenceFlow>")  # fmt: skip

    assert found == [("f", because("“f”", "điều kiện viết bằng “JavaScript”, phải chạy mã mới biết"))]


def test_conditions_on_some_ways_only_are_refused():
    found = refused(begin(), exclusive("g"), task("a"), task("b"), flows("start g a"), flow("g", "b", "x = 1"))

    reason = "các luồng khác của cổng có điều kiện, luồng này không có, cũng không là mặc định"
    assert found == [("g_a", because("“g_a”", reason))]


def test_conditions_where_none_may_be_are_refused():
    assert refused(begin(), task("a"), flow("start", "a", "x = 1")) == [
        ("start_a", because("“start_a”", "luồng ra từ chỗ này không được có điều kiện"))
    ]


def test_every_refusal_is_told_in_the_order_of_the_processes():
    inner = inside("sub", element("scriptTask", "y"))

    assert [name for name, _ in refused(begin(), element("serviceTask", "x"), inner, flows("start x sub"))] == [
        "x",
        "y",
    ]


def test_processes_that_are_only_drawn_are_not_refused():
    drawn = process(element("serviceTask", "x"), id="other")
    played = process(begin(), task("a"), flows("start a"), isExecutable="true")

    assert read(definitions(played, drawn).encode()).refusals == ()


def test_a_process_of_nothing_is_refused():
    assert read(definitions(process()).encode()).refusals == (
        Refusal("process", because("“process”", "không có gì bên trong, nên không biết phải làm những việc nào")),
    )


def test_a_circle_without_beginning_is_refused():
    assert refused(task("a"), task("b"), flows("a b a")) == [
        ("process", because("“process”", "không có chỗ bắt đầu: mọi phần tử đều có luồng dẫn tới"))
    ]

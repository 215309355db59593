"""A process as a BPMN file and back: a table comes back as it went, anything more is kept as the drawing it is."""

import pytest

from motcua.catalogue.processes.exchange import FileRefused, content_of, file_of
from motcua.catalogue.processes.parameters import Content
from motcua.catalogue.processes.process import parse
from tests.catalogue.bpmn.builder import begin, definitions, element, end, exclusive, process, task
from tests.catalogue.processes.test_table_edits import straight

LANES = (
    '<laneSet id="lanes"><lane id="l1" name="Đơn vị giải quyết · Chuyên viên"><flowNodeRef>a</flowNodeRef></lane>'
    '<lane id="l2" name="Phòng nào đó"><flowNodeRef>s</flowNodeRef></lane></laneSet>'
)


def flow(id, source, target):
    return element("sequenceFlow", id, sourceRef=source, targetRef=target)


def drawn(*more):
    """Return somebody else's file: appraise, choose, sign or go back, issue."""
    return definitions(
        process(
            LANES, begin(), task("a", name="Thẩm định"), exclusive("g"), task("s", name="Ký"), task("i", name="Phát hành"),
            end(), flow("f1", "start", "a"), flow("f2", "a", "g"), flow("f3", "g", "s"), flow("f4", "g", "a"),
            flow("f5", "s", "i"), flow("f6", "i", "end"), *more,
        )
    ).encode()  # fmt: skip


def test_a_table_goes_out_and_comes_back_as_it_was() -> None:
    table: Content = straight() | {"parameters": {"a": ["hours"]}}

    again = content_of(file_of(table, "Thả thuyền"), table)

    assert [{**row, "produces": ""} for row in table["steps"]] == again["steps"]
    assert again["parameters"] == {"a": ["hours"]}


def test_anothers_drawing_is_kept_with_the_posts_its_lanes_tell() -> None:
    content = content_of(drawn(), {})

    assert content["posts"] == {
        "a": {"kind": "work", "role": "specialist", "unit": "resolving", "hours": None, "produces": ""}
    }
    assert file_of(content, "x") == content["bpmn"].encode()


def test_a_drawing_with_every_post_is_a_process_and_keeps_them_when_drawn_anew() -> None:
    content = content_of(drawn(), {})
    sign = {"kind": "sign", "role": "signer", "unit": "competent", "hours": 4, "produces": ""}
    content["posts"] |= {"s": sign, "i": sign | {"kind": "issue", "role": "clerk"}}

    again = content_of(drawn(element("textAnnotation", "note", "<text>Chú thích</text>")), content)

    assert list(parse(again).steps) == ["a", "s", "i"]
    assert again["posts"] == content["posts"]


def test_our_own_file_changed_beyond_a_table_stays_a_drawing_that_knows_its_posts() -> None:
    out = file_of(straight(), "x").decode()
    more = '<textAnnotation id="note"><text>Ai đó ghi thêm</text></textAnnotation></process>'

    content = content_of(out.replace("</process>", more).encode(), straight())

    assert "Ai đó ghi thêm" in content["bpmn"]
    assert [post["hours"] for post in content["posts"].values()] == [8, 8, 8, 8]
    assert set(parse(content).steps) == {"step_a", "step_b", "step_s", "step_i"}


@pytest.mark.parametrize(
    ("data", "element_id", "reason"),
    [
        (drawn(element("serviceTask", "robot", name="Gửi thư")), "robot", "robot"),
        (b"<html/>", "", "không phải BPMN 2.0"),
        (definitions(process(begin(), end(), flow("f", "start", "end"))).encode(), "", "không có việc nào"),
    ],
)
def test_a_file_that_cannot_run_is_refused_with_the_element_and_the_reason(
    data: bytes, element_id: str, reason: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        content_of(data, {})

    assert refused.value.refusals[0].element == element_id
    assert reason in refused.value.refusals[0].reason

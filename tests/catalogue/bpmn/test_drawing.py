"""The drawing: everything is there, names are only text, and nothing in it needs a looser policy than ours."""

import re
from xml.etree import ElementTree

from hypothesis import given, settings

from motcua.catalogue.bpmn.drawing import TASK_WIDTH, Marks, draw
from motcua.catalogue.bpmn.reader import read
from motcua.catalogue.bpmn.table import table_to_model
from tests.catalogue.bpmn.builder import (
    begin,
    element,
    end,
    exclusive,
    flow,
    flows,
    inside,
    model,
    task,
    terminate,
    timer,
)
from tests.catalogue.bpmn.structured import BLOCKS, structured
from tests.catalogue.bpmn.test_reader import RICH
from tests.catalogue.bpmn.test_table import permit

SVG = "{http://www.w3.org/2000/svg}"


def drawn(model, **marks):
    svg = draw(model, label="Hình vẽ", marks=Marks(**marks))
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def words(root):
    return [text.text for text in root.iter(f"{SVG}text")]


def test_lanes_steps_and_hours_are_drawn():
    root = drawn(table_to_model(permit(), name="Cấp phép"), notes={"step_review": "7,5 giờ"}, counts={"step_visit": 12},
                 classes={"step_sign": "changed"})  # fmt: skip

    assert {"Cấp phép", "Review", "7,5 giờ", "Visit", "12", "Sign", "Issue"} <= set(words(root))
    assert len([rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "lane"]) == 4
    assert [group.get("class") for group in root.iter(f"{SVG}g") if "changed" in group.get("class")] == ["changed node"]
    assert (root.get("role"), root.get("aria-label"), root.get("class")) == ("img", "Hình vẽ", "drawing")


def test_a_name_is_numbered_and_its_box_grows_until_the_name_is_whole():
    name = "Lấy ý kiến của Sở Văn hóa và Thể thao về vùng đệm di sản, xem thực địa"
    root = drawn(
        model(begin(), task("a", name=name), end(), flows("start a end")), numbers={"a": "3"}, notes={"a": "24 giờ"}
    )

    box = next(rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "box")
    lines = [text for text in root.iter(f"{SVG}text") if text.get("class") in ("mid", "hours mid")]
    ys = [float(line.get("y")) for line in lines]
    assert " ".join(line.text for line in lines) == f"3. {name} 24 giờ"
    assert float(box.get("y")) + 12 < min(ys)
    assert max(ys) < float(box.get("y")) + float(box.get("height")) - 6
    assert max(len(line.text) for line in lines) * 6.6 <= TASK_WIDTH - 16


def test_a_drawing_is_as_large_as_its_text_needs_and_says_when_it_may_be_seen_whole():
    short = drawn(model(begin(), task("a", name="Một"), end(), flows("start a end")))
    long = drawn(model(begin(), *(task(f"t{n}") for n in range(8)), end(), flows("start t0 t1 t2 t3 t4 t5 t6 t7 end")))

    assert short.get("viewBox").split()[2] == short.get("width")
    assert (short.get("class"), long.get("class")) == ("drawing", "drawing drawing--whole")


def test_names_are_escaped():
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;'&amp;"
    svg = draw(
        model(begin(), task("a", name=evil), flow("start", "a")), label='"><script>', marks=Marks(notes={"a": "<b>"})
    )

    assert re.findall("<script|<b>|onload", svg) == []


def test_nothing_needs_an_inline_style():
    root = drawn(table_to_model(permit(), name="Cấp phép"))

    assert {name for one in root.iter() for name in one.attrib} <= {
        "class", "viewBox", "role", "aria-label", "x", "y", "width", "height", "rx", "cx", "cy", "r", "d", "points",
        "transform",
    }  # fmt: skip


def test_every_sign_is_drawn():
    root = drawn(model(
        begin(), exclusive("g", name="Đủ hồ sơ?"), task("a"), timer("late", "a"), inside("sub", task("b")), terminate("t"),
        element("serviceTask", "s", name="Gọi máy"), element("textAnnotation", "n", "<text>Xem kỹ</text>"), end(),
        flow("g", "a", "x = 1", id="f"), flows("start g sub t", "a s end"),
    ))  # fmt: skip

    assert {"×", "Đủ hồ sơ?", "Gọi máy", "Xem kỹ"} <= set(words(root))
    assert [one.get("class") for one in root.iter(f"{SVG}rect") if "refused" in one.get("class")] == [
        "box box--refused"
    ]


def test_a_file_is_drawn_where_it_says():
    root = drawn(read(RICH))

    assert root.get("viewBox") == "-12 -12 134 124.5"
    assert [one.get("y") for one in root.iter(f"{SVG}rect") if one.get("class") == "box"] == ["20.5"]


@settings(max_examples=30, deadline=None)
@given(BLOCKS)
def test_every_process_can_be_drawn(block):
    played = read(structured(block))

    titles = [title.text for title in drawn(played).iter(f"{SVG}title")]

    assert sorted(titles) == sorted(played.scope_of)

"""Reading BPMN files: what they say, what is kept, and a clear sentence for what is broken."""

import pytest

from motcua.catalogue.bpmn.model import Artifact, Box, Kind, Lane, Link, Participant, Timer
from motcua.catalogue.bpmn.reader import NotBpmn, read
from motcua.catalogue.bpmn.writer import write
from motcua.catalogue.bpmn.xmltree import MAX_BYTES, BadXml
from tests.catalogue.bpmn.builder import (
    BPMN,
    HEAD,
    Play,
    begin,
    definitions,
    element,
    end,
    exclusive,
    flow,
    flows,
    inside,
    model,
    process,
    task,
    timer,
)  # fmt: skip

RICH = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment -->
<b:definitions xmlns:b="{BPMN}" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" id="d" targetNamespace="x"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:p="http://www.omg.org/spec/DD/20100524/DI"
    xmlns:tool="http://tool.example" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" tool:version="7">
  <b:collaboration id="c">
    <b:participant id="office" name="UBND phường" processRef="b:pr"/>
    <b:participant id="citizen" name="Công dân"/>
    <b:messageFlow id="m" name="nộp" sourceRef="citizen" targetRef="a"/>
  </b:collaboration>
  <b:process id="pr">
    <b:laneSet id="ls">
      <b:lane id="centre" name="Trung tâm"><b:flowNodeRef>s</b:flowNodeRef>
        <b:childLaneSet id="inner"><b:lane id="desk" name="Quầy"><b:flowNodeRef>a</b:flowNodeRef></b:lane></b:childLaneSet>
      </b:lane>
      <b:lane id="empty" name="Trống"/>
    </b:laneSet>
    <b:startEvent id="s"/>
    <b:userTask id="a" name="Tiếp nhận &amp; kiểm tra&#10;hồ sơ" tool:form="f1">
      <b:documentation>Làm trong ngày</b:documentation>
      <b:extensionElements><tool:form key="1">x<tool:deep/>y</tool:form></b:extensionElements>
      <b:dataInputAssociation id="dia"><b:sourceRef>paper</b:sourceRef></b:dataInputAssociation>
    </b:userTask>
    <b:dataObjectReference id="paper" name="Tờ khai" dataObjectRef="do"/><b:dataObject id="do"/>
    <b:textAnnotation id="note"><b:text>Xem kỹ</b:text></b:textAnnotation>
    <b:association id="as" sourceRef="a" targetRef="note"/>
    <b:sequenceFlow id="f" sourceRef="s" targetRef="a">
      <b:extensionElements/>
    </b:sequenceFlow>
  </b:process>
  <di:BPMNDiagram id="dg"><di:BPMNPlane id="pl" bpmnElement="c">
    <di:BPMNShape id="x1" bpmnElement="a"><dc:Bounds x="10" y="20.5" width="100" height="80"/></di:BPMNShape>
    <di:BPMNShape id="x2" bpmnElement="office" isHorizontal="false"><dc:Bounds x="0" y="0" width="100" height="80"/></di:BPMNShape>
    <di:BPMNShape id="x3" bpmnElement="gone"><dc:Bounds x="a" y="0" width="1" height="1"/></di:BPMNShape>
    <di:BPMNEdge id="x4" bpmnElement="f"><p:waypoint x="0" y="0"/><p:waypoint x="10" y="60"/></di:BPMNEdge>
  </di:BPMNPlane></di:BPMNDiagram>
</b:definitions>""".encode()


def test_pools_lanes_notes_data_and_drawing_are_read():
    rich = read(RICH)

    assert rich.participants == (Participant("office", "UBND phường", "pr"), Participant("citizen", "Công dân", ""))
    assert rich.scopes["pr"].lanes == (
        Lane("centre", "Trung tâm", ("s",)),
        Lane("desk", "Quầy", ("a",), "centre"),
        Lane("empty", "Trống", ()),
    )
    assert rich.scopes["pr"].lane_of("a").name == "Quầy"
    assert rich.artifacts == (
        Artifact("paper", "dataObjectReference", "Tờ khai", "pr"),
        Artifact("do", "dataObject", "", "pr"),
        Artifact("note", "textAnnotation", "Xem kỹ", "pr"),
    )
    assert rich.links == (
        Link("as", "association", "", "a", "note"),
        Link("dia", "dataInputAssociation", "", "paper", "a"),
        Link("m", "messageFlow", "nộp", "citizen", "a"),
    )
    assert rich.diagram.shapes == {"a": Box(10, 20.5, 100, 80), "office": Box(0, 0, 100, 80)}
    assert rich.diagram.edges == {"f": ((0, 0), (10, 60))}
    assert rich.diagram.upright == {"office"}


def test_names_are_read_as_written():
    assert read(RICH).node("a").name == "Tiếp nhận & kiểm tra\nhồ sơ"


def test_a_file_with_everything_is_executed():
    assert Play(read(RICH)).do("a").done


def test_a_file_written_again_is_the_same_file():
    rich = read(RICH)

    assert read(write(rich)) == rich
    assert write(read(write(rich))) == write(rich)
    assert b'<tool:form key="1">x<tool:deep/>y</tool:form>' in write(rich)


def test_other_encodings_are_read():
    text = definitions(process(begin(), task("a", name="Già"), flows("start a"))).replace("UTF-8", "ISO-8859-1")

    assert read(text.encode("latin-1")).node("a").name == "Già"


def test_timers_are_read():
    played = model(begin(), task("a"), timer("late", "a", "P1DT2H", interrupts=True), flows("start a"))

    assert (played.node("late").kind, played.node("late").timer) == (Kind.BOUNDARY, Timer("duration", "P1DT2H"))


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>"""


@pytest.mark.parametrize(
    "data, sentence",
    [
        (b"", "Tệp không phải XML đúng: hỏng ở dòng 1, cột 1. Chưa có gì được nhập; hãy xuất lại tệp."),
        (b"<a><b></a>", "Tệp không phải XML đúng: hỏng ở dòng 1, cột 9. Chưa có gì được nhập; hãy xuất lại tệp."),
        (b"PK\x03\x04", "Tệp không phải XML đúng: hỏng ở dòng 1, cột 3. Chưa có gì được nhập; hãy xuất lại tệp."),
        (
            BOMB.encode(),
            "Tệp có phần khai báo DOCTYPE; vì an toàn, phần này không được nhận. Hãy xuất lại tệp không có DOCTYPE.",
        ),
        (b"<x:a/>", "Tệp dùng tiền tố “x” mà không khai báo không gian tên."),
        (
            b"<?xml version='1.0' encoding='no-such'?><a/>",
            "Tệp ghi một bảng mã không đọc được. Hãy lưu lại tệp theo UTF-8.",
        ),
        (b"<a>" * 300, "Tệp có các phần tử lồng nhau quá 200 tầng nên không được đọc."),
        (
            b" " * (MAX_BYTES + 1),
            "Tệp lớn hơn 10 MB nên không được đọc. Chưa có gì được nhập; hãy chia nhỏ quy trình.",
        ),
    ],
)
def test_what_is_no_safe_xml_is_told_in_a_sentence(data, sentence):
    with pytest.raises(BadXml) as error:
        read(data)

    assert str(error.value) == sentence


def test_an_external_document_type_is_not_fetched():
    with pytest.raises(BadXml):
        read(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')


@pytest.mark.parametrize(
    "text, sentence",
    [
        (
            "<html/>",
            "Tệp XML này không phải BPMN 2.0: phần tử ngoài cùng là “html”, không phải definitions.",
        ),
        (
            '<definitions xmlns="http://schema.omg.org/spec/BPMN/2.0"/>',
            "Tệp theo một bản BPMN cũ hơn 2.0. Hãy mở bằng công cụ vẽ và xuất lại theo BPMN 2.0.",
        ),
        (definitions(), "Tệp BPMN không có quy trình nào để đọc (không có phần tử process)."),
        (definitions(process(begin("a"), task("a"))), "Mã “a” được dùng cho hai phần tử; mỗi mã chỉ được dùng một lần."),
        (definitions(process("<task name='Ký'/>")), "Phần tử task “Ký” không có mã (id)."),
        (definitions(process(begin(), flow("start", "gone"))), "“start_gone” trỏ tới “gone” không có trong tệp."),
        (
            definitions(process(begin(), inside("sub", task("a")), flow("start", "a"))),
            "Luồng “start_a” nối tới “a” ở ngoài quy trình hay tiến trình con của nó.",
        ),
        (
            definitions(process(begin(), task("a", default="start_a"), flow("start", "a"))),
            "Luồng mặc định “start_a” của “a” không đi ra từ đó.",
        ),
        (
            definitions(process(begin(), timer("late", "start"))),
            "Sự kiện “late” gắn vào “start”, không phải một việc cùng quy trình.",
        ),
        (
            definitions(process(begin(), "<laneSet id='l'><lane id='x' name='Quầy'><flowNodeRef>no</flowNodeRef></lane></laneSet>")),
            "“Quầy” (mã x) trỏ tới “no” không có trong tệp.",
        ),
        (
            definitions(process(begin()), element("collaboration", "c", element("participant", "p", processRef="no"))),
            "“p” trỏ tới “no” không có trong tệp.",
        ),
        (
            definitions(process(begin()), element("collaboration", "c", element("messageFlow", "m", sourceRef="start", targetRef="no"))),
            "“m” trỏ tới “no” không có trong tệp.",
        ),
        (
            definitions(process(task("a", "<outgoing>no</outgoing>"))),
            "“a” trỏ tới “no” không có trong tệp.",
        ),
    ],
)  # fmt: skip
def test_what_is_no_sound_bpmn_is_told_in_a_sentence(text, sentence):
    with pytest.raises(NotBpmn) as error:
        read(text.encode())

    assert str(error.value) == sentence


def test_elements_of_vendors_may_share_ids_and_stand_anywhere():
    text = definitions(
        process(
            "<t:box id='a'><t:box id='a'/></t:box>", begin(), task("a"), exclusive("g"), end(), flows("start a g end")
        ),
        attributes="xmlns:t='http://tool.example'",
    )

    assert Play(read(text.encode())).do("a").done


def test_a_comment_does_not_split_a_text():
    played = read(f"{HEAD}<definitions xmlns='{BPMN}'><process id='p'><textAnnotation id='n'><text>a<!-- - -->b</text>"
                  "</textAnnotation><task id='t'/></process></definitions>".encode())  # fmt: skip

    assert played.artifacts[0].text == "ab"
    assert read(write(played)) == played

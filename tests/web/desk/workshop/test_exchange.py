"""BPMN at the workshop: a file out, a file in, who does the tasks of a drawing, and refusals that name the element."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.catalogue.models import ProcessEdition, ProcessTemplate
from motcua.catalogue.processes.process import parse
from tests.catalogue.bpmn.builder import element
from tests.catalogue.processes.test_exchange import drawn
from tests.web.desk.pages import words
from tests.web.desk.workshop.pages import PAGE, SHOP, drafted
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(world: World) -> ProcessEdition:
    return drafted(world)


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("quy-trinh.bpmn", data)


def test_what_is_downloaded_comes_back_unchanged(editor: Client, edition: ProcessEdition) -> None:
    file = editor.get(f"{PAGE}bpmn/")

    came = editor.post(f"{PAGE}tai-len/", {"file": upload(file.content)})

    assert (came.status_code, came.headers["Location"]) == (302, PAGE)
    assert parse(ProcessEdition.objects.get().content) == parse(edition.content)
    assert editor.get(f"{SHOP}thu-tuc/1.013225/bpmn/").status_code == 200


def test_a_drawing_asks_for_the_post_of_each_task(editor: Client, edition: ProcessEdition) -> None:
    asked = editor.post(f"{PAGE}tai-len/", {"file": upload(drawn())}, follow=True)
    posted = {"viec-0-unit": "resolving", "viec-0-role": "specialist", "viec-0-hours": "16", "viec-1-unit": "competent"}
    told = editor.post(f"{PAGE}nguoi-lam/", posted)
    posted |= {"viec-1-role": "signer", "viec-2-unit": "competent", "viec-2-role": "clerk"}

    editor.post(f"{PAGE}nguoi-lam/", posted)

    assert "Đơn vị giải quyết · Chuyên viên Thẩm định" in words(asked)  # type: ignore[arg-type]
    assert "Có việc chưa điền đủ" in words(told)  # type: ignore[arg-type]
    assert 'value="16"' in told.content.decode()
    steps = parse(ProcessEdition.objects.get().content).steps
    assert [(step.role, step.hours) for step in steps.values()] == [
        ("specialist", 16),
        ("signer", None),
        ("clerk", None),
    ]
    page = editor.get(PAGE)
    assert '<svg class="drawing"' in page.content.decode()
    assert "Ai làm mỗi việc" in words(page)  # type: ignore[arg-type]


def test_a_refused_file_names_the_element_and_changes_nothing(editor: Client, edition: ProcessEdition) -> None:
    told = editor.post(f"{PAGE}tai-len/", {"file": upload(drawn(element("serviceTask", "robot", name="Gửi thư")))})

    assert "Tệp không lấy được; chưa có gì thay đổi" in words(told)  # type: ignore[arg-type]
    assert '<td class="nowrap">robot</td>' in told.content.decode()
    assert ProcessEdition.objects.get().content == edition.content


def test_a_file_begins_a_process_of_its_own(editor: Client) -> None:
    missing = editor.post(f"{SHOP}tai-len/", {"name": "Quy trình mới"})
    made = editor.post(f"{SHOP}tai-len/", {"name": "Tải lên", "file": upload(drawn())})

    assert "Bạn chưa gửi “Tệp BPMN”" in words(missing)  # type: ignore[arg-type]
    assert made.headers["Location"] == f"{SHOP}tai-len-2/nguoi-lam/"
    assert ProcessTemplate.objects.get().name == "Tải lên"

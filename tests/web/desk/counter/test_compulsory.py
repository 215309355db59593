"""Compulsory boxes at the counter: marked as on the portal before anything is refused, and where a refusal leads."""

import re
from typing import Any

import pytest
from django.test import Client

from motcua.catalogue.models import Procedure, ProcedureVersion
from tests.web.desk.counter.pages import KEYED_IN, URL, binh, changed
from tests.web.desk.pages import words
from tests.world import World

pytestmark = pytest.mark.django_db
__all__ = ["binh"]  # fixture
OPTIONAL = "(không bắt buộc)"


@pytest.fixture
def permit(world: World) -> str:
    """Publish a procedure with a box that only the answer «yes» makes compulsory; return its code."""
    copy = ProcedureVersion.objects.get(procedure=world.version.procedure)
    copy.procedure = Procedure.objects.create(code="1.013226", field=world.version.procedure.field)
    copy.form_schema |= {
        "properties": copy.form_schema["properties"] | {"beside": {"type": "string", "title": "Nhà bên"}}
    }
    copy.form_ui |= {"required_when": [{"when": {"neighbour": ["yes"]}, "fields": ["beside"]}]}
    copy.pk, copy._state.adding = None, True
    copy.save()
    return copy.procedure.code


def label(response: Any, control: str) -> str:
    """Return what the label of a control says."""
    found = re.search(rf'<label[^>]* for="{control}"[^>]*>(.*?)</label>', response.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def test_what_a_new_person_need_not_say_is_marked(binh: Client) -> None:
    page = binh.post(URL, KEYED_IN | {"who": "079301009999"})

    assert label(page, "id_person-full_name") == "Họ và tên"
    assert label(page, "id_person-identity_number") == "Số định danh (hoặc điện thoại)"
    assert label(page, "id_person-phone") == "Điện thoại (hoặc số định danh)"
    assert label(page, "id_person-email") == f"Thư điện tử {OPTIONAL}"


def test_a_box_is_compulsory_when_an_answer_makes_it_so(binh: Client, permit: str) -> None:
    without = binh.post(URL, KEYED_IN | {"procedure": permit, "answers-neighbour": "no"})
    with_it = binh.post(URL, KEYED_IN | {"procedure": permit, "answers-neighbour": "yes"})

    assert label(without, "id_form_data-address") == "Địa điểm xây dựng"
    assert label(without, "id_form_data-beside") == f"Nhà bên {OPTIONAL}"
    assert label(with_it, "id_form_data-beside") == "Nhà bên"


def test_an_answer_draws_only_the_boxes_again_that_it_makes_compulsory(binh: Client, permit: str) -> None:
    posted = KEYED_IN | {"procedure": permit, "who_was": KEYED_IN["who"], "answers-neighbour": "no"}
    marks = {f"mark-{part}": mark for part, mark in binh.post(URL, posted).context["talk"].marks().items()}

    asked = changed(binh, posted | marks | {"answers-neighbour": "yes"})
    same = changed(binh, posted | marks)

    assert re.findall(r'id="cell-([^"]+)"', asked.content.decode()) == ["form_data-beside"]
    assert label(asked, "id_form_data-beside") == "Nhà bên"
    assert re.findall(r'id="cell-([^"]+)"', same.content.decode()) == []


def test_boxes_of_no_form_say_themselves_what_is_wrong(binh: Client) -> None:
    page = binh.post(URL, {"who": "", "procedure": "", "act": "take_in"})

    said = words(page)  # type: ignore[arg-type]
    assert said.count("Bạn chưa chọn người đến nộp: gõ số định danh, điện thoại hoặc tên ở bước 1, rồi chọn.") == 2
    assert said.count("Bạn chưa chọn thủ tục: gõ tên ở bước 2, rồi chọn trong danh sách.") == 2
    assert 'aria-describedby="who-error"' in page.content.decode()
    assert 'aria-describedby="procedure-error"' in page.content.decode()

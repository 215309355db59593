"""What an answer fills in at the counter: «I am the mother» fills the mother's boxes, as it does on the portal."""

import re
from typing import Any

import pytest
from django.test import Client

from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.web.desk.counter.fields import SchemaForm
from motcua.web.desk.counter.filling import mark
from tests.web.desk.counter.pages import KEYED_IN, URL, binh, changed, parts_in
from tests.world import World

pytestmark = pytest.mark.django_db
__all__ = ["binh"]  # fixture

# fmt: off
NEIGHBOUR = {"type": "string", "title": "Người ở cạnh"}
OWNER = {"type": "string", "title": "Chủ nhà"}
RULES = [
    {"when": {"neighbour": ["yes"]}, "fields": {"beside": "applicant.full_name", "beside_phone": "applicant.phone"}},
    {"when": {"neighbour": ["no"]}, "fields": {"owner": "applicant.full_name"}},
]
# fmt: on


@pytest.fixture
def page(world: World, binh: Client) -> dict[str, Any]:
    """Return what the page posts before the question is answered, for a procedure with boxes that follow the answer."""
    extra = {"beside": NEIGHBOUR, "beside_phone": NEIGHBOUR, "owner": OWNER}
    copy = ProcedureVersion.objects.get(procedure=world.version.procedure)
    copy.procedure = Procedure.objects.create(code="1.013226", field=world.version.procedure.field)
    copy.form_schema |= {"properties": copy.form_schema["properties"] | extra}
    copy.form_ui |= {"filled_when": RULES}
    copy.pk, copy._state.adding = None, True
    copy.save()
    posted = KEYED_IN | {"procedure": "1.013226", "answers-neighbour": ""}
    return posted | marks_of(binh.post(URL, posted).context["talk"]) | {"who_was": KEYED_IN["who"]}


def marks_of(talk: Any) -> dict[str, str]:
    return {f"mark-{part}": value for part, value in talk.marks().items()}


def answered(binh: Client, page: dict[str, Any], answer: str, **typed: str) -> Any:
    """Answer the question, with what stands in the boxes by then; return what the page then knows."""
    boxes = {f"form_data-{name}": value for name, value in typed.items()}
    return binh.post(URL, page | boxes | {"answers-neighbour": answer}).context["talk"]


def test_an_answer_fills_the_boxes_that_follow_it(binh: Client, page: dict[str, Any], world: World) -> None:
    filled = answered(binh, page, "yes").form_data

    assert (filled["beside"], filled["beside_phone"], "owner" in filled) == (world.an.full_name, world.an.phone, False)


def test_what_the_person_says_today_goes_before_their_record(binh: Client, page: dict[str, Any]) -> None:
    filled = answered(binh, page | {"person-phone": "0912 000 555"}, "yes").form_data

    assert filled["beside_phone"] == "0912000555"


def test_another_answer_takes_back_what_the_first_filled_in(binh: Client, page: dict[str, Any], world: World) -> None:
    first = answered(binh, page, "yes")

    second = answered(binh, page | marks_of(first), "no", beside=world.an.full_name, beside_phone="0912000555")

    assert {name: second.form_data.get(name) for name in ("beside", "beside_phone", "owner")} == {
        "beside": None, "beside_phone": "0912000555", "owner": world.an.full_name,
    }  # fmt: skip


def test_what_the_officer_typed_or_emptied_stays(binh: Client, page: dict[str, Any]) -> None:
    typed = answered(binh, page, "yes", beside="Lê Văn Cạnh")
    emptied = answered(binh, page | marks_of(typed), "yes", beside="Lê Văn Cạnh", beside_phone="")

    assert (typed.form_data["beside"], emptied.form_data["beside"]) == ("Lê Văn Cạnh", "Lê Văn Cạnh")
    assert "beside_phone" not in emptied.form_data


def test_only_the_boxes_that_follow_are_drawn_again(binh: Client, page: dict[str, Any]) -> None:
    answer = changed(binh, page | {"answers-neighbour": "yes"})

    assert "content" not in parts_in(answer)
    assert re.findall(r'id="cell-form_data-(\w+)"[^>]* hx-swap-oob="true"', answer.content.decode()) == [
        "beside", "beside_phone",
    ]  # fmt: skip


def test_a_mark_tells_nothing_of_what_it_marks() -> None:
    assert re.fullmatch("[0-9a-f]{16}", mark({"beside": "Nguyễn Hoài An"}))


def test_a_group_that_decides_about_other_boxes_is_asked_first() -> None:
    boxes = {"mother": {"type": "string"}, "relation": {"type": "string", "enum": ["mother", "father"]}}
    groups = [{"key": "parents", "title": "Cha mẹ", "fields": ["mother"]}]
    groups += [{"key": "requester", "title": "Người đăng ký", "fields": ["relation"]}]
    rules = [{"when": {"relation": ["mother"]}, "fields": {"mother": "applicant.full_name"}}]

    plain = SchemaForm({"properties": boxes}, {"groups": groups}, prefix="form_data", values={})
    followed = SchemaForm(
        {"properties": boxes}, {"groups": groups, "filled_when": rules}, prefix="form_data", values={}
    )

    assert [group.title for group in plain.groups()] == ["Cha mẹ", "Người đăng ký"]
    assert [group.title for group in followed.groups()] == ["Người đăng ký", "Cha mẹ"]

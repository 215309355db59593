"""Missing papers noted with no form, and the same dossier completed on the same page when the person comes again."""

from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from tests.web.desk.conftest import SignIn
from tests.web.desk.counter.pages import URL, binh, changed, controls, keyed_in
from tests.web.desk.pages import address, words
from tests.world import World, submitted

pytestmark = pytest.mark.django_db
__all__ = ["binh", "keyed_in"]  # fixtures

# fmt: off
NOTED = {  # who, what for, what decides about papers, and one of two papers
    "who": "046196000214", "procedure": "1.013225  Xin giấy phép xây nhà ở riêng lẻ", "commune": "19900",
    "answers-neighbour": "yes", "return-method": "postal", "paper-102-given": "on", "paper-102-originals": "3",
    "reason": "Bản cam kết lấy mẫu ở trang tải mẫu.", "act": "note_missing",
}
# fmt: on


@pytest.fixture
def noted(binh: Client) -> Dossier:
    binh.post(URL, NOTED)
    return Dossier.objects.get()


def test_form_02_needs_no_form_and_carries_the_guidance(binh: Client, noted: Dossier) -> None:
    slip = noted.slips.get()

    assert (noted.status, noted.form_data, slip.form) == ("incomplete", {}, "02")
    assert [(row["name"], row["needed"]) for row in slip.data["missing"]] == [
        ("Bản cam kết an toàn công trình liền kề", "Chưa nộp.")
    ]
    assert slip.data["reason"] == "Bản cam kết lấy mẫu ở trang tải mẫu."
    assert binh.get(address(noted, f"phieu/{slip.pk}.pdf")).content[:5] == b"%PDF-"


def test_what_decides_about_papers_is_asked_for(binh: Client) -> None:
    response = binh.post(URL, NOTED | {"answers-neighbour": ""})

    assert controls(response) == ["id_answers-neighbour"]
    assert Dossier.objects.count() == 0


def test_a_person_who_comes_again_is_led_to_the_dossier(binh: Client, noted: Dossier) -> None:
    page = changed(binh, {"who": "046196000214"}).content.decode()

    assert f'href="{URL}?ho-so={noted.code}"' in page


def test_the_page_stands_as_it_was_left(binh: Client, noted: Dossier) -> None:
    response = binh.get(URL, {"ho-so": noted.code})

    page, talk = response.content.decode(), response.context["talk"]
    assert talk.what.all_answers() == {"neighbour": "yes", "commune": "19900"}
    assert [(row.requirement.code, row.is_given, row.originals.number) for row in talk.rows] == [
        ("DON", True, 1), ("BV", True, 3), ("CK", False, 1),
    ]  # fmt: skip
    assert "046196000214" not in page
    assert "Ghi nốt hồ sơ" in page
    assert 'value="note_missing"' not in page


def test_it_is_completed_and_accepted_under_its_code(binh: Client, noted: Dossier) -> None:
    rest = {
        "ho-so": noted.code, "commune": "19900", "answers-neighbour": "yes", "return-method": "counter", "act": "take_in",
        "paper-102-given": "on", "paper-102-originals": "3", "paper-201-given": "on",
        "form_data-address": "12/7 kiệt 84 Lâm Hoằng", "form_data-floors": "2",
    }  # fmt: skip

    short = controls(binh.post(URL, rest | {"form_data-floors": ""}))
    response = binh.post(URL, rest)

    noted.refresh_from_db()
    assert short == ["id_form_data-floors"]
    assert response["Location"] == f"{URL}xong/{noted.code}/"
    assert (noted.status, noted.form_data["floors"]) == ("received", 2)
    page = words(binh.get(response["Location"]))
    assert "Đã tiếp nhận" in page
    assert "In Mẫu 01 F9 In Mẫu 02" in page
    assert binh.post(URL, rest)["Location"] == response["Location"]


def test_a_part_drawn_again_keeps_person_and_procedure(binh: Client, noted: Dossier) -> None:
    posted = {
        "ho-so": noted.code,
        "who": "046196000999",
        "procedure": "khai sinh",
        "commune": "19900",
        "answers-neighbour": "no",
    }

    talk = binh.post(URL, posted).context["talk"]

    assert (talk.who.citizen, talk.version) == (noted.filed_by, noted.version)
    assert [row.requirement.code for row in talk.rows] == ["DON", "BV"]


def test_the_dossiers_page_leads_to_the_counter_and_does_not_accept_an_open_form(binh: Client, noted: Dossier) -> None:
    Dossier.objects.filter(pk=noted.pk).update(status="submitted")

    page = binh.get(address(noted)).content.decode()
    answer = words(binh.post(address(noted, "accept/"), {"step": 1, "unseen": "on"}))  # type: ignore[arg-type]

    assert f'href="{URL}?ho-so={noted.code}"' in page
    assert "Tờ khai của hồ sơ này chưa ghi đủ nên chưa tiếp nhận được. Bạn bấm «Ghi nốt ở quầy» để điền." in answer


@pytest.mark.parametrize("role", ["specialist", "elsewhere"])
def test_only_the_counter_that_noted_it_takes_it_up(role: str, noted: Dossier, sign_in: SignIn) -> None:
    assert sign_in(role).get(URL, {"ho-so": noted.code}).status_code == 403


def test_a_dossier_filed_online_is_not_taken_up_here(binh: Client, world: World, earlier: Any) -> None:
    dossier = submitted(world, earlier(30))

    assert binh.get(URL, {"ho-so": dossier.code})["Location"] == address(dossier)
    assert binh.post(URL, {"ho-so": dossier.code, "act": "take_in"}).status_code == 404

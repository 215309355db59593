"""A bundle at the counter: one goes at once with its receipt, the others are keyed in, each thing once, and wait."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By, Status
from motcua.dossiers.models import BundleMember, Dossier, FiledBundle
from motcua.dossiers.timed import make_all
from motcua.dossiers.verification import disagreements
from tests.bundling import CHILD, finish_birth, load_members, member_of
from tests.web.desk.counter.pages import URL, binh, changed, controls
from tests.web.desk.pages import words
from tests.web.portal.test_bundles import vertical_agencies
from tests.world import World

pytestmark = pytest.mark.django_db
__all__ = ["binh"]  # a fixture

# fmt: off
BIRTH = {  # what the page posts of the first member
    "who": "046196000214", "procedure": "1.001193  Đăng ký khai sinh", "commune": "19900", "bo": "sinh-con",
    "answers-birth_paper": "certificate", "answers-in_time": "yes", "answers-wants_copies": "no", "return-method": "counter",
    "form_data-child_full_name": CHILD["full_name"], "form_data-child_birth_on": "20/10/2026", "form_data-child_gender": "male",
    "form_data-child_birth_place": "Bệnh viện Trung ương Huế", "form_data-child_hometown": "Thành phố Huế",
    "form_data-child_ethnicity": "Kinh", "form_data-child_nationality": "VN",
    "form_data-mother_full_name": "Nguyễn Hoài An", "form_data-mother_birth_on": "12/03/1996",
    "form_data-mother_ethnicity": "Kinh", "form_data-mother_residence": "12/7 kiệt 84 Lâm Hoằng",
    "form_data-requester_relation": "mother", "form_data-requester_address": "5 Đặng Dung",
}
HOME = {
    "form_data-residence_address": "12/7 kiệt 84 Lâm Hoằng", "form_data-head_full_name": "Nguyễn Văn Ông",
    "form_data-head_identity_number": "046060000111", "form_data-head_relation": "cháu",
}
CHILD_AT_HOME = {
    "form_data-person_full_name": CHILD["full_name"], "form_data-person_birth_on": "20/10/2026",
    "form_data-person_gender": "male", "answers-place": "family",
}
CARD = {"form_data-hospital": "Trạm Y tế phường Vỹ Dạ"}
# fmt: on


@pytest.fixture(autouse=True)
def catalogue(world: World) -> None:
    vertical_agencies(world)
    load_members()


def all_given(response: Any) -> dict[str, str]:
    """Return every paper of the page that is asked for as handed over, and what the page holds of the rest."""
    talk = response.context["talk"]
    marks = {f"mark-{part}": mark for part, mark in talk.marks().items()}
    return marks | {
        f"paper-{row.key}-given": "on" for row in talk.rows if row.is_asked and row.needed.is_certain
    } | {"filing_key": str(talk.filing_key)}  # fmt: skip


def filled_in(response: Any) -> dict[str, str]:
    """Return what stands in the boxes of the declaration."""
    cells = response.context["content_form"].cells()
    return {f"form_data-{cell.field.name}": cell.field.value() or "" for cell in cells}


def taken_in(binh: Client) -> FiledBundle:
    page = binh.post(URL, BIRTH)
    response = binh.post(URL, filled_in(page) | all_given(page) | BIRTH | {"act": "take_in"})
    assert response.status_code == 302, response.context["errors"]
    return FiledBundle.objects.get()


def keyed_in(binh: Client, row: FiledBundle, key: str, said: dict[str, str]) -> Any:
    member = BundleMember.objects.get(bundle=row, key=key)
    page = binh.get(URL, {"thanh-phan": member.pk})
    posted = filled_in(page) | all_given(page) | said
    return binh.post(URL, posted | {"thanh-phan": str(member.pk), "act": "take_in"})


def test_chosen_where_a_procedure_is_by_words_or_beside_the_procedure_that_leads_it(binh: Client) -> None:
    hits = binh.get(f"{URL}thu-tuc/", {"procedure": "khai sinh the bao hiem"}).content.decode()
    picked = changed(binh, {"who": "046196000214", "choose": "sinh-con"}).content.decode()
    other = binh.post(URL, BIRTH | {"choose": "1.004222"}).context["talk"].what

    assert 'name="choose" value="sinh-con"' in hits
    assert 'name="bo" value="sinh-con" checked' in picked
    assert (other.bundle, other.offered) == (None, [])


def test_what_can_go_is_taken_in_as_any_dossier_and_the_rest_waits_keyed_in_once(binh: Client) -> None:
    row = taken_in(binh)
    birth, home, card = (member_of(row, key) for key in ("khai-sinh", "thuong-tru", "bao-hiem"))
    page = binh.get(URL, {"thanh-phan": home.bundle_member.pk})

    first = keyed_in(binh, row, "thuong-tru", HOME)
    last = keyed_in(binh, row, "bao-hiem", CARD)

    asked = {cell.field.name for cell in page.context["content_form"].cells()}
    assert (birth.status, birth.slips.get().form) == (Status.RECEIVED, "01")
    assert asked.isdisjoint(
        {"person_full_name", "person_birth_on", "person_gender", "birth_record_number", "requester_address"}
    )
    assert first["Location"] == f"{URL}?thanh-phan={card.bundle_member.pk}"
    assert last["Location"] == f"{URL}bo/{row.code}/"
    home.refresh_from_db()
    card.refresh_from_db()
    assert (home.status, home.code, home.form_data["person_full_name"]) == (Status.DRAFT, None, CHILD["full_name"])
    assert home.form_data["requester_address"] == "5 Đặng Dung"  # as the first form says, not as the record does
    assert card.form_data["residence_address"] == HOME["form_data-residence_address"]
    assert "Đã khai xong. Tự chuyển đi ngay khi có Giấy khai sinh" in words(binh.get(last["Location"]))
    assert binh.get(f"{URL}bo/{row.code}/giay.pdf").content[:5] == b"%PDF-"


def test_time_files_what_waits_when_the_result_is_there_and_the_counter_receives_it(binh: Client, world: World) -> None:
    row = taken_in(binh)
    keyed_in(binh, row, "thuong-tru", HOME)
    keyed_in(binh, row, "bao-hiem", CARD)
    at = timezone.now()
    finish_birth(world, row, at + timedelta(minutes=1))

    made = make_all(at + timedelta(minutes=5))["go_on_with"]

    home = member_of(row, "thuong-tru")
    assert (made, home.status, home.form_data["birth_record_number"]) == (2, Status.SUBMITTED, "101/2026")
    assert list(disagreements(Dossier.objects.all())) == []
    actions.accept(dossier_id=home.pk, actor=world.actor(By.COUNTER), at=at + timedelta(minutes=9))


def test_what_is_missing_is_said_and_the_draft_stays_to_be_keyed_in(binh: Client) -> None:
    row = taken_in(binh)

    refused = keyed_in(binh, row, "thuong-tru", HOME | {"form_data-head_full_name": ""})

    assert controls(refused) == ["id_form_data-head_full_name"]
    assert member_of(row, "thuong-tru").revision == 0
    assert f"{URL}bo/{row.code}/" in changed(binh, {"who": "046196000214"}).content.decode()
    assert "Chưa khai xong ở quầy" in words(looked_up(row))


def test_one_that_stopped_waiting_is_taken_up_at_the_counter_and_gets_its_receipt(binh: Client, world: World) -> None:
    page = binh.post(URL, BIRTH)
    binh.post(URL, BIRTH | {"filing_key": all_given(page)["filing_key"], "act": "note_missing"})
    row, at = FiledBundle.objects.get(), timezone.now()
    birth, home = member_of(row, "khai-sinh"), member_of(row, "thuong-tru")
    actions.refuse(dossier_id=birth.pk, actor=world.actor(By.COUNTER), at=at, reason="Không thuộc thẩm quyền")
    make_all(at + timedelta(minutes=1))

    shown = words(binh.get(f"{URL}bo/{row.code}/"))
    response = keyed_in(
        binh, row, "thuong-tru", HOME | {"commune": "19900", "return-method": "counter"} | CHILD_AT_HOME
    )

    home.refresh_from_db()
    assert "không có Giấy khai sinh để làm tiếp" in shown
    assert response["Location"] == f"{URL}bo/{row.code}/", response.context["errors"]
    assert (home.status, home.slips.get().form) == (Status.RECEIVED, "01")
    told = looked_up(row).content.decode()
    assert home.code in told
    assert "không được tiếp nhận" in told
    assert "Nguyễn Hoài An" not in told


def looked_up(row: FiledBundle) -> Any:
    """Look the bundle up without an account, by its code and the end of the phone."""
    return Client().post("/tra-cuu/", {"code": row.code, "check": "0371"}, follow=True)

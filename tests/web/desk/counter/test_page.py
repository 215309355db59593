"""The counter: one page read from top to bottom, drawn again in parts, filed once, nothing typed ever lost."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from motcua.base.models import Reading
from motcua.base.text import fold
from motcua.base.words import local_day
from motcua.catalogue.models import Case, Procedure, ProcedureVersion
from motcua.dossiers.models import Dossier
from motcua.people.models import Citizen, Officer, Post, User
from motcua.web.desk.counter.talk import MARKED, subject_in
from tests.web.desk.conftest import SignIn
from tests.web.desk.counter.pages import KEYED_IN, URL, binh, changed, controls, keyed_in, parts_in
from tests.web.desk.pages import words
from tests.world import World

pytestmark = pytest.mark.django_db
__all__ = ["binh", "keyed_in"]  # fixtures
# --- who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rest", ["", "thu-tuc/", "xong/X/", "xong/X/to-khai/"])
def test_only_a_counter_gets_in(rest: str, sign_in: SignIn, world: World) -> None:
    citizen = Client()
    assert world.an.user
    citizen.force_login(world.an.user)

    assert Client().get(URL + rest).status_code == 302
    assert citizen.get(URL + rest).status_code == 403
    assert sign_in("specialist").get(URL + rest).status_code == 403


def test_the_counter_of_another_commune_finds_no_intake_of_this_one(
    binh: Client, keyed_in: dict[str, Any], world: World
) -> None:
    user = User.objects.create_user(email="quay@vidu.vn", password="mat-khau-dai", full_name="Lê Thị Quầy")
    officer = Officer.objects.create(user=user, full_name="Lê Thị Quầy")
    Post.objects.create(officer=officer, unit=world.elsewhere, role="receptionist", valid_from=date(2020, 1, 1))
    other = Client()
    other.force_login(user)
    taken = binh.post(URL, keyed_in | {"act": "take_in"})["Location"]

    assert [other.get(taken).status_code, other.get(f"{taken}to-khai/").status_code] == [404, 404]


def test_reading_what_was_taken_in_is_recorded(binh: Client, keyed_in: dict[str, Any]) -> None:
    taken = binh.post(URL, keyed_in | {"act": "take_in"})["Location"]

    binh.get(taken)
    binh.get(f"{taken}to-khai/")

    assert list(Reading.objects.order_by("pk").values_list("page", flat=True)) == ["counter", "declaration"]


# --- who ---------------------------------------------------------------------------------------------------------------


def test_an_identity_number_brings_the_person_at_once_and_masked(binh: Client) -> None:
    page = words(changed(binh, {"who": "046 196 000 214"}))

    assert "Nguyễn Hoài An , sinh 12/03/1996, nữ" in page
    assert "046196•••214 · Điện thoại 09•• ••• 371" in page
    assert "046196000214" not in page


def test_somebody_unknown_is_asked_for_the_rest(binh: Client) -> None:
    page = changed(binh, {"who": "046196000777"}).content.decode()

    assert 'name="person-identity_number" value="046196000777"' in page
    assert 'name="person-full_name"' in page


def test_a_name_lists_people_and_chooses_nobody(binh: Client, world: World) -> None:
    talk = binh.post(URL, {"who": "nguyen hoai"}).context["talk"]
    chosen = binh.post(URL, {"who": "nguyen hoai", "citizen": str(world.an.pk)}).context["talk"]

    assert (talk.who.found, talk.who.citizen, talk.who.is_new) == ([world.an], None, False)
    assert chosen.who.citizen == world.an


def test_nobody_is_reached_who_was_not_looked_for(binh: Client, world: World) -> None:
    talk = binh.post(URL, {"who": "nguyen hoai", "citizen": str(world.chi.pk)}).context["talk"]

    assert talk.who.citizen is None


def test_another_person_may_share_a_phone(binh: Client) -> None:
    talk = binh.post(URL, {"who": "0912000371", "citizen": "moi"}).context["talk"]

    assert (talk.who.citizen, talk.who.is_new, talk.who.said) == (None, True, {"phone": "0912000371"})


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_people_costs_the_same_for_one_and_for_three(
    people: int, binh: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(people):
        name = f"Trương Thị {number}"
        Citizen.objects.create(full_name=name, folded_name=fold(name), phone=f"091200000{number}")

    with django_assert_num_queries(9):
        page = changed(binh, {"who": "truong thi"})

    assert page.content.decode().count('name="citizen"') == people + 1


# --- what for ----------------------------------------------------------------------------------------------------------


def test_typing_lists_procedures(binh: Client) -> None:
    page = binh.get(f"{URL}thu-tuc/", {"procedure": "giay phep xay nha"})

    assert 'name="choose" value="1.013225"' in page.content.decode()
    assert "<html" not in page.content.decode()


def test_words_that_fit_nothing_are_told(binh: Client) -> None:
    assert "Không có thủ tục nào nhận được ở đây khớp với “qqq”." in words(
        binh.get(f"{URL}thu-tuc/", {"procedure": "qqq"})
    )


def test_enter_takes_the_procedure_that_fits_best(binh: Client, world: World) -> None:
    talk = binh.post(URL, {"act": "update", "procedure": "xay nha"}).context["talk"]

    assert (talk.version, talk.what.shown_text) == (world.version, "1.013225  Xin giấy phép xây nhà ở riêng lẻ")


def test_words_not_chosen_yet_are_no_procedure_when_it_is_taken_in(binh: Client) -> None:
    response = binh.post(URL, KEYED_IN | {"procedure": "xay nha", "act": "take_in"})

    assert controls(response) == ["procedure"]
    assert Dossier.objects.count() == 0


def test_the_units_follow_the_commune(binh: Client, world: World) -> None:
    units = binh.post(URL, KEYED_IN).context["talk"].what.units
    unknown = binh.post(URL, KEYED_IN | {"commune": ""}).context["talk"].what

    assert (units.receiving, units.competent, units.resolving) == (world.centre, world.commune, world.division)
    assert (unknown.units, unknown.refusal) == (
        None, "Bạn chưa chọn phường, xã nơi có việc, nên chưa biết cơ quan nào giải quyết.",
    )  # fmt: skip


def test_papers_follow_the_answers(binh: Client) -> None:
    def rows(answer: str) -> list[tuple[str, bool]]:
        talk = binh.post(URL, KEYED_IN | {"answers-neighbour": answer}).context["talk"]
        return [(row.requirement.code, row.needed.is_certain) for row in talk.rows]

    assert rows("yes") == [("DON", True), ("BV", True), ("CK", True)]
    assert rows("") == [("DON", True), ("BV", True), ("CK", False)]
    assert rows("no") == [("DON", True), ("BV", True)]


def test_the_slip_is_seen_before_it_is_made(binh: Client, keyed_in: dict[str, Any]) -> None:
    page = words(changed(binh, keyed_in))

    assert "Người nộp Nguyễn Hoài An Thủ tục Xin giấy phép xây nhà ở riêng lẻ" in page
    assert "3 bản chính, 1 bản sao, 1 tờ khai hệ thống in" in page
    assert "Phí 75.000 đ" in page
    assert "Đủ giấy tờ, còn 2 chưa quét" in page


def test_every_part_drawn_again_is_the_same_part_of_the_page(binh: Client, keyed_in: dict[str, Any]) -> None:
    posted = {name: value for name, value in keyed_in.items() if not name.startswith("mark-")}
    page = binh.post(URL, posted | {"act": "update"}).content.decode()

    parts = changed(binh, posted)

    assert parts_in(parts) == list(MARKED)
    assert [line for line in parts.content.decode().splitlines() if line.strip() and line not in page] == []


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({}, []),
        ({"act": "update"}, []),
        ({"form_data-floors": "3", "paper-102-copies": "7"}, []),
        ({"who": "046196000999"}, ["who", "content"]),
        ({"answers-neighbour": "no"}, ["papers"]),
        ({"act": "update", "procedure": "xay nha"}, ["what"]),
        ({"choose": "1.013225"}, ["what"]),
        ({"procedure": "xay nh"}, ["what", "papers", "content", "returning"]),
        ({"return-method": "postal"}, ["returning"]),
    ],
)
def test_only_parts_that_changed_are_drawn_again_so_typing_goes_on(
    change: dict[str, str], parts: list[str], binh: Client, keyed_in: dict[str, Any]
) -> None:
    assert parts_in(changed(binh, keyed_in | change)) == parts


def test_the_box_is_left_alone_while_a_procedure_is_typed(binh: Client) -> None:
    first = changed(binh, {"who": "046196000214", "act": "update"})
    marks = dict(re.findall(r'name="(mark-[a-z]+)" value="([0-9a-f]+)"', first.content.decode()))

    assert (
        parts_in(changed(binh, {"who": "046196000214", "who_was": "046196000214", "procedure": "xay n"} | marks)) == []
    )


# --- making the dossier ------------------------------------------------------------------------------------------------


def test_taking_in_leads_to_the_slip(binh: Client, keyed_in: dict[str, Any], world: World) -> None:
    response = binh.post(URL, keyed_in | {"act": "take_in"})

    dossier = Dossier.objects.get()
    assert response["Location"] == f"{URL}xong/{dossier.code}/"
    assert (dossier.status, dossier.owner, dossier.receiving_unit) == ("received", world.an, world.centre)
    assert dossier.answers == {"neighbour": "yes", "commune": "19900"}
    assert dossier.form_data == {"address": "12/7 kiệt 84 Lâm Hoằng", "floors": 2}
    assert list(dossier.papers.order_by("position").values_list("source", "original_count", "copy_count")) == [
        ("form", 1, 0), ("paper", 2, 1), ("paper", 1, 0),
    ]  # fmt: skip
    assert dossier.events.get().officer == world.posts["receptionist"].officer


def test_the_page_after_tells_what_to_print_and_collect(binh: Client, keyed_in: dict[str, Any]) -> None:
    taken = binh.post(URL, keyed_in | {"act": "take_in"})["Location"]

    page = words(binh.get(taken))

    assert "Đã tiếp nhận" in page
    assert Dossier.objects.get().code in page
    assert "Lệ phí cấp giấy phép: 75.000 đ Đã thu tiền" in page
    assert "In Mẫu 01 F9" in page


def test_the_declaration_says_what_was_typed(binh: Client, keyed_in: dict[str, Any]) -> None:
    taken = binh.post(URL, keyed_in | {"act": "take_in"})["Location"]

    page = words(binh.get(f"{taken}to-khai/"))

    assert "Đơn đề nghị cấp giấy phép Kính gửi: UBND phường Vỹ Dạ" in page
    assert "Công trình Địa điểm xây dựng 12/7 kiệt 84 Lâm Hoằng Số tầng 2" in page


def test_a_page_posted_twice_files_once(binh: Client, keyed_in: dict[str, Any]) -> None:
    answers = [binh.post(URL, keyed_in | {"act": act})["Location"] for act in ("take_in", "take_in", "note_missing")]

    assert answers == [f"{URL}xong/{Dossier.objects.get().code}/"] * 3


def test_the_next_page_has_a_key_of_its_own(binh: Client) -> None:
    keys = {str(binh.get(URL).context["talk"].filing_key) for _ in range(2)}

    assert len(keys) == 2


def test_what_is_wrong_is_said_at_once_and_nothing_typed_is_lost(binh: Client, keyed_in: dict[str, Any]) -> None:
    wrong = {name: value for name, value in keyed_in.items() if name != "paper-201-given"}
    wrong |= {"form_data-floors": "hai", "answers-neighbour": "yes", "reason": "ghi chú", "act": "take_in"}

    response = binh.post(URL, wrong)

    page = response.content.decode()
    assert controls(response) == ["id_form_data-floors", "paper-201-given"]
    for value in ('value="046196000214"', 'value="hai"', 'value="12/7 kiệt 84 Lâm Hoằng"', ">ghi chú</textarea>"):
        assert value in page
    assert 'name="paper-102-given" checked' in page
    assert str(keyed_in["filing_key"]) in page


def test_missing_papers_make_a_supplement_request(binh: Client, keyed_in: dict[str, Any]) -> None:
    fewer = {name: value for name, value in keyed_in.items() if name != "paper-201-given"}

    response = binh.post(URL, fewer | {"act": "note_missing", "paper-102-fault": "Thiếu mặt cắt"})

    dossier = Dossier.objects.get()
    assert dossier.status == "incomplete"
    assert [item["fault"] for item in dossier.supplements.get().items] == ["Thiếu mặt cắt", "Chưa nộp."]
    assert "Đã ghi nhận thiếu giấy tờ" in words(binh.get(response["Location"]))


def test_asking_for_papers_when_all_are_there_is_explained(binh: Client, keyed_in: dict[str, Any]) -> None:
    response = binh.post(URL, keyed_in | {"act": "note_missing"})

    assert "Giấy tờ đã đủ nên không có gì để yêu cầu bổ sung." in words(response)
    assert Dossier.objects.count() == 0


def test_turning_away_needs_a_reason(binh: Client, keyed_in: dict[str, Any]) -> None:
    refused = binh.post(URL, keyed_in | {"act": "turn_away"})

    made = binh.post(URL, keyed_in | {"act": "turn_away", "reason": "Đất đang tranh chấp"})

    assert controls(refused) == ["reason"]
    assert Dossier.objects.get().status == "refused"
    assert "Đã ghi không nhận" in words(binh.get(made["Location"]))


def test_a_new_person_is_kept_with_the_dossier(binh: Client, keyed_in: dict[str, Any]) -> None:
    new = {
        "who": "046196000777", "person-full_name": "Phạm  Thị Quỳnh Như", "person-birth_on": "12/03/1996",
        "person-gender": "female", "person-phone": "0912 000 777",
    }  # fmt: skip

    binh.post(URL, keyed_in | new | {"act": "take_in"})

    person = Citizen.objects.get(identity_number="046196000777")
    assert (person.full_name, person.birth_on, person.phone) == ("Phạm Thị Quỳnh Như", date(1996, 3, 12), "0912000777")
    assert Dossier.objects.get().owner == person


def test_a_new_person_without_name_or_with_a_wrong_number_is_not_kept(binh: Client, keyed_in: dict[str, Any]) -> None:
    wrong = {"who": "046196000777", "person-birth_on": "12/03/1980", "person-phone": "12"}

    response = binh.post(URL, keyed_in | wrong | {"act": "take_in"})

    assert sorted(controls(response)) == ["id_person-full_name", "id_person-identity_number", "id_person-phone"]
    assert not Citizen.objects.filter(identity_number="046196000777").exists()


def test_a_new_person_is_not_born_in_the_future(binh: Client, keyed_in: dict[str, Any]) -> None:
    unborn = {"who": "Phạm Thị Quỳnh Như", "person-phone": "0912000777", "person-birth_on": "12/03/2990"}

    response = binh.post(URL, keyed_in | unborn | {"act": "take_in"})

    assert controls(response) == ["id_person-birth_on"]


def test_nobody_at_the_counter_is_told(binh: Client, keyed_in: dict[str, Any]) -> None:
    assert controls(binh.post(URL, keyed_in | {"who": "", "act": "take_in"})) == ["who"]


def test_faults_of_person_answers_form_and_papers_are_told_together(binh: Client, keyed_in: dict[str, Any]) -> None:
    wrong = keyed_in | {"who": "", "answers-neighbour": "", "form_data-floors": ""}
    del wrong["paper-102-given"]

    taking = controls(binh.post(URL, wrong | {"act": "take_in"}))
    turning_away = controls(binh.post(URL, wrong | {"act": "turn_away", "reason": "Không đủ điều kiện"}))

    assert taking == ["who", "id_answers-neighbour", "id_form_data-floors", "paper-102-given"]
    assert turning_away == ["who"]


def test_the_result_by_post_needs_an_address(binh: Client, keyed_in: dict[str, Any]) -> None:
    by_post = keyed_in | {"return-method": "postal", "act": "take_in"}

    assert controls(binh.post(URL, by_post)) == ["id_return-address"]
    assert binh.post(URL, by_post | {"return-address": "27 Nguyễn Chí Diểu"}).status_code == 302
    assert (Dossier.objects.get().return_method, Dossier.objects.get().return_address) == (
        "postal", "27 Nguyễn Chí Diểu",
    )  # fmt: skip


def test_counts_that_are_no_numbers_are_told(binh: Client, keyed_in: dict[str, Any]) -> None:
    response = binh.post(URL, keyed_in | {"paper-102-originals": "vài", "act": "take_in"})

    assert controls(response) == ["paper-102-given"]
    assert 'value="vài"' in response.content.decode()


# --- what the form is filled with --------------------------------------------------------------------------------------


def test_a_field_emptied_by_the_officer_stays_empty(binh: Client, keyed_in: dict[str, Any]) -> None:
    talk = binh.post(URL, keyed_in | {"form_data-address": ""}).context["talk"]

    assert talk.form_data == {"floors": 2}


def test_what_was_said_of_one_person_is_not_said_of_the_next(binh: Client, keyed_in: dict[str, Any]) -> None:
    said = {"who": "046196000999", "person-phone": "0912000555"}

    same = binh.post(URL, keyed_in | said | {"who_was": "046196000999"}).context["talk"]
    other = binh.post(URL, keyed_in | said).context["talk"]

    assert (same.who.declared(), other.who.declared()) == ({"phone": "0912000555"}, {})


def test_a_number_corrected_is_the_number_of_the_new_person(binh: Client) -> None:
    typed = {"who": "046196000778", "who_was": "046196000777", "person-identity_number": "046196000777"}

    talk = binh.post(URL, typed | {"person-full_name": "Hồ Thị Mới"}).context["talk"]

    assert talk.who.said == {"full_name": "Hồ Thị Mới", "identity_number": "046196000778"}


@pytest.mark.parametrize(
    ("form_data", "subject"),
    [
        ({"child_full_name": "Lê Phạm Minh Khôi", "requester_full_name": "Như"}, "Lê Phạm Minh Khôi"),
        ({"person_full_name": "Nguyễn Hoài An"}, ""),
        ({"parcel_address": "Thửa 12", "certificate_number": "BX 1"}, "Thửa 12"),
        ({}, ""),
    ],
)
def test_a_dossier_is_told_from_others_by_its_child_house_or_shop(form_data: dict[str, str], subject: str) -> None:
    assert subject_in(form_data, "Nguyễn Hoài An") == subject


def test_a_person_who_came_before_is_greeted_with_their_dossiers(binh: Client, keyed_in: dict[str, Any]) -> None:
    binh.post(URL, keyed_in | {"act": "take_in"})

    page = words(changed(binh, {"who": "046196000214", "filing_key": str(uuid4())}))

    today = f"{local_day(timezone.now()):%d/%m/%Y}"
    assert f"Nguyễn Hoài An từng đến: {today} Xây nhà ở riêng lẻ . Dữ liệu được điền sẵn." in page


@pytest.mark.parametrize(
    ("term", "case", "due"),
    [
        (15, "Thời hạn còn tùy câu trả lời.", "Hẹn trả còn tùy câu trả lời ở bước 2"),
        (7, "Thời hạn: 7 ngày làm việc.", "Hẹn trả 17:00"),
    ],
)
def test_no_case_is_named_that_an_open_answer_may_still_change(
    term: int, case: str, due: str, binh: Client, keyed_in: dict[str, Any], world: World
) -> None:
    other = ProcedureVersion.objects.get(pk=world.version.pk)
    other.procedure = Procedure.objects.create(code="1.013226", field=world.version.procedure.field)
    other.pk, other._state.adding, other.state, other.published_at = None, True, "draft", None
    other.save()
    Case.objects.create(
        version=other,
        position=1,
        code="a",
        name="Có nhà liền kề",
        condition={"neighbour": ["yes"]},
        term_quantity=term,
        term_unit="working_days",
    )
    Case.objects.create(
        version=other, position=2, code="b", name="Đứng riêng", term_quantity=7, term_unit="working_days"
    )
    other.state, other.published_at = "published", timezone.now()
    other.save()
    posted = keyed_in | {"procedure": "1.013226"}

    page = words(changed(binh, posted | {"answers-neighbour": ""}))
    sure = words(changed(binh, posted | {"answers-neighbour": "no"}))

    assert case in page
    assert due in page
    assert "Đứng riêng" not in page
    assert "Thời hạn: 7 ngày làm việc. Đứng riêng." in sure

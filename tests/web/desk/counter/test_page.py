"""The counter: one page read from top to bottom, drawn again in parts, filed once, nothing typed ever lost."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.base.models import Reading
from motcua.catalogue.models import Case, Procedure, ProcedureVersion
from motcua.dossiers.models import Dossier
from motcua.people.models import Officer, Post, User
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


def test_every_part_drawn_again_is_the_same_part_of_the_page(
    binh: Client, keyed_in: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)  # between the two no minute may pass
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
    assert "Mở tờ khai để in, ký" in page


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
    assert controls(response) == ["paper-201-given", "id_form_data-floors"]
    for value in ('value="046196000214"', 'value="hai"', 'value="12/7 kiệt 84 Lâm Hoằng"', ">ghi chú</textarea>"):
        assert value in page
    assert 'name="paper-102-given" checked' in page
    assert str(keyed_in["filing_key"]) in page


def test_missing_papers_make_a_supplement_request(binh: Client, keyed_in: dict[str, Any]) -> None:
    fewer = {name: value for name, value in keyed_in.items() if name != "paper-201-given"}

    response = binh.post(
        URL, fewer | {"act": "note_missing", "paper-102-fault": "Thiếu mặt cắt", "paper-102-code": "incomplete"}
    )

    dossier = Dossier.objects.get()
    assert dossier.status == "incomplete"
    assert [(item["code"], item["fault"]) for item in dossier.supplements.get().items] == [
        ("incomplete", "Thiếu mặt cắt"), ("missing", "Chưa nộp."),
    ]  # fmt: skip
    assert "Đã ghi nhận thiếu giấy tờ" in words(binh.get(response["Location"]))


@pytest.mark.parametrize(("floors", "is_offered"), [("", False), ("2", True)])
def test_a_declaration_is_offered_for_signing_once_it_is_filled_in(
    floors: str, is_offered: bool, binh: Client, keyed_in: dict[str, Any]
) -> None:
    fewer = {name: value for name, value in keyed_in.items() if name != "paper-201-given"}

    made = binh.post(URL, fewer | {"form_data-floors": floors, "act": "note_missing"})

    assert ("Mở tờ khai để in, ký" in words(binh.get(made["Location"]))) == is_offered


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


def test_faults_of_person_answers_form_and_papers_are_told_together(binh: Client, keyed_in: dict[str, Any]) -> None:
    wrong = keyed_in | {"who": "", "answers-neighbour": "", "form_data-floors": ""}
    del wrong["paper-102-given"]

    taking = controls(binh.post(URL, wrong | {"act": "take_in"}))
    turning_away = controls(binh.post(URL, wrong | {"act": "turn_away", "reason": "Không đủ điều kiện"}))

    assert taking == ["who", "id_answers-neighbour", "paper-102-given", "id_form_data-floors"]
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

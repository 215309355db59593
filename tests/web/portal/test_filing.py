"""Filing: what is typed is saved, whatever happens; and a dossier is filed once."""

from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Dossier
from motcua.web.portal.answers import read
from motcua.web.portal.screens import Question, Screen
from tests.web.pages import fields_of, text_of
from tests.world import World, document

APPLICANT = {
    "applicant.full_name": "Nguyễn Hoài An", "applicant.identity_number": "046 196 000 214",
    "applicant.phone": "0912 000 371", "applicant.email": "", "applicant.address": "12/7 kiệt 84 Lâm Hoằng",
    "return_method": "counter", "return_address": "",
}  # fmt: skip
CASE = {"answers.commune": "19900", "answers.neighbour": "no", "subject": "12/7 Lâm Hoằng"}
FORM = {"form_data.address": "12/7 kiệt 84 Lâm Hoằng", "form_data.floors": "2"}


def begin(browser: Client, **answers: str) -> Dossier:
    browser.post(reverse("portal:filing", args=["1.013225"]), {"filing_key": str(uuid4()), **answers})
    return Dossier.objects.latest("pk")


def url_of(draft: Dossier, screen: str) -> str:
    return reverse("portal:screen", args=[draft.pk, screen])


def post(browser: Client, draft: Dossier, screen: str, fields: dict[str, str]):
    draft.refresh_from_db()
    return browser.post(url_of(draft, screen), {"revision": draft.revision, **fields})


def filled(browser: Client, world: World) -> Dossier:
    """Begin a draft and fill in everything but its papers."""
    draft = begin(browser)
    post(browser, draft, "nguoi-nop", APPLICANT)
    post(browser, draft, "noi-nop", CASE)
    post(browser, draft, "to-khai-1", FORM)
    draft.refresh_from_db()
    return draft


def with_papers(browser: Client, world: World) -> Dossier:
    draft = filled(browser, world)
    actions.attach_paper(
        dossier_id=draft.pk, requirement=world.drawing, document=document(), name="Bản vẽ", at=timezone.now()
    )
    return draft


def test_beginning_fills_in_what_is_known_of_the_citizen_and_their_case(world: World, an: Client) -> None:
    draft = begin(an, neighbour="yes")

    assert draft.applicant == {
        "full_name": "Nguyễn Hoài An", "identity_number": "046196000214", "phone": "0912000371",
        "email": "nguyen.hoai.an@vidu.vn", "address": "12/7 kiệt 84 Lâm Hoằng, phường Vỹ Dạ",
    }  # fmt: skip
    assert draft.answers == {"neighbour": "yes"}


def test_the_same_key_begins_one_draft(world: World, an: Client) -> None:
    key = str(uuid4())
    for _time in range(2):
        an.post(reverse("portal:filing", args=["1.013225"]), {"filing_key": key})

    assert Dossier.objects.count() == 1


def test_filing_takes_at_most_seven_screens(world: World, an: Client) -> None:
    page = an.get(url_of(begin(an), "nguoi-nop"))

    assert [step["label"] for step in page.context["steps"]] == [
        "Người nộp", "Nơi giải quyết", "Công trình", "Giấy tờ", "Xem lại",
    ]  # fmt: skip


def test_a_whole_dossier_is_filed_and_proved(world: World, an: Client) -> None:
    draft = with_papers(an, world)

    response = an.post(url_of(draft, "xem-lai"))

    draft.refresh_from_db()
    assert response.url == reverse("portal:proof", args=[draft.code])
    assert draft.status == Status.SUBMITTED
    assert (draft.receiving_unit, draft.competent_unit, draft.resolving_unit) == (
        world.centre, world.commune, world.division,
    )  # fmt: skip
    assert draft.applicant["identity_number"] == "046196000214"
    assert draft.form_data == {"address": "12/7 kiệt 84 Lâm Hoằng", "floors": 2}


def test_filing_twice_leads_to_the_same_proof(world: World, an: Client) -> None:
    draft = with_papers(an, world)

    first = an.post(url_of(draft, "xem-lai"))
    second = an.post(url_of(draft, "xem-lai"))

    assert first.url == second.url
    assert Dossier.objects.exclude(code=None).count() == 1


def test_a_wrong_answer_is_saved_and_said(world: World, an: Client) -> None:
    draft = begin(an)

    page = post(an, draft, "nguoi-nop", {**APPLICANT, "applicant.identity_number": "123"})

    draft.refresh_from_db()
    assert draft.applicant["identity_number"] == "123"
    assert page.context["form"].errors == {
        "applicant.identity_number": [
            "Số định danh cá nhân có đúng 12 chữ số. Bạn xem lại trên thẻ căn cước rồi nhập lại."
        ]
    }
    assert 'href="#id_applicant.identity_number"' in page.content.decode()


def test_an_emptied_field_is_absent_and_asked_for_again(world: World, an: Client) -> None:
    draft = filled(an, world)

    page = post(an, draft, "to-khai-1", {"form_data.address": "", "form_data.floors": "2"})

    draft.refresh_from_db()
    assert draft.form_data == {"floors": 2}
    assert page.context["form"].errors == {"form_data.address": ["Bạn chưa điền “Địa điểm xây dựng”"]}


def test_what_cannot_be_read_is_shown_as_typed(world: World, an: Client) -> None:
    draft = begin(an)

    page = post(an, draft, "to-khai-1", {"form_data.address": "Lâm Hoằng", "form_data.floors": "hai"})

    assert page.context["form"]["form_data.floors"].value() == "hai"


def test_numbers_of_the_form_are_kept_bare_however_they_are_written() -> None:
    pattern = {"phone": "^0[0-9]{9}$", "identity": "^[0-9]{12}$"}
    schema = {"properties": {kind: {"type": "string", "pattern": rule} for kind, rule in pattern.items()}}
    screen = Screen("to-khai-1", "Tờ khai", tuple(Question(f"form_data.{kind}", kind, kind) for kind in pattern))
    typed = QueryDict("form_data.phone=0912 000.371&form_data.identity=046 196 000 214")

    found = read(Dossier(version=ProcedureVersion(form_schema=schema)), screen, typed)

    assert found == {"form_data.phone": "0912000371", "form_data.identity": "046196000214"}


def test_leaving_saves_without_judging(world: World, an: Client) -> None:
    draft = begin(an)

    response = post(an, draft, "to-khai-1", {"form_data.address": "Lâm Hoằng", "leave": "1"})

    draft.refresh_from_db()
    assert response.url == reverse("portal:my_dossiers")
    assert draft.form_data == {"address": "Lâm Hoằng"}


def test_an_option_nobody_offered_is_no_answer(world: World, an: Client) -> None:
    draft = begin(an)

    post(an, draft, "noi-nop", {"answers.commune": "99999", "answers.neighbour": "perhaps"})

    draft.refresh_from_db()
    assert draft.answers == {}


def test_a_screen_the_procedure_does_not_have_is_not_found(world: World, an: Client) -> None:
    assert an.get(url_of(begin(an), "to-khai-3")).status_code == 404


def test_reviewing_names_everything_missing_with_the_way_to_it(world: World, an: Client) -> None:
    draft = begin(an)

    page = an.get(url_of(draft, "xem-lai"))

    assert [problem["url"].removeprefix(f"/ho-so/nhap/{draft.pk}/") for problem in page.context["problems"]] == [
        "noi-nop/?sua", "noi-nop/?sua", "to-khai-1/?sua", "to-khai-1/?sua", "giay-to/?sua",
    ]  # fmt: skip
    assert 'action="' + url_of(draft, "xem-lai") not in page.content.decode()


def test_filing_with_gaps_files_nothing(world: World, an: Client) -> None:
    draft = begin(an)

    an.post(url_of(draft, "xem-lai"))

    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_ward_without_its_committee_is_told_and_the_draft_stays(world: World, an: Client) -> None:
    draft = with_papers(an, world)
    world.centre.place = None
    world.centre.save()

    page = an.post(url_of(draft, "xem-lai"))

    assert [problem["text"] for problem in page.context["problems"]] == [
        "Phường Vỹ Dạ chưa có nơi tiếp nhận trực tuyến. Bạn gọi tổng đài để được chỉ dẫn; bản nháp vẫn được giữ."
    ]


def test_another_citizens_draft_is_not_found(world: World, an: Client, chi: Client) -> None:
    draft = with_papers(an, world)

    for url in (url_of(draft, "nguoi-nop"), url_of(draft, "giay-to"), url_of(draft, "xem-lai")):
        assert chi.get(url).status_code == 404
        assert chi.post(url).status_code == 404
    assert chi.get(reverse("portal:discard", args=[draft.pk])).status_code == 404


def test_a_draft_is_thrown_away_only_after_asking(world: World, an: Client) -> None:
    draft = begin(an)

    an.get(reverse("portal:discard", args=[draft.pk]))
    kept = Dossier.objects.count()
    an.post(reverse("portal:discard", args=[draft.pk]))

    assert (kept, Dossier.objects.count()) == (1, 0)


def test_a_procedure_no_longer_in_force_cannot_be_begun(world: World, an: Client) -> None:
    world.version.procedure.retired_on = timezone.now().date()
    world.version.procedure.save()

    response = an.post(reverse("portal:filing", args=["1.013225"]), {"filing_key": str(uuid4())})

    assert response.url == reverse("portal:procedure", args=["1.013225"])
    assert Dossier.objects.count() == 0


# --- the same form open twice ----------------------------------------------------------------------------------------


def save(browser: Client, draft: Dossier, revision: int, **fields: str):
    names = {name.replace("__", "."): value for name, value in fields.items()}
    url = reverse("portal:save_screen", args=[draft.pk, "to-khai-1"])
    return browser.post(url, {"revision": revision, "changed": list(names), **names})


def test_every_change_is_saved_as_it_is_typed(world: World, an: Client) -> None:
    draft = begin(an)

    answer = save(an, draft, 1, form_data__address="Lâm Hoằng")

    draft.refresh_from_db()
    assert answer.status_code == 200
    assert answer.json() == {"saved_at": timezone.localtime(draft.changed_at).strftime("%H:%M"), "revision": 2}
    assert draft.form_data == {"address": "Lâm Hoằng"}


def test_two_windows_typing_different_fields_both_keep_theirs(world: World, an: Client) -> None:
    draft = begin(an)

    save(an, draft, 1, form_data__address="Lâm Hoằng")
    answer = save(an, draft, 1, form_data__floors="3")

    draft.refresh_from_db()
    assert draft.form_data == {"address": "Lâm Hoằng", "floors": 3}
    assert (answer.status_code, answer.json()["message"][:7]) == (409, "Đã lưu.")


def test_a_field_typed_in_two_windows_is_never_overwritten_silently(world: World, an: Client) -> None:
    draft = begin(an)
    save(an, draft, 1, form_data__address="Lâm Hoằng")

    answer = save(an, draft, 1, form_data__address="Nguyễn Huệ")
    page = an.post(
        url_of(draft, "to-khai-1"), {"revision": 1, "form_data.address": "Nguyễn Huệ", "form_data.floors": "2"}
    )

    draft.refresh_from_db()
    assert answer.status_code == 409
    assert page.status_code == 409
    assert draft.form_data == {"address": "Lâm Hoằng"}
    assert "“Nguyễn Huệ” – bạn vừa gõ ở cửa sổ này" in text_of(page)
    assert "“Lâm Hoằng” – đã lưu từ cửa sổ kia" in text_of(page)


def test_choosing_between_two_windows_saves_the_choice_and_the_rest(world: World, an: Client) -> None:
    draft = begin(an)
    save(an, draft, 1, form_data__address="Lâm Hoằng")
    page = an.post(
        url_of(draft, "to-khai-1"), {"revision": 1, "form_data.address": "Nguyễn Huệ", "form_data.floors": "2"}
    )

    an.post(url_of(draft, "to-khai-1"), {**fields_of(page), "form_data.address": "Nguyễn Huệ"})

    draft.refresh_from_db()
    assert draft.form_data == {"address": "Nguyễn Huệ", "floors": 2}


def test_autosave_takes_no_field_of_another_screen(world: World, an: Client) -> None:
    draft = begin(an)

    save(an, draft, 1, applicant__full_name="Ai đó", status="returned")

    draft.refresh_from_db()
    assert (draft.applicant["full_name"], draft.status) == ("Nguyễn Hoài An", Status.DRAFT)


def test_autosave_of_somebody_elses_draft_is_not_found(world: World, an: Client, chi: Client) -> None:
    assert save(chi, begin(an), 1, form_data__address="Của tôi").status_code == 404


# --- the session ends in the middle ----------------------------------------------------------------------------------


def test_autosave_tells_the_script_that_the_session_ended(world: World, an: Client) -> None:
    draft = begin(an)

    assert save(Client(), draft, 1, form_data__address="Lâm Hoằng").status_code == 401


def test_what_was_typed_when_the_session_ended_is_saved_after_signing_in(world: World, an: Client) -> None:
    draft = begin(an)
    browser = Client()

    sent_away = browser.post(url_of(draft, "to-khai-1"), {"revision": 1, **FORM})
    browser.force_login(world.an.user)
    response = browser.get(url_of(draft, "to-khai-1"))

    draft.refresh_from_db()
    assert sent_away.url == f"/dang-nhap/?next={url_of(draft, 'to-khai-1')}"
    assert response.url == url_of(draft, "giay-to")
    assert draft.form_data == {"address": "12/7 kiệt 84 Lâm Hoằng", "floors": 2}


def test_what_was_held_is_applied_once(world: World, an: Client) -> None:
    draft = begin(an)
    browser = Client()
    browser.post(url_of(draft, "to-khai-1"), {"revision": 1, **FORM})
    browser.force_login(world.an.user)
    browser.get(url_of(draft, "to-khai-1"))

    assert browser.get(url_of(draft, "to-khai-1")).status_code == 200


def test_what_an_held_never_reaches_another_who_signs_in(world: World, an: Client) -> None:
    draft = begin(an)
    browser = Client()
    browser.post(url_of(draft, "to-khai-1"), {"revision": 1, **FORM})
    browser.force_login(world.chi.user)

    response = browser.get(url_of(draft, "to-khai-1"))

    draft.refresh_from_db()
    assert response.status_code == 404
    assert draft.form_data == {}


@pytest.mark.parametrize("name", ["filing", "my_dossiers", "notices"])
def test_signed_out_people_are_asked_to_sign_in(world: World, name: str) -> None:
    url = reverse(f"portal:{name}", args=["1.013225"] if name == "filing" else [])

    assert Client().get(url).url == f"/dang-nhap/?next={url}"


def test_an_officers_account_has_no_dossiers_of_its_own(world: World) -> None:
    browser = Client()
    browser.force_login(world.posts["receptionist"].officer.user)

    assert browser.get(reverse("portal:my_dossiers")).status_code == 403


def test_only_what_was_sent_is_said_to_be_kept_while_signing_in(world: World) -> None:
    somebody, kept = Client(), "những gì bạn vừa gửi vẫn được giữ"
    address = reverse("portal:screen", args=[1, "nguoi-nop"])

    looked = somebody.get(address, follow=True)
    sent = somebody.post(address, APPLICANT, follow=True)

    assert (kept in text_of(looked), kept in text_of(sent)) == (False, True)

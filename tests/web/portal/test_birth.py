"""Registering a birth: the law wants the mother named, and whoever says they are a parent types nothing twice."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.base.words import local_day
from motcua.catalogue import actions as catalogue
from motcua.catalogue import starter
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.actions.filing import missing
from motcua.dossiers.models import Dossier
from motcua.people.models import Citizen
from tests.web.pages import text_of
from tests.web.portal.test_filing import APPLICANT
from tests.world import World

BIRTH = "1.001193"


@pytest.fixture
def draft(world: World, an: Client) -> Dossier:
    records = [starter.content_of(record) for _path, record in starter.records() if record["code"] == BIRTH]
    catalogue.write_contents(contents=records, origin=ProcedureVersion.Origin.STARTER, at=timezone.now())
    an.post(reverse("portal:filing", args=[BIRTH]))
    return Dossier.objects.latest("pk")


def say(browser: Client, draft: Dossier, screen: str, **fields: str) -> dict[str, object]:
    """Post a screen and return the form as the draft holds it then."""
    draft.refresh_from_db()
    about = APPLICANT if screen == "nguoi-nop" else {}
    browser.post(
        reverse("portal:screen", args=[draft.pk, screen]), {"revision": draft.revision, **about, **_named(fields)}
    )
    draft.refresh_from_db()
    return draft.form_data


def _named(fields: dict[str, str]) -> dict[str, str]:
    answers = {"birth_paper", "in_time", "wants_copies", "commune"}
    return {f"answers.{name}" if name in answers else f"form_data.{name}": value for name, value in fields.items()}


def asked(draft: Dossier) -> list[str]:
    """Return what is still missing about the parents."""
    wheres = [problem.where for problem in missing(draft, today=local_day(timezone.now()))]
    return [where for where in wheres if "mother" in where or "father" in where]


def test_a_child_with_a_birth_certificate_has_a_mother(draft: Dossier, an: Client) -> None:
    say(an, draft, "noi-nop", birth_paper="certificate")

    assert asked(draft) == [
        "form_data.mother_full_name", "form_data.mother_birth_on", "form_data.mother_ethnicity",
        "form_data.mother_residence",
    ]  # fmt: skip


def test_an_abandoned_child_may_have_no_parent_named(draft: Dossier, an: Client) -> None:
    say(an, draft, "nguoi-nop", requester_relation="other")
    say(an, draft, "noi-nop", birth_paper="abandoned")

    assert asked(draft) == []


def test_a_father_once_named_is_named_whole(draft: Dossier, an: Client) -> None:
    say(an, draft, "noi-nop", birth_paper="abandoned")
    say(an, draft, "to-khai-2", father_full_name="Trần Văn Bình")

    assert asked(draft) == ["form_data.father_birth_on", "form_data.father_ethnicity", "form_data.father_residence"]


def test_the_screen_about_the_parents_asks_for_the_mother_and_leaves_the_father_open(
    draft: Dossier, an: Client
) -> None:
    say(an, draft, "noi-nop", birth_paper="certificate")

    page = an.get(reverse("portal:screen", args=[draft.pk, "to-khai-2"]))

    needed = {field.name: field.field.required for field in page.context["form"]}
    assert (needed["form_data.mother_full_name"], needed["form_data.mother_identity_number"]) == (True, False)
    assert needed["form_data.father_full_name"] is False


def test_who_says_i_am_the_mother_finds_her_boxes_filled_in(world: World, draft: Dossier, an: Client) -> None:
    Citizen.objects.filter(pk=world.an.pk).update(birth_on="1996-03-05")

    form = say(an, draft, "nguoi-nop", requester_relation="mother")
    say(an, draft, "noi-nop", birth_paper="certificate")

    assert form["mother_full_name"] == "Nguyễn Hoài An"
    assert form["mother_birth_on"] == "1996-03-05"
    assert form["mother_identity_number"] == "046196000214"
    assert form["mother_residence"] == APPLICANT["applicant.address"]
    assert asked(draft) == ["form_data.mother_ethnicity"]


def test_who_says_then_i_am_the_father_finds_his_filled_and_hers_empty(draft: Dossier, an: Client) -> None:
    say(an, draft, "nguoi-nop", requester_relation="mother")

    form = say(an, draft, "nguoi-nop", requester_relation="father")

    assert form["father_full_name"] == "Nguyễn Hoài An"
    assert "mother_full_name" not in form


def test_what_was_typed_by_hand_is_never_filled_over(draft: Dossier, an: Client) -> None:
    say(an, draft, "nguoi-nop", requester_relation="mother")
    say(an, draft, "to-khai-2", mother_full_name="Nguyễn Thị Hoài An", mother_ethnicity="Kinh")

    form = say(an, draft, "nguoi-nop", requester_relation="father")

    assert (form["mother_full_name"], form["mother_ethnicity"]) == ("Nguyễn Thị Hoài An", "Kinh")


def test_who_files_for_somebody_else_has_no_birthday_lent(world: World, draft: Dossier, an: Client) -> None:
    Citizen.objects.filter(pk=world.an.pk).update(birth_on="1996-03-05", identity_number="046196000555")

    form = say(an, draft, "nguoi-nop", requester_relation="mother")

    assert "mother_birth_on" not in form


def test_the_review_sends_back_to_the_mothers_boxes(draft: Dossier, an: Client) -> None:
    say(an, draft, "noi-nop", birth_paper="certificate", commune="19900")

    words = text_of(an.post(reverse("portal:review", args=[draft.pk])))

    assert "Bạn chưa điền “Họ, chữ đệm, tên người mẹ”" in words


def test_a_named_father_needs_his_other_boxes_and_the_page_says_so_before(draft: Dossier, an: Client) -> None:
    page = reverse("portal:screen", args=[draft.pk, "to-khai-2"])

    before = text_of(an.get(page))
    say(an, draft, "to-khai-2", father_full_name="Lê Văn Tài")
    after = text_of(an.get(page))

    assert "Ngày sinh của cha (cần khi có “Họ, chữ đệm, tên người cha”)" in before
    assert "Dân tộc của cha (không bắt buộc)" not in after
    assert "Số định danh của cha (không bắt buộc)" in after


def test_the_review_asks_for_the_same_thing_once(draft: Dossier, an: Client) -> None:
    Dossier.objects.filter(pk=draft.pk).update(applicant={}, form_data={})

    problems = an.post(reverse("portal:review", args=[draft.pk])).context["problems"]
    texts = [problem["text"] for problem in problems]

    assert "Bạn chưa điền “Số định danh cá nhân”" in texts
    assert "Bạn chưa điền “Số định danh của người yêu cầu”" not in texts


def test_a_birth_in_the_future_is_kept_as_typed_and_told(draft: Dossier, an: Client) -> None:
    say(an, draft, "to-khai-2", mother_birth_on="05/06/2990")

    page = an.get(reverse("portal:screen", args=[draft.pk, "to-khai-2"]), {"sua": ""})

    field = page.context["form"]["form_data.mother_birth_on"]
    assert field.value() == "05/06/2990"
    assert field.errors[0].startswith("“Ngày sinh của mẹ” không thể ở tương lai: hôm nay là ")
    assert field.help_text == "Ví dụ: 05/06/1990"


# --- answers that cannot contradict each other -------------------------------------------------------------------------------


def of_copies(draft: Dossier) -> list[str]:
    problems = missing(draft, today=local_day(timezone.now()))
    return [problem.text for problem in problems if problem.where == "form_data.copies"]


def test_who_wants_copies_says_how_many(draft: Dossier, an: Client) -> None:
    say(an, draft, "noi-nop", birth_paper="certificate", wants_copies="yes")
    unsaid = of_copies(draft)
    say(an, draft, "to-khai-2", copies="3")

    assert unsaid == ["Bạn chưa điền “Số bản sao Giấy khai sinh cần lấy”"]
    assert of_copies(draft) == []


def test_who_wants_no_copies_gives_no_number(draft: Dossier, an: Client) -> None:
    say(an, draft, "noi-nop", birth_paper="certificate", wants_copies="no")
    unsaid = of_copies(draft)
    say(an, draft, "to-khai-2", copies="3")

    assert unsaid == []
    assert of_copies(draft) == [
        "Theo câu trả lời của bạn thì “Số bản sao Giấy khai sinh cần lấy” phải để trống. Bạn xóa ô này, hoặc đổi câu trả lời."
    ]


def needed_papers(draft: Dossier, an: Client) -> list[str]:
    cards = an.get(reverse("portal:papers", args=[draft.pk])).context["cards"]
    return [card.name for card in cards]


@pytest.mark.parametrize(
    "relation, birth_paper, authorised",
    [
        ("mother", "certificate", False),
        ("grandparent", "certificate", False),  # Thông tư 04/2020/TT-BTP, Điều 2 khoản 1: kin need none
        ("relative", "certificate", False),
        ("authorised", "certificate", True),
        ("authorised", "electronic", True),
        ("other", "certificate", False),
        ("relative", "abandoned", False),
    ],
)
def test_one_answer_says_who_files_and_whether_they_need_an_authorisation(
    draft: Dossier, an: Client, relation: str, birth_paper: str, authorised: bool
) -> None:
    say(an, draft, "nguoi-nop", requester_relation=relation)
    say(an, draft, "noi-nop", birth_paper=birth_paper)

    assert ("Văn bản ủy quyền" in needed_papers(draft, an)) is authorised


def test_an_electronic_birth_certificate_is_looked_up_not_sent(draft: Dossier, an: Client) -> None:
    say(an, draft, "noi-nop", birth_paper="electronic")

    cards = {card.name: card for card in an.get(reverse("portal:papers", args=[draft.pk])).context["cards"]}
    assert "Giấy chứng sinh" not in cards
    assert cards["Giấy chứng sinh điện tử"].kind == "data"

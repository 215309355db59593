"""Filing for somebody else on the portal: asked on the applicant's screen, never looked up, named on every page after."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.catalogue.actions import draft_next, publish_version
from motcua.catalogue.models import PaperRequirement
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.web.portal.proof import confirmation_data
from tests.web.pages import text_of
from tests.web.portal.conftest import browser_of
from tests.web.portal.test_filing import APPLICANT, CASE, FORM, begin, post, url_of
from tests.world import LONG_AGO, World, document

LOC = {
    "declared_owner.kind": "person", "declared_owner.full_name": "Trần Văn Lộc",
    "declared_owner.identity_number": "046 060 000 321", "declared_owner.phone": "0912 000 321",
    "declared_owner.address": "3 Chi Lăng", "declared_owner.relation": "con",
}  # fmt: skip
COMPANY = {
    "declared_owner.kind": "organisation", "declared_owner.name": "Công ty TNHH Hương Giang",
    "declared_owner.tax_code": "33 0010 0123", "declared_owner.address": "84 Lâm Hoằng",
}  # fmt: skip
NOBODY = {"declared_owner.kind": "self"}


def with_own_question(world: World) -> World:
    """Publish a next version that asks who files, and whose form is filled in from the owner's record."""
    draft = draft_next(procedure=world.version.procedure, at=LONG_AGO)
    own, other = {"value": "self", "label": "Tôi"}, {"value": "other", "label": "Nộp thay", "for_another": True}
    draft.questions = [*draft.questions, {"key": "who_files", "label": "Ai đi nộp?", "options": [own, other]}]
    draft.form_bindings = {"address": "citizen.full_name"}
    draft.save()
    version = publish_version(version=draft, at=LONG_AGO, actor=None)
    drawing = PaperRequirement.objects.get(group__version=version, code="BV")
    return replace(world, version=version, drawing=drawing)


def owner_of(draft: Dossier) -> dict[str, Any]:
    draft.refresh_from_db()
    return draft.declared_owner


def filed(browser: Client, world: World, owner: dict[str, str]) -> Dossier:
    draft = begin(browser)
    post(browser, draft, "nguoi-nop", {**APPLICANT, **owner})
    post(browser, draft, "noi-nop", CASE)
    post(browser, draft, "to-khai-1", FORM)
    actions.attach_paper(
        dossier_id=draft.pk, requirement=world.drawing, document=document(), name="Bản vẽ", at=timezone.now()
    )
    browser.post(url_of(draft, "xem-lai"))
    draft.refresh_from_db()
    return draft


def test_the_screen_offers_the_choice_with_boxes_that_appear_with_it(world: World, an: Client) -> None:
    page = an.get(url_of(begin(an), "nguoi-nop")).content.decode()

    assert 'name="declared_owner.kind" value="self" checked' in page
    assert 'value="person" data-reveals="owner person"' in page
    assert '<div data-shown-for="organisation">' in page


def test_whoever_files_for_themselves_declares_nobody(world: World, an: Client) -> None:
    draft = begin(an)

    response = post(an, draft, "nguoi-nop", {**APPLICANT, **LOC, **NOBODY})

    assert owner_of(draft) == {}
    assert response.url == url_of(draft, "noi-nop")


def test_another_person_is_kept_as_declared(world: World, an: Client) -> None:
    draft = begin(an)

    post(an, draft, "nguoi-nop", {**APPLICANT, **COMPANY, **LOC})

    assert owner_of(draft) == {
        "kind": "person", "full_name": "Trần Văn Lộc", "identity_number": "046060000321", "phone": "0912000321",
        "address": "3 Chi Lăng", "relation": "con",
    }  # fmt: skip


def test_an_organisation_is_kept_as_declared(world: World, an: Client) -> None:
    draft = begin(an)

    post(an, draft, "nguoi-nop", {**APPLICANT, **LOC, **COMPANY})

    assert owner_of(draft) == {
        "kind": "organisation", "name": "Công ty TNHH Hương Giang", "tax_code": "3300100123", "phone": "0912000321",
        "address": "84 Lâm Hoằng", "relation": "con",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("owner", "name", "words"),
    [
        ({**LOC, "declared_owner.identity_number": "046"}, "declared_owner.identity_number", "đúng 12 chữ số"),
        (
            {**LOC, "declared_owner.identity_number": "046196000214"},
            "declared_owner.identity_number",
            "chính người nộp",
        ),
        ({**COMPANY, "declared_owner.tax_code": "330010012"}, "declared_owner.tax_code", "Mã số thuế có 10 chữ số"),
        ({**LOC, "declared_owner.full_name": ""}, "declared_owner.full_name", "Bạn chưa điền “Họ và tên chủ hồ sơ”"),
    ],
)
def test_what_is_wrong_is_saved_and_said(
    world: World, an: Client, owner: dict[str, str], name: str, words: str
) -> None:
    draft = begin(an)

    page = post(an, draft, "nguoi-nop", {**APPLICANT, **owner})

    assert list(page.context["form"].errors) == [name]
    assert words in page.context["form"].errors[name][0]
    assert owner_of(draft).get(name.partition(".")[2], "") == owner[name]


def test_a_strangers_number_tells_nothing(world: World, an: Client) -> None:
    """The page after Chi's number is the page after a number nobody has, but for the number."""
    pages = []
    for number in (world.chi.identity_number or "", "046060000321"):
        draft = begin(an)
        post(an, draft, "nguoi-nop", {**APPLICANT, **LOC, "declared_owner.identity_number": number})
        page = an.get(url_of(draft, "nguoi-nop"))
        assert world.chi.full_name not in page.content.decode()
        pages.append(text_of(page))

    assert pages[0] == pages[1]


def test_a_procedure_that_asks_who_files_is_not_asked_twice(world: World, an: Client) -> None:
    with_own_question(world)

    page = an.get(url_of(begin(an), "nguoi-nop")).content.decode()
    case = an.get(url_of(Dossier.objects.latest("pk"), "noi-nop")).content.decode()

    assert 'name="answers.who_files" value="other" data-reveals="owner"' in page
    assert "Cho chính tôi" not in page
    assert "answers.who_files" not in case


def test_the_answer_of_the_procedure_demands_the_owner(world: World, an: Client) -> None:
    with_own_question(world)
    draft = begin(an)

    page = post(an, draft, "nguoi-nop", {**APPLICANT, "answers.who_files": "other", "declared_owner.kind": "person"})

    assert [*page.context["form"].errors] == [
        "declared_owner.full_name", "declared_owner.identity_number", "declared_owner.address",
    ]  # fmt: skip


def test_the_answer_that_it_is_ones_own_matter_forgets_the_owner(world: World, an: Client) -> None:
    with_own_question(world)
    draft = begin(an)
    post(an, draft, "nguoi-nop", {**APPLICANT, **LOC, "answers.who_files": "other"})

    post(an, draft, "nguoi-nop", {**APPLICANT, **LOC, "answers.who_files": "self"})

    assert owner_of(draft) == {}


def test_nothing_of_the_filer_is_put_into_the_owners_boxes(world: World, an: Client) -> None:
    with_own_question(world)

    own, other = begin(an), begin(an, who_files="other")

    assert own.form_data == {"address": "Nguyễn Hoài An"}
    assert other.form_data == {}


def test_the_owners_boxes_follow_the_choice_while_nobody_typed_in_them(world: World, an: Client) -> None:
    with_own_question(world)
    draft = begin(an)

    seen = []
    for answers in ({"answers.who_files": "other", **LOC}, {"answers.who_files": "self", **LOC}):
        post(an, draft, "nguoi-nop", {**APPLICANT, **answers})
        draft.refresh_from_db()
        seen.append(draft.form_data)

    assert seen == [{"address": "Trần Văn Lộc"}, {"address": "Nguyễn Hoài An"}]


def test_what_was_typed_in_the_owners_boxes_stays(world: World, an: Client) -> None:
    with_own_question(world)
    draft = begin(an)
    post(an, draft, "to-khai-1", {**FORM, "form_data.address": "Ông Lộc"})

    post(an, draft, "nguoi-nop", {**APPLICANT, "answers.who_files": "other", **LOC})

    draft.refresh_from_db()
    assert draft.form_data["address"] == "Ông Lộc"


def test_autosave_keeps_what_is_typed_of_the_owner(world: World, an: Client) -> None:
    with_own_question(world)
    draft = begin(an)
    url = reverse("portal:save_screen", args=[draft.pk, "nguoi-nop"])
    for name, value in (("answers.who_files", "other"), ("declared_owner.full_name", "Trần Văn Lộc")):
        draft.refresh_from_db()
        an.post(url, {"revision": draft.revision, "changed": name, name: value})

    assert owner_of(draft) == {"kind": "person", "full_name": "Trần Văn Lộc"}


def test_reviewing_shows_the_owner_and_no_empty_boxes(world: World, an: Client) -> None:
    draft = begin(an)
    post(an, draft, "nguoi-nop", {**APPLICANT, **LOC})

    page = text_of(an.get(url_of(draft, "xem-lai")))

    assert "Trần Văn Lộc" in page
    assert "Mã số thuế" not in page


def test_every_page_after_filing_names_the_owner(world: World, an: Client) -> None:
    dossier = filed(an, world, LOC)

    pages = [
        reverse("portal:proof", args=[dossier.code]),
        reverse("portal:dossier", args=[dossier.code]),
        reverse("portal:my_dossiers"),
    ]
    assert ["Trần Văn Lộc" in an.get(page).content.decode() for page in pages] == [True, True, True]
    assert confirmation_data(dossier, timezone.now())["owner"] == "Trần Văn Lộc"
    assert an.get(reverse("portal:proof_pdf", args=[dossier.code])).content[:5] == b"%PDF-"


def test_the_public_page_names_nobody(world: World, an: Client, client: Client) -> None:
    dossier = filed(an, world, LOC)

    page = client.post(reverse("portal:track"), {"code": dossier.code, "check": "0371"}, follow=True)

    assert page.status_code == 200
    assert "Trần Văn Lộc" not in page.content.decode()


def test_the_owner_sees_the_dossier_once_it_is_accepted(world: World, an: Client) -> None:
    owner = {
        **LOC, "declared_owner.full_name": world.chi.full_name,
        "declared_owner.identity_number": world.chi.identity_number or "",
    }  # fmt: skip
    dossier = filed(an, world, owner)
    chi = browser_of(world.chi)
    mine = reverse("portal:my_dossiers")
    before = (dossier.code or "") in chi.get(mine).content.decode()

    actions.accept(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=timezone.now())

    assert (before, (dossier.code or "") in chi.get(mine).content.decode()) == (False, True)

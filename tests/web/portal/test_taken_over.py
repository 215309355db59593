"""A draft whose commune has merged meanwhile keeps its words, says so, and is filed with the new one."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from tests.merging import NEW, PLAN, carry_out, plan_with
from tests.turning import FILED
from tests.web.pages import text_of
from tests.world import World, a_draft

SAID = f"UBND phường Vỹ Dạ nay là {NEW}. Bản nháp giữ nguyên mọi điều bạn đã ghi và sẽ gửi đến đơn vị mới."


@pytest.fixture
def draft(world: World) -> Dossier:
    draft = a_draft(world, FILED)
    draft.answers = {**draft.answers, "commune": "19900"}
    draft.applicant = {
        "full_name": "Nguyễn Hoài An", "identity_number": "046196000214", "phone": "0912000371",
        "address": "12/7 kiệt 84 Lâm Hoằng",
    }  # fmt: skip
    draft.save()
    return draft


def test_every_screen_says_which_unit_took_over_and_shows_its_commune(an: Client, draft: Dossier) -> None:
    carry_out()

    page = an.get(reverse("portal:screen", args=[draft.pk, "noi-nop"]))

    assert SAID in text_of(page)
    assert '<option value="20500" selected' in page.content.decode()
    assert Dossier.objects.get(pk=draft.pk).answers["commune"] == "19900"


def test_it_is_filed_with_the_unit_of_today(an: Client, draft: Dossier) -> None:
    carry_out()
    review = reverse("portal:review", args=[draft.pk])

    assert SAID in text_of(an.get(review))
    an.post(review)

    filed = Dossier.objects.select_related("competent_unit").get(pk=draft.pk)
    assert (filed.status, filed.competent_unit and filed.competent_unit.name) == ("submitted", NEW)
    assert filed.answers["commune"] == "20500"


def test_a_commune_that_was_split_is_to_be_chosen_again(an: Client, draft: Dossier) -> None:
    split = [{"unit": "H57.31.12", "into": ["H57.31.60", "H57.31.13"]}]
    carry_out(plan_with(end=split, places=[{**PLAN["places"][0], "replaces": ["19900"]}]))

    page = text_of(an.get(reverse("portal:screen", args=[draft.pk, "noi-nop"])))

    assert "UBND phường Vỹ Dạ không còn. Bản nháp giữ nguyên mọi điều bạn đã ghi; bạn chọn lại nơi có việc" in page


def test_nothing_is_said_while_the_commune_has_its_committee(an: Client, draft: Dossier) -> None:
    page = an.get(reverse("portal:screen", args=[draft.pk, "noi-nop"]))

    assert page.context["taken_over"] is None

"""Tracking without signing in: two facts open it, nobody learns anything from a wrong pair, nothing personal shows."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.base.models import Attempt
from motcua.dossiers.models import Dossier
from motcua.web.portal.tracking import MOST_WRONG_PER_ADDRESS, MOST_WRONG_PER_CODE
from motcua.web.shared.tracking import tracking_path
from tests.web.pages import text_of
from tests.world import World, in_process, returned, submitted, vn

TRACK = "/tra-cuu/"


@pytest.fixture
def dossier(world: World) -> Dossier:
    return in_process(world, vn("2026-11-19 14:32"), vn("2026-11-20 09:10"), vn("2026-11-20 10:20"))


@pytest.mark.parametrize("check", ["0371", "0912 000 371", "0214"], ids=["phone", "whole phone", "identity number"])
def test_the_code_and_four_digits_open_the_page(dossier: Dossier, check: str) -> None:
    response = Client().post(TRACK, {"code": f" {dossier.code.lower()} ", "check": check})

    assert response.url == tracking_path(dossier.code)


@pytest.mark.parametrize(
    "write",
    [
        str.lower, lambda code: code.replace("-", "\u2011"), lambda code: code.replace("-", " \u2013 "),
        lambda code: code.replace("-", " "), lambda code: code.replace("-", ""),
        lambda code: f"\u200b{code}\u00a0", lambda code: code.replace("-", "\u00ad-"),
        lambda code: code.replace(".", " ").replace("-", " "), lambda code: code.replace(".", ""),
    ],
    ids=[
        "lower case", "non-breaking", "dashes with spaces", "spaces", "run together", "unseen", "soft hyphens",
        "spaces for dots", "no dots",
    ],
)  # fmt: skip
def test_a_code_is_found_however_it_was_typed_or_copied(dossier: Dossier, write: Callable[[str], str]) -> None:
    assert Client().post(TRACK, {"code": write(dossier.code), "check": "0371"}).url == tracking_path(dossier.code)


def test_a_wrong_check_and_a_code_that_does_not_exist_answer_the_same(dossier: Dossier) -> None:
    wrong_check = Client().post(TRACK, {"code": dossier.code, "check": "9999"})
    no_such = Client().post(TRACK, {"code": "H57.31.12-261119-7777", "check": "9999"})

    assert wrong_check.context["form"].non_field_errors() == no_such.context["form"].non_field_errors()
    assert text_of(wrong_check) == text_of(no_such)


def test_guessing_at_one_code_is_stopped_even_for_the_right_pair(dossier: Dossier) -> None:
    browser = Client()
    for _time in range(MOST_WRONG_PER_CODE):
        browser.post(TRACK, {"code": dossier.code, "check": "9999"})

    assert browser.post(TRACK, {"code": dossier.code, "check": "0371"}).status_code == 429


def test_guessing_at_many_codes_from_one_address_is_stopped(dossier: Dossier) -> None:
    browser = Client()
    for number in range(MOST_WRONG_PER_ADDRESS):
        browser.post(TRACK, {"code": f"H57.31.12-261119-{number:04}", "check": "9999"})

    assert browser.post(TRACK, {"code": dossier.code, "check": "0371"}).status_code == 429
    Attempt.objects.update(ends_at=timezone.now())
    assert browser.post(TRACK, {"code": dossier.code, "check": "0371"}).status_code == 302


def test_the_right_pair_costs_nothing(dossier: Dossier) -> None:
    for _time in range(MOST_WRONG_PER_CODE + 2):
        answer = Client().post(TRACK, {"code": dossier.code, "check": "0371"})

    assert answer.status_code == 302
    assert set(Attempt.objects.values_list("number", flat=True)) == {0}


def test_a_draft_is_never_tracked(world: World) -> None:
    assert Client().post(TRACK, {"code": "", "check": "0371"}).context["form"].errors.keys() == {"code"}


def test_the_signed_address_opens_the_page_and_a_forged_one_does_not(dossier: Dossier) -> None:
    path = tracking_path(dossier.code)

    assert Client().get(path).status_code == 200
    assert Client().get(path.replace("0001", "0002")).status_code == 404
    assert Client().get(f"{TRACK}{dossier.code}/").status_code == 404


def test_the_public_page_names_no_person_and_no_paper(world: World) -> None:
    moments = [
        vn("2026-11-19 14:32"), vn("2026-11-20 09:10"), vn("2026-11-20 10:20"), vn("2026-11-25 09:00"),
        vn("2026-11-26 08:00"), vn("2026-11-26 10:00"), vn("2026-11-26 14:00"), vn("2026-11-27 08:30"),
    ]  # fmt: skip
    dossier = returned(world, moments)

    words = text_of(Client().get(tracking_path(dossier.code)))

    people = [world.an.full_name, *(post.officer.full_name for post in world.posts.values())]
    private = [*people, "046196000214", "0912000371", "Lâm Hoằng", "12/GPXD", "Bản vẽ", "PDF"]
    assert [word for word in private if word in words] == []
    assert "Đã trả kết quả" in words


def test_the_home_page_hands_the_code_over(dossier: Dossier) -> None:
    page = Client().get(TRACK, {"ma": dossier.code})

    assert page.context["form"]["code"].value() == dossier.code


def test_the_public_page_is_kept_by_no_cache(world: World) -> None:
    dossier = submitted(world, vn("2026-11-19 14:32"))

    assert "no-store" in Client().get(tracking_path(dossier.code))["Cache-Control"]


def test_reverse_of_the_tracking_page_is_what_the_slips_print() -> None:
    assert reverse("portal:track") == TRACK

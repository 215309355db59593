"""Filing for somebody else in a real browser: the boxes come with the choice, with and without JavaScript."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from motcua.dossiers.models import Dossier
from tests.journeys.conftest import PageAt, axe, shot
from tests.journeys.test_citizen import WIDTHS, go_on, seen, sign_in, world
from tests.journeys.test_counter import SitDown, person_and_procedure, sit_down
from tests.web.portal.test_filing import begin
from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
__all__ = ["sit_down", "world"]  # fixtures
NAME = "Họ và tên chủ hồ sơ"


def begun(world: World) -> str:
    """Begin An's draft; return the address of its first screen."""
    browser = Client()
    assert world.an.user is not None
    browser.force_login(world.an.user)
    return reverse("portal:screen", args=[begin(browser).pk, "nguoi-nop"])


def choose(page: Page, words: str) -> None:
    page.get_by_text(words, exact=True).click()


@WIDTHS
def test_the_boxes_of_the_owner_come_with_the_choice(
    world: World, live_server: LiveServer, page_at: PageAt, width: int
) -> None:
    page = page_at(width)
    sign_in(page, live_server, world.an)
    page.goto(begun(world))
    expect(page.get_by_label(NAME)).to_be_hidden()

    choose(page, "Cho tổ chức, doanh nghiệp")
    expect(page.get_by_label("Mã số thuế")).to_be_visible()
    expect(page.get_by_label(NAME)).to_be_hidden()
    choose(page, "Cho người khác")
    page.get_by_label(NAME).fill("Trần Văn Lộc")
    page.get_by_label("Số định danh của chủ hồ sơ").fill("0460")
    go_on(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    seen(page, "nop-thay")
    page.get_by_role("link", name="Số định danh cá nhân có đúng 12 chữ số").click()
    page.get_by_label("Số định danh của chủ hồ sơ").fill("046060000321")
    page.get_by_label("Địa chỉ của chủ hồ sơ").fill("3 Chi Lăng")
    go_on(page)

    page.wait_for_url("**/noi-nop/**")
    draft = Dossier.objects.get()
    assert (draft.declared_owner["full_name"], draft.declared_owner["identity_number"]) == (
        "Trần Văn Lộc", "046060000321",
    )  # fmt: skip


def test_the_boxes_come_without_javascript_too(world: World, live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url, locale="vi-VN")
    page = context.new_page()
    sign_in(page, live_server, world.an)
    page.goto(begun(world))

    hidden = page.get_by_label(NAME).is_hidden()
    choose(page, "Cho người khác")

    assert (hidden, page.get_by_label(NAME).is_visible()) == (True, True)
    context.close()


@WIDTHS
def test_the_counter_keys_an_organisation_in_beside_who_came(
    world: World, page_at: PageAt, sit_down: SitDown, width: int
) -> None:
    page = sit_down(page_at(width))
    person_and_procedure(page)
    expect(page.get_by_label("Mã số thuế")).to_be_hidden()

    page.get_by_label("Tổ chức, doanh nghiệp", exact=True).check()
    page.get_by_label("Tên tổ chức, doanh nghiệp").fill("Công ty TNHH Hương Giang")
    page.get_by_label("Mã số thuế").fill("3300100123")
    page.keyboard.press("Tab")

    expect(page.locator("#part-slip")).to_contain_text("Công ty TNHH Hương Giang")
    axe(page)
    shot(page, "counter-owner")

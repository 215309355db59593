"""A bundle at the counter in a real browser, by keyboard: one dossier taken in, two keyed in to wait, one paper printed."""

import pytest
from playwright.sync_api import Page, expect

from motcua.dossiers.models import FiledBundle
from tests.bundling import load_members
from tests.journeys.conftest import PageAt, axe, shot
from tests.journeys.test_counter import SitDown, sit_down
from tests.web.desk.counter.test_bundle import BIRTH, CARD, HOME
from tests.web.portal.test_bundles import vertical_agencies
from tests.world import World, make_world

__all__ = ["sit_down"]  # a fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = (360, 1280)


@pytest.fixture
def world(transactional_db: None) -> World:
    made = vertical_agencies(make_world())
    load_members()
    return made


def say(page: Page, said: dict[str, str]) -> None:
    """Answer every question the page asks of those in `said`, and hand over every paper it asks for."""
    for name, value in said.items():
        box = page.locator(f"[name='{name}']")
        if not name.startswith(("answers-", "form_data-")) or box.count() == 0:
            continue
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
    page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")
    for paper in page.locator("tr.must input[type=checkbox]").all():
        paper.check()


def at_every_width(page: Page, name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        shot(page, name)


def test_a_birth_is_taken_in_as_a_bundle_by_keyboard(world: World, page_at: PageAt, sit_down: SitDown) -> None:
    page = sit_down(page_at(1280))
    page.keyboard.type(BIRTH["who"])
    page.keyboard.press("Enter")
    page.keyboard.press("F3")
    page.keyboard.type("dang ky khai sinh")
    page.keyboard.press("Enter")
    bundle = page.get_by_label("Nhận cả bộ: Khai sinh, thường trú, thẻ bảo hiểm y tế cho bé")
    expect(bundle).to_be_visible()
    page.wait_for_load_state("networkidle")  # what Enter drew again stands
    bundle.press("Space")
    expect(bundle).to_be_checked()
    expect(page.locator("#part-slip")).to_contain_text("Nhận hồ sơ này xong, trang khai các hồ sơ sau hiện ra ngay")
    say(page, BIRTH)
    at_every_width(page, "counter-bundle-first")
    page.keyboard.press("F9")

    page.wait_for_url("**/quay/?thanh-phan=**")
    expect(page.get_by_text("khai trước Đăng ký thường trú")).to_be_visible()
    expect(page.get_by_label("Ngày sinh")).to_have_count(0)  # said with the birth
    say(page, HOME)
    at_every_width(page, "counter-bundle-second")
    page.keyboard.press("F9")
    expect(page.get_by_label("Nơi đăng ký khám chữa bệnh ban đầu")).to_be_visible()
    say(page, CARD)
    page.keyboard.press("F9")

    page.wait_for_url("**/quay/bo/**")
    expect(page.get_by_text("Đã khai xong. Tự chuyển đi ngay khi có Giấy khai sinh")).to_have_count(2)
    at_every_width(page, "counter-bundle-done")
    paper = page.get_by_role("link", name="In giấy của cả bộ")
    expect(paper).to_be_focused()
    assert page.request.get(paper.get_attribute("href") or "").headers["content-type"] == "application/pdf"

    row = FiledBundle.objects.get()
    page.goto("/tra-cuu/")
    page.get_by_label("Mã hồ sơ hoặc mã bộ hồ sơ").fill(row.code or "")
    page.get_by_label("4 số cuối").fill("0371")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Chờ Giấy khai sinh").first).to_be_visible()
    at_every_width(page, "bundle-looked-up")

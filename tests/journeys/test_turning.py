"""A dossier turns off the straight way in a real browser: a withdrawal thought over and let go, a stop undone, a case corrected."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from motcua.dossiers.models import Dossier
from motcua.people.models import User
from tests.journeys.conftest import PageAt, axe, shot
from tests.journeys.test_officer import minutes_ago, with_real_papers
from tests.world import World, in_process, make_world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Open = Callable[[Page, User, str], None]
WIDTHS = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture
def world(transactional_db: None) -> World:
    made = make_world(second_case=True)
    made.centre.place = made.commune.place
    made.centre.save(update_fields=["place"])
    cache.clear()
    return made


@pytest.fixture
def dossier(world: World) -> Dossier:
    made = with_real_papers(in_process(world, minutes_ago(90), minutes_ago(60), minutes_ago(30)))
    made.papers.filter(requirement=world.drawing).update(original_count=1)
    return made


@pytest.fixture
def open_as(live_server: LiveServer) -> Open:
    """Open an address as somebody signed in."""

    def opened(page: Page, user: User, address: str) -> None:
        browser = Client()
        browser.force_login(user)
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page.goto(address)

    return opened


def at_desk(dossier: Dossier) -> str:
    return f"/ban-lam-viec/ho-so/{dossier.code}/"


def status(dossier: Dossier) -> str:
    return Dossier.objects.values_list("status", flat=True).get(pk=dossier.pk)


def decide(page: Page, box: str, button: str) -> None:
    """Open a decision from the box of its proposal and look at its panel."""
    page.get_by_role("link", name=re.compile(f"^Duyệt.*{box}")).click()
    expect(page.locator("#viec").get_by_role("button", name=button)).to_be_visible()
    expect(page.get_by_role("heading", name="Khi bạn bấm")).to_be_visible()


@WIDTHS
def test_a_withdrawal_is_thought_over_asked_again_and_let_go(
    width: int, world: World, dossier: Dossier, page_at: PageAt, open_as: Open
) -> None:
    an, leader = world.an.user, world.posts["signer"].officer.user
    assert an is not None
    page = page_at(width)
    for button in ("Xin rút hồ sơ", "Thôi rút hồ sơ", "Xin rút hồ sơ"):
        open_as(page, an, f"/ho-so/{dossier.code}/rut/")
        axe(page)
        shot(page, f"withdraw-{'recall' if button.startswith('Thôi') else 'ask'}")
        page.get_by_role("button", name=button).click()
        page.wait_for_url(f"**/ho-so/{dossier.code}/")
    expect(page.get_by_role("heading", name="Đang xét yêu cầu rút hồ sơ của bạn")).to_be_visible()
    axe(page)
    shot(page, "withdraw-waiting")

    open_as(page, leader, "/ban-lam-viec/?hang=cho-duyet")
    shot(page, "withdraw-queue")
    page.get_by_role("link", name="0001").click()
    page.wait_for_url(f"**{at_desk(dossier)}")
    axe(page)
    shot(page, "withdraw-box")
    decide(page, "Rút hồ sơ", "Cho rút hồ sơ")
    expect(page.get_by_label("Bản vẽ thiết kế xây dựng (1 bản chính)")).to_be_checked()
    axe(page)
    shot(page, "withdraw-grant")
    page.locator("#viec").get_by_role("button", name="Cho rút hồ sơ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã cho rút hồ sơ.")

    open_as(page, an, f"/ho-so/{dossier.code}/")
    expect(page.get_by_role("link", name="Thông báo dừng giải quyết (PDF)").first).to_be_visible()
    shot(page, "withdraw-gone")
    assert status(dossier) == "stopped"


def test_an_officer_proposes_a_stop_that_is_granted_and_undone(
    world: World, dossier: Dossier, page_at: PageAt, open_as: Open
) -> None:
    page, leader = page_at(1280), world.posts["signer"].officer.user
    open_as(page, world.posts["specialist"].officer.user, at_desk(dossier))

    page.keyboard.press("d")
    page.get_by_label("Dừng giải quyết: ").check()
    page.get_by_label("Lý do và căn cứ, viết cho người dân đọc").fill("Thửa đất đang tranh chấp, tòa đã thụ lý.")
    axe(page)
    shot(page, "stop-propose")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã gửi đề xuất, chờ lãnh đạo quyết định.")
    expect(page.get_by_text("Đang chờ lãnh đạo UBND phường Vỹ Dạ quyết định.")).to_be_visible()
    shot(page, "stop-waits")

    open_as(page, leader, at_desk(dossier))
    decide(page, "Dừng giải quyết", "Dừng giải quyết")
    expect(page.get_by_label("Lý do, viết cho người dân đọc")).to_have_value("Thửa đất đang tranh chấp, tòa đã thụ lý.")
    shot(page, "stop-grant")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã dừng giải quyết.")
    page.keyboard.press("m")
    page.get_by_label("Lý do, viết cho người dân đọc").fill("Dừng nhầm hồ sơ của thửa bên cạnh.")
    axe(page)
    shot(page, "stop-restore")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã khôi phục.")

    assert status(dossier) == "processing"


def test_the_right_case_is_proposed_granted_and_printed_anew(
    world: World, dossier: Dossier, page_at: PageAt, open_as: Open
) -> None:
    page = page_at(1280)
    open_as(page, world.posts["receptionist"].officer.user, at_desk(dossier))

    page.keyboard.press("e")
    page.get_by_label("Nhà ở có tầng hầm").check()
    page.get_by_label("Sai ở đâu, viết cho người dân đọc").fill("Nhà có tầng hầm, quầy chọn nhầm trường hợp.")
    axe(page)
    shot(page, "correct-propose")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã gửi đề xuất sửa")
    open_as(page, world.posts["signer"].officer.user, at_desk(dossier))
    shot(page, "correct-box")
    decide(page, "Sửa sau tiếp nhận", "Sửa sau tiếp nhận")
    shot(page, "correct-grant")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã sửa.")

    assert world.an.user is not None
    open_as(page, world.an.user, f"/ho-so/{dossier.code}/")
    expect(page.get_by_text("Giấy hẹn được sửa, bản mới thay bản cũ")).to_be_visible()
    expect(page.get_by_role("link", name="bản cũ, đã được thay")).to_have_count(1)
    shot(page, "correct-citizen")

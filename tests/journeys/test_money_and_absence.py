"""Real browsers: money a dossier waits for, a paper added unasked, many at once, a post lent; at 1280 and 360 px."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from motcua.base.words import day, local_day
from motcua.dossiers.models import Dossier
from motcua.people.models import Delegation, User
from motcua.people.roles import Role
from tests.documents.files import pdf
from tests.journeys.conftest import PageAt, axe, shot
from tests.journeys.test_officer import with_real_papers
from tests.world import World, _post, accepted, complete, document, in_process, make_world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESK = "/ban-lam-viec/"


@pytest.fixture
def world(transactional_db: None) -> World:
    cache.clear()
    return make_world()


def minutes_ago(number: int) -> datetime:
    return timezone.now() - timedelta(minutes=number)


def signed_in(page: Page, user: User, live_server: LiveServer, url: str) -> Page:
    """Sign somebody in and open a page of theirs."""
    browser = Client()
    browser.force_login(user)
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto(url)
    return page


def test_money_is_told_paid_and_confirmed(world: World, page_at: PageAt, live_server: LiveServer) -> None:
    dossier = with_real_papers(in_process(world, minutes_ago(90), minutes_ago(60), minutes_ago(30)))
    officer, counter = world.posts["specialist"].officer.user, world.posts["receptionist"].officer.user
    citizen = world.an.user
    assert citizen
    desk = signed_in(page_at(1280), officer, live_server, f"{DESK}ho-so/{dossier.code}/")

    desk.keyboard.press("f")
    desk.get_by_label("Số thông báo").fill("TB-0001")
    desk.get_by_label("Nơi thu").fill("Thuế cơ sở 3")
    desk.get_by_label("Tài khoản nộp").fill("3751.0.1054321")
    desk.get_by_label("Nộp chậm nhất ngày").fill(day(local_day(timezone.now()) + timedelta(days=30)))
    desk.get_by_label("Khoản 1: tên").fill("Lệ phí trước bạ")
    desk.get_by_label("Khoản 1: số tiền, đồng").fill("1.250.000")
    shot(desk, "obligation-panel")
    axe(desk)
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Đã thông báo khoản phải nộp")).to_be_visible()
    shot(desk, "obligation-desk")

    phone = signed_in(page_at(360), citizen, live_server, f"/ho-so/{dossier.code}/")
    expect(phone.get_by_text("Hồ sơ chờ bạn nộp nghĩa vụ tài chính")).to_be_visible()
    expect(phone.get_by_text("3751.0.1054321")).to_be_visible()
    shot(phone, "obligation-portal")
    axe(phone)

    desk = signed_in(page_at(1280), counter, live_server, f"{DESK}ho-so/{dossier.code}/")
    desk.locator("#nghia-vu").get_by_role("link", name="Xác nhận đã nộp").click()
    desk.get_by_label("Số chứng từ nộp tiền").fill("GNT 0099812")
    shot(desk, "obligation-confirm")
    axe(desk)
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Đã xác nhận nộp đủ, đồng hồ chạy tiếp.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Đã xác nhận nộp", exact=True)).to_be_visible()
    assert Dossier.objects.get(pk=dossier.pk).status == "processing"


def test_a_paper_is_added_from_a_phone(world: World, page_at: PageAt, live_server: LiveServer) -> None:
    dossier = in_process(world, minutes_ago(90), minutes_ago(60), minutes_ago(30))
    complete(world, dossier, minutes_ago(20), draft=document("du-thao.pdf"))
    citizen = world.an.user
    assert citizen
    phone = signed_in(page_at(360), citizen, live_server, f"/ho-so/{dossier.code}/")

    phone.get_by_role("link", name="Gửi thêm giấy tờ").click()
    expect(phone.get_by_text("hồ sơ về lại người thẩm định")).to_be_visible()
    phone.get_by_label("Đây là giấy tờ gì?").fill("Trích lục bản đồ")
    with phone.expect_file_chooser() as chooser:
        phone.get_by_role("button", name="Chọn tệp").click()
    chooser.value.set_files({"name": "trich-luc.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    expect(phone.get_by_text("Chờ cán bộ xem")).to_be_visible()
    shot(phone, "add-paper")
    axe(phone)

    assert dossier.steps.get(done_at=None).code == "appraise"


def test_many_are_handed_over_with_one_slip_and_one_report(
    world: World, page_at: PageAt, live_server: LiveServer
) -> None:
    ready = [accepted(world, minutes_ago(90), minutes_ago(60)) for _number in range(2)]
    desk = signed_in(page_at(1280), world.posts["receptionist"].officer.user, live_server, DESK)

    desk.get_by_label("Chọn tất cả").check()
    desk.keyboard.press("b")
    expect(desk.get_by_role("heading", name="Đã bàn giao 2 hồ sơ.")).to_be_visible()
    shot(desk, "batch-report")
    axe(desk)

    assert desk.request.get(desk.get_by_role("link", name="In phiếu bàn giao").get_attribute("href") or "").ok
    assert [Dossier.objects.get(pk=one.pk).status for one in ready] == ["processing", "processing"]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_post_is_lent_and_the_head_sees_what_nobody_holds(
    width: int, world: World, page_at: PageAt, live_server: LiveServer
) -> None:
    deputy = _post("Ngô Thị Bên Cạnh", world.division, Role.SPECIALIST)
    dossier = in_process(world, minutes_ago(90), minutes_ago(60), minutes_ago(30))
    head = world.posts["division_head"].officer.user
    desk = signed_in(page_at(width), head, live_server, f"{DESK}vang-mat/")

    desk.get_by_role("link", name="Cho mượn Hoàng Thị Mỹ Linh").click()
    desk.get_by_label("Người làm thay").select_option(str(deputy.officer_id))
    desk.get_by_label("Đến hết ngày").fill(day(local_day(timezone.now()) + timedelta(days=3)))
    desk.get_by_label("Lý do").fill("Nghỉ phép")
    shot(desk, "absence-form")
    axe(desk)
    desk.get_by_role("button", name="Cho mượn").click()
    expect(desk.get_by_text("Ngô Thị Bên Cạnh làm thay Hoàng Thị Mỹ Linh")).to_be_visible()
    type(deputy).objects.filter(officer__in=[deputy.officer, world.posts["specialist"].officer]).update(
        valid_to=local_day(timezone.now()) - timedelta(days=1)
    )
    desk.reload()
    expect(desk.get_by_role("link", name=dossier.code or "")).to_be_visible()
    shot(desk, "absence")
    axe(desk)

    assert Delegation.objects.get().made_by == world.posts["division_head"].officer

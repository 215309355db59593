"""The administration in a real browser: a calendar gets a make-up Saturday, a procedure its next version, a post is given."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from motcua.base.words import day, local_day, start_of
from motcua.catalogue.models import ProcedureVersion
from motcua.people.models import CalendarDay, CalendarVersion, Officer, Post, User
from motcua.people.roles import Role
from tests.catalogue.samples import published
from tests.journeys.conftest import PageAt, axe, shot
from tests.people.people import Tree, make_officer, make_post, make_tree

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Page, User], Page]
START = "/quan-tri/"


@pytest.fixture
def tree(transactional_db: None) -> Tree:
    return make_tree()


@pytest.fixture
def sign_in(live_server: LiveServer) -> SignIn:
    """Sign somebody in, and open the first page of the administration."""

    def signed_in(page: Page, user: User) -> Page:
        browser = Client()
        browser.force_login(user)
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page.goto(START)
        return page

    return signed_in


def seen(page: Page, name: str) -> None:
    page.wait_for_load_state()  # administration.js names what Django leaves nameless
    axe(page)
    shot(page, f"administration-{name}")


@pytest.mark.parametrize("width", [360])
def test_a_calendar_gets_a_make_up_saturday(tree: Tree, sign_in: SignIn, page_at: PageAt, width: int) -> None:
    soon = local_day(timezone.now()) + timedelta(days=3)
    page = sign_in(
        page_at(width), make_post("Hồ Kim Thành", "t@vidu.vn", tree.province, Role.SYSTEM_ADMIN).officer.user
    )
    seen(page, "start")
    page.goto(f"{START}people/workingcalendar/")
    page.get_by_role("link", name="Lịch làm việc chung").click()
    seen(page, "calendar")

    page.get_by_role("button", name="Soạn phiên bản mới").click()
    seen(page, "calendar-draft")
    page.locator("#days-group").get_by_role("button", name="Thêm").click()
    row = page.locator(".dynamic-days").last
    row.locator("[name$=-on]").fill(f"19/12/{soon.year}")
    row.locator("[name$=-kind]").select_option("make_up")
    row.locator("[name$=-name]").fill("Làm bù")
    page.get_by_role("button", name="Lưu và sửa tiếp").click()
    page.get_by_role("link", name="Công bố").click()
    seen(page, "calendar-publish")
    page.get_by_label("Tính từ ngày").fill(day(soon))
    page.get_by_role("button", name="Công bố").click()

    expect(page.get_by_text("Phiên bản đã công bố thì đóng băng")).to_be_visible()
    version = CalendarVersion.objects.get(calendar__code="vn", number=2)
    assert version.published_at == start_of(soon)
    assert version.days.get(on=date(soon.year, 12, 19)).kind == CalendarDay.Kind.MAKE_UP


@pytest.mark.parametrize("width", [1280])
def test_a_procedure_gets_its_next_version(tree: Tree, sign_in: SignIn, page_at: PageAt, width: int) -> None:
    published()
    page = sign_in(page_at(width), make_post("Lê Thu", "thu@vidu.vn", tree.province, Role.CATALOGUE_ADMIN).officer.user)
    page.goto(f"{START}catalogue/procedure/?q=tha+thuyen")
    seen(page, "procedures")
    page.get_by_role("link", name="Xin phép thả thuyền giấy").click()
    seen(page, "procedure")

    page.get_by_role("button", name="Soạn phiên bản mới").click()
    expect(page.get_by_text("Bản thảo: người dân chưa thấy.")).to_be_visible()
    seen(page, "version-draft")
    page.get_by_label("Tên dân hiểu").fill("Xin thả thuyền")
    page.get_by_role("button", name="Lưu và sửa tiếp").click()
    expect(page.get_by_text("Không thấy lỗi nào: công bố được.")).to_be_visible()
    page.get_by_role("link", name="Công bố", exact=True).click()
    seen(page, "version-publish")
    page.get_by_role("button", name="Công bố").click()

    expect(page.get_by_text("Đang áp dụng và đã đóng băng")).to_be_visible()
    seen(page, "version-frozen")
    states = ProcedureVersion.objects.order_by("number").values_list("plain_name", "state")
    assert list(states) == [("Xin phép thả thuyền giấy", "retired"), ("Xin thả thuyền", "published")]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_unit_administrator_gives_a_post(tree: Tree, sign_in: SignIn, page_at: PageAt, width: int) -> None:
    make_officer("Hoàng Thị Mỹ Linh", "linh@vidu.vn")
    page = sign_in(page_at(width), make_post("Trần Thị Chi", "chi@vidu.vn", tree.commune, Role.UNIT_ADMIN).officer.user)
    page.goto(f"{START}people/officer/?q=my+linh")
    seen(page, "officers")
    page.get_by_role("link", name="Hoàng Thị Mỹ Linh").click()
    seen(page, "officer")

    page.get_by_role("button", name="Giao vị trí").click()
    seen(page, "post-add")
    page.get_by_role("combobox", name="Đơn vị").click()
    page.get_by_role("searchbox", name="Đơn vị").fill("phong kinh te")
    page.get_by_role("option", name="Phòng Kinh tế, Hạ tầng và Đô thị").click()
    page.get_by_label("Vai trò").select_option("specialist")
    page.get_by_label("Từ ngày").fill("01/07/2026")
    page.get_by_role("button", name="Lưu", exact=True).click()

    expect(page.get_by_text("Đã thêm vị trí")).to_be_visible()
    seen(page, "posts")
    post = Post.objects.get(officer=Officer.objects.get(full_name="Hoàng Thị Mỹ Linh"))
    assert (post.unit, post.role, post.valid_from) == (tree.division, "specialist", date(2026, 7, 1))

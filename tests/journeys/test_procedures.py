"""A procedure changed and published again, in a real browser on a telephone's width."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from motcua.base.words import day, local_day
from motcua.catalogue.queries import published_version
from motcua.people.roles import Role
from tests.catalogue.samples import published
from tests.journeys.conftest import PageAt, at_desk, axe, shot
from tests.people.people import Tree, make_post, make_tree

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tree(transactional_db: None) -> Tree:
    return make_tree()


def seen(page: Page, name: str) -> None:
    axe(page)
    shot(page, f"procedures-{name}")


def test_a_procedure_is_changed_looked_at_and_published(tree: Tree, live_server: LiveServer, page_at: PageAt) -> None:
    published()
    today = local_day(timezone.now())
    page = at_desk(
        page_at(360), live_server, "Thủ tục", make_post("Lê Thu", "thu@vidu.vn", tree.province, Role.CATALOGUE_ADMIN)
    )
    seen(page, "list")
    page.get_by_role("link", name="Xin phép thả thuyền giấy").click()
    seen(page, "procedure")
    page.get_by_role("button", name="Soạn phiên bản mới").click()

    page.get_by_role("link", name="Sông lớn").first.click()
    page.get_by_label("Thời hạn", exact=False).first.fill("7")
    seen(page, "case")
    page.get_by_role("button", name="Lưu vào bản thảo").click()
    page.get_by_role("link", name="Thêm ô vào nhóm Về bạn").click()
    page.get_by_label("Nhãn của ô").fill("Màu thuyền")
    page.get_by_label("Kiểu").select_option(label="Chọn một trong danh sách")
    page.get_by_label("Lựa chọn 1").fill("Đỏ")
    page.get_by_label("Lựa chọn 2").fill("Xanh")
    seen(page, "field")
    page.get_by_role("button", name="Lưu vào bản thảo").click()
    expect(page.get_by_text("Sông lớn: thời hạn 10 → 7 ngày làm việc")).to_be_visible()
    expect(page.get_by_text("thêm ô “Màu thuyền” (Chọn một trong danh sách)")).to_be_visible()
    seen(page, "draft")

    page.get_by_role("link", name="Xem như người dân").click()
    seen(page, "preview")
    page.get_by_role("link", name="Bắt đầu nộp hồ sơ").click()
    page.get_by_role("link", name="Tiếp tục").click()
    page.get_by_role("link", name="Tiếp tục").click()
    expect(page.get_by_role("group", name="Màu thuyền")).to_be_visible()
    seen(page, "preview-form")
    page.get_by_role("link", name="Về bàn làm việc").click()

    page.get_by_role("link", name="Xem và công bố").click()
    page.get_by_label("Số quyết định công bố").fill("12/QĐ-UBND")
    page.get_by_label("Ngày quyết định").fill(day(today - timedelta(days=1)))
    seen(page, "publish")
    page.get_by_role("button", name="Công bố").click()

    expect(page.get_by_text("Đã công bố phiên bản 2.")).to_be_visible()
    seen(page, "published")
    version = published_version("9.000001")
    assert version is not None
    assert (version.number, "mau_thuyen" in version.form_schema["properties"]) == (2, True)

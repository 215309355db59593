"""A process changed and republished, in a real browser: one edits and sends, another looks and publishes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from motcua.base.words import day, local_day
from motcua.catalogue import actions
from motcua.catalogue.models import ProcessEdition
from motcua.catalogue.queries import process_for
from motcua.people.roles import Role
from tests.catalogue.samples import published
from tests.journeys.conftest import PageAt, at_desk, axe, shot
from tests.people.people import Tree, make_post, make_tree

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SHOP = "/ban-lam-viec/quy-trinh/"


@pytest.fixture
def tree(transactional_db: None) -> Tree:
    tree = make_tree()
    make_post("Lê Văn Xét", "xet@vidu.vn", tree.division, Role.SPECIALIST)
    make_post("Võ Thị Ký", "ky@vidu.vn", tree.commune, Role.SIGNER)
    make_post("Phan Thị Số", "so@vidu.vn", tree.commune, Role.CLERK)
    return tree


def seen(page: Page, name: str) -> None:
    axe(page)
    shot(page, f"workshop-{name}")


@pytest.mark.parametrize("width", [360])
def test_a_process_is_changed_and_republished(tree: Tree, live_server: LiveServer, page_at: PageAt, width: int) -> None:
    procedure = published().procedure
    soon = local_day(timezone.now()) + timedelta(days=2)
    sender = make_post("Lê Thu", "thu@vidu.vn", tree.province, Role.CATALOGUE_ADMIN)
    page = at_desk(page_at(width), live_server, "Quy trình", sender)
    seen(page, "list")
    page.get_by_role("link", name="Quy trình mới").click()
    seen(page, "new")
    page.get_by_role("link", name="Thôi").click()
    page.get_by_role("link", name="Xin phép thả thuyền giấy").click()
    seen(page, "own")

    page.get_by_role("button", name="Soạn thay đổi").click()
    page.get_by_role("link", name="Thẩm định").click()
    page.get_by_label("Giờ làm việc").fill("6,5")
    seen(page, "step")
    page.get_by_role("button", name="Lưu bước").click()
    expect(page.get_by_text("bớt 1,5 giờ")).to_be_visible()
    seen(page, "draft")
    page.locator("a[href*=cung-luc]").first.press("Enter")
    page.get_by_role("link", name="Thêm bước lên đầu").click()
    page.get_by_label("Việc", exact=True).fill("Phân công")
    page.get_by_role("button", name="Thêm bước").click()
    page.locator("a[href*=cung-luc]").nth(1).press("Enter")
    expect(page.get_by_text("Hai bước bắt đầu cùng lúc")).to_be_visible()
    page.keyboard.type("Hỏi ý kiến bến thuyền")
    seen(page, "beside")
    page.get_by_role("link", name="Thôi").click()
    page.get_by_role("link", name="Chạy thử").click()
    page.get_by_role("button", name="Chạy").click()
    expect(page.get_by_text("Một nửa xong trong")).to_be_visible()
    seen(page, "trial")
    page.get_by_role("link", name="Về bảng các bước").click()
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.get_by_text("Bạn đã gửi duyệt bản này nên người khác sẽ ban hành nó.")).to_be_visible()
    page.context.clear_cookies()

    at_desk(page, live_server, "Quy trình", make_post("Hồ Hà", "ha@vidu.vn", tree.province, Role.PROCEDURE_CONTROLLER))
    page.get_by_role("link", name="Xin phép thả thuyền giấy").click()
    page.get_by_role("link", name="Xem và duyệt").click()
    expect(page.get_by_text("Lê Thu chạy thử")).to_be_visible()
    page.get_by_label("Áp dụng từ ngày").fill(day(soon))
    page.get_by_label("Số quyết định").fill("12/QĐ-UBND")
    seen(page, "publish")
    page.get_by_label("Cần sửa gì, vì sao").fill("Xem lại giờ")
    page.get_by_role("button", name="Trả lại người soạn").click()
    expect(page.get_by_text("“Xem lại giờ”")).to_be_visible()
    seen(page, "sent-back")
    actions.propose_edition(edition=ProcessEdition.objects.get(), at=timezone.now(), actor=sender.officer.user)
    page.get_by_role("link", name="Mọi quy trình").click()
    page.get_by_role("link", name="Xin phép thả thuyền giấy").click()
    page.get_by_role("link", name="Xem và duyệt").click()
    page.get_by_label("Áp dụng từ ngày").fill(day(soon))
    page.get_by_label("Số quyết định").fill("12/QĐ-UBND")
    page.get_by_role("button", name="Ban hành").click()

    expect(page.get_by_text(f"Đã ban hành bản 1, áp dụng từ {day(soon)}.")).to_be_visible()
    seen(page, "published")
    found = process_for(procedure.pk, tree.commune.pk, soon)
    assert found is not None
    assert (
        found.content["steps"][1]["hours"],
        process_for(procedure.pk, tree.commune.pk, soon - timedelta(days=1)),
    ) == (6.5, None)

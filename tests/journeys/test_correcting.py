"""What was received wrongly is put right in a real browser: the receipt moment, then the procedure, both told to the citizen."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from motcua.base import words
from motcua.dossiers.models import Dossier
from motcua.people.models import User
from tests.journeys.conftest import PageAt, axe, shot
from tests.journeys.test_turning import Open, at_desk, decide, dossier, open_as, world  # noqa: F401 - fixtures
from tests.world import World, another_procedure

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def propose(page: Page, act: str) -> None:
    """Open an act from the menu of what a leader decides."""
    page.get_by_text("Đề xuất…").click()
    page.get_by_role("link", name=act).click()


def grant(page: Page, open_as: Open, leader: User, dossier: Dossier, name: str) -> None:  # noqa: F811
    open_as(page, leader, at_desk(dossier))
    shot(page, f"{name}-box")
    decide(page, "Sửa sau tiếp nhận", "Sửa sau tiếp nhận")
    axe(page)
    shot(page, f"{name}-grant")
    page.locator("#viec").get_by_role("button", name="Sửa sau tiếp nhận").click()
    expect(page.get_by_role("status")).to_contain_text("Đã sửa.")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_receipt_moment_and_then_the_procedure_are_put_right(
    width: int, world: World, dossier: Dossier, page_at: PageAt, open_as: Open  # noqa: F811
) -> None:  # fmt: skip
    repair = another_procedure(world, code="1.013226", no_legal_term=True)
    an, leader, officer = world.an.user, world.posts["signer"].officer.user, world.posts["specialist"].officer.user
    assert an is not None
    page = page_at(width)
    right = words.local(timezone.now() - timedelta(minutes=70))

    open_as(page, officer, at_desk(dossier))
    propose(page, "Đề xuất sửa ngày nhận")
    page.get_by_label("Ngày giờ nhận đúng").fill(right.strftime("%H:%M %d/%m/%Y"))
    page.get_by_label("Sai ở đâu, viết cho người dân đọc").fill("Quầy ghi nhầm giờ nhận.")
    axe(page)
    shot(page, "receipt-propose")
    page.locator("#viec").get_by_role("button", name="Đề xuất sửa ngày nhận").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi đề xuất sửa ngày nhận")
    grant(page, open_as, leader, dossier, "receipt")

    open_as(page, officer, at_desk(dossier))
    propose(page, "Đề xuất sửa thủ tục")
    page.get_by_label("Mã thủ tục đúng").fill("1.013226")
    page.get_by_label("Sai ở đâu, viết cho người dân đọc").fill("Đây là sửa nhà, không phải xây mới.")
    page.locator("#viec").get_by_role("button", name="Đề xuất sửa thủ tục").click()
    page.get_by_role("group", name="Có nhà nào sát bên không?").get_by_label("Không").check()
    axe(page)
    shot(page, "procedure-propose")
    page.locator("#viec").get_by_role("button", name="Đề xuất sửa thủ tục").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi đề xuất sửa thủ tục")
    grant(page, open_as, leader, dossier, "procedure")
    shot(page, "procedure-granted")
    expect(page.get_by_text("Luật không định thời hạn cho thủ tục này.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="sửa thành «Xin giấy phép sửa nhà»")).to_be_visible()

    open_as(page, an, f"/ho-so/{dossier.code}/")
    expect(page.get_by_text("sửa thành «Xin giấy phép sửa nhà»")).to_be_visible()
    expect(page.get_by_text("Ngày nhận: ")).to_be_visible()
    expect(page.get_by_text("Không còn ngày hẹn trả (trước là")).to_be_visible()
    expect(page.get_by_role("link", name="bản cũ, đã được thay")).to_have_count(2)
    axe(page)
    shot(page, "corrected-citizen")
    assert Dossier.objects.get(pk=dossier.pk).version == repair

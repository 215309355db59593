"""An appointment on site in a real browser: offered at the desk, chosen on the telephone's small page, recorded."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from motcua.base import words
from motcua.dossiers.models import Dossier, Visit
from tests.journeys.conftest import PageAt, axe, shot
from tests.journeys.test_turning import Open, at_desk, dossier, open_as, world  # noqa: F401 - fixtures
from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_visit_is_offered_chosen_and_recorded(
    width: int, world: World, dossier: Dossier, page_at: PageAt, open_as: Open  # noqa: F811
) -> None:  # fmt: skip
    an, officer = world.an.user, world.posts["specialist"].officer.user
    assert an is not None
    page = page_at(width)
    open_as(page, officer, at_desk(dossier))
    page.get_by_text("Hỏi, gửi…").click()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_role("link", name="Hẹn xem tại chỗ").click()
    page.get_by_label("Nơi gặp").fill("12/7 kiệt 84 Lâm Hoằng")
    page.get_by_label("Giờ hẹn").fill("09:00 24/11/2027")  # a day off
    page.get_by_label("Hoặc giờ khác, lựa chọn 1").fill("14:00 25/11/2027")
    page.get_by_label("Xem gì, bạn cần người dân chuẩn bị gì").fill("Xem ranh giới; xin mang giấy tờ đất bản chính.")
    page.locator("#viec").get_by_role("button", name="Hẹn xem tại chỗ").click()
    expect(page.get_by_text("là ngày nghỉ")).to_be_visible()
    page.get_by_label("Giờ hẹn").fill("09:00 23/11/2027")
    axe(page)
    shot(page, "visit-offer")
    page.locator("#viec").get_by_role("button", name="Hẹn xem tại chỗ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi giờ hẹn cho người dân.")
    shot(page, "visit-offered")

    open_as(page, an, f"/ho-so/{dossier.code}/")
    axe(page)
    shot(page, "visit-told")
    page.get_by_role("link", name="Chọn giờ, hoặc báo không gặp được").click()
    page.get_by_label("14:00 thứ Năm 25/11/2027").check()
    axe(page)
    shot(page, "visit-choose")
    page.get_by_role("button", name="Gửi lựa chọn").click()
    expect(page.get_by_role("status")).to_contain_text("Đã chốt giờ: 14:00 thứ Năm 25/11/2027.")
    shot(page, "visit-agreed")

    Visit.objects.update(planned_at=timezone.now() + timedelta(hours=1), offered_at=timezone.now() - timedelta(days=1))
    open_as(page, officer, "/ban-lam-viec/?hang=hen-xem")
    axe(page)
    shot(page, "visit-queue")
    open_as(page, officer, f"{at_desk(dossier)}record_visit/")
    page.get_by_label("Xem lúc").fill(words.local(timezone.now() - timedelta(hours=1)).strftime("%H:%M %d/%m/%Y"))
    page.get_by_label("Có mặt những ai").fill("Nguyễn Hoài An; tổ trưởng tổ dân phố")
    page.get_by_label("Biên bản: đã thấy gì, kết luận thế nào").fill("Ranh giới đúng như bản vẽ.")
    axe(page)
    shot(page, "visit-record")
    page.locator("#viec").get_by_role("button", name="Ghi biên bản xem tại chỗ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi biên bản")
    shot(page, "visit-recorded")

"""Liên thông over three agencies in a real browser: sent, received, sent on, done, and back with who asked first."""

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from motcua.dossiers.models import Dossier, Leg
from motcua.people.models import User
from tests.journeys.conftest import PageAt, axe, shot
from tests.journeys.test_officer import minutes_ago, with_real_papers
from tests.journeys.test_turning import Open, at_desk, open_as
from tests.parting import Partner, Three, add_partners, finish
from tests.world import World, in_process, make_world

__all__ = ["open_as"]  # a fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    cache.clear()
    return make_world()


@pytest.fixture
def three(world: World) -> Three:
    return add_partners(world)


def head_of(partner: Partner) -> User:
    return partner.posts["division_head"].officer.user


def send(page: Page, partner: Partner, request: str) -> None:
    """Send a part from the page of a dossier: first the agency, found by its name, then the rest."""
    page.get_by_text("Hỏi, gửi…").click()
    page.get_by_role("link", name="Gửi liên thông").click()
    panel = page.locator("#viec")
    axe(page)
    shot(page, "leg-where")
    panel.get_by_label("Tìm cơ quan").fill(partner.agency.name.removeprefix("Sở "))
    panel.get_by_role("button", name="Tiếp tục").click()
    expect(panel.get_by_text(f"Gửi đến {partner.agency.name}.")).to_be_visible()
    panel.get_by_label("Thủ tục ở nơi nhận").select_option(value=str(partner.version.pk))
    panel.get_by_label("Nhờ làm gì").fill(request)
    axe(page)
    shot(page, "leg-send")
    panel.get_by_role("button", name="Gửi liên thông").click()
    expect(page.get_by_text("Đã gửi liên thông.")).to_be_visible()


def receive(page: Page, part: Dossier) -> None:
    page.get_by_role("link", name="Nhận liên thông", exact=False).first.click()
    page.locator("#viec").get_by_role("button", name="Nhận liên thông").click()
    expect(page.get_by_text("Đã nhận. Đồng hồ của phần này chạy từ bây giờ")).to_be_visible()
    assert Dossier.objects.get(pk=part.pk).status == "processing"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_part_goes_to_a_department_and_on_to_a_third_and_both_come_back(
    width: int, world: World, three: Three, page_at: PageAt, open_as: Open
) -> None:
    dossier = with_real_papers(in_process(world, minutes_ago(90), minutes_ago(60), minutes_ago(30)))
    an, specialist = world.an.user, world.posts["specialist"].officer.user
    assert an is not None
    page = page_at(width)

    open_as(page, specialist, at_desk(dossier))
    send(page, three.construction, "Cho biết chỉ giới đường đỏ")
    expect(page.get_by_text("Chưa xong bước này được: Sở Xây dựng đang giữ")).to_be_visible()
    axe(page)
    shot(page, "leg-parent")

    part = Dossier.objects.get(leg=Leg.objects.get(dossier=dossier))
    open_as(page, head_of(three.construction), "/ban-lam-viec/?hang=cho-tiep-nhan")
    expect(page.get_by_text(f"thuộc {dossier.code}")).to_be_visible()
    open_as(page, head_of(three.construction), at_desk(part))
    axe(page)
    expect(page.get_by_text(f"tờ khai của hồ sơ {dossier.code}, chỉ xem")).to_be_visible()
    shot(page, "leg-part")
    receive(page, part)

    open_as(page, three.construction.posts["specialist"].officer.user, at_desk(part))
    send(page, three.land, "Gửi trích lục thửa đất")
    below = Dossier.objects.get(leg=Leg.objects.get(dossier=part))
    open_as(page, head_of(three.land), at_desk(below))
    expect(page.get_by_text(f"hồ sơ gốc {dossier.code}")).to_be_visible()
    receive(page, below)

    open_as(page, an, f"/ho-so/{dossier.code}/")
    expect(page.get_by_text("Chờ Sở Xây dựng làm phần của mình")).to_be_visible()
    axe(page)
    shot(page, "leg-citizen")

    finish(three, below, timezone.now(), "12/TL")
    finish(three, part, timezone.now(), "88/SXD")
    open_as(page, specialist, at_desk(dossier))
    expect(page.get_by_text("Trả lời của Sở Xây dựng")).to_be_visible()
    expect(page.get_by_role("link", name="Xong bước này")).to_be_visible()
    axe(page)
    shot(page, "leg-back")

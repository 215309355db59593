"""A birth in one go, in a real browser: three dossiers from one filing, each thing asked once, and the rest by itself."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, FiledBundle
from motcua.dossiers.timed import make_all
from tests.bundling import APPLICANT, REQUESTER, SAID, finish_birth, load_members, member_of
from tests.journeys.conftest import PageAt, axe, shot
from tests.journeys.test_turning import Open, open_as
from tests.web.portal.test_bundles import vertical_agencies
from tests.world import World, document, make_world

__all__ = ["open_as"]  # a fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    cache.clear()
    made = vertical_agencies(make_world())
    load_members()
    return made


def say_of_the_birth(row: FiledBundle) -> None:
    """Fill in the first member, whose screens other journeys walk."""
    birth, at = member_of(row, "khai-sinh"), timezone.now() - timedelta(minutes=5)
    said = {**APPLICANT, **REQUESTER, **SAID["khai-sinh"], "answers.commune": "19900", "return_method": "counter"}
    actions.save_draft(dossier_id=birth.pk, base_revision=birth.revision, fields=said, at=at)
    paper = next(
        paper
        for group in birth.version.paper_groups.prefetch_related("papers__group")
        for paper in group.papers.all()
        if paper.code == "000.00.00.G15-KQ004389"
    )
    actions.attach_paper(
        dossier_id=birth.pk, requirement=paper, document=document("chung-sinh.pdf"), name=paper.name, at=at
    )


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Tiếp tục").click()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_birth_makes_three_dossiers_from_one_filing(width: int, world: World, page_at: PageAt, open_as: Open) -> None:
    an, page = world.an.user, page_at(width)
    assert an is not None

    open_as(page, an, "/thu-tuc/?viec=sinh-con")
    axe(page)
    shot(page, "bundle-offered")
    page.get_by_role("link", name="Làm cả bộ trong một lần").click()
    axe(page)
    shot(page, "bundle-start")
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.get_by_role("heading", name="Người nộp")).to_be_visible()

    row = FiledBundle.objects.get()
    say_of_the_birth(row)
    page.goto(f"/bo-ho-so/nhap/{row.pk}/thuong-tru/")
    expect(page.get_by_label("Ngày sinh")).to_have_count(0)  # said with the birth
    page.get_by_label("Chỗ ở đăng ký thường trú").fill("12/7 kiệt 84 Lâm Hoằng")
    page.get_by_label("Họ, chữ đệm, tên chủ hộ").fill("Nguyễn Văn Ông")
    page.get_by_label("Số định danh của chủ hộ").fill("046060000111")
    page.get_by_label("Quan hệ với chủ hộ").fill("cháu")
    axe(page)
    shot(page, "bundle-second")
    go_on(page)
    page.get_by_label("Nơi đăng ký khám chữa bệnh ban đầu").fill("Trạm Y tế phường Vỹ Dạ")
    go_on(page)
    expect(page.get_by_role("heading", name="Xem lại cả bộ trước khi nộp")).to_be_visible()
    axe(page)
    shot(page, "bundle-review")
    page.get_by_role("button", name="Nộp cả bộ").click()
    expect(page.get_by_role("heading", name="Việc gì đến tiếp theo")).to_be_visible()
    axe(page)
    shot(page, "bundle-proof")
    page.goto("/ho-so-cua-toi/")
    axe(page)
    shot(page, "bundle-listed")
    page.get_by_role("link", name="Khai sinh, thường trú, thẻ bảo hiểm y tế cho bé").click()
    expect(page.get_by_role("heading", name="Gồm những hồ sơ này")).to_be_visible()
    expect(page.get_by_text("Chờ Giấy khai sinh. Chưa tính hạn").first).to_be_visible()
    axe(page)
    shot(page, "bundle-waits")

    finish_birth(world, row, timezone.now())
    make_all(timezone.now())
    page.reload()
    expect(page.get_by_text("Chờ Giấy khai sinh")).to_have_count(0)
    axe(page)
    shot(page, "bundle-fed")
    assert Dossier.objects.exclude(code=None).count() == len(SAID)

"""Papers asked for twice, the answer laid beside what it replaces, and an extension with its apology, in a real browser."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from motcua.documents.actions import add_document, keep_file
from motcua.documents.models import Document
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Paper
from motcua.people.models import User
from tests.documents.files import LETTER, pdf
from tests.journeys.conftest import PageAt, axe, shot
from tests.world import World, faulty, in_process, make_world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def minutes_ago(number: int) -> datetime:
    return timezone.now() - timedelta(minutes=number)


def a_document(content: bytes, at: datetime) -> Document:
    kept = keep_file(upload=SimpleUploadedFile("ban-ve.pdf", content), limit_bytes=10**7, at=at)
    return add_document(file=kept, title="Bản vẽ", source=Document.Source.UPLOAD, at=at, actor=None)


def with_real_papers(dossier: Dossier) -> Dossier:
    """Give the papers of a dossier files that can be looked at."""
    for paper in dossier.papers.exclude(document=None):
        Paper.objects.filter(pk=paper.pk).update(document=a_document(pdf([LETTER]), minutes_ago(90)))
    return dossier


@pytest.fixture
def answered(world: World) -> Dossier:
    """A dossier asked about once after acceptance, and answered with a new drawing."""
    dossier = with_real_papers(in_process(world, minutes_ago(90), minutes_ago(85), minutes_ago(80)))
    drawing = dossier.papers.get(requirement=world.drawing)
    faulty(drawing, "Thiếu mặt cắt B-B", code="incomplete")
    officer = world.actor(By.OFFICER)
    actions.ask_papers(dossier_id=dossier.pk, actor=officer, at=minutes_ago(60), reason="Bổ sung mặt cắt")
    new = a_document(pdf([LETTER + b" "] * 2), minutes_ago(30))
    actions.attach_paper(
        dossier_id=dossier.pk, requirement=world.drawing, document=new, name=drawing.name, at=minutes_ago(30)
    )
    actions.supply_papers(dossier_id=dossier.pk, actor=world.citizen, at=minutes_ago(29))
    return dossier


def signed_in(page: Page, live_server: LiveServer, user: User) -> Page:
    browser = Client()
    browser.force_login(user)
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


def seen(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    shot(page, name)
    axe(page)


@pytest.mark.parametrize("width", [1280])
def test_the_answer_is_compared_and_a_second_request_goes_over_the_leader(
    answered: Dossier, world: World, page_at: PageAt, live_server: LiveServer, width: int
) -> None:
    url = f"/ban-lam-viec/ho-so/{answered.code}/"
    page = signed_in(page_at(width), live_server, world.posts["specialist"].officer.user)
    page.goto(url)
    seen(page, "rounds-answered")
    page.get_by_role("link", name="So bản cũ và bản mới").first.click()
    expect(page.get_by_role("img", name="Bản cũ, trang 1")).to_be_visible()
    expect(page.get_by_role("img", name="Bản mới, trang 1")).to_be_visible()
    seen(page, "rounds-compare")
    page.get_by_role("link", name=f"Về hồ sơ {answered.code}").click()
    page.locator("summary", has_text="Chưa đạt: Bản vẽ").click()
    page.locator("select[name=code]:visible").select_option("incomplete")
    expect(page.locator("textarea[name=guidance]:visible")).to_have_attribute(
        "placeholder", "Bạn gửi lại cả giấy tờ trong một tệp, đủ các trang và các mục."
    )
    shot(page, "rounds-judging")
    page.get_by_role("button", name="Ghi chưa đạt").locator("visible=true").click()
    page.get_by_text("Đề xuất…").click()
    page.get_by_role("link", name="Đề xuất yêu cầu bổ sung thêm").click()
    page.get_by_label("Cần bổ sung gì và vì sao lần trước chưa nêu").fill("Mặt cắt gửi lại thiếu phần móng.")
    seen(page, "rounds-proposing")
    page.get_by_role("button", name="Đề xuất yêu cầu bổ sung thêm").click()
    expect(page.get_by_text("Đã gửi đề xuất.")).to_be_visible()

    leader = signed_in(page_at(width), live_server, world.posts["signer"].officer.user)
    leader.goto(url)
    leader.get_by_role("link", name="Duyệt").first.click()
    seen(leader, "rounds-approving")
    leader.get_by_role("button", name="Yêu cầu bổ sung thêm một lần").click()

    expect(leader.get_by_text("Đã yêu cầu bổ sung thêm một lần, đồng hồ dừng.")).to_be_visible()
    citizen = signed_in(page_at(width), live_server, world.an.user)  # type: ignore[arg-type]
    citizen.goto(reverse("portal:supply", args=[answered.code]))
    expect(citizen.get_by_text("Thiếu trang, thiếu nội dung")).to_be_visible()
    seen(citizen, "rounds-supply")


@pytest.mark.parametrize("width", [360])
def test_an_extension_shows_both_due_moments_to_the_leader_and_to_the_citizen(
    world: World, page_at: PageAt, live_server: LiveServer, width: int
) -> None:
    dossier = with_real_papers(in_process(world, minutes_ago(90), minutes_ago(85), minutes_ago(80)))
    url = f"/ban-lam-viec/ho-so/{dossier.code}/"
    page = signed_in(page_at(width), live_server, world.posts["specialist"].officer.user)
    page.goto(url)
    page.get_by_text("Đề xuất…").click()
    page.get_by_role("link", name="Đề xuất gia hạn, xin lỗi").click()
    page.get_by_label("Nguyên nhân").select_option("verification")
    page.get_by_label("Lý do, viết cho người dân đọc").fill("Chờ xác minh ranh giới với phường bên.")
    seen(page, "extension-proposing")
    page.get_by_role("button", name="Đề xuất gia hạn, xin lỗi").click()
    expect(page.get_by_text("Đã gửi đề xuất gia hạn.")).to_be_visible()

    leader = signed_in(page_at(width), live_server, world.posts["signer"].officer.user)
    leader.goto(url)
    expect(leader.get_by_text("Hẹn trả cũ")).to_be_visible()
    leader.get_by_role("link", name="Duyệt").first.click()
    leader.get_by_label("Gia hạn thêm").select_option("3")
    seen(leader, "extension-granting")
    leader.get_by_role("button", name="Gia hạn và xin lỗi").click()

    expect(leader.get_by_text("Đã gia hạn và gửi lời xin lỗi.")).to_be_visible()
    citizen = signed_in(page_at(width), live_server, world.an.user)  # type: ignore[arg-type]
    citizen.goto(reverse("portal:dossier", args=[dossier.code]))
    expect(citizen.get_by_text("Chúng tôi xin lỗi bạn vì không kịp ngày hẹn đầu.")).to_be_visible()
    expect(citizen.get_by_text("Lúc đầu hẹn trả")).to_be_visible()
    seen(citizen, "extension-citizen")

"""Officers at their desks in a real browser: by keyboard from the inbox to the returned result; asking; refusing."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from motcua.documents.actions import add_document, keep_file
from motcua.documents.models import Document
from motcua.dossiers.models import Dossier, Paper
from tests.documents.files import LETTER, pdf
from tests.journeys.conftest import PageAt, axe, shot
from tests.world import World, in_process, make_world, submitted

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESK = "/ban-lam-viec/"
SitDown = Callable[[Page, str], Page]


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def minutes_ago(number: int) -> datetime:
    return timezone.now() - timedelta(minutes=number)


def with_real_papers(dossier: Dossier) -> Dossier:
    """Give the papers of a dossier files that can be looked at."""
    for paper in dossier.papers.exclude(document=None):
        upload = SimpleUploadedFile("giay.pdf", pdf([LETTER, LETTER + b" "]))
        stored = keep_file(upload=upload, limit_bytes=10**7, at=minutes_ago(60))
        source = Document.Source.UPLOAD
        document = add_document(file=stored, title=paper.name, source=source, at=minutes_ago(60), actor=None)
        Paper.objects.filter(pk=paper.pk).update(document=document)
    return dossier


@pytest.fixture
def sit_down(world: World, live_server: LiveServer) -> SitDown:
    """Sign the officer of a post in, and open their inbox."""

    def seated(page: Page, role: str) -> Page:
        browser = Client()
        browser.force_login(world.posts[role].officer.user)
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page.goto(DESK)
        return page

    return seated


def open_dossier(page: Page) -> None:
    """Open the first dossier of the inbox by keyboard."""
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ho-so/**")


def act(page: Page, key: str, title: str) -> None:
    """Open an act by its key and look at its panel."""
    page.keyboard.press(key)
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Khi bạn bấm")).to_be_visible()


def send(page: Page, answer: str) -> None:
    """Send the open act by keyboard, and read what comes back."""
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text(answer)


def test_a_dossier_goes_from_the_inbox_to_the_returned_result_by_keyboard(
    world: World, page_at: PageAt, sit_down: SitDown
) -> None:
    dossier = with_real_papers(submitted(world, minutes_ago(60)))
    page = sit_down(page_at(1280), "receptionist")
    axe(page)
    shot(page, "desk-inbox")

    open_dossier(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Xin giấy phép xây nhà ở riêng lẻ · Nguyễn Hoài An")
    axe(page)
    shot(page, "desk-dossier")
    act(page, "t", "Tiếp nhận")
    axe(page)
    shot(page, "desk-accept")
    page.keyboard.press("Space")  # the cursor stands in the box about papers nobody has judged
    send(page, "Đã tiếp nhận")
    act(page, "g", "Bàn giao")
    send(page, "Đã bàn giao")

    sit_down(page, "specialist")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_have_text("Bạn đã nhận 1 hồ sơ.")
    open_dossier(page)
    act(page, "h", "Xong bước này")
    page.get_by_label("Dự thảo kết quả").set_input_files(
        {"name": "gp.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator("#viec")).to_contain_text("Còn 3 giấy tờ chưa xem. Chưa có gì thay đổi")
    assert page.evaluate("document.getElementById('viec-draft').files[0].name") == "gp.pdf"
    for paper in dossier.papers.all():
        row = page.locator(".check li", has_text=paper.name)
        row.locator("button[value=good]").click()
        expect(row.locator("button[aria-pressed=true]")).to_be_visible()
    page.get_by_label("Ghi chú cho bước sau").fill("Mật độ, khoảng lùi đạt")
    send(page, "Đã xong bước này")

    for role, key, title, answer in (
        ("division_head", "h", "Xong bước này", "Đã xong bước này"),
        ("signer", "s", "Ký duyệt", "Đã ký"),
        ("clerk", "p", "Phát hành kết quả", "Đã phát hành"),
        ("receptionist", "q", "Trả kết quả", "Đã trả kết quả"),
    ):
        sit_down(page, role)
        open_dossier(page)
        act(page, key, title)
        if role == "clerk":
            page.get_by_label("Số, ký hiệu của kết quả").fill("12/GPXD")
        if role == "receptionist":
            page.get_by_label("Số giấy tờ người nhận").fill("046196000214")
        send(page, answer)

    axe(page)
    dossier.refresh_from_db()
    assert dossier.status == "returned"
    assert [event.move for event in dossier.events.order_by("seq")] == [
        "submit", "accept", "hand_over", "assign", "complete_step", "complete_step", "sign_off", "issue", "return_result",
    ]  # fmt: skip


def test_a_faulty_paper_is_asked_for_without_leaving_the_dossier(
    world: World, page_at: PageAt, sit_down: SitDown
) -> None:
    dossier = with_real_papers(in_process(world, minutes_ago(90), minutes_ago(60), minutes_ago(30)))
    page = sit_down(page_at(1280), "specialist")
    open_dossier(page)

    page.keyboard.press("3")
    expect(page.get_by_role("img", name="Trang 1 của Bản cam kết an toàn công trình liền kề")).to_be_visible()
    page.get_by_role("link", name="Trang sau").click()
    expect(page.get_by_role("img", name="Trang 2 của Bản cam kết an toàn công trình liền kề")).to_be_visible()
    act(page, "b", "Yêu cầu bổ sung")
    page.get_by_label("Cần bổ sung gì, viết cho người dân đọc").last.fill("Chụp lại trang có đủ hai chữ ký.")
    page.locator("summary", has_text="Chưa đạt: Bản cam kết").click()
    page.locator("select[name=code]:visible").select_option("unsigned")
    page.locator("textarea[name=fault]:visible").fill("Thiếu chữ ký bên trái")
    page.get_by_role("button", name="Ghi chưa đạt").locator("visible=true").click()
    expect(page.locator("#viec")).to_contain_text(
        "Bản cam kết an toàn công trình liền kề: Thiếu chữ ký, con dấu. Thiếu chữ ký bên trái"
    )
    expect(page.locator("#viec")).to_contain_text("Chưa đánh giá, nên chưa gửi được")
    for name in ("Đơn đề nghị cấp giấy phép", "Bản vẽ thiết kế xây dựng"):
        good = page.get_by_role("button", name=re.compile(f"^Đạt ?: {name}"))
        good.click()
        expect(good).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#viec")).not_to_contain_text("Chưa đánh giá, nên chưa gửi được")
    axe(page)
    shot(page, "desk-ask")
    page.get_by_label("Cần bổ sung gì, viết cho người dân đọc").last.focus()
    send(page, "Đã gửi yêu cầu bổ sung, đồng hồ dừng")

    expect(page.locator(".clock")).to_have_text("đang dừng")
    assert dossier.supplements.get().reason == "Chụp lại trang có đủ hai chữ ký."


def test_an_act_left_empty_says_what_is_missing_and_escape_leaves_it(
    world: World, page_at: PageAt, sit_down: SitDown
) -> None:
    dossier = with_real_papers(submitted(world, minutes_ago(60)))
    page = sit_down(page_at(1280), "receptionist")
    open_dossier(page)

    act(page, "c", "Từ chối tiếp nhận")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#viec")).to_contain_text("Bạn chưa điền “Lý do, viết cho người dân đọc”")
    page.keyboard.press("Escape")

    expect(page.locator("#viec")).to_be_hidden()
    dossier.refresh_from_db()
    assert dossier.status == "submitted"


def test_a_head_gives_a_step_to_a_colleague_and_papers_are_judged_by_the_keyboard_alone(
    world: World, page_at: PageAt, sit_down: SitDown
) -> None:
    dossier = with_real_papers(in_process(world, minutes_ago(90), minutes_ago(60), minutes_ago(30)))
    page = sit_down(page_at(1280), "division_head")
    page.goto(f"{DESK}ho-so/{dossier.code}/")
    page.keyboard.press("a")
    expect(page.locator("#viec-to_0")).to_be_focused()
    page.keyboard.press("Space")
    send(page, "Đã giao việc")

    sit_down(page, "specialist")
    open_dossier(page)
    good = page.locator("button[name=verdict][value=good]").first
    button = page.locator(f"#{good.get_attribute('id')}")
    button.press("Enter")

    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()


def test_a_dossier_is_refused_on_a_narrow_screen(world: World, page_at: PageAt, sit_down: SitDown) -> None:
    dossier = with_real_papers(submitted(world, minutes_ago(60)))
    page = sit_down(page_at(360), "receptionist")
    axe(page)

    page.get_by_role("link", name="0001").click()
    page.wait_for_url("**/ho-so/**")
    axe(page)
    page.get_by_role("link", name="Từ chối tiếp nhận").click()
    page.get_by_label("Lý do, viết cho người dân đọc").fill("Thửa đất đang có tranh chấp theo đơn ngày 10/11.")
    axe(page)
    shot(page, "desk-refuse")
    page.locator("#viec").get_by_role("button", name="Từ chối tiếp nhận").click()

    expect(page.get_by_role("status")).to_contain_text("Đã từ chối tiếp nhận")
    dossier.refresh_from_db()
    assert dossier.status == "refused"


def test_brackets_go_through_the_list_the_dossier_was_opened_from(
    world: World, page_at: PageAt, sit_down: SitDown
) -> None:
    first, second = (with_real_papers(submitted(world, minutes_ago(ago))) for ago in (90, 60))
    page = sit_down(page_at(1280), "receptionist")
    page.goto(f"{DESK}?hang=cua-don-vi")
    open_dossier(page)
    expect(page.locator("[data-place]")).to_have_text("· thứ 1 trong 2")
    expect(page.locator("[data-step='-1']")).to_be_hidden()

    page.keyboard.press("]")
    page.wait_for_url(f"**/{second.code}/")
    expect(page.locator("[data-place]")).to_have_text("· thứ 2 trong 2")
    page.keyboard.press("]")
    page.keyboard.press("[")
    page.wait_for_url(f"**/{first.code}/")
    page.keyboard.press("]")
    page.wait_for_url(f"**/{second.code}/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("Hồ sơ trước, sau trong danh sách vừa xem")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Danh sách hồ sơ").click()

    page.wait_for_url("**?hang=cua-don-vi")
    expect(page.locator("[data-row].cursor")).to_have_attribute("data-row", str(second.code))


def test_a_dossier_opened_by_its_address_has_no_list_beside_it(
    world: World, page_at: PageAt, sit_down: SitDown
) -> None:
    dossier = with_real_papers(submitted(world, minutes_ago(60)))
    page = sit_down(page_at(1280), "receptionist")

    page.goto(f"{DESK}ho-so/{dossier.code}/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[data-beside]")).to_be_hidden()

"""Citizens at their door in a real browser, on a telephone and on a desk: finding, filing, losing the session, tracking."""

import re
from contextlib import suppress
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Error, Page, expect
from pytest_django.live_server_helper import LiveServer

from motcua.documents.actions import add_document, keep_file
from motcua.documents.models import Document
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By, Status
from motcua.dossiers.models import Dossier, Paper
from motcua.people.models import Citizen
from motcua.web.shared.tracking import tracking_path
from tests.documents.files import jpeg, pdf
from tests.journeys.conftest import PageAt, axe, shot
from tests.web.pages import fields_of
from tests.world import World, faulty, in_process, make_world, returned

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAME_OF_FOCUSED = """() => {
    const here = document.activeElement;
    const said = here.labels?.length ? here.labels[0].textContent : here.getAttribute("aria-label") || here.textContent;
    return said.split(/\\s+/).join(" ").trim();
}"""
WIDTHS = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture
def world(transactional_db: None) -> World:
    made = make_world()
    made.centre.place = made.commune.place
    made.centre.save(update_fields=["place"])
    cache.clear()
    return made


def sign_in(page: Page, live_server: LiveServer, citizen: Citizen) -> None:
    browser = Client()
    assert citizen.user is not None
    browser.force_login(citizen.user)
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


def seen(page: Page, name: str) -> None:
    """Look at the page as it stands: keep its picture and let axe-core look too."""
    page.wait_for_load_state("networkidle")
    shot(page, name)
    axe(page)


def go_on(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Tiếp tục")).click()


def reach(page: Page, name: str) -> None:
    """Go to a control by Tab, as somebody without a mouse does."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(NAME_OF_FOCUSED).startswith(name):
            return
    pytest.fail(f"Tab không tới được “{name}” ở {page.url}")


def leave_by(page: Page, name: str, key: str) -> None:
    """Go to a link or button by Tab, press the key on it and wait for the next page: another document, and all of it."""
    reach(page, name)
    page.evaluate("window.left = true")
    page.keyboard.press(key)
    for _try in range(200):
        with suppress(Error):  # asked in the moment between two documents
            if page.evaluate("window.left === undefined"):
                page.wait_for_load_state()
                return
        page.wait_for_timeout(50)
    pytest.fail(f"«{name}» không dẫn đi đâu từ {page.url}")


def begin(page: Page) -> Dossier:
    """Begin to file for a house."""
    page.goto("/nop-ho-so/1.013225/")
    page.get_by_role("button", name="Bắt đầu").click()
    return Dossier.objects.get()


def send(page: Page, paper: str, *files: tuple[str, bytes]) -> None:
    card = page.get_by_role("region", name=paper)
    uploads = [{"name": name, "mimeType": "image/jpeg", "buffer": content} for name, content in files]
    card.locator("input[type=file]:not([data-camera])").set_input_files(uploads)


@WIDTHS
def test_a_house_is_filed_from_the_search_to_the_proof(
    world: World, page_at: PageAt, live_server: LiveServer, width: int
) -> None:
    page = page_at(width)
    sign_in(page, live_server, world.an)
    page.goto("/")
    seen(page, "01-home")
    page.get_by_role("searchbox").fill("xin giay phep xay nha")
    page.get_by_role("button", name="Tìm").click()
    seen(page, "01-search")
    page.get_by_role("link", name="Xin giấy phép xây nhà ở riêng lẻ").click()
    page.get_by_label("Có", exact=True).check()
    expect(page.locator(".needs > li")).to_have_count(3)
    seen(page, "02-procedure")
    page.get_by_role("link", name="Bắt đầu nộp hồ sơ").click()
    seen(page, "03-start")
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.get_by_label("Họ và tên").first).to_have_value("Nguyễn Hoài An")
    seen(page, "03-applicant")
    go_on(page)
    page.get_by_label("Phường, xã nơi có việc cần giải quyết").select_option("Phường Vỹ Dạ")
    expect(page.get_by_label("Có", exact=True)).to_be_checked()
    seen(page, "03-case")
    go_on(page)
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Bạn chưa điền “Địa điểm xây dựng”")
    seen(page, "03-form-faults")
    page.get_by_label("Địa điểm xây dựng").fill("12/7 kiệt 84 Lâm Hoằng")
    page.get_by_label("Số tầng").fill("2")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    go_on(page)
    send(page, "Bản vẽ thiết kế xây dựng", ("don.pdf", b"MZ" + bytes(3000)))
    expect(page.get_by_role("alert")).to_contain_text("tệp này là chương trình máy tính")
    seen(page, "03-papers-refused")
    send(page, "Bản vẽ thiết kế xây dựng", ("1.jpg", jpeg()), ("2.jpg", jpeg()))
    expect(page.get_by_text("Đã gửi, 2 trang")).to_be_visible()
    send(page, "Bản cam kết an toàn công trình liền kề", ("ck.pdf", pdf()))
    expect(page.get_by_text("Đã gửi, 1 trang")).to_be_visible()
    seen(page, "03-papers")
    go_on(page)
    seen(page, "03-review")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_text("Đã nộp xong")).to_be_visible()
    seen(page, "04-proof")

    dossier = Dossier.objects.get()
    assert dossier.status == Status.SUBMITTED
    assert page.locator(".proof__code").inner_text() == dossier.code
    page.get_by_role("link", name="Theo dõi hồ sơ này").click()
    seen(page, "05-dossier")


@WIDTHS
def test_what_was_typed_survives_the_end_of_the_session(
    world: World, page_at: PageAt, live_server: LiveServer, complaints: list[str], width: int
) -> None:
    page = page_at(width)
    sign_in(page, live_server, world.an)
    draft = begin(page)
    page.goto(f"/ho-so/nhap/{draft.pk}/to-khai-1/")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Địa điểm xây dựng").fill("12/7 kiệt 84 Lâm Hoằng")
    expect(page.locator("[data-saved]")).to_contain_text("Phiên làm việc đã hết")
    seen(page, "06-session-ended")
    complaints[:] = [text for text in complaints if "401" not in text]
    page.get_by_label("Số tầng").fill("2")
    expect(page.locator("[data-saved]")).to_contain_text("Phiên làm việc đã hết")
    go_on(page)
    go_on(page)
    expect(page).to_have_url(re.compile("/dang-nhap/"))
    page.get_by_label("Số điện thoại hoặc thư điện tử").fill("0912000371")
    page.get_by_label("Mật khẩu").fill("mat-khau-dai")
    page.get_by_role("button", name="Đăng nhập").click()

    expect(page.get_by_role("heading", name="Giấy tờ của bạn")).to_be_visible()
    draft.refresh_from_db()
    assert draft.form_data == {"address": "12/7 kiệt 84 Lâm Hoằng", "floors": 2}
    complaints[:] = [text for text in complaints if "401" not in text]


@pytest.mark.parametrize("width", [360])
def test_the_notice_of_an_ended_session_leads_to_signing_in_and_back(
    world: World, page_at: PageAt, live_server: LiveServer, complaints: list[str], width: int
) -> None:
    page = page_at(width)
    sign_in(page, live_server, world.an)
    draft = begin(page)
    page.goto(f"/ho-so/nhap/{draft.pk}/to-khai-1/")
    expect(page.get_by_role("link", name="Đăng nhập lại để lưu tiếp")).to_be_hidden()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Địa điểm xây dựng").fill("12/7 kiệt 84 Lâm Hoằng")
    page.get_by_role("link", name="Đăng nhập lại để lưu tiếp").click()
    page.get_by_label("Số điện thoại hoặc thư điện tử").fill("0912000371")
    page.get_by_label("Mật khẩu").fill("mat-khau-dai")
    page.get_by_role("button", name="Đăng nhập").click()

    expect(page).to_have_url(re.compile(f"/ho-so/nhap/{draft.pk}/to-khai-1/$"))
    expect(page.get_by_label("Địa điểm xây dựng")).to_have_value("12/7 kiệt 84 Lâm Hoằng")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    complaints[:] = [text for text in complaints if "401" not in text]


@pytest.mark.parametrize("width", [1280])
def test_a_house_is_filed_by_the_keyboard_alone(
    world: World, page_at: PageAt, live_server: LiveServer, width: int
) -> None:
    page = page_at(width)
    sign_in(page, live_server, world.an)
    page.goto("/thu-tuc/?q=xay+nha")
    leave_by(page, "Xin giấy phép xây nhà ở riêng lẻ", "Enter")
    reach(page, "Có")
    page.keyboard.press("Space")
    expect(page.locator(".needs > li")).to_have_count(3)
    leave_by(page, "Bắt đầu nộp hồ sơ", "Enter")
    leave_by(page, "Bắt đầu", "Space")
    leave_by(page, "Tiếp tục: Nơi giải quyết", "Enter")
    reach(page, "Phường, xã nơi có việc cần giải quyết")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Phường, xã nơi có việc cần giải quyết")).to_have_value("19900")
    leave_by(page, "Tiếp tục: Công trình", "Enter")
    reach(page, "Địa điểm xây dựng")
    page.keyboard.type("12/7 kiệt 84 Lâm Hoằng")
    reach(page, "Số tầng")
    page.keyboard.type("2")
    leave_by(page, "Tiếp tục: Giấy tờ", "Enter")
    for paper in ("Bản vẽ thiết kế xây dựng", "Bản cam kết an toàn công trình liền kề"):
        with page.expect_file_chooser() as chooser:
            reach(page, f"Chọn tệp {paper}")
            page.keyboard.press("Enter")
        chooser.value.set_files([{"name": "1.pdf", "mimeType": "application/pdf", "buffer": pdf()}])
        expect(page.get_by_role("region", name=paper).get_by_text("Đã gửi, 1 trang")).to_be_visible()
    leave_by(page, "Tiếp tục: Xem lại", "Enter")
    leave_by(page, "Nộp hồ sơ", "Space")

    expect(page.get_by_text("Đã nộp xong")).to_be_visible()
    assert Dossier.objects.get().status == Status.SUBMITTED


@pytest.mark.parametrize("width", [360])
def test_a_form_open_in_two_windows_asks_which_one_is_right(
    world: World, page_at: PageAt, live_server: LiveServer, complaints: list[str], width: int
) -> None:
    page = page_at(width)
    sign_in(page, live_server, world.an)
    draft = begin(page)
    other = Client()
    other.force_login(world.an.user)
    address = f"/ho-so/nhap/{draft.pk}/to-khai-1/"
    page.goto(address)
    revision = fields_of(other.get(address))["revision"]
    other.post(address, {"revision": revision, "form_data.address": "Số 1 Nguyễn Huệ", "form_data.floors": "1"})

    page.get_by_label("Địa điểm xây dựng").fill("Số 2 Lê Lợi")
    page.get_by_label("Số tầng").fill("1")
    go_on(page)
    expect(page.get_by_role("heading", name="Hai cửa sổ đã ghi khác nhau")).to_be_visible()
    seen(page, "06-two-windows")
    complaints[:] = [text for text in complaints if "409" not in text]
    page.get_by_role("button", name="Lưu bản đã chọn").click()

    expect(page.get_by_role("heading", name="Giấy tờ của bạn")).to_be_visible()
    draft.refresh_from_db()
    assert draft.form_data == {"address": "Số 2 Lê Lợi", "floors": 1}


@WIDTHS
def test_asked_papers_are_given_again_and_the_clock_goes_on(
    world: World, page_at: PageAt, live_server: LiveServer, width: int
) -> None:
    now = timezone.now()
    dossier = in_process(world, now - timedelta(days=3), now - timedelta(days=2), now - timedelta(days=1, hours=2))
    promise = dossier.papers.get(requirement=world.promise)
    kept = keep_file(upload=BytesIO(pdf()), limit_bytes=10**6, at=now)
    Paper.objects.filter(pk=promise.pk).update(
        document=add_document(file=kept, title="Cam kết", source=Document.Source.UPLOAD, at=now, actor=None)
    )
    faulty(promise, "Thiếu chữ ký của nhà bên trái")
    actions.ask_papers(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=now - timedelta(hours=2), reason="Xin thêm chữ ký"
    )
    page = page_at(width)
    sign_in(page, live_server, world.an)
    page.goto("/ho-so-cua-toi/")
    seen(page, "07-my-dossiers")
    page.get_by_role("link", name="Xin giấy phép xây nhà ở riêng lẻ").click()
    page.get_by_text("Vì sao ngày này?").click()
    seen(page, "07-waiting")
    page.get_by_role("link", name="Gửi giấy tờ bổ sung").click()
    page.get_by_role("button", name="Gửi bổ sung").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa có bản mới của")
    send(page, "Bản cam kết an toàn công trình liền kề", ("ck.pdf", pdf()))
    expect(page.get_by_text("Đã có bản mới")).to_be_visible()
    seen(page, "07-supply")
    page.get_by_role("button", name="Gửi bổ sung").click()

    expect(page.get_by_role("status")).to_contain_text("Đã gửi giấy tờ bổ sung")
    dossier.refresh_from_db()
    assert dossier.status == Status.PROCESSING


@WIDTHS
def test_anybody_with_two_facts_or_the_qr_follows_a_dossier(world: World, page_at: PageAt, width: int) -> None:
    start = timezone.now() - timedelta(days=9)
    dossier = returned(world, [start + timedelta(days=day) for day in range(8)])
    page = page_at(width)
    page.goto("/")
    page.get_by_label("Mã hồ sơ").fill(dossier.code)
    page.get_by_role("button", name="Xem hồ sơ đến đâu").click()
    page.get_by_label("4 số cuối").fill("1111")
    page.get_by_role("button", name="Xem hồ sơ đến đâu").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa khớp nhau")
    seen(page, "08-track")
    page.get_by_label("4 số cuối").fill("0371")
    page.get_by_role("button", name="Xem hồ sơ đến đâu").click()

    expect(page.get_by_role("heading", name="Đã trả kết quả").first).to_be_visible()
    assert page.url.endswith(tracking_path(dossier.code))
    seen(page, "08-tracked")


def test_every_page_works_without_a_script(world: World, page_at: PageAt, live_server: LiveServer, browser) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    sign_in(page, live_server, world.an)
    page.goto("/thu-tuc/1.013225/?neighbour=no")
    page.get_by_role("link", name="Bắt đầu nộp hồ sơ").click()
    page.get_by_role("button", name="Bắt đầu").click()
    go_on(page)
    page.get_by_label("Phường, xã nơi có việc cần giải quyết").select_option("Phường Vỹ Dạ")
    go_on(page)
    page.get_by_label("Địa điểm xây dựng").fill("12/7 kiệt 84 Lâm Hoằng")
    page.get_by_label("Số tầng").fill("2")
    go_on(page)
    send(page, "Bản vẽ thiết kế xây dựng", ("1.jpg", jpeg()))
    page.get_by_role("region", name="Bản vẽ thiết kế xây dựng").get_by_role("button", name="Gửi").click()
    go_on(page)
    page.get_by_role("button", name="Nộp hồ sơ").click()

    assert Dossier.objects.get().status == Status.SUBMITTED
    context.close()

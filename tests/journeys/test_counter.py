"""Bình at the counter in a real browser, without touching the mouse: taking in, asking for papers, turning away."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from motcua.documents.actions import add_document, keep_file
from motcua.documents.models import Document
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.people.models import Citizen
from tests.documents.files import pdf
from tests.journeys.conftest import PageAt, axe, shot
from tests.world import World, complete, make_world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
COUNTER = "/ban-lam-viec/quay/"
SitDown = Callable[[Page], Page]


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


@pytest.fixture
def sit_down(world: World, live_server: LiveServer) -> SitDown:
    """Sign Bình in and open the counter."""

    def seated(page: Page) -> Page:
        browser = Client()
        browser.force_login(world.posts["receptionist"].officer.user)
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page.goto(COUNTER)
        return page

    return seated


def a_permit() -> Document:
    """Return the drafted result as a file that the desk can show."""
    stored = keep_file(upload=BytesIO(pdf()), limit_bytes=10**7, at=timezone.now())
    source = Document.Source.RESULT
    return add_document(file=stored, title="Giấy phép xây dựng", source=source, at=timezone.now(), actor=None)


def tab_to(page: Page, control: str) -> None:
    """Press Tab until the control of this id has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == control:
            return
    raise AssertionError(f"Tab never reaches {control}")


def person_and_procedure(page: Page, who: str = "046196000214") -> None:
    """Type who came and what for, each closed with Enter."""
    page.keyboard.type(who)
    page.keyboard.press("Enter")
    page.keyboard.press("F3")
    page.keyboard.type("giay phep xay nha")
    page.keyboard.press("Enter")
    expect(page.locator("#procedure")).to_have_value("1.013225  Xin giấy phép xây nhà ở riêng lẻ")


def test_a_dossier_is_taken_in_by_keyboard_and_its_result_returned(
    world: World, page_at: PageAt, sit_down: SitDown
) -> None:
    page = sit_down(page_at(1280))
    axe(page)
    person_and_procedure(page)
    expect(page.locator("#part-who")).to_contain_text("Nguyễn Hoài An")
    tab_to(page, "id_answers-neighbour")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#paper-201-given")).to_be_visible()
    for paper in ("paper-102-given", "paper-201-given"):
        tab_to(page, paper)
        page.keyboard.press("Space")
    tab_to(page, "id_form_data-address")
    page.keyboard.type("12/7 kiệt 84 Lâm Hoằng")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    tab_to(page, "id_return-method_0")
    expect(page.locator("#part-slip")).to_contain_text("2 bản chính, 1 tờ khai hệ thống in")
    axe(page)
    shot(page, "counter-ready")
    page.keyboard.press("F9")

    page.wait_for_url("**/quay/xong/**")
    dossier = Dossier.objects.get()
    expect(page.get_by_text(str(dossier.code))).to_be_visible()
    axe(page)
    shot(page, "counter-taken")
    slip = page.request.get(page.get_by_role("link", name="In Mẫu 01").get_attribute("href") or "")
    assert slip.headers["content-type"] == "application/pdf"

    page.keyboard.press("F4")
    page.wait_for_url("**/ho-so/**")
    page.keyboard.press("g")
    expect(page.get_by_role("heading", name="Bàn giao", exact=True)).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã bàn giao")
    complete(world, dossier, timezone.now(), draft=a_permit())
    complete(world, dossier, timezone.now())
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=timezone.now())
    actions.issue(dossier_id=dossier.pk, actor=world.actor(By.CLERK), at=timezone.now(), number="12/GPXD")
    page.reload()
    page.keyboard.press("q")
    expect(page.get_by_role("heading", name="Trả kết quả", exact=True)).to_be_visible()
    expect(page.get_by_label("Số giấy tờ người nhận")).to_be_focused()
    page.keyboard.type("046196000214")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã trả kết quả")

    dossier.refresh_from_db()
    assert [event.move for event in dossier.events.order_by("seq")] == [
        "take_in", "hand_over", "complete_step", "complete_step", "sign_off", "issue", "return_result",
    ]  # fmt: skip
    assert dossier.form_data == {"address": "12/7 kiệt 84 Lâm Hoằng", "floors": 2}


def test_missing_papers_of_a_new_person_are_asked_for_at_once(world: World, page_at: PageAt, sit_down: SitDown) -> None:
    page = sit_down(page_at(1280))
    person_and_procedure(page, "046196000777")
    page.locator("#id_person-full_name").fill("Phạm Thị Quỳnh Như")
    page.get_by_label("Điện thoại (hoặc số định danh)").fill("0912000777")
    page.get_by_label("Có nhà nào sát bên không?").select_option("Không")
    page.get_by_label("Địa điểm xây dựng").fill("27 Nguyễn Chí Diểu")
    page.get_by_label("Số tầng").fill("hai")
    page.keyboard.press("F9")

    expect(page.locator("#error-summary")).to_contain_text("“Số tầng” phải là một số nguyên")
    expect(page.locator("#id_person-full_name")).to_have_value("Phạm Thị Quỳnh Như")
    axe(page)
    shot(page, "counter-errors")
    page.get_by_role("link", name="“Số tầng” phải là một số nguyên").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    page.keyboard.press("F6")

    expect(page.get_by_role("heading", name="Đã ghi nhận thiếu giấy tờ")).to_be_visible()
    supplement = Dossier.objects.get().supplements.get()
    assert [(item["name"], item["fault"]) for item in supplement.items] == [("Bản vẽ thiết kế xây dựng", "Chưa nộp.")]
    assert Citizen.objects.get(identity_number="046196000777").full_name == "Phạm Thị Quỳnh Như"


def test_a_scan_is_kept_and_can_be_taken_off(world: World, page_at: PageAt, sit_down: SitDown) -> None:
    page = sit_down(page_at(1280))
    person_and_procedure(page)
    papers = page.locator("#part-papers")
    scan = {"name": "ban-ve.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    papers.get_by_label("Chọn bản quét Bản vẽ").set_input_files(scan)

    expect(papers).to_contain_text("Đã quét 1 trang")
    expect(page.locator("#paper-102-given")).to_be_checked()
    papers.get_by_role("button", name="Bỏ bản quét").click()

    expect(papers).not_to_contain_text("Đã quét")


def test_the_focus_stays_with_the_papers_while_they_are_scanned(
    world: World, page_at: PageAt, sit_down: SitDown
) -> None:
    page = sit_down(page_at(1280))
    # Said early: the browser takes a while until it hands its dialogs over.
    page.on("filechooser", lambda _chooser: None)
    person_and_procedure(page)
    page.get_by_label("Có nhà nào sát bên không?").select_option("yes")
    expect(page.locator("#paper-201-scan")).to_be_attached()
    scan = {"name": "ban-ve.pdf", "mimeType": "application/pdf", "buffer": pdf()}

    with page.expect_file_chooser() as chosen:
        page.keyboard.press("F8")
    chosen.value.set_files(scan)
    expect(page.locator("#paper-201-scan")).to_be_focused()
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("F8")
    chosen.value.set_files(scan)

    expect(page.locator("#paper-201-given")).to_be_focused()


def test_after_a_refusal_the_cursor_stands_in_the_first_box_at_fault(
    world: World, page_at: PageAt, sit_down: SitDown
) -> None:
    page = sit_down(page_at(1280))
    person_and_procedure(page)

    page.keyboard.press("F9")

    expect(page.get_by_label("Có nhà nào sát bên không?")).to_be_focused()


def test_somebody_is_turned_away_on_a_narrow_screen(world: World, page_at: PageAt, sit_down: SitDown) -> None:
    page = sit_down(page_at(360))
    axe(page)
    person_and_procedure(page)
    expect(page.locator("#part-papers table")).to_be_visible()
    axe(page)
    shot(page, "counter-narrow")
    page.get_by_label("Lý do không nhận").fill("Thửa đất đang có tranh chấp theo đơn ngày 10/11.")
    page.get_by_role("button", name="Không nhận: in phiếu từ chối").click()

    expect(page.get_by_role("heading", name="Đã ghi không nhận")).to_be_visible()
    axe(page)
    assert Dossier.objects.get().status == "refused"


def test_the_page_works_without_javascript(world: World, page_at: PageAt, sit_down: SitDown) -> None:
    scripted = sit_down(page_at(1280))
    browser = scripted.context.browser
    assert browser is not None
    context = browser.new_context(
        locale="vi-VN", java_script_enabled=False, storage_state=scripted.context.storage_state()
    )
    page = context.new_page()
    page.goto(scripted.url)
    page.get_by_label("Số định danh, điện thoại, tên").fill("046196000214")
    page.get_by_label("Thủ tục").fill("xay nha")
    page.get_by_role("button", name="Cập nhật").last.click()
    page.get_by_label("Có nhà nào sát bên không?").select_option("Không")
    page.get_by_label("Bản vẽ thiết kế xây dựng", exact=True).check()
    page.get_by_label("Địa điểm xây dựng").fill("27 Nguyễn Chí Diểu")
    page.get_by_label("Số tầng").fill("2")
    page.get_by_role("button", name="Tiếp nhận và in").click()

    expect(page.get_by_role("heading", name="Đã tiếp nhận")).to_be_visible()
    context.close()
    assert Dossier.objects.get().status == "received"

"""The page of a dossier: its parts alone equal its parts on the page; numbers stay hidden; papers are judged."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.words import moment_short
from motcua.documents.actions import add_document, keep_file
from motcua.documents.models import Document
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Charge, Dossier, Paper
from motcua.people.models import Organisation
from motcua.web.desk.page import _hidden
from tests.documents.files import LETTER, pdf
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import address, do, markup, part, said, words
from tests.world import World, accepted, complete, document, in_process, returned, submitted

pytestmark = pytest.mark.django_db
QUERIES = 22


@pytest.fixture
def dossier(world: World, earlier: Moment) -> Dossier:
    return in_process(world, earlier(90), earlier(60), earlier(30))


def scanned(world: World, at: Moment, pages: int = 2) -> Document:
    """Keep a real PDF."""
    upload = SimpleUploadedFile("ban-ve.pdf", pdf([LETTER] * pages))
    stored = keep_file(upload=upload, limit_bytes=10**7, at=at(100))
    return add_document(file=stored, title="Bản vẽ", source=Document.Source.UPLOAD, at=at(100), actor=None)


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_costs_the_same_for_a_short_history_and_a_long_one(
    times: int, world: World, dossier: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    officer, actor = world.posts["specialist"].officer, world.actor
    for number in range(times):
        actions.assign(dossier_id=dossier.pk, actor=actor(By.OFFICER), to=officer, at=earlier(9 - number))
    browser = sign_in("specialist")
    browser.get(address(dossier))

    with CaptureQueriesContext(connection) as queries:
        browser.get(address(dossier))

    assert len(queries) == QUERIES


@pytest.mark.parametrize(("target", "query"), [("giay-to", ""), ("nguoi-nop", "?hien-so=1"), ("nguoi-nop", "")])
def test_a_part_is_what_stands_on_the_page(target: str, query: str, dossier: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("specialist")

    alone = markup(part(browser, address(dossier, query), target))

    assert f'id="{target}"' in alone
    assert "<html" not in alone
    assert alone in markup(browser.get(address(dossier, query)))


@pytest.mark.parametrize("move", ["complete_step", "ask_papers", "assign"])
def test_an_act_opened_in_place_is_what_its_own_page_shows(move: str, dossier: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("specialist")

    alone = markup(part(browser, address(dossier, f"{move}/"), "viec"))

    assert 'id="viec"' in alone
    assert alone in markup(browser.get(address(dossier, f"{move}/")))


def test_numbers_are_hidden_until_asked_for(dossier: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("specialist")

    hidden, shown = words(browser.get(address(dossier))), words(browser.get(address(dossier, "?hien-so=1")))

    assert "046196000214" not in hidden
    assert "046196•••214 Điện thoại 09•• ••• 371" in hidden
    assert "046196000214 Điện thoại 0912000371" in shown


def test_the_page_says_who_has_it_and_what_comes_next(dossier: Dossier, sign_in: SignIn) -> None:
    page = words(sign_in("clerk").get(address(dossier)))

    assert "4 Đang xử lý Thẩm định · Phòng Kinh tế, Hạ tầng và Đô thị" in page
    assert "sau đó Kiểm tra · Lãnh đạo phòng Ký duyệt · Lãnh đạo ký Phát hành · Văn thư Trả kết quả" in page
    assert "Lúc này việc ở bước «Thẩm định» của Phòng Kinh tế, Hạ tầng và Đô thị; vị trí của bạn chỉ xem." in page


def test_pages_of_a_paper_are_pictures(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = submitted(world, earlier(30))
    paper = dossier.papers.get(requirement=world.drawing)
    Paper.objects.filter(pk=paper.pk).update(document=scanned(world, earlier))
    browser = sign_in("receptionist")

    picture = browser.get(address(dossier, f"giay-to/{paper.pk}/2.png"))
    file = browser.get(address(dossier, f"giay-to/{paper.pk}/tep/"))

    assert (picture["Content-Type"], picture["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert b"".join(file.streaming_content)[:5] == b"%PDF-"  # type: ignore[attr-defined]
    assert file["Content-Disposition"].startswith("attachment")
    assert f"/giay-to/{paper.pk}/2.png" in markup(browser.get(address(dossier, f"?giay={paper.pk}&trang=99")))


def test_a_paper_given_again_has_another_picture(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = submitted(world, earlier(30))
    paper = dossier.papers.get(requirement=world.drawing)
    browser, here = sign_in("receptionist"), address(dossier, f"?giay={paper.pk}")
    shown = []

    for pages in (1, 2):  # the browser keeps pictures for an hour, so the new one needs an address of its own
        Paper.objects.filter(pk=paper.pk).update(document=scanned(world, earlier, pages))
        shown.append(re.findall(rf'src="(\S*/giay-to/{paper.pk}/1\.png\S*)"', markup(browser.get(here))))

    assert [len(pictures) for pictures in shown] == [1, 1]
    assert shown[0] != shown[1]


@pytest.mark.parametrize("rest", ["giay-to/0/1.png", "giay-to/ket-qua/1.png", "giay-to/x/tep/", "phieu/0.pdf"])
def test_what_the_dossier_does_not_have_is_not_found(rest: str, dossier: Dossier, sign_in: SignIn) -> None:
    assert sign_in("specialist").get(address(dossier, rest)).status_code == 404


def test_a_page_the_file_does_not_have_is_not_found(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = submitted(world, earlier(30))
    paper = dossier.papers.get(requirement=world.drawing)
    Paper.objects.filter(pk=paper.pk).update(document=scanned(world, earlier))

    assert sign_in("receptionist").get(address(dossier, f"giay-to/{paper.pk}/3.png")).status_code == 404


def test_a_faulty_paper_is_kept_with_its_words(world: World, dossier: Dossier, sign_in: SignIn) -> None:
    paper = dossier.papers.get(requirement=world.promise)
    judged = {"verdict": "faulty", "code": "unsigned", "fault": "Thiếu chữ ký bên trái"}

    response = sign_in("specialist").post(address(dossier, f"giay-to/{paper.pk}/danh-gia/"), judged)

    paper.refresh_from_db()
    assert response["Location"] == address(dossier, f"?giay={paper.pk}")
    assert (paper.verdict, paper.fault_code, paper.fault) == ("faulty", "unsigned", "Thiếu chữ ký bên trái")
    assert "Thiếu chữ ký, con dấu. Thiếu chữ ký bên trái Cách sửa: Bạn xin đủ chữ ký" in words(
        sign_in("specialist").get(address(dossier))  # type: ignore[arg-type]
    )


def test_why_a_paper_is_faulty_is_chosen_and_what_was_typed_stays(
    world: World, dossier: Dossier, sign_in: SignIn
) -> None:
    paper = dossier.papers.get(requirement=world.promise)

    response = sign_in("specialist").post(
        address(dossier, f"giay-to/{paper.pk}/danh-gia/"), {"verdict": "faulty", "fault": "Thiếu chữ ký bên trái"}
    )

    assert "Hãy chọn vì sao giấy tờ này chưa đạt." in words(response)
    assert "Thiếu chữ ký bên trái" in words(response)
    assert Paper.objects.get(pk=paper.pk).verdict == ""


def test_the_page_says_who_judged_a_paper_and_when(world: World, dossier: Dossier, sign_in: SignIn) -> None:
    paper = dossier.papers.get(requirement=world.promise)
    url = address(dossier, f"giay-to/{paper.pk}/danh-gia/")

    sign_in("specialist").post(url, {"verdict": "good"})
    paper.refresh_from_db()
    by, at = paper.judged_by, paper.judged_at
    page = words(sign_in("receptionist").get(address(dossier)))
    sign_in("specialist").post(url, {"verdict": ""})

    paper.refresh_from_db()
    assert by == world.posts["specialist"].officer
    assert at is not None
    assert f"Bản cam kết an toàn công trình liền kề 1 trang Đạt · Hoàng Thị Mỹ Linh, {moment_short(at)}" in page
    assert (paper.verdict, paper.judged_by, paper.judged_at) == ("", None, None)


def test_a_paper_that_data_replace_is_not_counted_as_unseen(world: World, dossier: Dossier, sign_in: SignIn) -> None:
    Paper.objects.filter(dossier=dossier, requirement=world.promise).update(source="data", document=None)

    page = words(sign_in("receptionist").get(address(dossier)))

    assert "0 trong 3 đạt, 0 chưa đạt, 2 chưa xem, 1 không phải xem" in page
    assert "Bản cam kết an toàn công trình liền kề dữ liệu không phải xem" in page


def test_judging_in_place_refreshes_check_list_and_the_open_request(
    world: World, dossier: Dossier, sign_in: SignIn
) -> None:
    paper = dossier.papers.get(requirement=world.promise)
    browser = sign_in("specialist")

    response = browser.post(
        address(dossier, f"giay-to/{paper.pk}/danh-gia/"),
        {"verdict": "faulty", "code": "unsigned", "fault": "Thiếu chữ ký"},
        headers={"HX-Request": "true", "HX-Target": "kiem-tra"},
    )

    parts = markup(response)
    assert "0 trong 3 đạt, 1 chưa đạt, 2 chưa xem" in parts
    assert parts.count('hx-swap-oob="true"') == 2
    assert "<html" not in parts


def test_a_faulty_paper_without_words_keeps_the_page_and_says_why(
    world: World, dossier: Dossier, sign_in: SignIn
) -> None:
    paper = dossier.papers.get(requirement=world.promise)

    response = sign_in("specialist").post(
        address(dossier, f"giay-to/{paper.pk}/danh-gia/"), {"verdict": "faulty", "code": "other", "fault": " "}
    )

    assert "Hãy ghi giấy tờ này cần sửa gì, để người dân chỉ phải làm một lần." in words(response)
    assert Paper.objects.get(pk=paper.pk).verdict == ""


def test_who_only_reads_does_not_judge(world: World, dossier: Dossier, sign_in: SignIn) -> None:
    paper = dossier.papers.get(requirement=world.promise)

    response = sign_in("receptionist").post(address(dossier, f"giay-to/{paper.pk}/danh-gia/"), {"verdict": "good"})

    assert response.status_code == 404


def test_the_counter_takes_the_money_once(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = accepted(world, earlier(60), earlier(30))
    charge = Charge.objects.get(dossier=dossier)
    browser = sign_in("receptionist")

    browser.post(address(dossier, f"khoan-thu/{charge.pk}/"))
    assert said(browser, address(dossier)) == ["Đã thu 75.000 đ: Lệ phí cấp giấy phép."]
    browser.post(address(dossier, f"khoan-thu/{charge.pk}/"))

    assert said(browser, address(dossier)) == ["Khoản này đã thu rồi, không thu lần thứ hai."]


def test_another_unit_of_the_way_takes_no_money(world: World, sign_in: SignIn, dossier: Dossier) -> None:
    charge = Charge.objects.get(dossier=dossier)

    assert sign_in("specialist").post(address(dossier, f"khoan-thu/{charge.pk}/")).status_code == 404


def test_a_closed_dossier_shows_its_end_and_no_acts(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = returned(world, [earlier(80 - 10 * number) for number in range(8)])

    page = words(sign_in("receptionist").get(address(dossier)))

    assert "Hồ sơ đã kết thúc, không còn việc phải làm." in page
    assert "cho Nguyễn Hoài An" in page


def test_numbers_in_the_form_are_hidden_until_asked_for() -> None:
    assert _hidden(("phone", "Điện thoại", "0912000371"), {"phone"}) == ("phone", "Điện thoại", "09•• ••• 371")
    assert _hidden(("name", "Họ tên", "0912000371"), {"phone"}) == ("name", "Họ tên", "0912000371")


def test_a_second_press_on_good_keeps_it_and_taking_it_back_is_a_button_of_its_own(
    world: World, dossier: Dossier, sign_in: SignIn
) -> None:
    paper = dossier.papers.get(requirement=world.promise)
    browser = sign_in("specialist")
    url = address(dossier, f"giay-to/{paper.pk}/danh-gia/")

    browser.post(url, {"verdict": "good"})
    page = browser.get(address(dossier)).content.decode()

    buttons = re.findall(rf'<button[^>]*?(?:id="dat-{paper.pk}" )?name="verdict" value="(\w*)"', page)
    assert f'id="dat-{paper.pk}" name="verdict" value="good"' in page
    assert buttons.count("") == 1
    assert "Bỏ đánh giá" in page


def test_handing_over_says_what_nobody_was_asked_to_pay(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = in_process(world, earlier(90), earlier(60), earlier(50))
    complete(world, dossier, earlier(40), draft=document("du-thao.pdf"))
    complete(world, dossier, earlier(30))
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=earlier(20))
    actions.issue(dossier_id=dossier.pk, actor=world.actor(By.CLERK), at=earlier(10), number="12/GPXD")
    Charge.objects.filter(dossier=dossier).update(amount_vnd=None)

    panel = words(part(sign_in("receptionist"), address(dossier, "return_result/")))

    assert "Chưa thu: Lệ phí cấp giấy phép, chưa xác định số tiền." in panel


def test_of_an_organisation_its_representative_is_expected(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = in_process(world, earlier(90), earlier(60), earlier(50))
    complete(world, dossier, earlier(40), draft=document("du-thao.pdf"))
    complete(world, dossier, earlier(30))
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=earlier(20))
    actions.issue(dossier_id=dossier.pk, actor=world.actor(By.CLERK), at=earlier(10), number="12/GPXD")
    shop = Organisation.objects.create(name="Công ty Sen Hồng", tax_code="3301234567", representative=world.chi)
    Dossier.objects.filter(pk=dossier.pk).update(owner_organisation=shop)
    browser = sign_in("receptionist")

    panel = part(browser, address(dossier, "return_result/")).content.decode()
    Organisation.objects.update(representative=None)
    answer = words(do(browser, dossier, "return_result", {"identity": "046196000214", "name": "Nguyễn Hoài An"}))

    assert f'value="{world.chi.full_name}"' in panel
    assert "Số của người đại diện: 046196" in panel
    assert "Chủ hồ sơ là tổ chức: hãy ghi người nhận là ai trong tổ chức" in answer

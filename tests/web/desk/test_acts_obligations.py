"""Money a dossier waits for, at the desk: the notice is told, each obligation confirmed with its proof."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.base.words import day, local_day
from motcua.dossiers import actions
from motcua.dossiers.actions.obligations import Notice
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Obligation
from motcua.notices.facts import facts_of
from motcua.notices.texts import words_for
from tests.documents.files import pdf
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import address, do, part, said, status, words
from tests.world import World

pytestmark = pytest.mark.django_db
TAX = {
    "number": "TB-0001",
    "payee": "Thuế cơ sở 3",
    "account": "3751.0.1054321",
    "name1": "Lệ phí trước bạ",
    "amount1": "1.250.000",
}
LAND = Notice("TB-0002", "Thuế cơ sở 3", "3751.0.1054321", [("Tiền sử dụng đất", 84_000_000)])


def owing(world: World, dossier: Dossier, at: datetime, *notices: Notice) -> list[Obligation]:
    actor = world.actor(By.OFFICER)
    return [actions.ask_payment(dossier_id=dossier.pk, actor=actor, at=at, notice=one) for one in notices]


def test_the_notice_stops_the_clock_and_says_so_before(working: Dossier, sign_in: SignIn, now: datetime) -> None:
    browser = sign_in("specialist")
    until = local_day(now) + timedelta(days=30)

    panel = words(part(browser, address(working, "ask_payment/")))
    do(browser, working, "ask_payment", {
        **TAX, "name2": "Lệ phí thẩm định", "amount2": "75000 đ", "pay_by": day(until),
    })  # fmt: skip

    told = working.obligations.get()
    assert "Trạng thái thành 6 Yêu cầu thực hiện nghĩa vụ tài chính Đồng hồ dừng, giữ nguyên" in panel
    assert "Người dân nộp tiền; Trung tâm Phục vụ hành chính công phường Vỹ Dạ xác nhận theo chứng từ" in panel
    assert (told.lines, told.pay_by, status(working)) == (
        [{"name": "Lệ phí trước bạ", "amount_vnd": 1_250_000}, {"name": "Lệ phí thẩm định", "amount_vnd": 75_000}],
        until, "awaiting_payment",
    )  # fmt: skip
    page = words(browser.get(address(working)))  # type: ignore[arg-type]
    assert "Thông báo số TB-0001 chờ nộp Lệ phí trước bạ 1.250.000 đ Lệ phí thẩm định 75.000 đ Cộng 1.325.000 đ" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount1": "một triệu"}, "Khoản 1: hãy ghi số tiền như 1.250.000."),
        ({"amount1": "0"}, "Khoản 1: hãy ghi số tiền như 1.250.000."),
        ({"name1": ""}, "Khoản 1 có số tiền mà chưa có tên."),
        ({"name1": "", "amount1": ""}, "Hãy ghi ít nhất một khoản, có tên và số tiền."),
        ({"pay_by": "32/13/2026"}, "Ngày này chưa đọc được."),
        ({"pay_by": "01/01/2020"}, "Ngày 01/01/2020 đã qua."),
        ({"number": ""}, "Bạn chưa điền “Số thông báo”"),
    ],
)
def test_what_is_wrong_in_a_notice_is_said_and_what_was_typed_stays(
    typed: dict[str, str], sentence: str, working: Dossier, sign_in: SignIn
) -> None:
    response = do(sign_in("specialist"), working, "ask_payment", {**TAX, **typed})

    assert sentence in words(response)
    assert 'value="3751.0.1054321"' in response.content.decode()
    assert status(working) == "processing"


def test_a_second_notice_is_told_while_the_first_waits_and_expects_its_payee(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    owing(world, working, earlier(10), LAND)
    browser = sign_in("specialist")

    panel = part(browser, address(working, "ask_more_payment/")).content.decode()
    do(browser, working, "ask_more_payment", TAX)

    assert 'value="Thuế cơ sở 3"' in panel
    assert [one.notice_number for one in working.obligations.all()] == ["TB-0002", "TB-0001"]


def test_the_counter_confirms_the_one_it_names_and_the_clock_goes_on_after_the_last(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    tax = Notice("TB-0001", "Thuế", "1", [("Lệ phí trước bạ", 1_250_000)])
    first, last = owing(world, working, earlier(10), tax, LAND)
    browser = sign_in("receptionist")

    page = browser.get(address(working)).content.decode()
    panel = part(browser, address(working, f"pay_part/?khoan={last.pk}")).content.decode()
    do(browser, working, "pay_part", {"khoan": last.pk, "proof_number": "GNT 0099812"})
    between = status(working)
    do(browser, working, "pay_all", {"khoan": first.pk, "proof": SimpleUploadedFile("gnt.pdf", pdf())})

    first.refresh_from_db()
    last.refresh_from_db()
    assert f"{address(working, 'pay_part/')}?khoan={last.pk}" in page
    assert f'value="{last.pk}" checked' in panel
    assert (between, last.proof_number, status(working)) == ("awaiting_payment", "GNT 0099812", "processing")
    assert first.proof is not None
    shown = browser.get(address(working, f"chung-tu/{first.pk}/"))
    assert b"".join(shown.streaming_content)[:5] == b"%PDF-"  # type: ignore[attr-defined]
    assert browser.get(address(working, f"chung-tu/{last.pk}/")).status_code == 404


def test_without_proof_nothing_is_confirmed(world: World, working: Dossier, sign_in: SignIn, earlier: Moment) -> None:
    (told,) = owing(world, working, earlier(10), LAND)

    page = words(do(sign_in("receptionist"), working, "pay_all", {"khoan": told.pk}))

    assert "Cần số chứng từ hoặc bản chụp chứng từ. Chưa có gì thay đổi." in page
    assert status(working) == "awaiting_payment"


def test_one_that_was_confirmed_meanwhile_is_not_confirmed_again(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    tax = Notice("TB-0001", "Thuế", "1", [("Lệ phí trước bạ", 1_250_000)])
    first, _last = owing(world, working, earlier(10), tax, LAND)
    actions.confirm_payment(
        obligation_id=first.pk, actor=world.actor(By.COUNTER), at=earlier(5), proof_number="GNT 1"
    )  # fmt: skip

    do(sign_in("receptionist"), working, "pay_part", {"khoan": first.pk, "proof_number": "GNT 2"})

    first.refresh_from_db()
    assert (first.proof_number, status(working)) == ("GNT 1", "awaiting_payment")


def test_an_officer_of_the_division_confirms_nothing(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    owing(world, working, earlier(10), LAND)
    browser = sign_in("specialist")

    page = words(browser.get(address(working)))  # type: ignore[arg-type]
    browser.get(address(working, "pay_all/"))

    assert "Xác nhận đã nộp" not in page
    assert "Thông báo thêm khoản phải nộp" in page
    assert "vị trí của bạn không làm được việc này" in said(browser, address(working))[0]


def test_the_citizen_is_told_what_to_pay_to_whom_where_and_by_when(
    world: World, working: Dossier, earlier: Moment, now: datetime
) -> None:
    until = local_day(now) + timedelta(days=30)
    notice = Notice("TB-0001", "Thuế cơ sở 3", "3751.0.1054321", [("Lệ phí trước bạ", 1_250_000)], until)
    owing(world, working, earlier(10), notice)

    title, body = words_for("ask_payment", facts_of(working.events.get(move="ask_payment"))) or ("", "")

    assert title == f"Hồ sơ {working.code} chờ bạn nộp nghĩa vụ tài chính"
    assert body == (
        "Thông báo số TB-0001: nộp 1.250.000 đ cho Thuế cơ sở 3, tài khoản 3751.0.1054321, "
        f"chậm nhất ngày {day(until)}. Nộp xong, bạn mang hoặc gửi chứng từ đến Trung tâm Phục vụ hành chính công phường Vỹ Dạ: "
        "được xác nhận thì hồ sơ mới làm tiếp. Đồng hồ dừng từ hôm nay đến lúc đó."
    )

"""What a citizen reads about money their dossier waits for: what, to whom, by when, and that the clock waits."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.actions.obligations import Notice
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.web.shared.tracking import tracking_path
from tests.web.pages import text_of
from tests.world import World, in_process, vn

TAX = Notice("TB-0001", "Thuế cơ sở 3", "3751.0.1054321", [("Lệ phí trước bạ", 1_250_000)], date(2026, 12, 4))
LAND = Notice("TB-0002", "Thuế cơ sở 3", "3751.0.1054321", [("Tiền sử dụng đất", 84_000_000), ("Thuế", 6_000_000)])


@pytest.fixture
def owing(world: World) -> Dossier:
    dossier = in_process(world, vn("2026-11-19 14:32"), vn("2026-11-20 09:10"), vn("2026-11-20 10:20"))
    for notice in (TAX, LAND):
        actions.ask_payment(
            dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=vn("2026-11-20 15:00"), notice=notice
        )
    return dossier


def _page(browser: Client, dossier: Dossier) -> str:
    return text_of(browser.get(reverse("portal:dossier", args=[dossier.code])))  # type: ignore[arg-type]


def test_each_notice_says_what_to_whom_by_when(an: Client, owing: Dossier) -> None:
    page = _page(an, owing)

    assert "Hồ sơ chờ bạn nộp nghĩa vụ tài chính Đồng hồ đang dừng chờ bạn." in page
    assert (
        "Thông báo số TB-0001 Chờ bạn nộp Lệ phí trước bạ 1.250.000 đ Nộp cho Thuế cơ sở 3 "
        "Tài khoản 3751.0.1054321 Nộp chậm nhất thứ Sáu 04/12/2026"
    ) in page
    assert "Tiền sử dụng đất 84.000.000 đ Thuế 6.000.000 đ Cộng 90.000.000 đ" in page
    assert "rồi mang hoặc gửi chứng từ đến Trung tâm Phục vụ hành chính công phường Vỹ Dạ để xác nhận." in page
    assert "Có thêm khoản phải nộp" in page


def test_one_that_was_paid_says_so_and_the_other_still_waits(an: Client, world: World, owing: Dossier) -> None:
    actions.confirm_payment(
        obligation_id=owing.obligations.get(notice_number="TB-0001").pk, actor=world.actor(By.COUNTER),
        at=vn("2026-11-21 09:00"), proof_number="GNT 0099812",
    )  # fmt: skip

    page = _page(an, owing)

    assert "Thông báo số TB-0001 Đã xác nhận nộp" in page
    assert "chứng từ GNT 0099812" in page
    assert "Thông báo số TB-0002 Chờ bạn nộp" in page
    assert "Đã xác nhận một khoản, còn khoản khác" in page


def test_after_the_last_the_notices_stay_to_be_read_and_nothing_waits(an: Client, world: World, owing: Dossier) -> None:
    for number, one in enumerate(owing.obligations.all()):
        actions.confirm_payment(
            obligation_id=one.pk, actor=world.actor(By.COUNTER), at=vn("2026-11-21 09:00"), proof_number=f"GNT {number}"
        )

    page = _page(an, owing)

    assert "Các khoản theo thông báo" in page
    assert "Khoản bạn cần nộp" not in page


def test_nobody_else_sees_accounts_and_amounts(chi: Client, owing: Dossier) -> None:
    assert chi.get(reverse("portal:dossier", args=[owing.code])).status_code == 404


def test_the_public_page_says_where_the_sum_is_to_be_read(owing: Dossier) -> None:
    page = text_of(Client().get(tracking_path(owing.code or "")))

    assert "Cần gửi gì, nộp gì đã ghi trong tin và văn bản gửi bạn." in page
    assert "các khoản dưới đây" not in page

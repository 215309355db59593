"""A citizen withdraws: at once before acceptance, afterwards by asking; and may think better of it until it is decided."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from tests.web.pages import text_of
from tests.world import World, complete, document, in_process, vn

FILED, ACCEPTED, HANDED = vn("2026-11-19 14:32"), vn("2026-11-20 09:10"), vn("2026-11-20 10:20")


@pytest.fixture
def dossier(world: World) -> Dossier:
    return in_process(world, FILED, ACCEPTED, HANDED)


def url(dossier: Dossier, name: str = "withdraw") -> str:
    return reverse(f"portal:{name}", args=[dossier.code])


def test_an_accepted_dossier_is_asked_for_and_waits_for_the_leader(dossier: Dossier, an: Client) -> None:
    page = text_of(an.get(url(dossier)))
    after = text_of(an.post(url(dossier), {"move": "ask_withdrawal", "reason": "Chưa xây năm nay"}, follow=True))

    dossier.refresh_from_db()
    assert "lãnh đạo cơ quan phải đồng ý" in page
    assert dossier.status == "withdrawing"
    assert dossier.proposals.get().reason == "Chưa xây năm nay"
    assert "Bạn được báo ngay khi lãnh đạo quyết định." in after
    assert after.count("Thôi rút hồ sơ") == 1
    assert "Đang làm: thẩm định" not in after


def test_it_may_be_taken_back(dossier: Dossier, world: World, an: Client) -> None:
    actions.ask_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=vn("2026-11-21 09:00"))

    page = text_of(an.get(url(dossier)))
    after = text_of(an.post(url(dossier), {"move": "recall_withdrawal"}, follow=True))

    dossier.refresh_from_db()
    assert "Thôi rút, để hồ sơ được làm tiếp?" in page
    assert dossier.status == "processing"
    assert "Hồ sơ được làm tiếp." in after


def test_asking_twice_does_not_take_it_back(dossier: Dossier, an: Client) -> None:
    an.post(url(dossier), {"move": "ask_withdrawal"})

    again = text_of(an.post(url(dossier), {"move": "ask_withdrawal"}, follow=True))

    dossier.refresh_from_db()
    assert dossier.status == "withdrawing"
    assert "Chưa có gì thay đổi" in again


def test_once_the_result_is_signed_nothing_is_offered(dossier: Dossier, world: World, an: Client) -> None:
    complete(world, dossier, vn("2026-11-23 08:00"), draft=document())
    complete(world, dossier, vn("2026-11-23 09:00"))
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=vn("2026-11-23 10:00"))

    page = an.get(url(dossier, "dossier"))
    response = an.get(url(dossier))

    assert page.context["withdrawal"] is None
    assert response["Location"] == url(dossier, "dossier")


def test_of_another_citizen_nothing_is_withdrawn(dossier: Dossier, chi: Client) -> None:
    assert chi.post(url(dossier), {"move": "ask_withdrawal"}).status_code == 404


def test_let_go_the_citizen_reads_why_and_fetches_the_notice(dossier: Dossier, world: World, an: Client) -> None:
    actions.ask_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=vn("2026-11-21 09:00"))
    actions.grant_withdrawal(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=vn("2026-11-21 10:00"))

    page = text_of(an.get(url(dossier, "dossier")))

    assert "Hồ sơ được rút" in page
    assert "Thông báo dừng giải quyết (PDF)" in page


def test_let_go_it_is_said_to_be_withdrawn_and_where_the_papers_are(dossier: Dossier, world: World, an: Client) -> None:
    actions.ask_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=vn("2026-11-21 09:00"), reason="Chưa cần")
    actions.grant_withdrawal(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=vn("2026-11-23 09:00"))

    page = text_of(an.get(url(dossier, "dossier")))

    assert "Hồ sơ đã được rút theo ý bạn" in page
    assert "bạn nhận tại Trung tâm Phục vụ hành chính công phường Vỹ Dạ" in page
    assert "Hồ sơ đã dừng xử lý" not in page

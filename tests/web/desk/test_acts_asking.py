"""Asking for papers at the desk: everything judged first, the second time by a leader's approval, the answer laid beside."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Proposal
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import address, do, part, status, words
from tests.world import World, document, faulty, in_process, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(world: World, earlier: Moment) -> Dossier:
    """A dossier asked about once, and answered with a new drawing."""
    dossier = in_process(world, earlier(90), earlier(85), earlier(80))
    faulty(dossier.papers.get(requirement=world.drawing), "Thiếu mặt cắt", code="incomplete")
    ask(world, dossier, earlier(60))
    answer(world, dossier, earlier(30))
    return dossier


def ask(world: World, dossier: Dossier, at: datetime) -> None:
    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=at, reason="Bổ sung mặt cắt B-B")


def answer(world: World, dossier: Dossier, at: datetime) -> None:
    actions.attach_paper(
        dossier_id=dossier.pk, requirement=world.drawing, document=document(), name=world.drawing.name, at=at
    )
    actions.supply_papers(dossier_id=dossier.pk, actor=world.citizen, at=at + timedelta(minutes=1))


def page(browser: Client, dossier: Dossier) -> str:
    return words(browser.get(address(dossier)))  # type: ignore[arg-type]


def test_the_open_request_names_the_papers_nobody_has_judged(working: Dossier, world: World, sign_in: SignIn) -> None:
    judged(working.papers.get(requirement=world.drawing), "faulty", code="unreadable")
    browser = sign_in("specialist")

    panel = words(part(browser, address(working, "ask_papers/")))
    refused = words(do(browser, working, "ask_papers", {"reason": "Chụp lại bản vẽ"}))

    unjudged = f"Đơn đề nghị cấp giấy phép; {world.promise.name}."
    assert f"Bản vẽ thiết kế xây dựng: Mờ, không đọc được. Chưa đánh giá, nên chưa gửi được: {unjudged}" in panel
    assert f"còn giấy tờ chưa ai đánh giá: {unjudged}" in refused
    assert "Chụp lại bản vẽ" in refused
    assert status(working) == "processing"


def test_what_the_citizen_answered_stands_out_with_the_old_file_beside_the_new(
    answered: Dossier, world: World, sign_in: SignIn
) -> None:
    paper = answered.papers.get(requirement=world.drawing)
    browser = sign_in("specialist")

    shown = page(browser, answered)
    compared = browser.get(address(answered, f"giay-to/{paper.pk}/so-sanh/"))

    assert "Lần 1 · Khi thẩm định · người dân đã bổ sung" in shown
    assert (
        "có bản mới Bản vẽ thiết kế xây dựng Thiếu trang, thiếu nội dung. Thiếu mặt cắt So bản cũ và bản mới" in shown
    )
    assert "mới bổ sung" in shown
    assert "Lần 1 yêu cầu: Thiếu trang, thiếu nội dung. Thiếu mặt cắt" in words(compared)  # type: ignore[arg-type]
    assert f"giay-to/{paper.pk}-1/1.png" in compared.content.decode()


@pytest.mark.parametrize("key", ["-1", "0-1", "1-9", "1-1-1", "1-9999999"])
def test_a_file_no_request_found_fault_with_is_not_found(key: str, answered: Dossier, sign_in: SignIn) -> None:
    assert sign_in("specialist").get(address(answered, f"giay-to/{key}/tep/")).status_code == 404


def test_papers_never_asked_for_have_nothing_to_compare(answered: Dossier, world: World, sign_in: SignIn) -> None:
    paper = answered.papers.get(requirement=world.promise)

    assert sign_in("specialist").get(address(answered, f"giay-to/{paper.pk}/so-sanh/")).status_code == 404


def test_the_second_request_becomes_a_proposal_that_says_what_it_costs(
    answered: Dossier, world: World, sign_in: SignIn
) -> None:
    faulty(answered.papers.get(requirement=world.drawing), "Vẫn thiếu mặt cắt", code="incomplete")
    browser = sign_in("specialist")

    offered = page(browser, answered)
    panel = words(part(browser, address(answered, "propose_again/")))
    do(browser, answered, "propose_again", {"reason": "Mặt cắt gửi lại vẫn thiếu phần móng"})

    proposal = answered.proposals.get()
    assert "Đề xuất yêu cầu bổ sung thêm b" in offered
    assert "Yêu cầu bổ sung b" not in offered
    assert "Đây là lần yêu cầu thứ 2 nên lãnh đạo phải duyệt. Hồ sơ tính là trễ hạn trong Bộ chỉ số 766" in panel
    assert (proposal.kind, status(answered)) == (Proposal.Kind.ASK_AGAIN, "processing")
    assert "Đề xuất yêu cầu bổ sung thêm b" not in page(browser, answered)


def test_a_leader_approves_the_second_request_and_it_is_sent(answered: Dossier, world: World, sign_in: SignIn) -> None:
    faulty(answered.papers.get(requirement=world.drawing), "Vẫn thiếu mặt cắt", code="incomplete")
    do(sign_in("specialist"), answered, "propose_again", {"reason": "Mặt cắt gửi lại vẫn thiếu phần móng"})
    browser = sign_in("signer")

    box = page(browser, answered)
    panel = words(part(browser, address(answered, "ask_again/")))
    do(browser, answered, "ask_again", {"reason": "Mặt cắt gửi lại vẫn thiếu phần móng"})

    assert "Lần yêu cầu thứ 2; hồ sơ tính là trễ trong Bộ chỉ số 766" in box
    assert "Người dân giữ hồ sơ, hạn bổ sung" in panel
    assert status(answered) == "awaiting_papers"
    assert answered.supplements.order_by("-round_no")[0].event.data["proposed_by"] is not None
    assert "lãnh đạo đã duyệt; tính là trễ trong bộ chỉ số" in page(browser, answered)

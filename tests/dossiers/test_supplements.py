"""Requests for papers: everything judged first, coded reasons with guidance, the old file kept, any number of rounds."""

from datetime import datetime, timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers.expiry import AFTER, after_expiry
from motcua.dossiers.faults import GUIDANCE, asked_in
from motcua.dossiers.lifecycle import FINAL, By, Status, lapses
from motcua.dossiers.models import Dossier, Paper
from tests.turning import FIRST, HANDED, asked, asked_again, working
from tests.world import World, document, faulty, judged, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def ask(world: World, dossier: Dossier, at: datetime = FIRST) -> None:
    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=at, reason="Bổ sung bản vẽ")


def answer(world: World, dossier: Dossier, at: datetime) -> None:
    actions.attach_paper(
        dossier_id=dossier.pk, requirement=world.drawing, document=document(), name=world.drawing.name, at=at
    )
    actions.supply_papers(dossier_id=dossier.pk, actor=world.citizen, at=at)


def test_nothing_is_asked_for_until_every_paper_has_been_judged(world: World) -> None:
    dossier = working(world)
    judged(dossier.papers.get(requirement=world.drawing), "faulty", "Thiếu mặt cắt")

    with pytest.raises(actions.NotAllJudged) as refused:
        ask(world, dossier)

    dossier.refresh_from_db()
    assert f"còn giấy tờ chưa ai đánh giá: Đơn đề nghị cấp giấy phép; {world.promise.name}." in str(refused.value)
    assert (dossier.status, dossier.supplements.count()) == ("processing", 0)


def test_a_request_keeps_reason_words_guidance_and_the_file_it_found_fault_with(world: World) -> None:
    dossier = working(world)
    paper = dossier.papers.get(requirement=world.drawing)
    faulty(paper, "Thiếu mặt cắt B-B", code="incomplete", guidance="Bạn gửi cả tập bản vẽ.")

    ask(world, dossier)

    (item,) = asked_in(dossier.supplements.get())
    assert (item.label, item.words, item.how) == (
        "Thiếu trang, thiếu nội dung", "Thiếu mặt cắt B-B", "Bạn gửi cả tập bản vẽ.",
    )  # fmt: skip
    assert item.document == paper.document_id


def test_the_file_found_faulty_is_still_known_after_the_answer(world: World) -> None:
    dossier = asked(world)
    old = dossier.papers.get(requirement=world.drawing).document_id

    answer(world, dossier, FIRST)

    new = dossier.papers.get(requirement=world.drawing)
    assert asked_in(dossier.supplements.get())[0].document == old != new.document_id
    assert (new.verdict, new.fault_code, new.fault, new.guidance) == ("", "", "", "")


@pytest.mark.parametrize("code", [code for code in Paper.FaultCode if code != Paper.FaultCode.OTHER])
def test_a_coded_reason_says_enough_and_brings_its_usual_guidance(world: World, code: Paper.FaultCode) -> None:
    dossier = working(world)
    judged(dossier.papers.get(requirement=world.drawing), "faulty", code=code)

    paper = dossier.papers.get(requirement=world.drawing)
    assert (paper.fault_code, paper.fault, paper.guidance) == (code, code.label, GUIDANCE[code])


def test_another_reason_needs_the_officers_words(world: World) -> None:
    dossier = working(world)

    with pytest.raises(actions.reception.PaperNotOpen):
        judged(dossier.papers.get(requirement=world.drawing), "faulty", code="other")


def test_every_code_has_its_guidance() -> None:
    assert set(GUIDANCE) == set(Paper.FaultCode)


def test_five_rounds_each_answered_move_the_due_moment_by_their_waits(world: World) -> None:
    dossier = working(world)
    dossier.refresh_from_db()
    due_at = dossier.due_at
    at = HANDED
    for number in range(1, 6):
        at += timedelta(days=7)
        faulty(dossier.papers.get(requirement=world.drawing), f"Lần {number}: thiếu mặt cắt")
        if number == 1:
            ask(world, dossier, at)
        else:
            officer = world.actor(By.OFFICER)
            actions.propose_again(dossier_id=dossier.pk, actor=officer, at=at, reason="Bổ sung tiếp")
            actions.ask_again(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=at)
        answer(world, dossier, at + timedelta(days=1))

    dossier.refresh_from_db()
    assert [request.round_no for request in dossier.supplements.order_by("round_no")] == [1, 2, 3, 4, 5]
    assert dossier.status == "processing"
    assert dossier.slips.filter(form="02").count() == 5
    assert due_at is not None
    assert dossier.due_at is not None
    assert dossier.due_at > due_at


def test_the_slip_of_an_approved_request_names_who_knows_the_dossier(world: World) -> None:
    dossier = asked_again(world)

    slip = dossier.slips.filter(form="02").order_by("issued_at").last()

    assert slip is not None
    assert slip.template_version == 2
    assert (slip.data["officer"], slip.data["contact"]) == ("Võ Đình Khải", "Hoàng Thị Mỹ Linh")
    assert slip.data["request_round"] == "thứ 2, khi thẩm định"
    assert slip.data["after"].endswith("thì lãnh đạo có thể khôi phục.")


def test_where_a_request_expires_the_same_words_say_it_everywhere() -> None:
    ends = {str(move.target) for status in Status if (move := lapses(status))}

    assert set(AFTER) == ends <= FINAL
    assert after_expiry(Status.PROCESSING) == ""

"""Acts and the papers: what nobody has looked at is asked about once; what was asked for comes in at the counter."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import Dossier
from tests.documents.files import pdf
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import address, do, part, status, words
from tests.world import World, complete, document, faulty, judged

pytestmark = pytest.mark.django_db


def test_accepting_asks_once_about_papers_nobody_has_seen(new: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("receptionist")

    panel = words(part(browser, address(new, "accept/")))
    asked = words(do(browser, new, "accept", {"unseen": ""}))
    assert status(new) == "submitted"
    do(browser, new, "accept")

    papers = "Đơn đề nghị cấp giấy phép; Bản vẽ thiết kế xây dựng; Bản cam kết an toàn công trình liền kề."
    assert f"Chưa ai bấm Đạt hay Chưa đạt ở phần Kiểm tra: {papers}" in panel
    assert "Còn 3 giấy tờ chưa xem, tôi vẫn đi tiếp; điều này được ghi vào diễn biến" in panel
    assert "Còn 3 giấy tờ chưa xem. Chưa có gì thay đổi: bạn xem ở phần Kiểm tra, hoặc đánh dấu ô này" in asked
    assert status(new) == "received"


def test_going_on_with_papers_nobody_has_seen_is_kept_and_shown(working: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("specialist")

    asked = words(do(browser, working, "complete_step", {"unseen": "", "note": "Mật độ đạt"}))
    assert working.events.last().move == "hand_over"  # type: ignore[union-attr]
    do(browser, working, "complete_step", {"note": "Mật độ đạt"})

    event = working.events.last()
    assert event is not None
    assert "Mật độ đạt" in asked
    assert event.data["unseen_papers"] == list(working.papers.values_list("pk", flat=True))
    assert "khi còn 3 giấy tờ chưa xem" in words(browser.get(address(working)))


def test_nothing_is_asked_once_every_paper_is_judged(working: Dossier, sign_in: SignIn) -> None:
    for paper in working.papers.all():
        judged(paper, "good")
    browser = sign_in("specialist")

    panel = words(part(browser, address(working, "complete_step/")))
    do(browser, working, "complete_step", {"unseen": ""})

    event = working.events.last()
    assert event is not None
    assert "chưa xem" not in panel
    assert (event.move, "unseen_papers" in event.data) == ("complete_step", False)


def test_a_paper_there_is_nothing_to_see_of_is_not_asked_about(working: Dossier, sign_in: SignIn) -> None:
    working.papers.update(source="data")

    do(sign_in("specialist"), working, "complete_step", {"unseen": ""})

    assert working.events.last().move == "complete_step"  # type: ignore[union-attr]


def test_who_checks_after_the_specialist_is_not_asked(
    working: Dossier, world: World, sign_in: SignIn, earlier: Moment
) -> None:
    complete(world, working, earlier(20), draft=document())

    do(sign_in("division_head"), working, "complete_step", {"unseen": ""})

    assert working.steps.get(done_at=None).code == "sign"


def test_judging_while_the_panel_is_open_counts_again(new: Dossier, sign_in: SignIn) -> None:
    paper = new.papers.order_by("position")[0]
    browser = sign_in("receptionist")

    def judge(open_act: str) -> str:
        return words(
            browser.post(  # type: ignore[arg-type]
                address(new, f"giay-to/{paper.pk}/danh-gia/"), {"verdict": "good", "open_act": open_act},
                headers={"HX-Request": "true"},
            )
        )  # fmt: skip

    assert "Còn 2 giấy tờ chưa xem, tôi vẫn đi tiếp" in judge("accept")
    assert "tôi vẫn đi tiếp" not in judge("refuse")


def test_papers_brought_to_the_counter_are_scanned_and_sent(new: Dossier, world: World, sign_in: SignIn) -> None:
    paper = new.papers.get(requirement=world.drawing)
    faulty(paper, "Mờ khung tên")
    browser = sign_in("receptionist")
    do(browser, new, "ask_before", {"reason": "Chụp lại trang 2"})

    do(browser, new, "supply_before", {f"paper.{paper.pk}": SimpleUploadedFile("moi.pdf", pdf())})

    paper.refresh_from_db()
    assert status(new) == "submitted"
    assert (paper.verdict, paper.document and paper.document.original_name) == ("", "moi.pdf")


def test_a_paper_still_missing_is_named(new: Dossier, world: World, sign_in: SignIn) -> None:
    faulty(new.papers.get(requirement=world.drawing), "Mờ khung tên")
    browser = sign_in("receptionist")
    do(browser, new, "ask_before", {"reason": "Chụp lại trang 2"})

    page = words(do(browser, new, "supply_before"))

    assert "Chưa có bản mới của: Bản vẽ thiết kế xây dựng. Những gì bạn đã gửi vẫn được giữ." in page
    assert status(new) == "incomplete"


def test_papers_asked_for_during_appraisal_may_be_brought_to_the_counter(
    working: Dossier, world: World, sign_in: SignIn
) -> None:
    paper = working.papers.get(requirement=world.promise)
    faulty(paper, "Thiếu chữ ký")
    do(sign_in("specialist"), working, "ask_papers", {"reason": "Xin thêm chữ ký"})
    browser = sign_in("receptionist")

    panel = words(part(browser, address(working, "give_papers/")))
    do(browser, working, "give_papers", {f"paper.{paper.pk}": SimpleUploadedFile("moi.pdf", pdf())})

    event = working.events.last()
    assert "Đồng hồ chạy lại, hẹn trả" in panel
    assert event is not None
    assert (event.move, event.by, event.officer) == ("give_papers", "counter", world.posts["receptionist"].officer)
    assert status(working) == "processing"

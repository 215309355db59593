"""The page of one's own dossier, its proof, its slips, withdrawing, supplementing, my dossiers."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.base.readings import record_reading
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import MOVES, OF_PARTS, By, Status
from motcua.dossiers.models import Dossier, Step
from motcua.web.portal.standing import WORDS
from motcua.web.portal.timeline import SLIP_NAMES, STEP_NOW, TOLD
from motcua.web.portal.why import CLOCK_WAITS
from tests.documents.files import pdf
from tests.web.pages import text_of
from tests.world import World, accepted, faulty, in_process, returned, submitted, vn

FILED_AT, ACCEPTED_AT, HANDED_AT = vn("2026-11-19 14:32"), vn("2026-11-20 09:10"), vn("2026-11-20 10:20")
WHOLE_WAY = [
    FILED_AT, ACCEPTED_AT, HANDED_AT, vn("2026-11-25 09:00"), vn("2026-11-26 08:00"), vn("2026-11-26 10:00"),
    vn("2026-11-26 14:00"), vn("2026-11-27 08:30"),
]  # fmt: skip


def url(name: str, dossier: Dossier, *more: object) -> str:
    return reverse(f"portal:{name}", args=[dossier.code, *more])


def asked(world: World) -> Dossier:
    """Return An's dossier, waiting for a better drawing."""
    dossier = in_process(world, FILED_AT, ACCEPTED_AT, HANDED_AT)
    faulty(dossier.papers.get(requirement=world.drawing), "Mờ khung tên")
    actions.ask_papers(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=vn("2026-11-20 15:00"), reason="Chụp lại trang 2"
    )
    return dossier


# --- every status, move, step and slip has its words -------------------------------------------------------------------


def test_every_status_a_citizen_can_meet_has_words() -> None:
    assert set(WORDS) == set(Status) - {Status.DRAFT}


def test_every_move_is_told_but_those_of_parts_elsewhere() -> None:
    assert set(TOLD) == set(MOVES) - OF_PARTS


def test_every_kind_of_step_is_told() -> None:
    assert set(STEP_NOW) == set(Step.Kind) - {Step.Kind.ARRIVAL}


def test_every_slip_of_the_life_cycle_has_a_name() -> None:
    assert set(SLIP_NAMES) == {move.slip for move in MOVES.values() if move.slip}


# --- the page ------------------------------------------------------------------------------------------------------------


def test_it_says_who_has_the_dossier_and_that_nothing_is_to_be_done(world: World, an: Client) -> None:
    dossier = in_process(world, FILED_AT, ACCEPTED_AT, HANDED_AT)

    words = text_of(an.get(url("dossier", dossier)))

    assert "Phòng Kinh tế, Hạ tầng và Đô thị đang xử lý: thẩm định" in words
    assert "Bạn không cần làm gì." in words
    assert "Hẹn trả 17:00 thứ Tư 02/12/2026" in words
    assert "Trạng thái pháp lý: Đang xử lý" in words


def test_what_was_declared_can_be_read_again_after_filing(world: World, an: Client) -> None:
    dossier = submitted(world, FILED_AT)
    Dossier.objects.filter(pk=dossier.pk).update(form_data={"address": "12/7 kiệt 84 Lâm Hoằng", "floors": 2})

    page = text_of(an.get(url("dossier", dossier)))

    assert "Những gì bạn đã khai" in page
    assert "Địa điểm xây dựng 12/7 kiệt 84 Lâm Hoằng" in page


def test_the_newest_stands_on_top_of_the_timeline(world: World, an: Client) -> None:
    page = an.get(url("dossier", in_process(world, FILED_AT, ACCEPTED_AT, HANDED_AT)))

    assert [item.title for item in page.context["timeline"]] == [
        "Đang làm: thẩm định", "Đã chuyển đến nơi giải quyết", "Đã tiếp nhận, hồ sơ đủ và hợp lệ", "Bạn nộp hồ sơ trực tuyến",
    ]  # fmt: skip


def test_why_this_day_adds_up_to_the_term(world: World, an: Client) -> None:
    page = an.get(url("dossier", in_process(world, FILED_AT, ACCEPTED_AT, HANDED_AT)))

    why = page.context["why"]
    assert sum(cell.worked_minutes for week in why.weeks for cell, _kind in week) == 7 * 8 * 60
    assert (why.term, why.result.amount) == ("7 ngày làm việc", "17:00, 02/12/2026")


def test_inner_reasons_of_the_agency_are_not_shown(world: World, an: Client) -> None:
    dossier = in_process(world, FILED_AT, ACCEPTED_AT, HANDED_AT)
    post = world.posts["specialist"]
    actor = world.actor(By.OFFICER)
    actions.complete_step(dossier_id=dossier.pk, actor=actor, at=vn("2026-11-25 09:00"))
    head = world.posts["division_head"]
    actions.send_back(
        dossier_id=dossier.pk,
        actor=type(actor)(by=By.OFFICER, officer_id=head.officer_id, unit_id=post.unit_id),
        at=vn("2026-11-25 10:00"),
        reason="Em xem kỹ mật độ",
    )

    assert "Em xem kỹ mật độ" not in text_of(an.get(url("dossier", dossier)))


def test_a_refusal_gives_its_reason(world: World, an: Client) -> None:
    dossier = submitted(world, FILED_AT)
    actions.refuse(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=ACCEPTED_AT, reason="Đất đang tranh chấp")

    words = text_of(an.get(url("dossier", dossier)))

    assert "Hồ sơ không được tiếp nhận" in words
    assert "Lý do: Đất đang tranh chấp" in words


def test_it_shows_who_opened_it(world: World, an: Client) -> None:
    dossier = submitted(world, FILED_AT)
    officer = world.posts["receptionist"].officer
    for at in (FILED_AT, ACCEPTED_AT):
        record_reading(topic="dossier", key=dossier.pk, reader_id=officer.pk, page="dossier", at=at)

    words = text_of(an.get(url("dossier", dossier)))

    assert "Ai đã mở hồ sơ của bạn: 1 người" in words
    assert words.count("Trần Quốc Bình: trong 2 ngày, gần nhất 09:10 thứ Sáu 20/11/2026") == 1


@pytest.mark.parametrize("name", ["dossier", "proof", "proof_pdf", "supply", "withdraw"])
def test_another_citizens_dossier_is_not_found(world: World, chi: Client, name: str) -> None:
    dossier = asked(world)

    assert chi.get(url(name, dossier)).status_code == 404


def test_a_slip_is_found_only_by_its_own_citizen_and_dossier(world: World, an: Client, chi: Client) -> None:
    dossier = accepted(world, FILED_AT, ACCEPTED_AT)
    other = submitted(world, FILED_AT)
    slip = dossier.slips.get()

    mine = an.get(url("slip", dossier, slip.pk))

    assert (mine["Content-Type"], mine.content[:5]) == ("application/pdf", b"%PDF-")
    assert chi.get(url("slip", dossier, slip.pk)).status_code == 404
    assert an.get(url("slip", other, slip.pk)).status_code == 404


def test_the_page_costs_the_same_with_one_paper_and_with_three(
    world: World, an: Client, django_assert_num_queries
) -> None:
    dossier = in_process(world, FILED_AT, ACCEPTED_AT, HANDED_AT)
    an.get(url("dossier", dossier))
    record_reading(
        topic="dossier", key=dossier.pk, reader_id=world.posts["receptionist"].officer_id, page="dossier", at=HANDED_AT
    )

    with django_assert_num_queries(25):
        an.get(url("dossier", dossier))
    for officer in (world.posts["specialist"].officer_id, world.posts["signer"].officer_id):
        record_reading(topic="dossier", key=dossier.pk, reader_id=officer, page="dossier", at=HANDED_AT)
    with django_assert_num_queries(25):
        an.get(url("dossier", dossier))


# --- proof ---------------------------------------------------------------------------------------------------------------


def test_the_proof_says_what_comes_next_and_by_when(world: World, an: Client) -> None:
    page = an.get(url("proof", submitted(world, FILED_AT)))

    assert [(thing.title, thing.text) for thing in page.context["next_things"]] == [
        (
            "Trung tâm Phục vụ hành chính công phường Vỹ Dạ kiểm tra hồ sơ",
            "Chậm nhất 14:32 thứ Sáu 20/11/2026. Nếu thiếu, họ báo bạn một lần cho đủ.",
        ),
        ("Bạn nhận Giấy tiếp nhận và hẹn trả", "Giấy này ghi ngày trả kết quả. Thời hạn 7 ngày làm việc tính từ lúc đó."),
        ("Bạn nhận giấy phép xây dựng", "Nếu được tiếp nhận lúc 14:32 thứ Sáu 20/11/2026: chậm nhất 17:00 thứ Tư 02/12/2026."),
    ]  # fmt: skip


def test_the_proof_is_a_pdf_too(world: World, an: Client) -> None:
    answer = an.get(url("proof_pdf", submitted(world, FILED_AT)))

    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer["Content-Disposition"] == 'inline; filename="xac-nhan-nop-H57.31.12-261119-0001.pdf"'


def test_the_receipt_of_the_law_is_offered_once_there_is_one(world: World, an: Client) -> None:
    dossier = accepted(world, FILED_AT, ACCEPTED_AT)

    page = an.get(url("proof", dossier))

    assert page.context["receipt"] == dossier.slips.get(form="01")
    assert page.context["next_things"] == []


# --- withdrawing ---------------------------------------------------------------------------------------------------------


def test_withdrawing_asks_first(world: World, an: Client) -> None:
    dossier = submitted(world, FILED_AT)

    an.get(url("withdraw", dossier))
    before = Dossier.objects.get(pk=dossier.pk).status
    an.post(url("withdraw", dossier), {"reason": "Nộp nhầm"})

    dossier.refresh_from_db()
    assert (before, dossier.status) == (Status.SUBMITTED, Status.WITHDRAWN)
    assert dossier.events.get(move="withdraw").reason == "Nộp nhầm"


def test_a_page_opened_before_acceptance_does_not_withdraw_what_was_accepted_meanwhile(
    world: World, an: Client
) -> None:
    dossier = accepted(world, FILED_AT, ACCEPTED_AT)

    page = an.post(url("withdraw", dossier), {"move": "withdraw"}, follow=True)

    dossier.refresh_from_db()
    assert dossier.status == Status.RECEIVED
    assert "không thể rút hồ sơ" in text_of(page)
    assert page.context["withdrawal"].move == "ask_withdrawal"


# --- supplementing ---------------------------------------------------------------------------------------------------------


def test_only_what_is_asked_for_is_shown_with_its_fault(world: World, an: Client) -> None:
    page = an.get(url("supply", asked(world)))

    assert [(one.paper.name, one.asked.words, one.is_given) for one in page.context["wanted"]] == [
        ("Bản vẽ thiết kế xây dựng", "Mờ khung tên", False)
    ]
    assert "Chụp lại trang 2" in text_of(page)


def test_the_deadline_of_a_supplement_says_why_and_what_comes_after(world: World, an: Client) -> None:
    dossier = asked(world)

    pages = [an.get(url("supply", dossier)), an.get(url("dossier", dossier))]

    due_at = dossier.supplements.get().due_at
    for page in pages:
        why = page.context["why_supplement"]
        assert (why.result.title, why.result.at) == ("Hạn bạn gửi bổ sung", due_at)
        assert why.after == [
            "Quá giờ đó mà chưa gửi đủ, hồ sơ dừng giải quyết (Mẫu 05); có lý do chính đáng thì lãnh đạo có thể khôi phục.",
            "Chúng tôi nhắc bạn trước hạn 2 ngày làm việc.",
            CLOCK_WAITS[dossier.version.after_pause],
        ]
        assert "Sau ngày này" in text_of(page)


def test_before_acceptance_what_is_not_supplemented_is_not_accepted(world: World, an: Client) -> None:
    dossier = submitted(world, FILED_AT)
    faulty(dossier.papers.get(requirement=world.drawing), "Mờ khung tên")
    actions.ask_papers(
        dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=FILED_AT + timedelta(hours=1), reason="Chụp lại"
    )

    page = an.get(url("supply", dossier))

    assert page.context["why_supplement"].after == [
        "Quá giờ đó mà chưa gửi đủ, hồ sơ không được tiếp nhận (Mẫu 03); khi đã đủ giấy tờ thì nộp hồ sơ mới.",
        "Chúng tôi nhắc bạn trước hạn 2 ngày làm việc.",
    ]


def test_what_is_said_to_come_after_the_supplements_deadline_is_what_the_system_does(world: World, an: Client) -> None:
    dossier = asked(world)
    said = an.get(url("supply", dossier)).context["why_supplement"].after[0]

    actions.lapse(dossier_id=dossier.pk, at=dossier.supplements.get().due_at + timedelta(minutes=1))

    dossier.refresh_from_db()
    assert dossier.status == Status.STOPPED
    assert [slip.form for slip in dossier.slips.order_by("issued_at")][-1] == "05"
    assert "dừng giải quyết (Mẫu 05)" in said


def test_the_page_to_supply_shows_each_fault_with_its_reason_and_how_to_put_it_right(world: World, an: Client) -> None:
    dossier = submitted(world, FILED_AT)
    faulty(dossier.papers.get(requirement=world.drawing), "Khung tên trang 2 mờ.", code="unreadable")
    actions.ask_papers(
        dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=FILED_AT + timedelta(hours=1), reason="Chụp lại"
    )

    page = text_of(an.get(url("supply", dossier)))

    assert "Mờ, không đọc được Khung tên trang 2 mờ. Cách sửa: Bạn chụp lại cả trang ở nơi đủ sáng" in page
    assert world.promise.name not in page


def test_sending_before_everything_is_there_names_what_is_missing(world: World, an: Client) -> None:
    dossier = asked(world)

    page = an.post(url("supply", dossier))

    assert [error["text"] for error in page.context["errors"]] == ["Chưa có bản mới của: Bản vẽ thiết kế xây dựng"]
    dossier.refresh_from_db()
    assert dossier.status == Status.AWAITING_PAPERS


def test_giving_the_papers_starts_the_clock_again(world: World, an: Client) -> None:
    dossier = asked(world)
    paper = dossier.papers.get(requirement=world.drawing)

    an.post(url("send_again", dossier, paper.pk), {"files": SimpleUploadedFile("moi.pdf", pdf())})
    an.post(url("supply", dossier))

    dossier.refresh_from_db()
    assert dossier.status == Status.PROCESSING
    assert dossier.supplements.get().supplied_at is not None


def test_a_bad_file_in_a_supplement_is_refused_on_its_card(world: World, an: Client) -> None:
    dossier = asked(world)
    paper = dossier.papers.get(requirement=world.drawing)

    page = an.post(url("send_again", dossier, paper.pk), {"files": SimpleUploadedFile("rong.pdf", b"")})

    assert [error["target"] for error in page.context["errors"]] == [f"giay-{paper.pk}"]


def test_a_paper_not_asked_for_cannot_be_changed_any_more(world: World, an: Client) -> None:
    dossier = asked(world)
    other = dossier.papers.get(requirement=world.promise)

    answer = an.post(url("send_again", dossier, other.pk), {"files": SimpleUploadedFile("x.pdf", pdf())})

    assert answer.status_code == 404


def test_nothing_is_asked_when_nothing_waits(world: World, an: Client) -> None:
    dossier = submitted(world, FILED_AT)

    assert an.get(url("supply", dossier)).url == url("dossier", dossier)


# --- my dossiers ---------------------------------------------------------------------------------------------------------


def test_what_waits_for_me_stands_first(world: World, an: Client) -> None:
    waiting = asked(world)
    working = submitted(world, FILED_AT + timedelta(hours=1))

    page = an.get(reverse("portal:my_dossiers"))

    assert [dossier for dossier, _standing in page.context["waiting"]] == [waiting]
    assert [dossier for dossier, _standing in page.context["dossiers"]] == [working]
    assert [dossier for dossier, _standing in an.get("/").context["rows"]] == [waiting, working]


def test_what_is_over_has_a_list_of_its_own(world: World, an: Client) -> None:
    dossier = returned(world, WHOLE_WAY)

    assert an.get(reverse("portal:my_dossiers")).context["dossiers"] == []
    assert [row for row, _ in an.get("/ho-so-cua-toi/?xem=xong").context["dossiers"]] == [dossier]


def test_chi_sees_nothing_of_an(world: World, chi: Client) -> None:
    submitted(world, FILED_AT)

    page = chi.get(reverse("portal:my_dossiers"))

    assert (page.context["waiting"], page.context["dossiers"], page.context["drafts"]) == ([], [], [])


@pytest.mark.parametrize("address, queries", [("/ho-so-cua-toi/", 11), ("/", 8), ("/thong-bao/", 5)])
def test_a_list_costs_the_same_with_one_row_and_with_three(
    world: World, an: Client, address: str, queries: int, django_assert_num_queries
) -> None:
    accepted(world, timezone.now(), timezone.now())
    an.get(address)

    with django_assert_num_queries(queries):
        an.get(address)
    for _time in range(2):
        accepted(world, timezone.now(), timezone.now())
    with django_assert_num_queries(queries):
        an.get(address)

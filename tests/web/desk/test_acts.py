"""Acts: what each says it will do, what it does, and what an officer reads when it cannot be done."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from motcua.dossiers import actions
from motcua.dossiers.actor import AT_LARGE, MADE_AT
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Result
from motcua.people.models import Delegation
from motcua.web.desk.acts.table import ACTS
from tests.documents.files import pdf
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import address, do, part, said, status, words
from tests.world import World, complete, document, faulty, judged

pytestmark = pytest.mark.django_db


def test_every_move_made_at_a_step_has_an_act() -> None:
    made = {act.move or name for name, act in ACTS.items()}

    of_the_workshop = {"change_process"}
    assert made == (set(MADE_AT) | set(AT_LARGE)) - of_the_workshop


def test_no_two_acts_open_together_share_a_key() -> None:
    together = [("accept", "ask_before", "refuse", "withdraw"), ("supply_before", "refuse", "withdraw"),
                ("assign", "complete_step", "send_back", "ask_papers", "give_papers", "sign_off", "issue"),
                ("assign", "complete_step", "send_back", "ask_papers", "send_leg", "send_central", "central_reply", "consult",
                 "ask_payment", "propose_stop", "propose_extension", "state_cause"), ("take_leg", "refuse_leg"),
                ("assign", "complete_step", "send_back", "ask_papers", "give_papers", "ask_withdrawal", "propose_correction",
                 "propose_stop"),
                ("grant_withdrawal", "refuse_withdrawal", "recall_withdrawal"), ("stop", "correct", "turn_down")]  # fmt: skip

    for moves in together:
        assert len({ACTS[move].key for move in moves}) == len(moves)


def test_accepting_says_what_it_will_do_and_does_it(new: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("receptionist")

    panel = words(part(browser, address(new, "accept/")))
    do(browser, new, "accept")

    new.refresh_from_db()
    assert "Trạng thái thành 2 Được tiếp nhận Đồng hồ chạy từ bây giờ, 7 ngày làm việc: hẹn trả" in panel
    assert "Lập Mẫu 01, giấy tiếp nhận hồ sơ và hẹn trả kết quả" in panel
    assert "Báo Nguyễn Hoài An trên cổng và qua thư điện tử" in panel
    assert (new.status, [slip.form for slip in new.slips.all()]) == ("received", ["01"])


def test_the_promised_day_is_the_day_given(new: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("receptionist")
    panel = words(part(browser, address(new, "accept/")))

    do(browser, new, "accept")

    new.refresh_from_db()
    assert new.due_at
    assert f"{new.due_at.astimezone().strftime('%d/%m/%Y')}" in panel


def test_an_act_done_says_what_comes_next(new: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("receptionist")

    response = do(browser, new, "accept")

    assert response["Location"] == address(new)
    assert said(browser, address(new)) == [
        "Đã tiếp nhận. Giấy hẹn (Mẫu 01) in được ở cột bên; việc tiếp theo là bàn giao."
    ]


def test_in_place_an_act_done_sends_the_browser_to_the_dossier(new: Dossier, sign_in: SignIn) -> None:
    response = sign_in("receptionist").post(
        address(new, "accept/"), {"step": 1, "unseen": "on"}, headers={"HX-Request": "true"}
    )

    assert response["HX-Redirect"] == address(new)


@pytest.mark.parametrize("move", ["refuse", "ask_before"])
def test_a_reason_is_asked_for_by_its_name(move: str, new: Dossier, sign_in: SignIn) -> None:
    page = words(do(sign_in("receptionist"), new, move, {"reason": "  "}))

    assert "Bạn chưa điền" in page
    assert status(new) == "submitted"


def test_refusing_ends_with_form_03(new: Dossier, sign_in: SignIn) -> None:
    do(sign_in("receptionist"), new, "refuse", {"reason": "Đất đang có tranh chấp"})

    assert status(new) == "refused"
    assert [slip.form for slip in new.slips.all()] == ["03"]


def test_withdrawing_needs_no_reason(new: Dossier, sign_in: SignIn) -> None:
    do(sign_in("receptionist"), new, "withdraw")

    assert status(new) == "withdrawn"


def test_asking_without_a_faulty_paper_keeps_what_was_typed(working: Dossier, sign_in: SignIn) -> None:
    for paper in working.papers.all():
        judged(paper, "good")

    page = words(do(sign_in("specialist"), working, "ask_papers", {"reason": "Xin thêm chữ ký của ông Thiện"}))

    assert "Chưa đánh dấu giấy tờ nào cần sửa. Hãy chọn giấy tờ và ghi điều cần sửa rồi gửi lại." in page
    assert "Xin thêm chữ ký của ông Thiện" in page
    assert status(working) == "processing"


def test_asking_pauses_the_clock_and_says_so_before(working: Dossier, world: World, sign_in: SignIn) -> None:
    faulty(working.papers.get(requirement=world.promise), "Thiếu chữ ký bên trái")
    browser = sign_in("specialist")

    panel = words(part(browser, address(working, "ask_papers/")))
    do(browser, working, "ask_papers", {"reason": "Xin thêm chữ ký"})

    assert "Bản cam kết an toàn công trình liền kề: Thiếu chữ ký bên trái" in panel
    assert "Trạng thái thành 5 Yêu cầu bổ sung giấy tờ Đồng hồ dừng, giữ nguyên" in panel
    assert status(working) == "awaiting_papers"
    assert "đang dừng" in words(browser.get(address(working)))


def test_in_a_post_lent_to_them_it_is_the_borrower_who_acts(
    new: Dossier, world: World, sign_in: SignIn, now: datetime
) -> None:
    borrower = world.posts["elsewhere"].officer
    Delegation.objects.create(
        post=world.posts["receptionist"], to_officer=borrower, starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=1), reason="Đi công tác",
    )  # fmt: skip

    do(sign_in("elsewhere"), new, "accept")

    assert new.events.get(move="accept").officer == borrower


def test_the_head_of_a_division_gives_a_step_to_a_colleague(working: Dossier, world: World, sign_in: SignIn) -> None:
    colleague = world.posts["specialist"].officer

    do(sign_in("division_head"), working, "assign", {"to": colleague.pk})

    assert working.steps.get(done_at=None).assignee == colleague


def test_a_specialist_takes_a_step_but_gives_it_to_nobody(working: Dossier, world: World, sign_in: SignIn) -> None:
    browser = sign_in("specialist")

    do(browser, working, "assign", {"to": world.posts["division_head"].officer_id})
    assert working.steps.get(done_at=None).assignee is None
    do(browser, working, "assign", {"to": world.posts["specialist"].officer_id})

    assert working.steps.get(done_at=None).assignee == world.posts["specialist"].officer


def test_a_step_somebody_holds_is_taken_over_by_whoever_was_told_so(
    working: Dossier, world: World, sign_in: SignIn
) -> None:
    head, specialist = world.posts["division_head"].officer, world.posts["specialist"].officer
    do(sign_in("specialist"), working, "assign", {"to": specialist.pk})
    browser = sign_in("specialist")

    panel = part(sign_in("division_head"), address(working, "assign/"))
    unaware = words(do(sign_in("division_head"), working, "assign", {"to": specialist.pk}))
    actions.assign(
        dossier_id=working.pk, actor=world.actor(By.LEADER), to=head, at=timezone.now(), seen_holder=specialist.pk
    )
    refused = words(do(browser, working, "assign", {"to": specialist.pk, "holder": specialist.pk}))
    do(browser, working, "assign", {"to": specialist.pk, "holder": head.pk})

    assert "Hiện Hoàng Thị Mỹ Linh giữ bước này." in words(panel)
    assert f'name="holder" value="{specialist.pk}"' in panel.content.decode()
    assert "vừa nhận" not in unaware
    assert "Lê Đức Hải vừa nhận bước này, bạn chưa nhận." in refused
    assert working.steps.get(done_at=None).assignee == specialist


def test_the_first_step_has_no_button_to_send_back(working: Dossier, sign_in: SignIn) -> None:
    assert "Chuyển trả bước trước" not in words(sign_in("specialist").get(address(working)))


def test_a_draft_of_the_result_is_kept_with_the_step(working: Dossier, sign_in: SignIn) -> None:
    do(sign_in("specialist"), working, "complete_step", {"note": "Đã xem", "draft": SimpleUploadedFile("a.pdf", pdf())})

    result = Result.objects.get(dossier=working)
    assert result.document is not None
    assert result.document.title == "Giấy phép xây dựng"
    assert working.steps.get(done_at=None).code == "check"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90\x00" + b"\x00" * 200, "tệp này là chương trình máy tính"),
        (b"", "Tệp này trống"),
        (b"PK\x03\x04" + b"\x00" * 200, "Bạn gửi tệp PDF, hoặc ảnh chụp JPEG, PNG, HEIC."),
    ],
)
def test_a_file_that_is_no_paper_is_told_and_the_note_stays(
    content: bytes, sentence: str, working: Dossier, sign_in: SignIn
) -> None:
    upload = SimpleUploadedFile("du-thao.pdf", content)

    page = words(do(sign_in("specialist"), working, "complete_step", {"note": "Mật độ đạt", "draft": upload}))

    assert sentence in page
    assert "Mật độ đạt" in page
    assert working.steps.get(done_at=None).code == "appraise"


def test_signing_without_a_draft_is_told_before_the_step_is_left(
    working: Dossier, world: World, sign_in: SignIn, earlier: Moment
) -> None:
    complete(world, working, earlier(20))

    page = words(do(sign_in("division_head"), working, "complete_step", {"note": "Đồng ý"}))

    assert "Bước sau là ký, nhưng chưa có dự thảo kết quả." in page
    assert "Đồng ý" in page


def test_a_step_posted_twice_is_completed_once(working: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("specialist")
    step = working.steps.get(done_at=None).seq
    browser.post(address(working, "complete_step/"), {"step": step, "note": "", "unseen": "on"})

    response = browser.post(address(working, "complete_step/"), {"step": step, "note": "", "unseen": "on"})

    assert "Chưa có gì thay đổi" in words(response)  # type: ignore[arg-type]
    assert working.events.filter(move="complete_step").count() == 1


def test_a_panel_drawn_for_an_earlier_step_changes_nothing(
    working: Dossier, world: World, sign_in: SignIn, earlier: Moment
) -> None:
    drawn_for = working.steps.get(done_at=None).seq
    complete(world, working, earlier(20))
    actions.send_back(dossier_id=working.pk, actor=world.actor(By.OFFICER), at=earlier(10), reason="Xem lại mật độ")

    response = sign_in("specialist").post(
        address(working, "complete_step/"), {"step": drawn_for, "note": "Xong", "unseen": "on"}
    )

    assert "Bước này vừa được người khác làm xong." in words(response)  # type: ignore[arg-type]
    assert working.events.last().move == "send_back"  # type: ignore[union-attr]


def test_an_act_no_longer_open_leads_back_with_a_sentence(new: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("receptionist")
    do(browser, new, "accept")
    browser.get(address(new))

    response = browser.get(address(new, "accept/"))

    assert response["Location"] == address(new)
    assert said(browser, address(new)) == [
        "Hồ sơ đang ở trạng thái «Được tiếp nhận» nên không thể tiếp nhận. "
        "Chưa có gì thay đổi; hãy tải lại trang để xem ai vừa xử lý."
    ]


def test_an_act_that_does_not_exist_is_not_found(new: Dossier, sign_in: SignIn) -> None:
    assert sign_in("receptionist").get(address(new, "submit/")).status_code == 404


def test_the_clerk_sends_back_with_a_reason_and_the_panel_says_who_gets_it_and_what_is_undone(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    complete(world, working, earlier(20), draft=document())
    complete(world, working, earlier(15))
    do(sign_in("signer"), working, "sign_off")
    browser = sign_in("clerk")

    panel = words(part(browser, address(working, "send_back/")))
    do(browser, working, "send_back", {"reason": "Sai số thửa trong dự thảo"})

    step = working.steps.get(done_at=None)
    assert "Về lại đúng người đã làm bước đó: Lê Đức Hải" in panel
    assert "Chữ ký trên kết quả không còn hiệu lực, phải ký lại" in panel
    assert (step.code, step.assignee) == ("check", world.posts["division_head"].officer)
    assert Result.objects.get(dossier=working).signed_at is None
    assert "Sai số thửa trong dự thảo" in words(sign_in("division_head").get(address(working)))


def test_a_number_is_asked_for_before_issuing(world: World, working: Dossier, sign_in: SignIn, earlier: Moment) -> None:
    complete(world, working, earlier(20), draft=document())
    complete(world, working, earlier(15))
    do(sign_in("signer"), working, "sign_off", {"note": ""})

    page = words(do(sign_in("clerk"), working, "issue", {"number": ""}))
    do(sign_in("clerk"), working, "issue", {"number": "12/GPXD"})

    assert "Bạn chưa điền “Số, ký hiệu của kết quả”" in page
    assert status(working) == "finished"


def test_the_result_goes_to_a_person_with_a_paper(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    complete(world, working, earlier(20), draft=document())
    complete(world, working, earlier(15))
    do(sign_in("signer"), working, "sign_off")
    do(sign_in("clerk"), working, "issue", {"number": "12/GPXD"})
    browser = sign_in("receptionist")

    panel = part(browser, address(working, "return_result/")).content.decode()
    page = words(do(browser, working, "return_result", {"name": "Lê Văn Ba", "identity": ""}))
    short = words(do(browser, working, "return_result", {"name": "Nguyễn Hoài An", "identity": "04619600"}))
    wrong = words(do(browser, working, "return_result", {"name": "Nguyễn Hoài An", "identity": "046196000111"}))
    do(browser, working, "return_result", {"name": "Lê Văn Ba", "identity": "046196000111", "relation": "chồng"})

    result = Result.objects.get(dossier=working)
    assert "046196000214" not in panel
    assert "Số căn cước có 12 chữ số, chứng minh cũ có 9; bạn gõ 8." in short
    assert "Số này không phải số định danh của chủ hồ sơ" in wrong
    assert "Bạn chưa điền “Số giấy tờ người nhận”" in page
    assert (status(working), result.receiver_name, result.receiver_relation) == ("returned", "Lê Văn Ba", "chồng")

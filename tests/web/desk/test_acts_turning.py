"""Withdrawal at the counter, stopping, declining, correcting, reopening, restoring: what each says before, and does."""

import pytest
from django.utils import timezone

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Charge, Dossier, Slip
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import address, do, part, said, status, words
from tests.world import World, complete, document

pytestmark = pytest.mark.django_db
WHY = "Thửa đất đang tranh chấp theo đơn ngày 10/11"


def on_paper(world: World, dossier: Dossier) -> int:
    """Make the drawing one that came on paper; return its id."""
    papers = dossier.papers.filter(requirement=world.drawing)
    papers.update(original_count=1, copy_count=2)
    return papers.get().pk


def signed(world: World, dossier: Dossier, earlier: Moment) -> Dossier:
    complete(world, dossier, earlier(20), draft=document())
    complete(world, dossier, earlier(15))
    return actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=earlier(10))


# --- withdrawal ------------------------------------------------------------------------------------------------------------


def test_the_counter_writes_a_withdrawal_down_and_takes_it_back(working: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("receptionist")

    panel = words(part(browser, address(working, "ask_withdrawal/")))
    do(browser, working, "ask_withdrawal", {"reason": "Gia đình chưa xây năm nay"})
    asked = status(working)
    page = words(browser.get(address(working)))
    do(browser, working, "recall_withdrawal")

    assert "Trạng thái thành 7 Đang xét yêu cầu rút hồ sơ Đồng hồ dừng, giữ nguyên" in panel
    assert "Lãnh đạo UBND phường Vỹ Dạ thấy ngay và quyết định" in panel
    assert "Đề xuất: Rút hồ sơ Trần Quốc Bình" in page
    assert (asked, status(working)) == ("withdrawing", "processing")


def test_a_leader_lets_the_citizen_withdraw_with_the_papers_ticked_and_the_fees_said(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    drawing = on_paper(world, working)
    Charge.objects.filter(dossier=working).update(paid_at=earlier(20))
    actions.ask_withdrawal(dossier_id=working.pk, actor=world.citizen, at=earlier(10), reason="Chưa xây")
    browser = sign_in("signer")

    panel = part(browser, address(working, "grant_withdrawal/"))
    unsaid = words(do(browser, working, "grant_withdrawal", {"papers_back": [drawing]}))
    do(browser, working, "grant_withdrawal", {"papers_back": [drawing], "refund": "Hoàn 75.000 đ tại quầy."})

    slip = Slip.objects.get(dossier=working, form="05")
    assert "Bản vẽ thiết kế xây dựng (1 bản chính, 2 bản sao)" in words(panel)
    assert f'value="{drawing}" checked' in panel.content.decode()
    assert "Đã thu 75.000 đ (Lệ phí cấp giấy phép)" in words(panel)
    assert "Lập Mẫu 05, thông báo dừng giải quyết hồ sơ" in words(panel)
    assert "Bạn chưa điền “Khoản đã thu, viết cho người dân đọc”" in unsaid
    assert status(working) == "stopped"
    assert [row["name"] for row in slip.data["papers_back"]] == ["Bản vẽ thiết kế xây dựng"]
    assert slip.data["refund"] == "Hoàn 75.000 đ tại quầy."


def test_without_papers_and_fees_there_is_nothing_to_fill_in(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    actions.ask_withdrawal(dossier_id=working.pk, actor=world.citizen, at=earlier(10))
    browser = sign_in("signer")

    panel = words(part(browser, address(working, "grant_withdrawal/")))
    do(browser, working, "grant_withdrawal")

    assert "Không phải điền gì." in panel
    assert status(working) == "stopped"


def test_what_a_withdrawal_leaves_of_the_clock_is_promised_without_the_pause(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    actions.ask_withdrawal(dossier_id=working.pk, actor=world.citizen, at=earlier(10))
    Dossier.objects.filter(pk=working.pk).update(due_at=earlier(5))  # as stored at the pause; the moment went by since
    browser = sign_in("signer")

    panel = words(part(browser, address(working, "grant_withdrawal/")))
    do(browser, working, "grant_withdrawal")

    left = words(browser.get(address(working))).partition("Lúc dừng: ")[2].partition(".")[0]
    assert left.startswith("còn ")
    assert f"Đồng hồ dừng hẳn, {left}" in panel


def test_a_leader_keeps_the_dossier_with_a_reason(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    actions.ask_withdrawal(dossier_id=working.pk, actor=world.citizen, at=earlier(10))
    browser = sign_in("signer")

    panel = words(part(browser, address(working, "refuse_withdrawal/")))
    do(browser, working, "refuse_withdrawal", {"reason": "Đã có quyết định xử phạt phải thi hành"})

    assert "Trạng thái thành 4 Đang xử lý Đồng hồ chạy lại, hẹn trả" in panel
    assert status(working) == "processing"


def test_after_the_signature_nothing_is_withdrawn_or_stopped(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    signed(world, working, earlier)
    browser = sign_in("receptionist")

    page = words(browser.get(address(working)))
    browser.get(address(working, "ask_withdrawal/"))

    assert "Ghi yêu cầu rút" not in page
    assert said(browser, address(working)) == ["Hồ sơ lúc này không còn việc «Ghi yêu cầu rút». Chưa có gì thay đổi."]


# --- stopping --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "form"), [("stop", "05"), ("decline", "03")])
def test_an_officer_proposes_and_a_leader_grants_with_papers_back(
    kind: str, form: str, world: World, working: Dossier, sign_in: SignIn
) -> None:
    drawing = on_paper(world, working)
    officer, leader = sign_in("specialist"), sign_in("signer")

    do(officer, working, "propose_stop", {"kind": kind, "reason": WHY})
    panel = part(leader, address(working, f"{kind}/"))
    do(leader, working, kind, {"reason": f"{WHY}, chờ tòa giải quyết.", "papers_back": [drawing]})

    slip = Slip.objects.get(dossier=working, form=form)
    assert WHY in panel.content.decode()
    assert "Bước «Thẩm định» của Phòng Kinh tế, Hạ tầng và Đô thị kết thúc, không còn ai giữ hồ sơ" in words(panel)
    assert (status(working), slip.data["reason"]) == ("stopped", f"{WHY}, chờ tòa giải quyết.")
    assert "Bản vẽ thiết kế xây dựng" in str(slip.data)


def test_declining_says_the_papers_and_the_fees_on_form_03(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    drawing = on_paper(world, working)
    Charge.objects.filter(dossier=working).update(paid_at=earlier(20))
    do(sign_in("specialist"), working, "propose_stop", {"kind": "decline", "reason": WHY})

    do(sign_in("signer"), working, "decline", {"reason": WHY, "papers_back": [drawing], "refund": "Không hoàn."})

    said = Slip.objects.get(dossier=working, form="03").data["next_step"]
    assert said.startswith(
        "Ông/bà nhận lại tại nơi tiếp nhận: Bản vẽ thiết kế xây dựng (3 bản). Khoản đã thu: Không hoàn. Ông/bà có thể"
    )


def test_one_end_at_a_time_is_proposed(working: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("specialist")

    before = words(browser.get(address(working)))
    do(browser, working, "propose_stop", {"kind": "stop", "reason": WHY})
    after = words(browser.get(address(working)))
    again = words(do(browser, working, "propose_stop", {"kind": "decline", "reason": WHY}))

    assert ("Đề xuất dừng, từ chối" in before, "Đề xuất dừng, từ chối" in after) == (True, False)
    assert working.proposals.count() == 1
    assert "Điều bạn chọn không còn nữa: có người vừa xử lý hồ sơ." in again


def test_while_papers_are_awaited_a_stop_may_be_proposed_but_no_refusal(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    Dossier.objects.filter(pk=working.pk).update(status="awaiting_papers", paused_at=earlier(5))

    panel = words(part(sign_in("specialist"), address(working, "propose_stop/")))

    assert "Dừng giải quyết: " in panel
    assert "Từ chối giải quyết: " not in panel


# --- taking up again -------------------------------------------------------------------------------------------------------


def test_a_stopped_dossier_offers_its_leader_to_restore_it(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    officer = world.posts["specialist"].officer
    actions.assign(dossier_id=working.pk, actor=world.actor(By.OFFICER), to=officer, at=earlier(20))
    actions.propose_stop(
        dossier_id=working.pk, kind="stop", actor=world.actor(By.OFFICER), at=earlier(15), reason=WHY
    )  # fmt: skip
    actions.stop(dossier_id=working.pk, kind="stop", actor=world.actor(By.APPROVER), at=earlier(10))
    browser = sign_in("signer")

    page, others = words(browser.get(address(working))), words(sign_in("specialist").get(address(working)))
    panel = words(part(browser, address(working, "restore/")))
    do(browser, working, "restore", {"reason": "Dừng nhầm hồ sơ của thửa bên cạnh"})

    assert "Khôi phục hồ sơ đã dừng m" in page
    assert "đã dừng hẳn Lúc dừng: còn " in page
    assert "Thẩm định · Hoàng Thị Mỹ Linh · kết thúc cùng hồ sơ" in page
    assert "Hồ sơ đã kết thúc, không còn việc phải làm." in others
    assert "Đồng hồ tính như chưa từng dừng, hẹn trả" in panel
    assert "Bước sau: Thẩm định · Chuyên viên" in panel
    assert "Về lại đúng người đã giữ bước đó: Hoàng Thị Mỹ Linh" in panel
    assert (status(working), working.steps.get(done_at=None).assignee) == ("processing", officer)


def test_a_wrong_result_is_revoked_before_it_is_returned(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    signed(world, working, earlier)
    actions.issue(dossier_id=working.pk, actor=world.actor(By.CLERK), at=earlier(5), number="12/GPXD")
    browser = sign_in("signer")

    panel = words(part(browser, address(working, "reopen/")))
    do(browser, working, "reopen", {"reason": "Ghi sai diện tích sàn"})

    assert "Kết quả số 12/GPXD bị thu hồi, phải ký và cấp số lại" in panel
    assert "Bước sau: Kiểm tra · Lãnh đạo phòng" in panel
    assert "Về lại đúng người đã giữ bước đó: Lê Đức Hải" in panel
    assert status(working) == "processing"


# --- correcting ------------------------------------------------------------------------------------------------------------


def test_a_procedure_with_one_case_has_nothing_to_correct(new: Dossier, world: World, sign_in: SignIn) -> None:
    actions.accept(dossier_id=new.pk, actor=world.actor(By.COUNTER), at=timezone.now())

    assert "Đề xuất sửa trường hợp" not in words(sign_in("receptionist").get(address(new)))

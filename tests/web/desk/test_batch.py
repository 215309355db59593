"""Several dossiers at once: each its own transaction, one report of what failed and why, one hand-over slip."""

import re
import subprocess

import pytest
from django.http import HttpResponse
from django.test import Client

from motcua.base.models import Reading
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Result
from motcua.people.models import Delegation, Officer
from motcua.people.roles import Role
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import DESK, address, said, status, words
from tests.world import World, _post, accepted, complete, document, in_process, judged, submitted

pytestmark = pytest.mark.django_db
REPORT = f"{DESK}hang-loat/ket-qua/"


def batch(browser: Client, move: str, *dossiers: Dossier, **more: object) -> HttpResponse:
    posted = {"code": [dossier.code for dossier in dossiers], **more}
    return browser.post(f"{DESK}hang-loat/{move}/", posted)  # type: ignore[return-value]


def page(browser: Client, url: str = REPORT) -> str:
    return words(browser.get(url))  # type: ignore[arg-type]


def in_work(world: World, earlier: Moment) -> Dossier:
    return in_process(world, earlier(90), earlier(60), earlier(30))


def to_sign(world: World, earlier: Moment, *, draft: bool = True) -> Dossier:
    dossier = in_work(world, earlier)
    complete(world, dossier, earlier(20), draft=document("du-thao.pdf"))
    return complete(world, dossier, earlier(15))


def looked_at(dossier: Dossier) -> Dossier:
    for paper in dossier.papers.all():
        judged(paper, "good")
    return dossier


def holder(dossier: Dossier) -> Officer | None:
    return dossier.steps.get(done_at=None).assignee


# --- what failed and why --------------------------------------------------------------------------------------------


def test_what_failed_stands_in_one_report_with_its_reason_and_the_others_are_done(
    world: World, sign_in: SignIn, earlier: Moment
) -> None:
    new, ready = submitted(world, earlier(90)), accepted(world, earlier(90), earlier(60))
    browser = sign_in("receptionist")

    response = batch(browser, "hand_over", new, ready)

    assert response["Location"] == REPORT
    assert (
        f"Đã bàn giao 1 hồ sơ. Chưa làm được 1 hồ sơ, vì: {new.code} Hồ sơ đang ở bước «Tiếp nhận» của "
        "Trung tâm Phục vụ hành chính công phường Vỹ Dạ, vị trí của bạn không làm được việc này. Chưa có gì thay đổi. "
        f"Đã xong {ready.code}"
    ) in page(browser)
    assert (status(new), status(ready)) == ("submitted", "processing")
    assert page(browser) == page(browser)


def test_one_of_another_unit_is_told_apart_and_the_others_are_done(
    world: World, sign_in: SignIn, earlier: Moment
) -> None:
    dossier = in_work(world, earlier)
    browser = sign_in("specialist")

    browser.post(f"{DESK}hang-loat/assign/", {"code": [dossier.code, "H57.99.99-261122-0001"]})

    assert "H57.99.99-261122-0001 Hồ sơ này không còn ở nơi bạn được xem." in page(browser)
    assert holder(dossier) == world.posts["specialist"].officer


def test_without_a_report_its_address_leads_to_the_list(sign_in: SignIn) -> None:
    assert sign_in("specialist").get(REPORT)["Location"] == DESK


# --- accept, sign off: asked once more ------------------------------------------------------------------------------


def test_several_are_accepted_after_being_shown_once_more(world: World, sign_in: SignIn, earlier: Moment) -> None:
    first, second = looked_at(submitted(world, earlier(90))), looked_at(submitted(world, earlier(80)))
    browser = sign_in("receptionist")

    asked = words(batch(browser, "accept", first, second))
    before = status(first)
    batch(browser, "accept", first, second, sure="1", next=f"{DESK}?hang=cho-tiep-nhan")

    assert "Tiếp nhận 2 hồ sơ" in asked
    assert first.code in asked
    assert (before, status(first), status(second)) == ("submitted", "received", "received")
    assert said(browser, DESK) == ["Đã tiếp nhận 2 hồ sơ."]


def test_one_with_papers_nobody_saw_is_not_accepted_in_a_batch(world: World, sign_in: SignIn, earlier: Moment) -> None:
    seen, unseen = looked_at(submitted(world, earlier(90))), submitted(world, earlier(80))
    browser = sign_in("receptionist")

    batch(browser, "accept", seen, unseen, sure="1")

    assert f"{unseen.code} Còn 3 giấy tờ chưa ai xem. Mở hồ sơ, xem giấy tờ rồi tiếp nhận." in page(browser)
    assert (status(seen), status(unseen)) == ("received", "submitted")


def test_several_are_signed_and_one_of_the_signers_own_steps_elsewhere_is_named(
    world: World, sign_in: SignIn, earlier: Moment
) -> None:
    first, second, early = to_sign(world, earlier), to_sign(world, earlier), in_work(world, earlier)
    browser = sign_in("signer")

    batch(browser, "sign_off", first, second, early, sure="1")

    assert "Đã ký 2 hồ sơ." in page(browser)
    assert early.code in page(browser)
    assert Result.objects.filter(signed_at__isnull=False).count() == 2


def test_returning_is_not_done_on_several(sign_in: SignIn) -> None:
    assert sign_in("receptionist").post(f"{DESK}hang-loat/return_result/", {"code": "x"}).status_code == 404


# --- giving to a colleague ------------------------------------------------------------------------------------------


def test_a_head_gives_several_to_a_colleague_chosen_by_name(world: World, sign_in: SignIn, earlier: Moment) -> None:
    first, second = in_work(world, earlier), in_work(world, earlier)
    colleague = _post("Ngô Thị Bên Cạnh", world.division, Role.SPECIALIST).officer
    actions.assign(
        dossier_id=second.pk, actor=world.actor(By.OFFICER), to=world.posts["specialist"].officer, at=earlier(5)
    )
    browser = sign_in("division_head")

    asked = batch(browser, "give", first, second)
    unnamed = words(batch(browser, "give", first, second, sure="1"))
    kept = re.findall(r'name="(holder\.[^"]+)" value="(\d+)"', asked.content.decode())
    batch(browser, "give", first, second, sure="1", to=colleague.pk, **dict(kept))

    assert "Ngô Thị Bên Cạnh · đang giữ 0 hồ sơ" in words(asked)
    assert "Bạn chưa chọn giao cho ai." in unnamed
    assert (holder(first), holder(second)) == (colleague, colleague)


def test_one_taken_by_somebody_meanwhile_is_left_with_them(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier, mine = in_work(world, earlier), world.posts["specialist"].officer
    colleague = _post("Ngô Thị Bên Cạnh", world.division, Role.SPECIALIST).officer
    actions.assign(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), to=mine, at=earlier(5))
    browser = sign_in("division_head")

    batch(browser, "give", dossier, sure="1", to=colleague.pk)

    assert "Hoàng Thị Mỹ Linh vừa nhận bước này" in page(browser)
    assert holder(dossier) == mine


def test_whoever_stands_in_for_a_colleague_is_given_their_work(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier, deputy = in_work(world, earlier), world.posts["elsewhere"].officer
    Delegation.objects.create(
        post=world.posts["specialist"], to_officer=deputy, starts_at=earlier(600), ends_at=earlier(-600), reason="Nghỉ"
    )

    batch(sign_in("division_head"), "give", dossier, sure="1", to=deputy.pk)

    assert holder(dossier) == deputy


def test_somebody_who_holds_no_such_post_is_given_nothing(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = in_work(world, earlier)

    asked = words(batch(sign_in("division_head"), "give", dossier, sure="1", to=world.posts["clerk"].officer_id))

    assert "Bạn chưa chọn giao cho ai." in asked
    assert holder(dossier) is None


# --- the hand-over slip ---------------------------------------------------------------------------------------------


def test_what_was_handed_over_together_prints_on_one_slip(world: World, sign_in: SignIn, earlier: Moment) -> None:
    first, second = accepted(world, earlier(90), earlier(60)), accepted(world, earlier(80), earlier(50))
    browser = sign_in("receptionist")
    batch(browser, "hand_over", first, second)

    shown = browser.get(REPORT).content.decode()
    link = re.search(r'href="([^"]+phieu-ban-giao[^"]+)"', shown)
    assert link
    pdf = browser.get(link[1].replace("&amp;", "&"))

    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf.content, capture_output=True, check=True)
    on_paper = " ".join(text.stdout.decode().split())
    assert pdf["Content-Type"] == "application/pdf"
    assert "PHIẾU BÀN GIAO HỒ SƠ" in on_paper
    assert "Bên giao: Trung tâm Phục vụ hành chính công phường Vỹ Dạ" in on_paper
    assert "Bên nhận: Phòng Kinh tế, Hạ tầng và Đô thị" in on_paper
    assert "Trần Quốc Bình" in on_paper
    assert "Tổng số: 2 hồ sơ." in on_paper
    assert all((dossier.code or "")[-11:] in on_paper for dossier in (first, second))
    assert Reading.objects.filter(page="hand_over_slip").count() == 2


def test_one_handed_over_alone_has_its_slip_on_its_page(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = in_work(world, earlier)
    browser = sign_in("receptionist")

    link = re.search(r'href="([^"]+phieu-ban-giao[^"]+)"', browser.get(address(dossier)).content.decode())

    assert link
    assert browser.get(link[1]).content[:5] == b"%PDF-"
    assert "phieu-ban-giao" not in sign_in("specialist").get(address(dossier)).content.decode()


@pytest.mark.parametrize("moment", ["", "hôm nay", "2026-11-22T09:00", "2020-01-01T00:00:00+00:00"])
def test_a_moment_at_which_nothing_was_handed_over_has_no_slip(moment: str, sign_in: SignIn) -> None:
    assert sign_in("receptionist").get(f"{DESK}phieu-ban-giao.pdf", {"luc": moment}).status_code == 404


def test_another_unit_prints_no_slip_of_this_counter(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = accepted(world, earlier(90), earlier(60))
    batch(sign_in("receptionist"), "hand_over", dossier)
    at = dossier.events.get(move="hand_over").at

    assert sign_in("elsewhere").get(f"{DESK}phieu-ban-giao.pdf", {"luc": at.isoformat()}).status_code == 404


# --- the session ended ----------------------------------------------------------------------------------------------


def test_what_was_chosen_when_the_session_ended_is_shown_again_and_nothing_is_done(
    world: World, earlier: Moment
) -> None:
    dossier, other = accepted(world, earlier(60), earlier(30)), accepted(world, earlier(50), earlier(20))
    browser, url = Client(), f"{DESK}hang-loat/hand_over/"
    batch(browser, "hand_over", dossier, other, next=f"{DESK}?hang=cua-don-vi")
    browser.force_login(world.posts["receptionist"].officer.user)

    shown = browser.get(url)
    before = status(dossier)
    batch(browser, "hand_over", dossier, other, sure="1")

    assert "Những hồ sơ bạn chọn vẫn còn dưới đây; bạn xem lại rồi bấm." in words(shown)  # type: ignore[arg-type]
    assert re.findall(r'name="code" value="([^"]+)" checked', shown.content.decode()) == [dossier.code, other.code]
    assert (before, status(dossier), status(other)) == ("received", "processing", "processing")


# --- results handed over together ----------------------------------------------------------------------------------


def to_return(world: World, earlier: Moment) -> Dossier:
    dossier = to_sign(world, earlier)
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=earlier(10))
    actions.issue(dossier_id=dossier.pk, actor=world.actor(By.CLERK), at=earlier(5), number=f"{dossier.pk}/GPXD")
    return dossier


def test_one_person_takes_several_results(world: World, sign_in: SignIn, earlier: Moment) -> None:
    both = [to_return(world, earlier), to_return(world, earlier)]
    browser = sign_in("receptionist")

    asked = words(batch(browser, "return_result", *both))
    nobody = words(batch(browser, "return_result", *both, sure="1"))
    done = batch(
        browser,
        "return_result",
        *both,
        sure="1",
        name="Lê Thị Chi",
        identity="046196000999",
        relation="em, có giấy ủy quyền",
    )

    assert "Ai nhận tất cả" in asked
    assert "Bạn chưa ghi họ tên và số giấy tờ của người nhận." in nobody
    assert done.status_code == 302
    assert {one.receiver_name for one in Result.objects.all()} == {"Lê Thị Chi"}
    assert [status(one) for one in both] == ["returned", "returned"]


def test_a_number_that_is_not_the_owners_is_refused_for_each_with_its_reason(
    world: World, sign_in: SignIn, earlier: Moment
) -> None:
    dossier = to_return(world, earlier)
    browser = sign_in("receptionist")

    wrong_number = words(
        batch(browser, "return_result", dossier, sure="1", name="Nguyễn Hoài An", identity="046196000999")
    )
    stranger = batch(browser, "return_result", dossier, sure="1", name="Lê Thị Chi", identity="046196000999")

    assert "Số này không phải số định danh của chủ hồ sơ." in wrong_number
    assert "Người nhận không phải chủ hồ sơ Nguyễn Hoài An: hãy ghi quan hệ" in words(stranger)
    assert 'name="name" value="Lê Thị Chi"' in stranger.content.decode(), "what was typed stays"
    assert status(dossier) == "finished"


def test_what_waits_for_its_receiver_can_be_chosen_in_the_list(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = to_return(world, earlier)

    listed = sign_in("receptionist").get(f"{DESK}?hang=cho-tra").content.decode()

    assert f'name="code" value="{dossier.code}"' in listed

"""Papers added unasked, at the desk: the counter takes them in, the officer sees which one is new."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from tests.documents.files import pdf
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import DESK, address, do, part, status, words
from tests.world import World, complete, document

pytestmark = pytest.mark.django_db
NAME = "Trích lục bản đồ địa chính"


def test_the_counter_takes_a_paper_in_and_says_where_the_dossier_goes(
    world: World, working: Dossier, sign_in: SignIn, earlier: Moment
) -> None:
    complete(world, working, earlier(20), draft=document("du-thao.pdf"))
    browser = sign_in("receptionist")

    panel = words(part(browser, address(working, "add_papers/")))
    do(browser, working, "add_papers", {"name": NAME, "scan": SimpleUploadedFile("tl.pdf", pdf())})

    assert "Bước sau: Thẩm định" in panel
    assert "Về lại đúng người đã làm bước đó: Hoàng Thị Mỹ Linh" in panel
    assert (working.steps.get(done_at=None).code, status(working)) == ("appraise", "processing")


def test_the_officer_sees_what_is_new(world: World, working: Dossier, sign_in: SignIn, earlier: Moment) -> None:
    actions.add_papers(
        dossier_id=working.pk, actor=world.citizen, at=earlier(5), name=NAME, document=document("tl.pdf")
    )
    browser = sign_in("specialist")

    row = words(browser.get(DESK))  # type: ignore[arg-type]
    page = words(browser.get(address(working)))  # type: ignore[arg-type]

    assert "Người dân nộp thêm giấy" in row
    assert f"{NAME} 1 trang · mới, nộp thêm" in page
    assert f"Nộp thêm giấy tờ · Nguyễn Hoài An {NAME}" in page


def test_a_paper_without_a_scan_is_asked_for(working: Dossier, sign_in: SignIn) -> None:
    page = words(do(sign_in("receptionist"), working, "add_papers", {"name": NAME}))

    assert "Bạn chưa chọn bản chụp hay bản quét của giấy tờ này." in page
    assert not working.events.filter(move="add_papers").exists()


def test_an_officer_who_only_appraises_adds_nothing(working: Dossier, sign_in: SignIn) -> None:
    assert "Nhận thêm giấy tờ" not in words(sign_in("specialist").get(address(working)))  # type: ignore[arg-type]

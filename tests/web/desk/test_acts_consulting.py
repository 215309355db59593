"""Asking another unit from the desk, and answering there: the stranger reads the dossier because it was asked."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Consultation, Dossier
from tests.documents.files import pdf
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import address, do, part, words
from tests.world import World

pytestmark = pytest.mark.django_db
QUESTION = "Ranh giới với thửa 112 có tranh chấp không?"


@pytest.fixture
def asked(world: World, working: Dossier, now: datetime) -> Consultation:
    made = actions.consult(
        dossier_id=working.pk, actor=world.actor(By.OFFICER), at=now - timedelta(minutes=5), kind="verification",
        units=[world.elsewhere.pk], question=QUESTION, days=3,
    )  # fmt: skip
    return made[0]


def test_an_officer_asks_two_units_at_once(world: World, working: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("specialist")

    panel = words(part(browser, address(working, "consult/")))
    do(browser, working, "consult", {
        "kind": "opinion", "unit1": world.elsewhere.pk, "unit2": world.commune.pk, "reason": QUESTION, "days": "5",
    })  # fmt: skip

    page = words(browser.get(address(working)))  # type: ignore[arg-type]
    assert "Đồng hồ vẫn chạy" in panel
    assert set(working.consultations.values_list("unit", flat=True)) == {world.elsewhere.pk, world.commune.pk}
    assert f"Lấy ý kiến: {world.elsewhere.name} Đang chờ trả lời" in page


def test_without_a_unit_or_a_question_nothing_is_asked(working: Dossier, sign_in: SignIn) -> None:
    answer = do(sign_in("specialist"), working, "consult", {"kind": "opinion", "unit1": "", "reason": "", "days": "3"})

    assert not working.consultations.exists()
    assert answer.status_code == 200


def test_the_unit_asked_finds_it_in_its_queue_reads_it_and_answers(
    working: Dossier, asked: Consultation, sign_in: SignIn
) -> None:
    browser = sign_in("elsewhere")

    queue = words(browser.get("/ban-lam-viec/?hang=cho-tra-loi"))  # type: ignore[arg-type]
    panel = words(part(browser, address(working, "answer/")))
    letter = SimpleUploadedFile("tra-loi.pdf", pdf(), content_type="application/pdf")
    do(browser, working, "answer", {"reason": "Không tranh chấp.", "document": letter})

    page = words(sign_in("specialist").get(address(working)))  # type: ignore[arg-type]
    asked.refresh_from_db()
    assert "Xây nhà ở riêng lẻ" in queue
    assert QUESTION in panel
    assert asked.answer == "Không tranh chấp."
    assert "Không tranh chấp. xem văn bản" in page
    letter_page = sign_in("specialist").get(f"{address(working)}tra-loi/{asked.pk}/")
    assert b"".join(letter_page.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]


def test_nobody_else_answers_for_it(working: Dossier, asked: Consultation, sign_in: SignIn) -> None:
    do(sign_in("signer"), working, "answer", {"reason": "Đồng ý"})

    asked.refresh_from_db()
    assert asked.answered_at is None


def test_the_answer_of_a_dossier_nobody_asked_about_is_no_page(working: Dossier, sign_in: SignIn) -> None:
    assert sign_in("elsewhere").get(address(working)).status_code == 404

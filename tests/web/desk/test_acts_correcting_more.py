"""The right procedure and the right receipt moment from the desk: proposed by one, decided by another, told to the citizen."""

from datetime import datetime, timedelta

import pytest

from motcua.base import words as said_as
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.models import Dossier
from motcua.notices.facts import facts_of
from motcua.notices.texts import words_for
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import address, do, part, words
from tests.world import World, another_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def repair(world: World) -> ProcedureVersion:
    papers = {"BV": "Bản vẽ hiện trạng", "CK": "Bản cam kết an toàn công trình liền kề"}
    return another_procedure(world, code="1.013226", papers=papers, fee_vnd=100_000)


def test_the_questions_of_the_right_procedure_are_asked_with_what_is_known(
    repair: ProcedureVersion, working: Dossier, sign_in: SignIn
) -> None:
    browser = sign_in("specialist")

    empty = words(part(browser, address(working, "propose_procedure/")))
    asked = part(browser, address(working, "propose_procedure/?procedure=1.013226"))

    assert "Có nhà nào sát bên không?" not in empty
    assert "Có nhà nào sát bên không?" in words(asked)
    assert 'value="yes"' in asked.content.decode()
    assert "checked" in asked.content.decode()


def test_a_leader_sees_what_changes_and_grants_it(repair: ProcedureVersion, working: Dossier, sign_in: SignIn) -> None:
    said = {"procedure": "1.013226", "answer.neighbour": "yes", "reason": "Đây là sửa nhà"}
    do(sign_in("specialist"), working, "propose_procedure", said)
    leader = sign_in("signer")

    page = words(leader.get(address(working)))  # type: ignore[arg-type]
    panel = words(part(leader, address(working, "correct/")))
    do(leader, working, "correct", {"reason": "Đây là sửa nhà"})

    working.refresh_from_db()
    notice = words_for("correct", facts_of(working.events.get(move="correct")))
    assert "«Xin giấy phép xây nhà ở riêng lẻ» sửa thành «Xin giấy phép sửa nhà»" in page
    assert "Hẹn trả" in panel
    assert working.version == repair
    assert notice is not None
    assert "sửa thành «Xin giấy phép sửa nhà». Phí, lệ phí: 100.000 đ. Lý do: Đây là sửa nhà." in notice[1]


@pytest.mark.parametrize("code", ["9.999999", ""])
def test_a_code_nobody_published_is_said_so(code: str, working: Dossier, sign_in: SignIn) -> None:
    answer = do(sign_in("specialist"), working, "propose_procedure", {"procedure": code, "reason": "Nhầm"})

    assert not working.proposals.exists()
    assert answer.status_code == 200


def test_a_receipt_day_is_proposed_and_granted(working: Dossier, sign_in: SignIn, now: datetime) -> None:
    right = said_as.local(now - timedelta(minutes=70))
    do(sign_in("receptionist"), working, "propose_receipt", {
        "received_at": right.strftime("%H:%M %d/%m/%Y"), "reason": "Ghi nhầm giờ",
    })  # fmt: skip

    do(sign_in("signer"), working, "correct", {"reason": "Ghi nhầm giờ"})

    working.refresh_from_db()
    assert working.received_at == right.replace(second=0, microsecond=0)


def test_a_moment_to_come_is_refused_in_words(working: Dossier, sign_in: SignIn) -> None:
    answer = do(
        sign_in("receptionist"), working, "propose_receipt", {"received_at": "09:00 20/11/2029", "reason": "Nhầm"}
    )

    assert "Ngày nhận đúng phải khác ngày đang ghi" in words(answer)

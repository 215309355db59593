"""Correcting what was accepted as the wrong case: proposed with the right one, granted by a leader, seen by both sides."""

from datetime import timedelta

import pytest

from motcua.catalogue.models import Case
from motcua.dossiers.corrections import recalculation, right_of
from motcua.dossiers.models import Dossier
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import address, do, part, words
from tests.world import World, accepted, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world(second_case=True)


@pytest.fixture
def dossier(world: World, earlier: Moment) -> Dossier:
    return accepted(world, earlier(90), earlier(60))


@pytest.fixture
def basement(world: World) -> Case:
    return Case.objects.get(version=world.version, position=2)


def test_the_right_case_is_chosen_from_those_of_the_procedure(
    dossier: Dossier, basement: Case, sign_in: SignIn
) -> None:
    browser = sign_in("receptionist")

    panel = words(part(browser, address(dossier, "propose_correction/")))
    do(browser, dossier, "propose_correction", {"case": basement.pk, "reason": "Nhà có tầng hầm, quầy chọn nhầm"})

    assert "Giấy hẹn đang ghi: Nhà ở riêng lẻ." in panel
    assert "Nhà ở có tầng hầm · 15 ngày làm việc, hẹn trả" in panel
    assert dossier.proposals.get().data == {"case": basement.pk}
    assert "Đề xuất sửa trường hợp" not in words(browser.get(address(dossier)))


def test_granted_both_sides_get_the_new_receipt(dossier: Dossier, basement: Case, sign_in: SignIn) -> None:
    do(sign_in("receptionist"), dossier, "propose_correction", {"case": basement.pk, "reason": "Nhà có tầng hầm"})
    leader = sign_in("signer")

    box = words(leader.get(address(dossier)))
    panel = words(part(leader, address(dossier, "correct/")))
    do(leader, dossier, "correct", {"reason": "Nhà có tầng hầm nên thời hạn dài hơn"})

    assert words(leader.get(address(dossier))).count("(bản cũ, đã được thay)") == 1
    before, dossier_after = dossier.due_at, Dossier.objects.get(pk=dossier.pk)
    assert "Sửa Trường hợp: «Nhà ở riêng lẻ» sửa thành «Nhà ở có tầng hầm». Thời hạn 15 ngày làm việc" in box
    assert ", thay cho " in panel
    assert dossier_after.case == basement
    assert before is not None
    assert dossier_after.due_at is not None
    assert dossier_after.due_at > before
    assert [slip.form for slip in dossier.slips.order_by("pk")] == ["01", "01"]


def test_a_clock_that_begins_later_is_corrected_at_its_beginning(
    dossier: Dossier, basement: Case, earlier: Moment
) -> None:
    dossier.clock_started_at = earlier(0) + timedelta(hours=3)

    right = right_of(dossier, {"case": basement.pk})

    assert recalculation(dossier, right, earlier(0)).at == dossier.clock_started_at

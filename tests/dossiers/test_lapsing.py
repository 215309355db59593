"""The citizen's own deadline: a reminder before it, a move when it expires, and no dossier silently late (T7, T19)."""

from datetime import datetime, timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Dossier, Slip
from motcua.dossiers.verification import disagreements
from tests.world import World, faulty, in_process, submitted, vn

FILED, ACCEPTED, HANDED = vn("2026-11-02 08:00"), vn("2026-11-02 09:00"), vn("2026-11-02 10:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def asked_before(world: World) -> Dossier:
    dossier = submitted(world, FILED)
    faulty(dossier.papers.get(requirement=world.drawing), "Mờ")
    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=ACCEPTED, reason="Chụp lại bản vẽ")
    return Dossier.objects.get(pk=dossier.pk)


@pytest.fixture
def asked_after(world: World) -> Dossier:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)
    faulty(dossier.papers.get(requirement=world.drawing), "Thiếu mặt cắt")
    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=HANDED, reason="Bổ sung bản vẽ")
    return Dossier.objects.get(pk=dossier.pk)


def _until(dossier: Dossier) -> datetime:
    return dossier.supplements.get().due_at


@pytest.mark.parametrize(
    ("asked", "status", "form"),
    [("asked_before", Status.REFUSED, "03"), ("asked_after", Status.STOPPED, "05")],
)
def test_an_unanswered_request_expires_into_a_move(
    request: pytest.FixtureRequest, asked: str, status: Status, form: str
) -> None:
    dossier: Dossier = request.getfixturevalue(asked)
    until = _until(dossier)

    assert actions.lapse(dossier_id=dossier.pk, at=until - MINUTE) is None
    actions.lapse(dossier_id=dossier.pk, at=until)
    assert actions.lapse(dossier_id=dossier.pk, at=until + MINUTE) is None  # once

    dossier.refresh_from_db()
    slip = Slip.objects.filter(dossier=dossier).order_by("pk").last()
    assert slip is not None
    assert (dossier.status, slip.form) == (status, form)
    assert slip.data["reason"].startswith("Đã hết hạn bổ sung 17:00")
    assert dossier.supplements.get().dropped_at == until
    assert list(disagreements(Dossier.objects.all())) == []


def test_the_citizen_is_reminded_once(asked_after: Dossier) -> None:
    before = _until(asked_after) - timedelta(days=2)

    assert actions.remind(dossier_id=asked_after.pk, at=before) is not None
    assert actions.remind(dossier_id=asked_after.pk, at=before + MINUTE) is None

    asked_after.refresh_from_db()
    assert asked_after.status == Status.AWAITING_PAPERS
    assert asked_after.events.filter(move="remind").count() == 1


def test_a_request_that_was_answered_neither_reminds_nor_expires(world: World, asked_after: Dossier) -> None:
    until = _until(asked_after)
    paper = asked_after.papers.get(requirement=world.drawing)
    actions.attach_paper(
        dossier_id=asked_after.pk,
        requirement=world.drawing,
        document=paper.document,
        name=paper.name,
        at=until - MINUTE,
    )
    actions.supply_papers(dossier_id=asked_after.pk, actor=world.citizen, at=until - MINUTE)

    assert actions.remind(dossier_id=asked_after.pk, at=until - MINUTE) is None
    assert actions.lapse(dossier_id=asked_after.pk, at=until + MINUTE) is None


def test_a_missed_due_moment_is_noted_once_with_who_held_it_and_its_cause_is_stated_once(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)
    late_at = vn("2026-11-11 17:01")

    assert actions.note_delay(dossier_id=dossier.pk, at=late_at - 2 * MINUTE) is None
    delay = actions.note_delay(dossier_id=dossier.pk, at=late_at)
    assert actions.note_delay(dossier_id=dossier.pk, at=late_at) is None

    assert delay is not None
    assert (delay.unit, delay.step_name, delay.cause) == (world.division, "Thẩm định", "")
    stated = {
        "delay_id": delay.pk, "actor": world.actor(By.OFFICER), "at": late_at, "cause": "verification",
        "late_unit": world.division.pk, "words": "Xác minh ranh giới với hộ liền kề mất 4 ngày.",
    }  # fmt: skip
    actions.state_cause(**stated)
    with pytest.raises(MoveNotAllowed, match="đã được ghi"):
        actions.state_cause(**stated)


def test_a_delay_without_words_is_not_stated(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)
    late_at = vn("2026-11-11 17:01")
    delay = actions.note_delay(dossier_id=dossier.pk, at=late_at)
    assert delay is not None

    with pytest.raises(MoveNotAllowed, match="lý do"):
        actions.state_cause(
            delay_id=delay.pk, actor=world.actor(By.OFFICER), at=late_at, cause="other", late_unit=world.division.pk,
            words=" ",
        )  # fmt: skip

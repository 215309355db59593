"""Opinions and verifications: asked in parallel, each with its term; silence is recorded, and the clock runs on."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.queries import visible_to_officer
from tests.turning import FIRST, SECOND, consulted, silent, working
from tests.world import World, vn


def _ask(world: World, dossier: Dossier, *units: int) -> list[Consultation]:
    return actions.consult(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=FIRST, kind="opinion", units=units,
        question="Có ý kiến gì về chiều cao?", days=3,
    )  # fmt: skip


def test_several_units_are_asked_at_once_and_the_dossier_s_clock_runs_on(world: World) -> None:
    dossier = working(world)

    asked = _ask(world, dossier, world.elsewhere.pk, world.centre.pk)

    after = Dossier.objects.get(pk=dossier.pk)
    assert {one.due_at for one in asked} == {vn("2026-11-09 17:00")}
    assert (after.status, after.due_at, after.paused_at) == (Status.PROCESSING, dossier.due_at, None)
    assert after.events.filter(move="consult").count() == 2


def test_only_the_unit_asked_and_those_above_it_may_read_the_dossier_now(world: World) -> None:
    dossier, stranger = working(world), [world.posts["elsewhere"]]
    assert not visible_to_officer(stranger).filter(pk=dossier.pk).exists()

    _ask(world, dossier, world.elsewhere.pk)

    assert visible_to_officer(stranger).filter(pk=dossier.pk).exists()


def test_a_unit_that_has_not_answered_is_not_asked_again_nor_does_one_ask_oneself(world: World) -> None:
    dossier = working(world)
    _ask(world, dossier, world.elsewhere.pk)

    for unit, why in ((world.elsewhere.pk, "chưa trả lời"), (world.division.pk, "đang làm hồ sơ này")):
        with pytest.raises(MoveNotAllowed, match=why):
            _ask(world, dossier, unit)
    with pytest.raises(MoveNotAllowed, match="ít nhất một đơn vị"):
        _ask(world, dossier)


def test_silence_is_recorded_once_and_a_late_answer_still_taken(world: World) -> None:
    dossier = silent(world)
    asked = dossier.consultations.get()
    assert actions.note_silence(dossier_id=dossier.pk, at=asked.due_at + timedelta(days=1)) is None

    late = asked.due_at + timedelta(hours=1)
    actions.answer(consultation_id=asked.pk, actor=world.actor(By.ADVISER), at=late, words="Không phản đối.")

    asked.refresh_from_db()
    assert (asked.silent_at, asked.answered_at) == (asked.due_at, late)
    assert dossier.events.get(move="answer").data["late"] is True


def test_an_answer_is_given_once_and_says_something(world: World) -> None:
    asked = consulted(world).consultations.get()
    with pytest.raises(MoveNotAllowed, match="Hãy ghi trả lời"):
        actions.answer(consultation_id=asked.pk, actor=world.actor(By.ADVISER), at=SECOND, words=" ")
    actions.answer(consultation_id=asked.pk, actor=world.actor(By.ADVISER), at=SECOND, words="Đồng ý.")

    with pytest.raises(MoveNotAllowed, match="đã có trả lời"):
        actions.answer(consultation_id=asked.pk, actor=world.actor(By.ADVISER), at=SECOND, words="Đồng ý.")


def test_nobody_is_waited_for_when_the_dossier_has_ended(world: World) -> None:
    dossier = consulted(world)
    actions.ask_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=SECOND)
    actions.grant_withdrawal(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=SECOND)

    assert dossier.consultations.get().dropped_at == SECOND

"""Apology and extension: both due moments stay, at most as often as the policy allows, and a leader decides (T19)."""

from decimal import Decimal

import pytest

from motcua.dossiers import actions, clock, deadlines
from motcua.dossiers.actions.extending import Extension, extended_due, unit_of_extension
from motcua.dossiers.lifecycle import By, MoveNotAllowed
from motcua.dossiers.models import Dossier, Slip
from motcua.dossiers.verification import disagreements
from tests.world import World, in_process, make_world, vn

FILED, ACCEPTED, HANDED = vn("2026-11-02 08:00"), vn("2026-11-02 09:00"), vn("2026-11-02 10:00")
PROPOSED, DECIDED = vn("2026-11-10 09:00"), vn("2026-11-10 15:00")


@pytest.fixture
def dossier(world: World) -> Dossier:
    return in_process(world, FILED, ACCEPTED, HANDED)  # due at the end of 11/11


def _by(world: World, days: int) -> Extension:
    return Extension(clock.Term(Decimal(days), clock.Unit.WORKING_DAYS), "verification", world.division.pk)


def _propose(world: World, dossier: Dossier, days: int = 3) -> None:
    actions.propose_extension(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=PROPOSED, extension=_by(world, days),
        reason="Chờ kết quả xác minh thực địa.",
    )  # fmt: skip


def test_granted_it_moves_the_due_moment_and_keeps_the_first_promise(world: World, dossier: Dossier) -> None:
    _propose(world, dossier)

    actions.extend(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=DECIDED)

    dossier.refresh_from_db()
    reckoning = deadlines.reckoning_of(dossier)
    slip = Slip.objects.get(dossier=dossier, form="04")
    assert (reckoning.original_due_at, dossier.due_at) == (vn("2026-11-11 17:00"), vn("2026-11-16 17:00"))
    assert slip.data["late_unit"] == world.division.name
    assert ("11/11/2026" in slip.data["due_before"], "16/11/2026" in slip.data["due"]) == (True, True)
    assert list(disagreements(Dossier.objects.all())) == []


def test_the_leader_may_give_another_length(world: World, dossier: Dossier) -> None:
    _propose(world, dossier)

    actions.extend(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=DECIDED, extension=_by(world, 1))

    dossier.refresh_from_db()
    assert dossier.due_at == vn("2026-11-12 17:00")


def test_a_second_extension_is_more_than_the_policy_allows(world: World, dossier: Dossier) -> None:
    _propose(world, dossier)
    actions.extend(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=DECIDED)

    with pytest.raises(MoveNotAllowed, match="đã gia hạn 1 lần"):
        _propose(world, dossier)


def test_an_extension_after_which_it_is_still_late_helps_nobody(world: World, dossier: Dossier) -> None:
    with pytest.raises(MoveNotAllowed, match="vẫn quá hạn"):
        actions.propose_extension(
            dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=vn("2026-11-20 09:00"), extension=_by(world, 1),
            reason="Chậm.",
        )  # fmt: skip


@pytest.mark.django_db
def test_a_dossier_without_a_legal_term_has_nothing_to_extend() -> None:
    world = make_world(no_legal_term=True)
    dossier = in_process(world, FILED, ACCEPTED, HANDED)

    with pytest.raises(MoveNotAllowed, match="không định thời hạn"):
        _propose(world, dossier)


@pytest.mark.django_db
def test_days_are_not_extended_by_working_days() -> None:
    world = make_world(term=(10, "days"))
    dossier = in_process(world, FILED, ACCEPTED, HANDED)

    assert unit_of_extension(dossier) == clock.Unit.DAYS
    with pytest.raises(MoveNotAllowed, match="như thời hạn gốc"):
        extended_due(dossier, _by(world, 3), PROPOSED)

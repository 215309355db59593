"""Stopping, declining, restoring and reopening: proposed by one, decided by another, and nothing forgotten (T15, T18)."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Dossier, Proposal, Result, Slip
from motcua.dossiers.verification import disagreements
from tests.world import World, accepted, complete, document, in_process, vn

FILED, ACCEPTED, HANDED = vn("2026-11-02 08:00"), vn("2026-11-02 09:00"), vn("2026-11-02 10:00")
PROPOSED, DECIDED = vn("2026-11-04 09:00"), vn("2026-11-05 09:00")


@pytest.fixture
def dossier(world: World) -> Dossier:
    return in_process(world, FILED, ACCEPTED, HANDED)


def _propose(world: World, dossier: Dossier, kind: str = "stop") -> Proposal:
    return actions.propose_stop(
        dossier_id=dossier.pk, kind=kind, actor=world.actor(By.OFFICER), at=PROPOSED, reason="Thửa đất đang tranh chấp."
    )


@pytest.mark.parametrize(("kind", "form"), [("stop", "05"), ("decline", "03")])
def test_a_leader_grants_what_an_officer_proposed(world: World, dossier: Dossier, kind: str, form: str) -> None:
    _propose(world, dossier, kind)

    actions.stop(dossier_id=dossier.pk, kind=kind, actor=world.actor(By.APPROVER), at=DECIDED)

    dossier.refresh_from_db()
    slip = Slip.objects.get(dossier=dossier, form=form)
    assert dossier.status == Status.STOPPED
    assert slip.data["reason"] == "Thửa đất đang tranh chấp."
    assert slip.data["officer"] == "Võ Đình Khải"
    assert list(disagreements(Dossier.objects.all())) == []


def test_nobody_grants_their_own_proposal(world: World, dossier: Dossier) -> None:
    proposal = _propose(world, dossier)
    maker = Actor(by=By.APPROVER, officer_id=proposal.made_by_id, unit_id=world.commune.pk)

    with pytest.raises(MoveNotAllowed, match="không tự duyệt"):
        actions.stop(dossier_id=dossier.pk, kind="stop", actor=maker, at=DECIDED)

    assert Dossier.objects.get(pk=dossier.pk).status == Status.PROCESSING


def test_a_second_proposal_of_a_kind_waits_for_the_first(world: World, dossier: Dossier) -> None:
    _propose(world, dossier)

    with pytest.raises(MoveNotAllowed, match="đang chờ lãnh đạo"):
        _propose(world, dossier)


def test_turned_down_the_dossier_goes_on_and_the_reason_is_kept(world: World, dossier: Dossier) -> None:
    _propose(world, dossier)

    actions.turn_down(
        dossier_id=dossier.pk, kind="stop", actor=world.actor(By.APPROVER), at=DECIDED, reason="Chưa đủ căn cứ."
    )

    dossier.refresh_from_db()
    assert dossier.status == Status.PROCESSING
    assert dossier.proposals.get().is_granted is False
    assert dossier.events.get(move="turn_down").reason == "Chưa đủ căn cứ."
    _propose(world, dossier)  # and may be proposed anew


def test_without_a_proposal_nothing_is_stopped(world: World, dossier: Dossier) -> None:
    with pytest.raises(MoveNotAllowed, match="Không còn đề xuất"):
        actions.stop(dossier_id=dossier.pk, kind="stop", actor=world.actor(By.APPROVER), at=DECIDED)


def test_restored_it_goes_on_as_if_it_had_not_stopped(world: World, dossier: Dossier) -> None:
    due, officer = dossier.due_at, world.posts["specialist"].officer
    actions.assign(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), to=officer, at=HANDED)
    _propose(world, dossier)
    actions.stop(dossier_id=dossier.pk, kind="stop", actor=world.actor(By.APPROVER), at=DECIDED)

    actions.restore(
        dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=vn("2026-11-09 09:00"), reason="Dừng nhầm hồ sơ."
    )

    dossier.refresh_from_db()
    step = dossier.steps.get(done_at=None)
    assert (dossier.status, dossier.closed_at, dossier.due_at) == (Status.PROCESSING, None, due)
    assert (step.code, step.assignee) == ("appraise", officer)
    assert list(disagreements(Dossier.objects.all())) == []


def _finished(world: World, dossier: Dossier) -> Dossier:
    complete(world, dossier, vn("2026-11-03 08:00"), draft=document())
    complete(world, dossier, vn("2026-11-03 09:00"))
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=vn("2026-11-03 10:00"))
    return actions.issue(dossier_id=dossier.pk, actor=world.actor(By.CLERK), at=PROPOSED, number="12/GPXD")


def test_a_wrong_result_is_revoked_and_made_anew_before_it_is_returned(world: World, dossier: Dossier) -> None:
    _finished(world, dossier)

    actions.reopen(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=DECIDED, reason="Sai diện tích.")

    dossier.refresh_from_db()
    revoked = dossier.events.get(move="reopen").data["revoked"]
    assert (dossier.status, dossier.finished_at) == (Status.PROCESSING, None)
    assert (revoked["number"], revoked["finished_at"]) == ("12/GPXD", "2026-11-04T02:00:00+00:00")
    assert not Result.objects.filter(dossier=dossier).exists()
    assert dossier.steps.get(done_at=None).code == "check"
    assert list(disagreements(Dossier.objects.all())) == []


def test_a_signed_result_is_not_stopped(world: World, dossier: Dossier) -> None:
    complete(world, dossier, vn("2026-11-03 08:00"), draft=document())
    complete(world, dossier, vn("2026-11-03 09:00"))
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=vn("2026-11-03 10:00"))

    with pytest.raises(MoveNotAllowed, match="đã được ký"):
        _propose(world, dossier)


def test_nobody_is_asked_for_what_cannot_be_given(world: World) -> None:
    received = accepted(world, FILED, ACCEPTED)

    with pytest.raises(MoveNotAllowed, match="không đề xuất «Dừng giải quyết» được"):
        _propose(world, received)


def test_a_stop_and_a_refusal_are_not_proposed_together(world: World, dossier: Dossier) -> None:
    _propose(world, dossier, "stop")

    with pytest.raises(MoveNotAllowed, match="«Dừng giải quyết» đã gửi"):
        _propose(world, dossier, "decline")

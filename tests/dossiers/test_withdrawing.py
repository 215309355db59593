"""Withdrawal after acceptance: the clock stops, a leader decides, and a dossier that goes on loses no time (T13, T14)."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Dossier, Proposal, Slip
from motcua.dossiers.verification import disagreements
from tests.world import World, accepted, complete, document, faulty, in_process, make_world, vn

FILED, ACCEPTED, HANDED = vn("2026-11-02 08:00"), vn("2026-11-02 09:00"), vn("2026-11-02 10:00")
ASKED, DECIDED = vn("2026-11-04 09:00"), vn("2026-11-05 09:00")


@pytest.fixture
def dossier(world: World) -> Dossier:
    return in_process(world, FILED, ACCEPTED, HANDED)


def _ask(world: World, dossier: Dossier) -> Proposal:
    return actions.ask_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=ASKED, reason="Tôi không xây nữa.")


def test_the_clock_stands_while_a_leader_considers(world: World, dossier: Dossier) -> None:
    _ask(world, dossier)

    dossier.refresh_from_db()
    assert (dossier.status, dossier.paused_at) == (Status.WITHDRAWING, ASKED)
    assert dossier.proposals.get().unit == world.commune


def test_granted_it_stops_with_the_papers_and_the_fees_written_down(world: World, dossier: Dossier) -> None:
    _ask(world, dossier)
    paper = dossier.papers.get(requirement=world.drawing)

    actions.grant_withdrawal(
        dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=DECIDED, papers_back=[paper.pk],
        refund="Hoàn 75.000 đ tại quầy.",
    )  # fmt: skip

    dossier.refresh_from_db()
    slip = Slip.objects.get(dossier=dossier, form="05")
    assert (dossier.status, dossier.closed_at, dossier.paused_at) == (Status.STOPPED, DECIDED, None)
    assert [row["name"] for row in slip.data["papers_back"]] == ["Bản vẽ thiết kế xây dựng"]
    assert slip.data["refund"] == "Hoàn 75.000 đ tại quầy."
    assert "Nguyễn Hoài An đề nghị rút hồ sơ trên cổng" in slip.data["asked"]
    assert slip.data["head"]["agency"] == world.commune.name
    assert not dossier.steps.filter(done_at=None).exists()
    assert dossier.proposals.get().is_granted
    assert list(disagreements(Dossier.objects.all())) == []


@pytest.mark.parametrize("by_citizen", [True, False], ids=["taken back", "refused"])
def test_going_on_gives_back_the_time_it_waited(world: World, dossier: Dossier, by_citizen: bool) -> None:
    due, step_due = dossier.due_at, dossier.steps.get(done_at=None).due_at
    _ask(world, dossier)

    if by_citizen:
        actions.recall_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=DECIDED)
    else:
        actions.refuse_withdrawal(
            dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=DECIDED, reason="Đã có quyết định xử phạt."
        )

    dossier.refresh_from_db()
    step = dossier.steps.get(done_at=None)
    assert dossier.status == Status.PROCESSING
    assert (due, dossier.due_at) == (vn("2026-11-11 17:00"), vn("2026-11-12 17:00"))  # a working day later
    assert (step_due, step.due_at) == (vn("2026-11-05 10:00"), vn("2026-11-06 10:00"))
    assert list(disagreements(Dossier.objects.all())) == []


@pytest.mark.django_db
def test_a_procedure_that_restarts_after_papers_does_not_restart_after_a_withdrawal() -> None:
    world = make_world(after_pause="restart")
    dossier = in_process(world, FILED, ACCEPTED, HANDED)
    _ask(world, dossier)

    actions.recall_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=DECIDED)

    dossier.refresh_from_db()
    assert dossier.due_at == vn("2026-11-12 17:00")


def test_asked_while_papers_are_waited_for_it_goes_back_to_waiting(world: World, dossier: Dossier) -> None:
    faulty(dossier.papers.get(requirement=world.drawing), "Thiếu mặt cắt")
    paused_at = vn("2026-11-03 09:00")
    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=paused_at, reason="Bổ sung bản vẽ")
    _ask(world, dossier)

    actions.recall_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=DECIDED)

    dossier.refresh_from_db()
    assert (dossier.status, dossier.paused_at) == (Status.AWAITING_PAPERS, paused_at)
    assert list(disagreements(Dossier.objects.all())) == []


def test_before_the_hand_over_it_goes_back_to_the_counter(world: World) -> None:
    dossier = accepted(world, FILED, ACCEPTED)
    _ask(world, dossier)

    actions.recall_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=DECIDED)

    dossier.refresh_from_db()
    assert dossier.status == Status.RECEIVED


def test_after_the_deciding_signature_nobody_withdraws(world: World, dossier: Dossier) -> None:
    complete(world, dossier, vn("2026-11-03 08:00"), draft=document())
    complete(world, dossier, vn("2026-11-03 09:00"))
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=vn("2026-11-03 10:00"))

    with pytest.raises(MoveNotAllowed, match="đã được ký"):
        _ask(world, dossier)


def test_a_decided_request_is_not_decided_again(world: World, dossier: Dossier) -> None:
    _ask(world, dossier)
    actions.recall_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=DECIDED)

    with pytest.raises(MoveNotAllowed):
        actions.grant_withdrawal(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=DECIDED)


def test_the_counter_that_wrote_it_down_takes_it_back(world: World, dossier: Dossier) -> None:
    actor = world.actor(By.COUNTER)
    actions.ask_withdrawal(dossier_id=dossier.pk, actor=actor, at=ASKED, reason="Chưa xây nữa")

    actions.recall_withdrawal(dossier_id=dossier.pk, actor=actor, at=DECIDED)

    dossier.refresh_from_db()
    proposal = dossier.proposals.get()
    assert dossier.status == Status.PROCESSING
    assert (proposal.is_granted, proposal.decided_by) == (False, None)


def test_who_still_owes_papers_gets_the_time_of_the_decision_back(world: World, dossier: Dossier) -> None:
    faulty(dossier.papers.get(requirement=world.drawing), "Thiếu mặt cắt")
    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=HANDED, reason="Bổ sung mặt cắt")
    due_at = dossier.supplements.get().due_at
    _ask(world, dossier)

    actions.refuse_withdrawal(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=DECIDED, reason="Đã xử phạt")

    dossier.refresh_from_db()
    assert dossier.status == Status.AWAITING_PAPERS
    assert dossier.supplements.get().due_at == due_at + (DECIDED - ASKED)

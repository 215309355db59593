"""Every turn of a dossier leaves a history, a ledger and steps that agree; a second request and a correction need a leader."""

from collections.abc import Callable

import pytest

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import MOVES, By, MoveNotAllowed
from motcua.dossiers.models import Dossier, Slip
from motcua.dossiers.verification import disagreements
from tests.turning import FIRST, HANDED, SECOND, TURNS, asked, corrected, working
from tests.world import World, document, faulty, make_world, vn


@pytest.mark.django_db
@pytest.mark.parametrize(("move", "life"), TURNS.items(), ids=TURNS)
def test_after_every_turn_all_that_is_stored_agrees(move: str, life: Callable[[World], Dossier]) -> None:
    dossier = life(make_world(second_case=True))

    dossier.refresh_from_db()
    event = dossier.events.order_by("-seq")[0]
    assert event.move == move
    assert [slip.form for slip in Slip.objects.filter(event=event)] == ([MOVES[move].slip] if MOVES[move].slip else [])
    assert list(disagreements(Dossier.objects.all())) == []


def test_a_second_request_after_acceptance_needs_a_leader(world: World) -> None:
    dossier = asked(world)
    actions.attach_paper(
        dossier_id=dossier.pk, requirement=world.drawing, document=document(), name=world.drawing.name, at=FIRST
    )
    actions.supply_papers(dossier_id=dossier.pk, actor=world.citizen, at=FIRST)
    faulty(dossier.papers.get(requirement=world.drawing), "Vẫn thiếu")
    again = {"dossier_id": dossier.pk, "actor": world.actor(By.OFFICER), "at": SECOND, "reason": "Bổ sung mặt cắt"}

    with pytest.raises(MoveNotAllowed, match="phải có lãnh đạo duyệt"):
        actions.ask_papers(**again)
    actions.propose_again(**again)
    supplement = actions.ask_again(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=SECOND)

    assert supplement.round_no == 2
    assert dossier.events.get(move="ask_again").data["proposed_by"] == world.posts["specialist"].officer_id


@pytest.mark.django_db
def test_a_corrected_case_has_its_own_term_and_a_new_receipt() -> None:
    dossier = corrected(make_world(second_case=True))

    dossier.refresh_from_db()
    receipts = list(Slip.objects.filter(dossier=dossier, form="01").order_by("pk"))
    assert dossier.case is not None
    assert (dossier.case.name, dossier.due_at) == ("Nhà ở có tầng hầm", vn("2026-11-23 17:00"))
    assert [receipt.data["received"] for receipt in receipts] == ["09 giờ 00 phút, thứ Hai ngày 02/11/2026"] * 2
    assert ("11/11/2026" in receipts[0].data["due"], "23/11/2026" in receipts[1].data["due"]) == (True, True)


def test_a_case_of_another_procedure_or_the_same_one_is_no_correction(world: World) -> None:
    dossier = working(world)

    for case_id in (dossier.case_id, 0):
        with pytest.raises(MoveNotAllowed, match="trường hợp khác"):
            actions.propose_correction(
                dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=HANDED, case_id=case_id or 0, reason="Sai"
            )

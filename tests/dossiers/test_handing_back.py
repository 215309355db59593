"""Papers handed back after a stop, by the list of the notice: some now, some later, each once."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actions.returning import Receiver
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import papers_to_hand_back
from tests.turning import SECOND, THIRD, handed_back, let_go
from tests.world import World, vn

AN = Receiver(name="Nguyễn Hoài An", identity="046196000214")
LATER = vn("2026-11-09 09:00")


def test_some_are_handed_back_now_and_the_rest_later(world: World) -> None:
    dossier = handed_back(world)
    first = dossier.events.get(move="hand_back")
    left = papers_to_hand_back(dossier)

    actions.hand_back(
        dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=LATER, papers=[paper.pk for paper in left], receiver=AN
    )

    assert (len(first.data["papers"]), len(left)) == (2, 1)
    assert (first.data["receiver"], first.at) == ("Nguyễn Hoài An", THIRD)
    assert papers_to_hand_back(dossier) == []


def test_the_end_of_the_dossier_stays_when_it_was(world: World) -> None:
    dossier = Dossier.objects.get(pk=handed_back(world).pk)

    assert (dossier.status, dossier.closed_at) == (Status.STOPPED, SECOND)


def test_a_paper_is_handed_back_once_and_only_by_the_list(world: World) -> None:
    dossier = handed_back(world)
    given = dossier.events.get(move="hand_back").data["papers"]
    other = let_go(world)

    for one, papers in ((dossier, given), (other, [paper.pk for paper in other.papers.all()])):
        with pytest.raises(MoveNotAllowed, match="đã trả rồi"):
            actions.hand_back(dossier_id=one.pk, actor=world.actor(By.COUNTER), at=LATER, papers=papers, receiver=AN)


def test_who_receives_them_shows_who_they_are(world: World) -> None:
    dossier = handed_back(world)
    left = [paper.pk for paper in papers_to_hand_back(dossier)]

    with pytest.raises(MoveNotAllowed, match="số giấy tờ"):
        actions.hand_back(
            dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=LATER, papers=left, receiver=Receiver("An", " ")
        )

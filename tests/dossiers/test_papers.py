"""The judgement of papers: who may judge them, when, and what is kept of it."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actions.reception import PaperNotOpen
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.papers import are_examined_at, unseen_papers
from tests.world import World, accepted, complete, document, faulty, in_process, judged, submitted, vn

pytestmark = pytest.mark.django_db
FILED, ACCEPTED, HANDED = vn("2026-11-20 08:00"), vn("2026-11-20 09:00"), vn("2026-11-20 10:00")
AT = vn("2026-11-20 10:30")


@pytest.fixture
def working(world: World) -> Dossier:
    return in_process(world, FILED, ACCEPTED, HANDED)


def judge(dossier: Dossier, actor: Actor, verdict: str = "good", fault: str = "") -> Paper:
    paper = dossier.papers.order_by("position")[1]
    return actions.judge_paper(
        dossier_id=dossier.pk, paper_id=paper.pk, actor=actor, at=AT, verdict=verdict, fault=fault
    )


def test_a_judgement_keeps_who_made_it_and_when(world: World, working: Dossier) -> None:
    paper = judge(working, world.actor(By.OFFICER))

    paper.refresh_from_db()
    assert (paper.verdict, paper.judged_by, paper.judged_at) == ("good", world.posts["specialist"].officer, AT)


def test_a_judgement_taken_back_leaves_nobody(world: World, working: Dossier) -> None:
    judge(working, world.actor(By.OFFICER), "faulty", "Mờ")

    paper = judge(working, world.actor(By.OFFICER), "")

    assert (paper.verdict, paper.fault, paper.judged_by_id, paper.judged_at) == ("", "", None, None)


def test_a_paper_given_again_has_been_judged_by_nobody(world: World, working: Dossier) -> None:
    faulty(working.papers.order_by("position")[1], "Mờ")
    actions.ask_papers(dossier_id=working.pk, actor=world.actor(By.OFFICER), at=AT, reason="Xin chụp lại")

    paper = actions.attach_paper(
        dossier_id=working.pk, requirement=world.drawing, document=document(), name=world.drawing.name, at=AT
    )

    assert (paper.verdict, paper.judged_by_id, paper.judged_at) == ("", None, None)


def test_before_acceptance_the_counter_judges_and_afterwards_the_officer(world: World, working: Dossier) -> None:
    new = submitted(world, FILED)

    assert judge(new, world.actor(By.COUNTER)).judged_by == world.posts["receptionist"].officer
    for dossier, by in ((new, By.OFFICER), (working, By.COUNTER), (accepted(world, FILED, ACCEPTED), By.COUNTER)):
        with pytest.raises(PaperNotOpen):
            judge(dossier, world.actor(by))


def test_a_right_found_at_an_earlier_step_judges_nothing(world: World, working: Dossier) -> None:
    step = working.steps.get(done_at=None)
    post = world.posts["specialist"]
    actor = Actor(by=By.OFFICER, officer_id=post.officer_id, unit_id=post.unit_id, step_seq=step.seq)
    complete(world, working, AT)

    with pytest.raises(PaperNotOpen):
        judge(working, actor)


def test_papers_are_examined_at_reception_online_and_at_the_specialists_first_step(
    world: World, working: Dossier
) -> None:
    new = submitted(world, FILED)

    def examined(dossier: Dossier) -> bool:
        return are_examined_at(dossier.steps.get(done_at=None), dossier)

    assert (examined(new), examined(accepted(world, FILED, ACCEPTED)), examined(working)) == (True, False, True)
    complete(world, working, AT, draft=document())
    assert not examined(working)
    actions.send_back(dossier_id=working.pk, actor=world.actor(By.OFFICER), at=AT, reason="Xem lại mật độ")
    assert examined(working)


def test_a_paper_is_unseen_until_somebody_judges_it_and_when_there_is_something_to_see(
    world: World, working: Dossier
) -> None:
    form, drawing, promise = working.papers.order_by("position")
    judged(drawing, "good")
    Paper.objects.filter(pk=promise.pk).update(source="data")

    assert unseen_papers(working) == [form]

"""A dossier noted at the counter as missing papers: completed when the person comes again, and accepted."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actions import CounterPaper
from motcua.dossiers.actions.filing import FilingNotReady
from motcua.dossiers.lifecycle import By, Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.verification import disagreements
from tests.dossiers.test_intake import given, intake_of, noted
from tests.world import World, vn

pytestmark = pytest.mark.django_db
AGAIN = vn("2026-11-24 08:30")


def take_up(world: World, dossier: Dossier, *papers: CounterPaper, **changed: object) -> Dossier:
    intake = intake_of(world, *papers, **changed)
    return actions.take_up(dossier_id=dossier.pk, intake=intake, actor=world.actor(By.COUNTER), at=AGAIN)


def test_the_clock_starts_when_everything_is_there_and_the_code_stays(world: World) -> None:
    before = noted(world)

    dossier = take_up(world, before)

    assert (dossier.code, dossier.status, dossier.received_at) == (before.code, Status.RECEIVED, AGAIN)
    assert dossier.form_data == {"address": "12/7 kiệt 84 Lâm Hoằng", "floors": 2}
    assert [event.move for event in dossier.events.all()] == ["note_missing", "supply_before", "accept"]
    assert [slip.form for slip in dossier.slips.all()] == ["02", "01"]
    assert dossier.supplements.get().supplied_at == AGAIN
    assert dossier.steps.get(done_at=None).code == "hand_over"
    assert list(disagreements(Dossier.objects.all())) == []


def test_papers_that_came_stand_as_just_given(world: World) -> None:
    dossier = take_up(world, noted(world))

    assert given(dossier) == [("DON", "form", 0, 0), ("BV", "paper", 2, 1), ("CK", "paper", 1, 0)]
    assert set(dossier.papers.values_list("verdict", flat=True)) == {""}


def test_a_good_paper_left_here_keeps_its_day_and_its_scan(world: World) -> None:
    papers = (CounterPaper(world.drawing, True, 2, 1), CounterPaper(world.promise, False))
    before = actions.note_missing(
        intake=intake_of(world, *papers, form_data={}), actor=world.actor(By.COUNTER), at=vn("2026-11-20 09:34")
    )

    dossier = take_up(world, before, CounterPaper(world.drawing, True, 3, 0), CounterPaper(world.promise, True, 1))

    drawing = dossier.papers.get(requirement=world.drawing)
    assert (drawing.original_count, drawing.copy_count, drawing.given_at) == (3, 0, vn("2026-11-20 09:34"))


def test_what_is_still_missing_is_said_at_once_and_nothing_is_written(world: World) -> None:
    before = noted(world)

    with pytest.raises(FilingNotReady) as refused:
        take_up(world, before, CounterPaper(world.drawing, True, 1), form_data={"floors": 2})

    before.refresh_from_db()
    assert [problem.where for problem in refused.value.problems] == ["form_data.address", "paper:201"]
    assert (before.status, before.form_data) == (Status.INCOMPLETE, {})


def test_an_answer_corrected_changes_papers_and_case(world: World) -> None:
    dossier = take_up(world, noted(world), CounterPaper(world.drawing, True, 1), answers={"neighbour": "no"})

    assert [row[0] for row in given(dossier)] == ["DON", "BV"]


def test_it_is_taken_up_once(world: World) -> None:
    dossier = take_up(world, noted(world))

    with pytest.raises(actions.AlreadyFiled):
        take_up(world, dossier)

    assert dossier.events.filter(move="accept").count() == 1


def test_it_is_not_accepted_with_an_open_form(world: World) -> None:
    dossier = noted(world)
    Dossier.objects.filter(pk=dossier.pk).update(status=Status.SUBMITTED)

    with pytest.raises(FilingNotReady) as refused:
        actions.accept(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=AGAIN)

    assert [problem.where for problem in refused.value.problems] == ["form_data.address", "form_data.floors"]


def test_a_dossier_filed_online_is_not_taken_up(world: World) -> None:
    dossier = noted(world)
    Dossier.objects.filter(pk=dossier.pk).update(channel="online")

    with pytest.raises(actions.AlreadyFiled):
        take_up(world, dossier)

"""Open dossiers taken over to a newer process by a mapping that is checked first."""

from collections.abc import Mapping

import pytest

from motcua.catalogue.models import PublishedProcess
from motcua.dossiers import actions
from motcua.dossiers.actions.replanning import DoesNotFit
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.dossiers.verification import disagreements
from tests.dossiers.branches import (
    ACCEPTED,
    BRANCHES,
    FILED,
    FIRST,
    FOURTH,
    HANDED,
    SECOND,
    THIRD,
    at,
    done,
    publish_both,
    running,
)
from tests.world import PROCESS, World, in_process, make_world

pytestmark = pytest.mark.django_db
WHY = "Quyết định 12/QĐ-UBND"


@pytest.fixture
def world() -> World:
    return make_world()


def published(world: World, content: object) -> PublishedProcess:
    return PublishedProcess.objects.create(
        procedure=world.version.procedure, content=content, effective_from="2026-11-04", published_at=FIRST
    )


def moved(world: World, dossier: Dossier, process: PublishedProcess, **mapping: str) -> Dossier:
    keeper = Actor(by=By.PLANNER, officer_id=world.posts["signer"].officer_id, unit_id=world.commune.pk)
    return actions.change_process(
        dossier_id=dossier.pk, process=process, mapping=mapping, actor=keeper, at=SECOND, reason=WHY
    )


def agrees() -> None:
    assert list(disagreements(Dossier.objects.all())) == []


def renamed(code: str, name: str) -> Mapping[str, object]:
    steps = [step | {"code": code, "name": name} if step["code"] == "appraise" else step for step in PROCESS["steps"]]
    return {"steps": steps}


def test_a_step_that_says_the_same_runs_on_with_its_due_moment(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)
    step = dossier.steps.get(done_at=None)

    moved(world, dossier, published(world, PROCESS))

    assert dossier.steps.get(done_at=None) == step
    agrees()


def test_a_step_mapped_to_another_ends_and_the_other_begins_with_the_same_officer(world: World) -> None:
    dossier, holder = in_process(world, FILED, ACCEPTED, HANDED), world.posts["specialist"].officer
    actions.assign(dossier_id=dossier.pk, actor=at(world, dossier, "appraise"), to=holder, at=FIRST)
    due_at = Dossier.objects.get(pk=dossier.pk).due_at

    moved(world, dossier, published(world, renamed("study", "Nghiên cứu")), appraise="study")

    step, event = dossier.steps.get(done_at=None), dossier.events.last()
    assert (step.code, step.assignee) == ("study", holder)
    assert dossier.steps.get(code="appraise").outcome == "replanned"
    assert (event.move, event.reason, event.data["steps"][0]["next_name"]) == ("change_process", WHY, "Nghiên cứu")
    assert Dossier.objects.get(pk=dossier.pk).due_at == due_at
    agrees()


def test_a_dossier_whose_step_has_no_counterpart_stays_and_the_sentence_names_it(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)

    with pytest.raises(DoesNotFit, match="bước «Thẩm định» chưa được ánh xạ: quy trình mới không có bước mã appraise"):
        moved(world, dossier, published(world, renamed("study", "Nghiên cứu")))

    assert running(dossier) == ["appraise"]
    assert Dossier.objects.get(pk=dossier.pk).process is None


def test_work_is_not_mapped_to_a_signature(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)

    with pytest.raises(DoesNotFit, match="khác loại"):
        moved(world, dossier, published(world, PROCESS), appraise="sign")


def test_from_one_step_into_a_process_with_branches_both_are_worked(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)

    moved(world, dossier, published(world, BRANCHES), appraise="share")
    done(world, dossier, "share", THIRD)

    assert sorted(running(dossier)) == ["appraise", "ask"]
    agrees()


def test_a_dossier_is_not_put_into_one_branch_whose_other_never_ran(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)

    with pytest.raises(DoesNotFit, match="chờ mãi"):
        moved(world, dossier, published(world, BRANCHES))


def test_a_branch_that_is_done_stays_done(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)
    first = published(world, BRANCHES)
    moved(world, dossier, first, appraise="share")
    done(world, dossier, "share", SECOND)
    done(world, dossier, "ask", THIRD)

    moved(world, dossier, published(world, BRANCHES))

    assert running(dossier) == ["appraise"]
    agrees()
    done(world, dossier, "appraise", FOURTH)
    assert running(dossier) == ["check"]
    agrees()


def test_a_process_of_another_procedure_is_refused(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)
    process = published(world, PROCESS)
    moved(world, dossier, process)

    with pytest.raises(DoesNotFit, match="đã theo đúng quy trình này"):
        moved(world, dossier, process)


def test_a_step_that_ran_beside_another_and_runs_on_in_a_straight_process_is_no_disagreement(world: World) -> None:
    publish_both(world)
    dossier = in_process(world, FILED, ACCEPTED, HANDED)
    done(world, dossier, "share", FIRST)
    done(world, dossier, "ask", FIRST)

    moved(world, dossier, published(world, PROCESS))
    agrees()
    done(world, dossier, "appraise", THIRD)

    assert running(dossier) == ["check"]
    agrees()

"""Several steps of a dossier that run at the same time."""

import pytest
from django.db import IntegrityError

from motcua.catalogue.models import PublishedProcess
from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By, MoveNotAllowed
from motcua.dossiers.models import Dossier, Step
from motcua.dossiers.queries import Scope, running_steps
from motcua.dossiers.steps import WayNotChosen
from motcua.dossiers.verification import disagreements
from motcua.people.queries import agency_named
from tests.catalogue.bpmn.builder import begin, definitions, end, exclusive, flow, flows, process, task
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
    running,
)
from tests.world import PROCESS, World, _agency, another_procedure, document, faulty, in_process, make_world, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world(process=BRANCHES, after_pause="restart")


@pytest.fixture
def shared(world: World) -> Dossier:
    """Return a dossier whose head has shared it out: two steps run."""
    return done(world, in_process(world, FILED, ACCEPTED, HANDED), "share", FIRST)


def agrees() -> None:
    assert list(disagreements(Dossier.objects.all())) == []


def test_two_agencies_work_at_the_same_time_each_with_its_own_term(shared: Dossier, world: World) -> None:
    steps = {step.code: step for step in shared.steps.filter(done_at=None)}

    assert steps["appraise"].unit == world.division
    assert steps["ask"].unit == world.elsewhere
    assert steps["ask"].due_at > steps["appraise"].due_at
    agrees()


def test_what_comes_after_waits_for_both_and_says_for_whom(shared: Dossier, world: World) -> None:
    done(world, shared, "appraise", SECOND)

    assert running(shared) == ["ask"]
    assert shared.events.last().data["waits_for"] == ["Lấy ý kiến di sản"]
    agrees()
    done(world, shared, "ask", THIRD)
    assert running(shared) == ["check"]
    agrees()


def test_a_dossier_goes_through_its_branches_to_the_result(shared: Dossier, world: World) -> None:
    done(world, shared, "ask", SECOND)
    done(world, shared, "appraise", SECOND)
    done(world, shared, "check", THIRD)
    actions.sign_off(dossier_id=shared.pk, actor=at(world, shared, "sign"), at=FOURTH)
    actions.issue(dossier_id=shared.pk, actor=at(world, shared, "issue"), at=FOURTH, number="12/GPXD")

    assert running(shared) == ["return"]
    agrees()


def test_lists_of_dossiers_have_it_once_and_desks_have_their_own_step(shared: Dossier, world: World) -> None:
    everywhere = Scope(officer_id=0, everywhere=True)
    asked = Scope(officer_id=0, desks=frozenset({(world.elsewhere.pk, "specialist")}))

    assert [step.dossier_id for step in running_steps(everywhere)] == [shared.pk]
    assert [step.code for step in running_steps(asked)] == ["ask"]


def test_when_the_step_that_stands_for_it_ends_the_other_one_does(shared: Dossier, world: World) -> None:
    first, second = running(shared)

    done(world, shared, first, SECOND)

    assert shared.steps.get(code=second).is_beside is False


def test_while_others_work_beside_nothing_is_sent_back_and_the_sentence_names_them(
    shared: Dossier, world: World
) -> None:
    with pytest.raises(MoveNotAllowed, match="Còn việc chạy song song: «Lấy ý kiến di sản»"):
        actions.send_back(dossier_id=shared.pk, actor=at(world, shared, "appraise"), at=SECOND, reason="Xem lại")


def test_sent_back_after_both_only_the_last_one_is_done_again(shared: Dossier, world: World) -> None:
    done(world, shared, "ask", SECOND)
    done(world, shared, "appraise", THIRD)

    actions.send_back(dossier_id=shared.pk, actor=at(world, shared, "check"), at=FOURTH, reason="Thiếu số liệu")

    assert running(shared) == ["appraise"]
    agrees()
    done(world, shared, "appraise", FOURTH)
    assert running(shared) == ["check"]
    agrees()


def test_papers_asked_for_stop_every_branch_and_the_restart_begins_anew(shared: Dossier, world: World) -> None:
    drawing = shared.papers.get(requirement=world.drawing)
    faulty(drawing, "Mờ khung tên")
    actions.ask_papers(dossier_id=shared.pk, actor=at(world, shared, "appraise"), at=SECOND, reason="Bổ sung")
    agrees()
    actions.attach_paper(
        dossier_id=shared.pk, requirement=world.drawing, document=document(), name=drawing.name, at=THIRD
    )
    actions.supply_papers(dossier_id=shared.pk, actor=world.citizen, at=THIRD)

    assert running(shared) == ["share"]
    agrees()


def test_stopped_and_restored_every_branch_goes_on_with_who_held_it(shared: Dossier, world: World) -> None:
    holder = world.posts["elsewhere"].officer
    actions.assign(dossier_id=shared.pk, actor=at(world, shared, "ask"), to=holder, at=FIRST)
    actions.propose_stop(
        dossier_id=shared.pk, actor=at(world, shared, "appraise"), at=SECOND, kind="stop", reason="Tranh chấp"
    )
    actions.stop(dossier_id=shared.pk, actor=world.actor(By.APPROVER), at=THIRD, kind="stop")
    assert running(shared) == []
    agrees()

    actions.restore(dossier_id=shared.pk, actor=world.actor(By.APPROVER), at=FOURTH, reason="Hết tranh chấp")

    assert sorted(running(shared)) == ["appraise", "ask"]
    assert shared.steps.get(code="ask", done_at=None).assignee == holder
    agrees()


def test_a_paper_added_while_one_branch_appraises_moves_nothing(shared: Dossier, world: World) -> None:
    actions.add_papers(dossier_id=shared.pk, actor=world.citizen, at=SECOND, name="Ảnh", document=document("a.pdf"))

    assert sorted(running(shared)) == ["appraise", "ask"]


def test_of_two_who_end_one_branch_at_once_the_second_is_told(shared: Dossier, world: World) -> None:
    appraiser = at(world, shared, "appraise")
    done(world, shared, "appraise", SECOND)

    with pytest.raises(MoveNotAllowed, match="vừa được người khác làm xong"):
        actions.complete_step(dossier_id=shared.pk, actor=appraiser, at=SECOND)


def test_the_database_keeps_one_running_step_for_each_branch(shared: Dossier, world: World) -> None:
    step = shared.steps.filter(done_at=None, is_beside=True).get()

    with pytest.raises(IntegrityError, match="step_one_per_branch"):
        Step.objects.create(
            dossier=shared, seq=99, code="ask", name="x", kind="work", unit=step.unit, role=step.role,
            received_at=THIRD, token=step.token, is_beside=True,
        )  # fmt: skip


def test_check_finds_a_branch_nobody_runs(shared: Dossier) -> None:
    shared.steps.filter(done_at=None, is_beside=True).update(done_at=SECOND, outcome="done")

    assert "its branches stand at" in next(iter(disagreements(Dossier.objects.all()))).what


def published(world: World, content: object, on: str) -> PublishedProcess:
    return PublishedProcess.objects.create(
        procedure=world.version.procedure, content=content, effective_from=on, published_at=FILED
    )


def drawing_of(*inside: str) -> dict[str, object]:
    """Return a drawing whose officer chooses: a good dossier is signed, a doubtful one is visited and looked at again."""
    post = {"kind": "work", "unit": "resolving", "role": "specialist", "hours": 8}
    text = definitions(
        process(
            begin(), task("look", name="Xem"), exclusive("which"), task("visit", name="Đi xem"), task("sign", name="Ký"),
            task("issue", name="Cấp số"), end(), flow("which", "sign", id="good"), flow("which", "visit", id="doubt"),
            flows("start look which", "visit look", "sign issue end"), *inside,
        )
    )  # fmt: skip
    posts = {
        "look": post, "visit": post, "sign": post | {"kind": "sign", "unit": "competent", "role": "signer"},
        "issue": post | {"kind": "issue", "unit": "competent", "role": "clerk"},
    }  # fmt: skip
    return {"bpmn": text, "posts": posts}


def test_a_dossier_follows_what_is_published_when_it_is_handed_over_and_keeps_it() -> None:
    world = make_world()
    ours = published(world, PROCESS, "2026-11-01")
    dossier = in_process(world, FILED, ACCEPTED, HANDED)

    published(world, BRANCHES, "2026-11-02")
    done(world, dossier, "appraise", FIRST)

    dossier.refresh_from_db()
    assert dossier.process == ours
    assert running(dossier) == ["check"]


def test_what_takes_effect_later_is_not_followed_yet() -> None:
    world = make_world()
    published(world, BRANCHES, "2026-12-01")

    dossier = in_process(world, FILED, ACCEPTED, HANDED)

    assert (dossier.process_id, running(dossier)) == (None, ["appraise"])


def test_an_imported_drawing_runs_by_the_choice_of_the_officer() -> None:
    world = make_world()
    published(world, drawing_of(), "2026-11-01")
    dossier = in_process(world, FILED, ACCEPTED, HANDED)

    with pytest.raises(WayNotChosen, match="Hãy chọn đường đi"):
        done(world, dossier, "look", FIRST)
    done(world, dossier, "look", FIRST, choose=["doubt"])
    done(world, dossier, "visit", SECOND)
    actions.complete_step(
        dossier_id=dossier.pk, actor=at(world, dossier, "look"), at=THIRD, choose=["good"], draft=document()
    )

    assert running(dossier) == ["sign"]
    assert dossier.events.last().data["chosen"] == ["good"]
    agrees()


def test_a_step_given_to_an_agency_that_is_gone_is_told_and_nothing_moves(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)
    world.elsewhere.valid_to = FILED.date()
    world.elsewhere.save()

    with pytest.raises(MoveNotAllowed, match="giao cho một cơ quan không còn hoạt động"):
        done(world, dossier, "share", FIRST)

    assert running(dossier) == ["share"]
    agrees()


def test_a_department_named_by_its_subject_is_asked_in_its_division_and_signs_itself(world: World) -> None:
    department = _agency("H57.08", "Sở Văn hóa", "department", subject="culture_sport")
    division = _agency("H57.08.1", "Phòng Di sản", "division", parent=department, subject="culture_sport")

    assert agency_named("subject:culture_sport", "specialist", near=world.commune) == division
    assert agency_named("subject:culture_sport", "signer", near=world.commune) == department
    assert agency_named("subject:health", "signer", near=world.commune) is None


def test_a_dossier_not_handed_over_yet_has_no_branches(world: World) -> None:
    dossier = submitted(world, FILED)

    actions.withdraw(dossier_id=dossier.pk, actor=Actor(by=By.CITIZEN, citizen_id=world.an.pk), at=FIRST)

    assert (running(dossier), dossier.position) == ([], {})


def test_branches_of_a_procedure_it_was_not_of_stay_in_the_history(shared: Dossier, world: World) -> None:
    plain = another_procedure(world, code="1.013226", papers={"BV": "Bản vẽ sửa chữa"})

    actions.propose_procedure(
        dossier_id=shared.pk, actor=world.actor(By.COUNTER), at=SECOND, version_id=plain.pk,
        answers={"neighbour": "no"}, units=world.units, reason="Đây là sửa nhà",
    )  # fmt: skip
    actions.correct(dossier_id=shared.pk, actor=world.actor(By.APPROVER), at=SECOND)

    running = shared.steps.get(done_at=None)
    assert (running.code, running.token) == ("appraise", None)
    agrees()

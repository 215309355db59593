"""Several steps that run at once: each officer opens the dossier at their own, and sees who works beside them."""

from copy import deepcopy

import pytest

from motcua.catalogue.models import PublishedProcess
from motcua.dossiers.models import Dossier
from tests.dossiers.branches import BRANCHES, HERITAGE
from tests.dossiers.test_branches import drawing_of
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import address, do, words
from tests.world import PROCESS, World, in_process, make_world

pytestmark = pytest.mark.django_db


def handed_over(world: World, earlier: Moment, content: object) -> Dossier:
    PublishedProcess.objects.create(
        procedure=world.version.procedure, content=content, effective_from="2020-01-01", published_at=earlier(99)
    )
    return in_process(world, earlier(90), earlier(60), earlier(30))


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def shared(world: World, earlier: Moment, sign_in: SignIn) -> Dossier:
    dossier = handed_over(world, earlier, BRANCHES)
    do(sign_in("division_head"), dossier, "complete_step", {})
    return dossier


def test_each_opens_it_at_their_own_step_and_sees_who_works_beside(
    shared: Dossier, world: World, sign_in: SignIn
) -> None:
    appraiser = words(sign_in("specialist").get(address(shared)))
    adviser = words(sign_in("elsewhere").get(address(shared)))

    assert f"cùng lúc: {HERITAGE} · {world.elsewhere.short_name}" in appraiser
    assert f"{HERITAGE} · {world.elsewhere.short_name}, từ" in adviser
    assert f"cùng lúc: Thẩm định · {world.division.short_name}" in adviser


def test_the_panel_says_who_is_waited_for(shared: Dossier, world: World, sign_in: SignIn) -> None:
    panel = words(sign_in("elsewhere").get(address(shared, "complete_step/")))

    assert f"Bước sau bắt đầu khi cùng xong: Thẩm định · {world.division.short_name}" in panel


def test_the_asked_agency_ends_its_own_branch_and_leaves_the_other_alone(
    shared: Dossier, world: World, sign_in: SignIn
) -> None:
    asked = shared.steps.get(code="ask").seq
    do(sign_in("elsewhere"), shared, "complete_step", {"note": "Không vướng di sản", "step": asked})

    assert [step.code for step in shared.steps.filter(done_at=None)] == ["appraise"]


def test_nothing_is_sent_back_while_others_work(shared: Dossier, sign_in: SignIn) -> None:
    page = sign_in("specialist").get(address(shared))

    assert "send_back" not in [button["name"] for button in page.context["buttons"]]


def test_where_the_process_leaves_the_way_to_the_officer_it_is_asked(
    world: World, earlier: Moment, sign_in: SignIn
) -> None:
    dossier = handed_over(world, earlier, drawing_of())
    officer = sign_in("specialist")

    panel = words(officer.get(address(dossier, "complete_step/")))
    assert "Rồi đến Ký Đi xem" in panel

    unsaid = do(officer, dossier, "complete_step", {})
    assert dossier.steps.get(done_at=None).code == "look"
    assert "Rồi đến" in words(unsaid)

    do(officer, dossier, "complete_step", {"way": "doubt"})
    assert dossier.steps.get(done_at=None).code == "visit"


def test_a_table_leaves_the_way_to_the_officer_by_its_name(world: World, earlier: Moment, sign_in: SignIn) -> None:
    content = deepcopy(PROCESS)
    content["steps"][0] |= {"split": "choose", "next": [{"to": "check", "name": "đạt"}, {"to": "appraise"}]}
    dossier = handed_over(world, earlier, content)
    officer = sign_in("specialist")

    panel = officer.get(address(dossier, "complete_step/"))
    do(officer, dossier, "complete_step", {"way": "flow_step_appraise_0"})

    assert "Rồi đến Đạt Thẩm định" in words(panel)
    assert dossier.steps.get(done_at=None).code == "check"

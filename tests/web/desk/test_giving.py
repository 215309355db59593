"""A head of division who completes her step may give the next one to one of her officers in the same act."""

from datetime import date

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.people.models import Officer, Post, User
from motcua.people.roles import Role
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import address, do, part, words
from tests.world import PROCESS, World, in_process, make_world

pytestmark = pytest.mark.django_db
SHARED_OUT = {
    "code": "share", "name": "Phân công", "kind": "work", "unit": "resolving", "role": "division_head",
    "hours": 4, "produces": "", "next": [{"to": "appraise"}],
}  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    return make_world(process={"steps": [SHARED_OUT, *PROCESS["steps"]]})


@pytest.fixture
def sharing(world: World, earlier: Moment) -> Dossier:
    """Return a dossier that waits for the head to share it out."""
    return in_process(world, earlier(90), earlier(60), earlier(30))


def another(world: World, name: str, *, unit: str = "division", valid_to: date | None = None) -> Officer:
    """Give the division, or another unit, one more specialist."""
    user = User.objects.create_user(email=f"{name.split()[-1].lower()}@vidu.vn", password="x" * 12, full_name=name)
    officer = Officer.objects.create(user=user, full_name=name)
    Post.objects.create(
        officer=officer, unit=getattr(world, unit), role=Role.SPECIALIST, valid_from=date(2020, 1, 1), valid_to=valid_to
    )
    return officer


def as_officer(world: World) -> Actor:
    """Return the head as who works on a step of hers."""
    post = world.posts["division_head"]
    return Actor(by=By.OFFICER, officer_id=post.officer_id, unit_id=post.unit_id)


def test_a_head_completes_and_gives_the_next_step_in_one_act(sharing: Dossier, world: World, sign_in: SignIn) -> None:
    colleague, head = world.posts["specialist"].officer, world.posts["division_head"].officer

    do(sign_in("division_head"), sharing, "complete_step", {"to": colleague.pk, "note": "Xem kỹ ranh giới"})

    step = sharing.steps.get(done_at=None)
    completed, given = list(sharing.events.order_by("seq"))[-2:]
    assert (step.code, step.assignee) == ("appraise", colleague)
    assert (completed.move, given.move) == ("complete_step", "assign")
    assert (given.officer, given.by, given.data["to"]) == (head, "leader", colleague.pk)


def test_the_history_says_whom_it_was_given_to(sharing: Dossier, world: World, sign_in: SignIn) -> None:
    browser = sign_in("division_head")

    do(browser, sharing, "complete_step", {"to": world.posts["specialist"].officer_id})

    assert "Giao việc → Hoàng Thị Mỹ Linh · Lê Đức Hải" in words(browser.get(address(sharing)))  # type: ignore[arg-type]


def test_naming_nobody_leaves_the_next_step_to_the_unit(sharing: Dossier, sign_in: SignIn) -> None:
    do(sign_in("division_head"), sharing, "complete_step", {"to": ""})

    assert sharing.steps.get(done_at=None).assignee is None
    assert sharing.events.last().move == "complete_step"  # type: ignore[union-attr]


def test_those_who_hold_the_post_there_are_offered_with_what_they_hold(
    sharing: Dossier, world: World, sign_in: SignIn, earlier: Moment
) -> None:
    linh = world.posts["specialist"].officer
    another(world, "Bùi Văn Ân")
    another(world, "Cao Xa", unit="elsewhere")
    another(world, "Đinh Cũ", valid_to=date(2021, 1, 1))
    other = in_process(world, earlier(90), earlier(60), earlier(30))
    actions.complete_step(dossier_id=other.pk, actor=as_officer(world), at=earlier(20))
    actions.assign(dossier_id=other.pk, actor=world.actor(By.LEADER), to=linh, at=earlier(10))

    panel = words(part(sign_in("division_head"), address(sharing, "complete_step/")))

    offered = "Chưa giao ai Bùi Văn Ân · đang giữ 0 hồ sơ Hoàng Thị Mỹ Linh · đang giữ 1 hồ sơ Ghi chú"
    assert offered in panel


def test_an_officer_of_another_unit_cannot_be_named(sharing: Dossier, world: World, sign_in: SignIn) -> None:
    do(sign_in("division_head"), sharing, "complete_step", {"to": world.posts["elsewhere"].officer_id})

    assert sharing.steps.get(done_at=None).code == "share"


def test_who_may_not_assign_there_is_not_asked(sharing: Dossier, world: World, sign_in: SignIn) -> None:
    do(sign_in("division_head"), sharing, "complete_step")

    of_specialist = words(part(sign_in("specialist"), address(sharing, "complete_step/")))
    do(sign_in("specialist"), sharing, "complete_step", {"to": world.posts["division_head"].officer_id})
    of_head = words(part(sign_in("division_head"), address(sharing, "complete_step/")))  # the signer is of another unit

    assert "Ghi chú cho bước sau" in of_specialist
    assert "Giao luôn cho" not in of_specialist
    assert sharing.steps.get(done_at=None).assignee is None
    assert "Giao luôn cho" not in of_head

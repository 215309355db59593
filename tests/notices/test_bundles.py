"""What a notice says of the bundle a dossier was filed with: it went by itself, or others cannot go without it."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.dossiers.timed import make_all
from motcua.notices.actions import tell
from tests.bundling import filed, finish_birth, member_of
from tests.world import World, make_world, submitted, vn

pytestmark = pytest.mark.django_db
DONE, LATER = vn("2026-11-03 10:00"), vn("2026-11-03 10:05")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def told(dossier: Dossier) -> str:
    event = dossier.events.order_by("-seq")[0]
    notice = tell(event=event, at=LATER, channels=())
    assert notice is not None
    return notice.body


def test_one_that_waited_is_told_to_have_gone_by_itself(world: World) -> None:
    row = filed(world)
    first = told(member_of(row, "khai-sinh"))
    finish_birth(world, row, DONE)
    make_all(LATER)

    assert "thuộc bộ" not in first
    assert f"Hồ sơ này thuộc bộ {row.code}, tự chuyển đi vì đã có Giấy khai sinh." in told(member_of(row, "bao-hiem"))


def test_one_that_came_to_nothing_names_those_that_cannot_go_without_it(world: World) -> None:
    row = filed(world)
    birth = member_of(row, "khai-sinh")
    actions.refuse(dossier_id=birth.pk, actor=world.actor(By.COUNTER), at=DONE, reason="Không thuộc thẩm quyền")
    make_all(LATER)

    assert (
        f"Trong bộ {row.code}, «Đăng ký thường trú», «Cấp thẻ bảo hiểm y tế» cần kết quả này nên không chuyển đi"
        in told(birth)
    )


def test_a_dossier_of_no_bundle_says_nothing_of_one(world: World) -> None:
    assert "bộ BO-" not in told(submitted(world, DONE))

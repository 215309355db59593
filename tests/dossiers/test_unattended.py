"""Unfinished work nobody holds: posts closed or never filled, and holders who have gone; a deputy counts."""

from datetime import date, datetime, timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.dossiers.unattended import unattended
from motcua.people.actions import end_post
from motcua.people.models import Delegation
from motcua.people.roles import Role
from tests.world import World, _post, accepted, complete, document, in_process, vn

FILED, ACCEPTED, HANDED = vn("2026-11-02 08:00"), vn("2026-11-02 09:00"), vn("2026-11-02 10:00")
TODAY, NOW = date(2026, 11, 5), vn("2026-11-05 09:00")
YESTERDAY = date(2026, 11, 4)


@pytest.fixture
def dossier(world: World) -> Dossier:
    return in_process(world, FILED, ACCEPTED, HANDED)


def _left(world: World, at: datetime = NOW) -> list[tuple[str, bool]]:
    units = [world.commune.pk, world.centre.pk, world.division.pk]
    number, left = unattended(units, at.date(), at)
    assert number == len(left)
    return [(one.step.dossier.code or "", one.desk_is_empty) for one in left]


def _given(world: World, dossier: Dossier, role: str = "specialist") -> None:
    actions.assign(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), to=world.posts[role].officer, at=HANDED)


def test_work_at_a_desk_where_somebody_sits_is_nobodys_worry(world: World, dossier: Dossier) -> None:
    _given(world, dossier)
    accepted(world, FILED, ACCEPTED)

    assert _left(world) == []


def test_work_at_a_desk_nobody_holds_any_more_is_listed(world: World, dossier: Dossier) -> None:
    end_post(post=world.posts["specialist"], ended_on=YESTERDAY)

    assert _left(world) == [(dossier.code, True)]


def test_work_of_somebody_who_left_is_listed_though_colleagues_stay(world: World, dossier: Dossier) -> None:
    _post("Ngô Thị Bên Cạnh", world.division, Role.SPECIALIST)
    _given(world, dossier)
    free = in_process(world, FILED, ACCEPTED, HANDED)
    end_post(post=world.posts["specialist"], ended_on=YESTERDAY)

    assert _left(world) == [(dossier.code, False)]
    assert free.steps.get(done_at=None).assignee is None


def test_somebody_whose_account_is_closed_holds_nothing(world: World, dossier: Dossier) -> None:
    user = world.posts["specialist"].officer.user
    user.is_active = False
    user.save()

    assert _left(world) == [(dossier.code, True)]


def test_a_deputy_holds_what_was_lent_and_only_as_long(world: World, dossier: Dossier) -> None:
    post, deputy = world.posts["specialist"], world.posts["division_head"].officer
    Delegation.objects.create(
        post=post, to_officer=deputy, starts_at=NOW, ends_at=NOW + timedelta(days=2), reason="Nghỉ phép"
    )
    actions.assign(dossier_id=dossier.pk, actor=world.actor(By.LEADER), to=deputy, at=NOW)

    assert _left(world) == []
    assert _left(world, NOW + timedelta(days=3)) == [(dossier.code, False)]


def test_the_counters_desks_serve_each_other(world: World, dossier: Dossier) -> None:
    complete(world, dossier, HANDED, draft=document("du-thao.pdf"))
    complete(world, dossier, HANDED)
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=HANDED)
    actions.issue(dossier_id=dossier.pk, actor=world.actor(By.CLERK), at=HANDED, number="12/GPXD")

    assert _left(world) == []  # the return stands at the returner's desk, which the receptionist serves


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(rows: int, world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _number in range(rows):
        in_process(world, FILED, ACCEPTED, HANDED)
    end_post(post=world.posts["specialist"], ended_on=YESTERDAY)

    with django_assert_num_queries(5):
        number, left = unattended([world.division.pk], TODAY, NOW)

    assert (number, len(left)) == (rows, rows)

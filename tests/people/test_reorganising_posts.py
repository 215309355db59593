"""Who sits where after a merger: the same role in the heir, what is lent goes on, the plan's own word wins."""

from datetime import date, timedelta

import pytest

from motcua.people.actions import appoint, delegate
from motcua.people.models import Delegation, Post
from motcua.people.roles import Role
from tests.merging import MERGED_AT, carry_out, plan_with, second_commune
from tests.world import World, make_world, vn

MIDNIGHT = vn("2026-11-09 00:00")


@pytest.fixture
def world(db: None) -> World:
    made = make_world()
    second_commune(made)
    return made


def held(world: World, role: str) -> list[tuple[str, str, date, date | None]]:
    posts = Post.objects.filter(officer=world.posts[role].officer, valid_from=MIDNIGHT.date())
    return [(post.unit.code, post.role, post.valid_from, post.valid_to) for post in posts.order_by("pk")]


def test_a_post_ends_the_day_before_and_goes_on_in_the_heir_as_long_as_it_was_to_last(world: World) -> None:
    Post.objects.filter(pk=world.posts["clerk"].pk).update(valid_to=date(2027, 3, 31))

    carry_out()

    old = Post.objects.get(pk=world.posts["clerk"].pk)
    assert old.valid_to == date(2026, 11, 8)
    assert held(world, "clerk") == [("H57.31.60", "clerk", date(2026, 11, 9), date(2027, 3, 31))]


def test_the_same_role_in_both_old_units_becomes_one_post(world: World) -> None:
    carry_out()

    assert held(world, "signer") == [("H57.31.60", "signer", date(2026, 11, 9), None)]


def test_whom_the_plan_names_holds_what_it_says_and_nothing_else(world: World) -> None:
    said = {"officer": "vo.dinh.khai@vidu.vn", "posts": [{"unit": "H57.31.60.1", "role": "centre_head"}]}

    carry_out(plan_with(posts=[said, {"officer": "phan.thu.trang@vidu.vn", "posts": []}]))

    assert held(world, "signer") == [("H57.31.60.1", "centre_head", date(2026, 11, 9), None)]
    assert held(world, "clerk") == []


def test_a_lent_post_goes_on_in_the_heir_without_a_gap(world: World) -> None:
    borrower, lender = world.posts["division_head"].officer, world.posts["signer"]
    ends_at = MIDNIGHT + timedelta(days=5)
    delegate(post=lender, to_officer=borrower, starts_at=MIDNIGHT - timedelta(days=2), ends_at=ends_at, reason="Đi họp")

    report = carry_out()

    before, after = Delegation.objects.order_by("pk")
    assert (before.post, before.ends_at) == (lender, MIDNIGHT)
    assert (after.post.unit.code, after.to_officer, after.starts_at, after.ends_at) == (
        "H57.31.60",
        borrower,
        MIDNIGHT,
        ends_at,
    )
    assert report.lent_posts == 1


def test_a_post_and_a_loan_to_come_are_of_the_heir(world: World) -> None:
    later = date(2026, 12, 1)
    coming = appoint(
        officer=world.posts["elsewhere"].officer, unit=world.commune, role=Role.CENTRE_HEAD, valid_from=later
    )
    delegate(
        post=coming, to_officer=world.posts["division_head"].officer, starts_at=vn("2026-12-02 08:00"),
        ends_at=vn("2026-12-03 08:00"), reason="Đi họp",
    )  # fmt: skip

    carry_out(at=MERGED_AT)

    post = Post.objects.get(role=Role.CENTRE_HEAD)
    assert (post.unit.code, post.valid_from) == ("H57.31.60", later)
    assert Delegation.objects.get().post == post

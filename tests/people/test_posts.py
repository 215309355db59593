from datetime import date, timedelta

import pytest

from motcua.people.actions import (
    AlreadyAppointed,
    BadPeriod,
    DutiesNotSeparate,
    UnitClosed,
    appoint,
    close_agency,
    delegate,
    end_post,
)
from motcua.people.models import Delegation, Post
from motcua.people.roles import Role
from tests.people.people import AT, SINCE, TODAY, Tree, make_officer, make_post, make_tree

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def tree() -> Tree:
    return make_tree()


def test_a_post_is_held_from_its_first_day_to_its_last(tree: Tree) -> None:
    linh = make_officer("Hoàng Thị Mỹ Linh", "linh@vidu.vn")
    post = appoint(officer=linh, unit=tree.division, role="specialist", valid_from=SINCE, valid_to=TODAY)

    held = [Post.objects.valid_on(on).filter(pk=post.pk).exists() for on in (SINCE - DAY, SINCE, TODAY, TODAY + DAY)]

    assert held == [False, True, True, False]


def test_the_same_post_is_not_given_twice_for_the_same_days(tree: Tree) -> None:
    linh = make_post("Hoàng Thị Mỹ Linh", "linh@vidu.vn", tree.division, Role.SPECIALIST)

    with pytest.raises(AlreadyAppointed) as refused:
        appoint(officer=linh.officer, unit=tree.division, role=Role.SPECIALIST, valid_from=TODAY)

    assert str(refused.value) == (
        "Hoàng Thị Mỹ Linh đã giữ vai trò Chuyên viên ở Phòng Kinh tế, Hạ tầng và Đô thị trong thời gian này."
    )


def test_a_post_may_be_given_again_after_it_ended(tree: Tree) -> None:
    linh = make_post("Hoàng Thị Mỹ Linh", "linh@vidu.vn", tree.division, Role.SPECIALIST)
    end_post(post=linh, ended_on=TODAY)

    again = appoint(officer=linh.officer, unit=tree.division, role=Role.SPECIALIST, valid_from=TODAY + DAY)

    assert list(Post.objects.valid_on(TODAY)) == [linh]
    assert list(Post.objects.valid_on(TODAY + DAY)) == [again]


def test_who_appraises_is_not_appointed_to_sign(tree: Tree) -> None:
    linh = make_post("Hoàng Thị Mỹ Linh", "linh@vidu.vn", tree.division, Role.SPECIALIST)

    with pytest.raises(DutiesNotSeparate) as refused:
        appoint(officer=linh.officer, unit=tree.commune, role=Role.SIGNER, valid_from=TODAY)

    assert str(refused.value) == (
        "Hoàng Thị Mỹ Linh đang là chuyên viên nên không thể đồng thời là lãnh đạo ký: "
        "người thẩm định, người ký và người cấp số phải khác nhau."
    )


def test_a_promoted_specialist_signs_once_the_old_post_has_ended(tree: Tree) -> None:
    linh = make_post("Hoàng Thị Mỹ Linh", "linh@vidu.vn", tree.division, Role.SPECIALIST)
    end_post(post=linh, ended_on=TODAY)

    signing = appoint(officer=linh.officer, unit=tree.commune, role=Role.SIGNER, valid_from=TODAY + DAY)

    assert signing.role == Role.SIGNER


def test_nobody_is_appointed_to_a_closed_unit(tree: Tree) -> None:
    close_agency(agency=tree.division, successors=[], closed_on=TODAY)
    linh = make_officer("Hoàng Thị Mỹ Linh", "linh@vidu.vn")

    with pytest.raises(UnitClosed, match="không hoạt động vào ngày 21/11/2026"):
        appoint(officer=linh, unit=tree.division, role=Role.SPECIALIST, valid_from=TODAY + DAY)


def test_a_period_never_ends_before_it_starts(tree: Tree) -> None:
    khai = make_post("Võ Đình Khải", "khai@vidu.vn", tree.commune, Role.SIGNER)
    ve = make_post("Lê Thị Vệ", "ve@vidu.vn", tree.commune, Role.SIGNER)

    with pytest.raises(BadPeriod):
        appoint(officer=khai.officer, unit=tree.centre, role=Role.GUIDE, valid_from=TODAY, valid_to=TODAY - DAY)
    with pytest.raises(BadPeriod):
        end_post(post=khai, ended_on=SINCE - DAY)
    with pytest.raises(BadPeriod):
        delegate(post=khai, to_officer=ve.officer, starts_at=AT, ends_at=AT, reason="Nghỉ phép")


def test_an_ended_post_is_not_ended_later(tree: Tree) -> None:
    khai = end_post(
        post=make_post("Võ Đình Khải", "khai@vidu.vn", tree.commune, Role.SIGNER), ended_on=date(2026, 6, 30)
    )

    with pytest.raises(BadPeriod, match="Ngày kết thúc phải nằm trong thời gian giữ vị trí"):
        end_post(post=khai, ended_on=TODAY)


def test_signing_is_lent_to_another_leader_or_to_the_head_of_a_division(tree: Tree) -> None:
    khai = make_post("Võ Đình Khải", "khai@vidu.vn", tree.commune, Role.SIGNER)
    heirs = [
        make_post("Lê Thị Vệ", "ve@vidu.vn", tree.commune, Role.SIGNER),
        make_post("Đỗ Thị Ánh", "anh@vidu.vn", tree.division, Role.DIVISION_HEAD),
    ]

    for heir in heirs:
        delegate(post=khai, to_officer=heir.officer, starts_at=AT, ends_at=AT + DAY, reason="Đi công tác")

    assert Delegation.objects.count() == 2


@pytest.mark.parametrize("role, unit", [(Role.SPECIALIST, "division"), (Role.CLERK, "commune")])
def test_signing_is_not_lent_to_who_appraises_or_numbers(tree: Tree, role: Role, unit: str) -> None:
    khai = make_post("Võ Đình Khải", "khai@vidu.vn", tree.commune, Role.SIGNER)
    other = make_post("Người Khác", "khac@vidu.vn", getattr(tree, unit), role)

    with pytest.raises(DutiesNotSeparate):
        delegate(post=khai, to_officer=other.officer, starts_at=AT, ends_at=AT + DAY, reason="Đi công tác")


def test_a_post_is_lent_to_somebody_else_and_only_while_it_is_held(tree: Tree) -> None:
    khai = end_post(post=make_post("Võ Đình Khải", "khai@vidu.vn", tree.commune, Role.SIGNER), ended_on=TODAY)
    ve = make_post("Lê Thị Vệ", "ve@vidu.vn", tree.commune, Role.SIGNER)

    with pytest.raises(BadPeriod, match="trong thời gian người ủy quyền giữ vị trí"):
        delegate(post=khai, to_officer=ve.officer, starts_at=AT, ends_at=AT + DAY, reason="Nghỉ phép")
    with pytest.raises(BadPeriod, match="Không thể ủy quyền cho chính mình"):
        delegate(post=ve, to_officer=ve.officer, starts_at=AT, ends_at=AT + DAY, reason="Nghỉ phép")


def test_signing_and_issuing_are_not_lent_to_the_same_person(tree: Tree) -> None:
    khai = make_post("Võ Đình Khải", "khai@vidu.vn", tree.commune, Role.SIGNER)
    trang = make_post("Phan Thu Trang", "trang@vidu.vn", tree.commune, Role.CLERK)
    moi = make_officer("Lê Mới", "moi@vidu.vn")
    delegate(post=khai, to_officer=moi, starts_at=AT, ends_at=AT + DAY, reason="Đi công tác")

    with pytest.raises(DutiesNotSeparate, match="Lê Mới đang là lãnh đạo ký"):
        delegate(post=trang, to_officer=moi, starts_at=AT, ends_at=AT + DAY, reason="Nghỉ phép")


def test_a_borrowed_duty_keeps_apart_from_a_post_given_for_the_same_days(tree: Tree) -> None:
    khai = make_post("Võ Đình Khải", "khai@vidu.vn", tree.commune, Role.SIGNER)
    moi = make_officer("Lê Mới", "moi@vidu.vn")
    delegate(post=khai, to_officer=moi, starts_at=AT, ends_at=AT + DAY, reason="Đi công tác")

    with pytest.raises(DutiesNotSeparate):
        appoint(officer=moi, unit=tree.division, role=Role.SPECIALIST, valid_from=TODAY)
    later = appoint(officer=moi, unit=tree.division, role=Role.SPECIALIST, valid_from=TODAY + 2 * DAY)

    assert later.officer == moi

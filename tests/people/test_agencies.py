from datetime import date, timedelta

import pytest

from motcua.people.actions import AgencyLoop, NotASuccessor, close_agency, open_agency, place_agency
from motcua.people.models import Agency
from motcua.people.roles import Role
from tests.people.people import SINCE, TODAY, Tree, make_post, make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return make_tree()


def test_an_agency_knows_its_way_from_the_root(tree: Tree) -> None:
    assert tree.division.path == [tree.province.pk, tree.commune.pk, tree.division.pk]
    assert tree.province.path == [tree.province.pk]


def test_what_lies_below_is_found_by_the_path(tree: Tree) -> None:
    assert set(Agency.objects.below([tree.commune])) == {tree.commune, tree.centre, tree.division}
    assert Agency.objects.below([]).count() == 0


def test_a_moved_agency_takes_everything_below_along(tree: Tree) -> None:
    tree.commune.parent = tree.department

    place_agency(agency=tree.commune)

    paths = dict(Agency.objects.values_list("pk", "path"))
    way = [tree.province.pk, tree.department.pk, tree.commune.pk]
    assert paths[tree.commune.pk] == way
    assert paths[tree.division.pk] == [*way, tree.division.pk]
    assert paths[tree.department.pk] == [tree.province.pk, tree.department.pk]


def test_saving_an_agency_in_its_place_leaves_its_path(tree: Tree) -> None:
    tree.division.phone = "0234 000 0012"

    place_agency(agency=tree.division)

    kept = Agency.objects.get(pk=tree.division.pk)
    assert (kept.phone, kept.path) == ("0234 000 0012", [tree.province.pk, tree.commune.pk, tree.division.pk])


@pytest.mark.parametrize("below", ["commune", "division"])
def test_an_agency_never_lies_below_itself(tree: Tree, below: str) -> None:
    tree.commune.parent = getattr(tree, below)

    with pytest.raises(AgencyLoop) as refused:
        place_agency(agency=tree.commune)

    assert str(refused.value) == (
        "UBND phường Vỹ Dạ không thể nằm dưới chính mình. Bạn chọn một cơ quan cấp trên khác."
    )


def test_closing_a_commune_closes_what_is_below_ends_posts_and_names_the_heir(tree: Tree) -> None:
    heir = open_agency(code="H57.31.60", name="UBND phường mới", type="commune", parent=tree.province)
    held = make_post("Hoàng Thị Mỹ Linh", "linh@vidu.vn", tree.division, Role.SPECIALIST)
    elsewhere = make_post("Võ Đình Khải", "khai@vidu.vn", tree.department, Role.SIGNER)

    closed = close_agency(agency=tree.commune, successors=[heir], closed_on=TODAY)

    for row in (held, elsewhere, tree.division, tree.department):
        row.refresh_from_db()
    assert (closed.valid_to, list(closed.successors.all()), list(heir.predecessors.all())) == (TODAY, [heir], [closed])
    assert (tree.division.valid_to, held.valid_to) == (TODAY, TODAY)
    assert (tree.department.valid_to, elsewhere.valid_to) == (None, None)
    assert set(Agency.objects.valid_on(TODAY + timedelta(days=1))) == {tree.province, tree.department, heir}


def test_what_was_closed_earlier_keeps_its_day(tree: Tree) -> None:
    earlier = date(2026, 1, 31)
    close_agency(agency=tree.division, successors=[], closed_on=earlier)

    close_agency(agency=tree.commune, successors=[], closed_on=TODAY)

    tree.division.refresh_from_db()
    assert tree.division.valid_to == earlier


def test_only_an_open_and_different_agency_takes_over(tree: Tree) -> None:
    gone = open_agency(code="H57.31.61", name="UBND xã cũ", type="commune", parent=tree.province, valid_from=SINCE)
    close_agency(agency=gone, successors=[], closed_on=SINCE)

    for heir in (tree.commune, gone):
        with pytest.raises(NotASuccessor, match="Cơ quan kế thừa phải là cơ quan khác"):
            close_agency(agency=tree.commune, successors=[heir], closed_on=TODAY)


def test_a_long_name_is_cut_to_a_short_one() -> None:
    agency = open_agency(code="G1", name="Cục " + "rất " * 30, type="ministry")

    assert len(agency.short_name) == 80

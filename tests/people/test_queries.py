from datetime import date, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.people.actions import (
    close_agency,
    copy_calendar_version,
    delegate,
    meet_citizen,
    open_agency,
    publish_calendar_version,
)
from motcua.people.models import CalendarVersion, Place, WorkingCalendar
from motcua.people.queries import (
    CalendarMissing,
    NoCompetentAgency,
    calendar_version_for,
    citizen_by_any,
    communes_of,
    competent_agency,
    demo_officers,
    differences,
    first_competent,
    permissions_of,
    posts_of,
    receiving_centres,
    working_calendar_days,
)
from motcua.people.roles import PERMISSIONS, Role
from tests.people.people import AT, LONG_AGO, TODAY, Tree, make_officer, make_post, make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return make_tree()


# --- calendars


def test_a_calendar_is_read_as_plain_rows(tree: Tree) -> None:
    code, version, week, special = working_calendar_days("vn", AT)

    assert (code, version, sorted(week)) == ("vn", 1, [0, 1, 2, 3, 4])
    assert week[0] == [(time(7), time(11, 30)), (time(13, 30), time(17))]
    assert (date(2026, 11, 24), "holiday", "Ngày Văn hóa Việt Nam") in special
    assert special == sorted(special)


def test_the_saturday_calendar_adds_the_morning(tree: Tree) -> None:
    assert working_calendar_days("vn-thu-bay", AT).week[5] == [(time(7, 30), time(11, 30))]


def test_a_draft_does_not_count_until_published(tree: Tree) -> None:
    draft = copy_calendar_version(version=CalendarVersion.objects.get(calendar__code="vn"))

    assert working_calendar_days("vn", AT).version == 1

    publish_calendar_version(version=draft, at=AT)

    assert working_calendar_days("vn", AT).version == 2


def test_before_its_first_version_a_calendar_counts_with_that(tree: Tree) -> None:
    assert working_calendar_days("vn", LONG_AGO - timedelta(days=1)).version == 1


def test_an_unknown_calendar_is_said_to_be_missing() -> None:
    with pytest.raises(CalendarMissing, match="Lịch làm việc «khong-co» chưa được công bố"):
        working_calendar_days("khong-co", AT)


def test_a_division_inherits_the_calendar_of_the_nearest_agency_above(
    tree: Tree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tree.commune.calendar = WorkingCalendar.objects.get(code="vn-thu-bay")
    tree.commune.save()

    with django_assert_num_queries(1):
        kept = [calendar_version_for(tree.division, AT)]
    kept.append(calendar_version_for(tree.department, AT))

    assert [version.calendar.code for version in kept] == ["vn-thu-bay", "vn"]


def test_the_version_in_force_at_the_moment_counts(tree: Tree) -> None:
    draft = copy_calendar_version(version=CalendarVersion.objects.get(calendar__code="vn"))
    publish_calendar_version(version=draft, at=AT)

    before, since = (
        calendar_version_for(tree.division, AT - timedelta(seconds=1)),
        calendar_version_for(tree.division, AT),
    )

    assert (before.number, since.number) == (1, 2)


def test_an_agency_without_any_calendar_is_told_what_to_do(tree: Tree) -> None:
    alone = open_agency(code="G99", name="Cơ quan chưa gắn lịch", type="vertical")

    for agency, at in ((alone, AT), (tree.division, LONG_AGO - timedelta(days=1))):
        with pytest.raises(CalendarMissing, match="chưa có lịch làm việc"):
            calendar_version_for(agency, at)


# --- posts


def test_a_person_acts_in_own_posts_and_in_lent_ones_which_show_their_lender(tree: Tree) -> None:
    binh = make_post("Trần Quốc Bình", "binh@vidu.vn", tree.centre, Role.RECEPTIONIST)
    khai = make_post("Nguyễn Văn Khải", "khai@vidu.vn", tree.commune, Role.CENTRE_HEAD)
    lent = delegate(
        post=khai, to_officer=binh.officer, starts_at=AT, ends_at=AT + timedelta(days=2), reason="Nghỉ phép"
    )

    own, borrowed = posts_of(binh.officer.user, TODAY, AT)

    assert (own, own.delegation) == (binh, None)
    assert (borrowed, borrowed.delegation, borrowed.officer.full_name) == (khai, lent, "Nguyễn Văn Khải")


def test_a_lent_post_is_held_from_its_first_moment_until_before_its_last(tree: Tree) -> None:
    binh = make_officer("Trần Quốc Bình", "binh@vidu.vn")
    khai = make_post("Nguyễn Văn Khải", "khai@vidu.vn", tree.commune, Role.CENTRE_HEAD)
    ends_at = AT + timedelta(hours=3)
    delegate(post=khai, to_officer=binh, starts_at=AT, ends_at=ends_at, reason="Đi họp")

    moments = [AT - timedelta(seconds=1), AT, ends_at - timedelta(seconds=1), ends_at]

    assert [len(posts_of(binh.user, TODAY, at)) for at in moments] == [0, 1, 1, 0]


def test_a_locked_account_holds_nothing(tree: Tree) -> None:
    binh = make_post("Trần Quốc Bình", "binh@vidu.vn", tree.centre, Role.RECEPTIONIST)
    binh.officer.user.is_active = False

    assert posts_of(binh.officer.user, TODAY, AT) == []


def test_posts_take_two_queries_however_many(tree: Tree, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    binh = make_post("Trần Quốc Bình", "binh@vidu.vn", tree.centre, Role.RECEPTIONIST)
    for number, role in enumerate((Role.GUIDE, Role.RETURNER, Role.CASHIER)):
        post = make_post("Chủ vị trí", f"chu{number}@vidu.vn", tree.centre, role)
        delegate(post=post, to_officer=binh.officer, starts_at=AT, ends_at=AT + timedelta(days=1), reason="Thay ca")

    with django_assert_num_queries(2):
        units = [post.unit for post in posts_of(binh.officer.user, TODAY, AT)]

    assert units == [tree.centre] * 4


def test_a_person_may_what_some_post_grants_own_or_lent(tree: Tree) -> None:
    binh = make_post("Trần Quốc Bình", "binh@vidu.vn", tree.centre, Role.RETURNER)
    khai = make_post("Nguyễn Văn Khải", "khai@vidu.vn", tree.centre, Role.RECEPTIONIST)
    delegate(post=khai, to_officer=binh.officer, starts_at=AT, ends_at=AT + timedelta(days=1), reason="Thay ca")

    allowed = permissions_of(binh.officer.user, TODAY, AT)

    assert allowed == PERMISSIONS[Role.RETURNER] | PERMISSIONS[Role.RECEPTIONIST]


# --- competence


def test_a_commune_procedure_goes_to_the_division_of_its_subject(tree: Tree) -> None:
    found = competent_agency("commune", "economy", tree.ward, TODAY)

    assert found == (tree.commune, tree.division)


def test_without_such_a_division_the_commune_does_it_itself(tree: Tree) -> None:
    found = competent_agency("commune", "culture", tree.ward, TODAY)

    assert found == (tree.commune, tree.commune)


def test_a_province_procedure_goes_to_the_department_wherever_the_person_lives(tree: Tree) -> None:
    expected = (tree.department, tree.department)

    assert [competent_agency("province", "construction", place, TODAY) for place in (tree.ward, tree.city)] == [
        expected,
        expected,
    ]


def test_vertical_work_prefers_the_seat_in_the_commune(tree: Tree) -> None:
    city = open_agency(
        code="H57.41",
        name="Công an thành phố",
        type="vertical",
        place=tree.city,
        parent=tree.province,
        subject="police",
    )
    before = competent_agency("vertical", "police", tree.ward, TODAY)
    ward = open_agency(
        code="H57.31.12.05",
        name="Công an phường",
        type="vertical",
        place=tree.ward,
        parent=tree.commune,
        subject="police",
    )

    after = competent_agency("vertical", "police", tree.ward, TODAY)

    assert (before.competent_unit, after.competent_unit) == (city, ward)


def test_a_ministry_decides_without_any_place(tree: Tree) -> None:
    ministry = open_agency(code="G15", name="Cục Hành chính tư pháp", type="ministry", subject="justice")

    assert competent_agency("ministry", "justice", tree.ward, TODAY).competent_unit == ministry


def test_nobody_competent_is_said_to_the_person_filing(tree: Tree) -> None:
    with pytest.raises(NoCompetentAgency) as nobody:
        competent_agency("province", "health", tree.ward, TODAY)

    assert str(nobody.value) == (
        "Chưa có cơ quan nào giải quyết loại việc này cho Phường Vỹ Dạ. "
        "Bạn chọn nơi khác, hoặc gọi tổng đài để được chỉ dẫn."
    )


def test_a_closed_commune_is_competent_until_its_last_day(tree: Tree) -> None:
    close_agency(agency=tree.commune, successors=[], closed_on=TODAY)

    assert competent_agency("commune", "economy", tree.ward, TODAY).competent_unit == tree.commune
    with pytest.raises(NoCompetentAgency):
        competent_agency("commune", "economy", tree.ward, TODAY + timedelta(days=1))


# --- places and centres


def test_a_person_may_file_at_the_wards_centre_or_the_citys(tree: Tree) -> None:
    city = open_agency(
        code="H57.30", name="Trung tâm thành phố", type="province_centre", place=tree.city, parent=tree.province
    )

    assert receiving_centres(tree.ward, TODAY) == [tree.centre, city]
    assert receiving_centres(tree.city, TODAY) == [city, tree.centre]


def test_communes_of_a_province_are_those_of_the_day(tree: Tree) -> None:
    old_city = Place.objects.create(code="46", name="Tỉnh Thừa Thiên Huế", level="province", valid_to=date(2025, 6, 30))
    district = Place.objects.create(code="474", name="Thành phố Huế", level="district", parent=old_city)
    old_ward = Place.objects.create(
        code="19777", name="Phường Vỹ Dạ", level="commune", parent=district, valid_to=date(2025, 6, 30)
    )

    assert list(communes_of("46", TODAY)) == [tree.ward]
    assert list(communes_of("46", date(2025, 6, 30))) == [old_ward]


def test_the_first_level_that_is_competent_answers(tree: Tree) -> None:
    found = first_competent(["ministry", "commune"], "economy", tree.ward, TODAY, none_named="không cấp nào")

    assert found == competent_agency("commune", "economy", tree.ward, TODAY)


def test_where_no_level_is_competent_the_last_refusal_stands(tree: Tree) -> None:
    with pytest.raises(NoCompetentAgency, match="Chưa có cơ quan nào giải quyết loại việc này"):
        first_competent(["ministry"], "economy", tree.ward, TODAY, none_named="không cấp nào")


def test_a_procedure_without_a_level_is_refused_in_the_askers_words(tree: Tree) -> None:
    with pytest.raises(NoCompetentAgency, match="không cấp nào"):
        first_competent([], "economy", tree.ward, TODAY, none_named="không cấp nào")


# --- citizens


def test_the_counter_finds_a_citizen_by_number_phone_or_beginning_of_the_name() -> None:
    nhu = meet_citizen(full_name="Phạm Thị Quỳnh Như", identity_number="046196000214", phone="0912345371", at=AT)
    meet_citizen(full_name="Lê Hữu Tuấn", phone="0912345372", at=AT)

    asked = ["046 196 000 214", "+84 912 345 371", "phạm thị", "PHAM THI QUYNH"]

    assert [citizen_by_any(text) for text in asked] == [[nhu]] * 4


@pytest.mark.parametrize("text", ["", "p", "  ", "0461", "Như", "%", "_ham"])
def test_too_little_or_unknown_finds_nobody(text: str) -> None:
    meet_citizen(full_name="Phạm Thị Quỳnh Như", identity_number="046196000214", phone="0912345371", at=AT)

    assert citizen_by_any(text) == []


def test_what_is_said_differently_is_shown_beside_what_is_kept() -> None:
    nhu = meet_citizen(full_name="Phạm Thị Quỳnh Như", phone="0912345371", at=AT)

    found = differences(nhu, {"phone": "0912345999", "full_name": "Phạm Thị Quỳnh Như", "email": "nhu@vidu.vn"})

    assert found == {"phone": ("0912345371", "0912345999")}


def test_without_a_demo_nobody_is_offered_to_sign_in_as() -> None:
    assert demo_officers() == []

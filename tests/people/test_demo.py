"""The people of the demo are whole: every unit can do its part, and rows made in bulk are what the actions would write."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import Q
from pytest_django import DjangoDbBlocker

from motcua.base.text import fold
from motcua.people.demo import People, load_people
from motcua.people.demo.agencies import slug_of
from motcua.people.demo.names import invent_name
from motcua.people.demo_accounts import FEATURED, PASSWORD
from motcua.people.identity import identity_number, phone_number
from motcua.people.models import Agency, Citizen, Officer, Organisation, Place, Post, User
from motcua.people.queries import (
    calendar_version_for,
    communes_of,
    competent_agency,
    demo_officers,
    posts_of,
    receiving_centres,
)
from motcua.people.roles import Role

AT = datetime(2026, 11, 20, 2, 10, tzinfo=UTC)
TODAY = date(2026, 11, 20)
SEED = 7
DIVISION_STAFF = Counter({Role.SPECIALIST: 2, Role.DIVISION_HEAD: 1})
SIGNING_STAFF = Counter({Role.SIGNER: 1, Role.CLERK: 1})

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[People]:
    """Load the demo once for this file and take it back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_people(seed=SEED, at=AT)
        transaction.set_rollback(True)


@pytest.fixture
def communes() -> list[Place]:
    return list(communes_of("46", TODAY))


def staff_of(unit: Agency) -> Counter[str]:
    return Counter(unit.posts.values_list("role", flat=True))


def test_the_demo_has_a_whole_city(loaded: People, communes: list[Place]) -> None:
    assert (len(communes), loaded.citizens, loaded.organisations) == (40, 200, 20)
    assert loaded.agencies == 1 + 1 + 11 * 2 + 1 + 3 + 40 * 6
    assert loaded.officers == Post.objects.count() == Officer.objects.count()


def test_loading_again_changes_nothing(loaded: People) -> None:
    assert load_people(seed=SEED + 1, at=AT) == loaded


def test_the_seed_alone_decides_the_invented_names() -> None:
    rng = Random(SEED)

    first_six = [officer.full_name for officer in Officer.objects.order_by("pk")[:6]]

    assert first_six == [invent_name(rng)[0] for _ in range(6)]


def test_vy_da_has_the_code_of_the_design() -> None:
    assert Agency.objects.get(code="H57.31.12").name == "UBND phường Vỹ Dạ"


def test_every_path_is_the_parents_path_and_itself() -> None:
    wrong = [
        unit.code
        for unit in Agency.objects.select_related("parent")
        if unit.path != [*(unit.parent.path if unit.parent else []), unit.pk]
    ]

    assert wrong == []


@pytest.mark.parametrize("subject", ["office", "economy", "culture"])
def test_every_commune_resolves_its_subjects_in_a_staffed_division(subject: str, communes: list[Place]) -> None:
    found = [competent_agency("commune", subject, place, TODAY) for place in communes]

    assert all(each.resolving_unit != each.competent_unit for each in found)
    assert {each.resolving_unit.parent_id for each in found} == {each.competent_unit.pk for each in found}
    assert [staff_of(each.resolving_unit) for each in found] == [DIVISION_STAFF] * 40
    assert all(staff_of(each.competent_unit) >= SIGNING_STAFF for each in found)


@pytest.mark.parametrize(
    "subject",
    [
        "construction",
        "agriculture",
        "finance",
        "home",
        "justice",
        "health",
        "education",
        "industry",
        "culture_sport",
        "science",
        "tourism",
    ],
)
def test_every_department_resolves_its_subject_in_a_staffed_division(subject: str, communes: list[Place]) -> None:
    found = competent_agency("province", subject, communes[0], TODAY)

    assert found.competent_unit.type == Agency.Type.DEPARTMENT
    assert staff_of(found.competent_unit) == SIGNING_STAFF
    assert found.resolving_unit != found.competent_unit
    assert staff_of(found.resolving_unit) == DIVISION_STAFF


@pytest.mark.parametrize("subject, name", [("police", "Công an phường Vỹ Dạ"), ("tax", "Thuế thành phố Huế")])
def test_vertical_work_goes_to_the_nearest_seat_which_can_do_it_all(subject: str, name: str) -> None:
    vy_da = Place.objects.get(name="Phường Vỹ Dạ")

    found = competent_agency("vertical", subject, vy_da, TODAY)

    assert (found.competent_unit.name, found.resolving_unit) == (name, found.competent_unit)
    assert staff_of(found.resolving_unit) == DIVISION_STAFF + SIGNING_STAFF


def test_every_centre_receives_and_returns() -> None:
    centres = [unit for unit in Agency.objects.all() if unit.is_centre]

    assert len(centres) == 41
    assert all(staff_of(unit) >= Counter({Role.RECEPTIONIST: 1, Role.RETURNER: 1}) for unit in centres)


def test_a_person_of_vy_da_is_received_at_the_ward_first_then_in_the_city() -> None:
    centres = receiving_centres(Place.objects.get(name="Phường Vỹ Dạ"), TODAY)

    assert [centre.short_name for centre in centres] == [
        "Trung tâm PVHCC phường Vỹ Dạ",
        "Trung tâm PVHCC thành phố Huế",
    ]


def test_police_work_on_saturday_mornings_and_divisions_do_not() -> None:
    police, economy = Agency.objects.get(code="H57.31.12.05"), Agency.objects.get(code="H57.31.12.03")

    kept = [calendar_version_for(unit, AT).calendar.code for unit in (police, economy)]

    assert kept == ["vn-thu-bay", "vn"]


def test_a_division_has_the_name_of_its_kind_of_commune() -> None:
    assert Agency.objects.get(code="H57.31.12.03").short_name == "Phòng Kinh tế, Hạ tầng và Đô thị"
    assert Agency.objects.get(name__endswith="xã A Lưới 1", subject="economy").short_name == "Phòng Kinh tế"


def test_addresses_of_communes_are_plain_and_different(communes: list[Place]) -> None:
    slugs = [slug_of(place) for place in communes]

    assert len(set(slugs)) == 40
    assert {"vyda", "aluoi1", "chanmaylangco"} < set(slugs)


def test_the_people_of_the_design_hold_their_posts() -> None:
    linh = User.objects.get(email="kinhte1.vyda@demo.motcua.vn")

    [post] = posts_of(linh, TODAY, AT)

    assert (linh.full_name, post.role, post.unit.code) == ("Hoàng Thị Mỹ Linh", Role.SPECIALIST, "H57.31.12.03")


def test_everyone_signs_in_with_the_password_shown() -> None:
    hashes = set(User.objects.values_list("password", flat=True))

    assert all(check_password(PASSWORD, each) for each in hashes)
    assert len(hashes) == 2  # one for officers, one for citizens: each hashed once


def test_rights_come_from_posts_alone() -> None:
    assert not User.objects.filter(Q(is_staff=True) | Q(is_superuser=True)).exists()


def test_citizens_are_kept_as_the_actions_would_keep_them() -> None:
    wrong = [
        citizen.pk
        for citizen in Citizen.objects.all()
        if citizen.folded_name != fold(citizen.full_name)
        or identity_number(citizen.identity_number or "", birth_on=citizen.birth_on, gender=citizen.gender)
        != citizen.identity_number
        or phone_number(citizen.phone) != citizen.phone
    ]

    assert wrong == []


def test_citizens_are_plainly_invented_and_live_in_hue() -> None:
    assert Citizen.objects.filter(identity_number__regex=r"^046[0-9]{3}000[0-9]{3}$").count() == 200
    assert Citizen.objects.filter(phone__regex=r"^0900000[0-9]{3}$").count() == 200
    assert Citizen.objects.filter(place__parent__code="46").count() == 200
    assert Organisation.objects.filter(tax_code__startswith="33999").count() == 20


def test_an_signs_in_and_is_herself() -> None:
    an = Citizen.objects.get(user__email="an@demo.motcua.vn")

    assert (an.full_name, an.address) == ("Nguyễn Hoài An", "8 kiệt 84 Lâm Hoằng, phường Vỹ Dạ, thành phố Huế")


def test_the_sign_in_page_lists_everyone_on_a_dossiers_way() -> None:
    listed = demo_officers()

    assert [person.email for person in listed] == list(FEATURED)
    assert listed[0] == ("an@demo.motcua.vn", "Nguyễn Hoài An", "Người dân", "")
    assert listed[3] == (
        "kinhte1.vyda@demo.motcua.vn",
        "Hoàng Thị Mỹ Linh",
        "Chuyên viên",
        "Phòng Kinh tế, Hạ tầng và Đô thị phường Vỹ Dạ",
    )

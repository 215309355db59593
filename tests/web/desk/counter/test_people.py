"""The person at the counter: found, told apart, kept when new."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from motcua.base.text import fold
from motcua.base.words import local_day
from motcua.dossiers.models import Dossier
from motcua.people.models import Citizen
from tests.web.desk.counter.pages import URL, binh, changed, controls, keyed_in
from tests.web.desk.pages import words
from tests.world import World

pytestmark = pytest.mark.django_db
__all__ = ["binh", "keyed_in"]  # fixtures


def test_an_identity_number_brings_the_person_at_once_and_masked(binh: Client) -> None:
    page = words(changed(binh, {"who": "046 196 000 214"}))

    assert "Nguyễn Hoài An , sinh 12/03/1996, nữ" in page
    assert "046196•••214 · Điện thoại 09•• ••• 371" in page
    assert "046196000214" not in page


def test_somebody_unknown_is_asked_for_the_rest(binh: Client) -> None:
    page = changed(binh, {"who": "046196000777"}).content.decode()

    assert 'name="person-identity_number" value="046196000777"' in page
    assert 'name="person-full_name"' in page


def test_a_name_lists_people_and_chooses_nobody(binh: Client, world: World) -> None:
    talk = binh.post(URL, {"who": "nguyen hoai"}).context["talk"]
    chosen = binh.post(URL, {"who": "nguyen hoai", "citizen": str(world.an.pk)}).context["talk"]

    assert (talk.who.found, talk.who.citizen, talk.who.is_new) == ([world.an], None, False)
    assert chosen.who.citizen == world.an


def test_nobody_is_reached_who_was_not_looked_for(binh: Client, world: World) -> None:
    talk = binh.post(URL, {"who": "nguyen hoai", "citizen": str(world.chi.pk)}).context["talk"]

    assert talk.who.citizen is None


def test_another_person_may_share_a_phone(binh: Client) -> None:
    talk = binh.post(URL, {"who": "0912000371", "citizen": "moi"}).context["talk"]

    assert (talk.who.citizen, talk.who.is_new, talk.who.said) == (None, True, {"phone": "0912000371"})


def test_an_account_somebody_opened_with_the_phone_is_shown_but_not_chosen(binh: Client, world: World) -> None:
    Citizen.objects.filter(pk=world.an.pk).update(identity_number=None)

    page = binh.post(URL, {"who": "0912000371"})
    talk = page.context["talk"]

    assert (talk.who.found, talk.who.citizen, talk.who.is_new) == ([world.an], None, False)
    assert "tự mở tài khoản, chưa ai đối chiếu tên và số điện thoại" in words(page)


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_people_costs_the_same_for_one_and_for_three(
    people: int, binh: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(people):
        name = f"Trương Thị {number}"
        Citizen.objects.create(full_name=name, folded_name=fold(name), phone=f"091200000{number}")

    with django_assert_num_queries(9):
        page = changed(binh, {"who": "truong thi"})

    assert page.content.decode().count('name="citizen"') == people + 1


def test_a_new_person_is_kept_with_the_dossier(binh: Client, keyed_in: dict[str, Any]) -> None:
    new = {
        "who": "046196000777", "person-full_name": "Phạm  Thị Quỳnh Như", "person-birth_on": "12/03/1996",
        "person-gender": "female", "person-phone": "0912 000 777",
    }  # fmt: skip

    binh.post(URL, keyed_in | new | {"act": "take_in"})

    person = Citizen.objects.get(identity_number="046196000777")
    assert (person.full_name, person.birth_on, person.phone) == ("Phạm Thị Quỳnh Như", date(1996, 3, 12), "0912000777")
    assert Dossier.objects.get().owner == person


def test_a_new_person_without_name_or_with_a_wrong_number_is_not_kept(binh: Client, keyed_in: dict[str, Any]) -> None:
    wrong = {"who": "046196000777", "person-birth_on": "12/03/1980", "person-phone": "12"}

    response = binh.post(URL, keyed_in | wrong | {"act": "take_in"})

    assert sorted(controls(response)) == ["id_person-full_name", "id_person-identity_number", "id_person-phone"]
    assert not Citizen.objects.filter(identity_number="046196000777").exists()


def test_a_new_person_is_not_born_in_the_future(binh: Client, keyed_in: dict[str, Any]) -> None:
    unborn = {"who": "Phạm Thị Quỳnh Như", "person-phone": "0912000777", "person-birth_on": "12/03/2990"}

    response = binh.post(URL, keyed_in | unborn | {"act": "take_in"})

    assert controls(response) == ["id_person-birth_on"]


def test_nobody_at_the_counter_is_told(binh: Client, keyed_in: dict[str, Any]) -> None:
    assert controls(binh.post(URL, keyed_in | {"who": "", "act": "take_in"})) == ["who"]


def test_what_was_said_of_one_person_is_not_said_of_the_next(binh: Client, keyed_in: dict[str, Any]) -> None:
    said = {"who": "046196000999", "person-phone": "0912000555"}

    same = binh.post(URL, keyed_in | said | {"who_was": "046196000999"}).context["talk"]
    other = binh.post(URL, keyed_in | said).context["talk"]

    assert (same.who.declared(), other.who.declared()) == ({"phone": "0912000555"}, {})


def test_a_number_corrected_is_the_number_of_the_new_person(binh: Client) -> None:
    typed = {"who": "046196000778", "who_was": "046196000777", "person-identity_number": "046196000777"}

    talk = binh.post(URL, typed | {"person-full_name": "Hồ Thị Mới"}).context["talk"]

    assert talk.who.said == {"full_name": "Hồ Thị Mới", "identity_number": "046196000778"}


def test_a_person_who_came_before_is_greeted_with_their_dossiers(binh: Client, keyed_in: dict[str, Any]) -> None:
    binh.post(URL, keyed_in | {"act": "take_in"})

    page = words(changed(binh, {"who": "046196000214", "filing_key": str(uuid4())}))

    today = f"{local_day(timezone.now()):%d/%m/%Y}"
    assert f"Nguyễn Hoài An từng đến: {today} Xây nhà ở riêng lẻ . Dữ liệu được điền sẵn." in page

"""Somebody else's dossier at the counter: the officer, holding the card, keys the owner apart; they are linked at once."""

from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.people.models import Citizen, Organisation
from tests.web.desk.counter.pages import URL, binh, changed, controls, keyed_in
from tests.world import World

pytestmark = pytest.mark.django_db
__all__ = ["binh", "keyed_in"]  # fixtures
LOC = {
    "owner-kind": "person", "owner-full_name": "Trần Văn Lộc", "owner-identity_number": "046 060 000 321",
    "owner-address": "3 Chi Lăng", "owner-relation": "con",
}  # fmt: skip
COMPANY = {
    "owner-kind": "organisation", "owner-name": "Công ty TNHH Hương Giang", "owner-tax_code": "3300100123001",
    "owner-address": "84 Lâm Hoằng",
}  # fmt: skip


def take_in(browser: Client, posted: dict[str, Any], owner: dict[str, str]) -> Any:
    return browser.post(URL, {**posted, **owner, "act": "take_in"})


def test_the_owner_keyed_in_is_linked_at_once(world: World, binh: Client, keyed_in: dict[str, Any]) -> None:
    take_in(binh, keyed_in, LOC)

    dossier = Dossier.objects.get()
    assert (dossier.filed_by, dossier.owner) == (world.an, Citizen.objects.get(identity_number="046060000321"))
    assert dossier.declared_owner["relation"] == "con"
    assert dossier.slips.get().data["owner"]["name"] == "Trần Văn Lộc"


def test_an_organisation_keyed_in_is_linked_at_once(world: World, binh: Client, keyed_in: dict[str, Any]) -> None:
    page = take_in(binh, keyed_in, COMPANY)

    dossier = Dossier.objects.get()
    assert dossier.owner_organisation == Organisation.objects.get(tax_code="3300100123-001")
    assert "Công ty TNHH Hương Giang, Nguyễn Hoài An nộp thay" in binh.get(page.url).content.decode()


def test_whoever_came_is_the_owner_unless_somebody_else_is_chosen(
    world: World, binh: Client, keyed_in: dict[str, Any]
) -> None:
    take_in(binh, keyed_in, {**LOC, "owner-kind": ""})

    dossier = Dossier.objects.get()
    assert (dossier.owner, dossier.declared_owner) == (world.an, {})


@pytest.mark.parametrize(
    ("owner", "control"),
    [
        ({**LOC, "owner-identity_number": "0460"}, "id_owner-identity_number"),
        ({**LOC, "owner-identity_number": "046196000214"}, "id_owner-identity_number"),
        ({**COMPANY, "owner-tax_code": "33"}, "id_owner-tax_code"),
        ({**LOC, "owner-full_name": ""}, "id_owner-full_name"),
    ],
)
def test_what_is_wrong_with_the_owner_is_said_and_nothing_written(
    world: World, binh: Client, keyed_in: dict[str, Any], owner: dict[str, str], control: str
) -> None:
    page = take_in(binh, keyed_in, owner)

    assert controls(page) == [control]
    assert Dossier.objects.count() == 0


def test_a_number_known_under_another_name_stops_the_intake(
    world: World, binh: Client, keyed_in: dict[str, Any]
) -> None:
    page = take_in(binh, keyed_in, {**LOC, "owner-identity_number": world.chi.identity_number or ""})

    assert controls(page) == ["id_owner-identity_number"]
    assert world.chi.full_name not in page.content.decode()
    assert Dossier.objects.count() == 0


def test_choosing_another_owner_draws_the_form_again(world: World, binh: Client, keyed_in: dict[str, Any]) -> None:
    response = changed(binh, {**keyed_in, **LOC})

    assert 'id="part-content"' in response.content.decode()
    assert "Trần Văn Lộc" in response.content.decode()  # the slip as it will be

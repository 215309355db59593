"""A dossier somebody filed for another, as officers see it: named in every list, and stopped when the number is another's."""

import pytest
from django.test import Client

from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.slip_data import control, register
from motcua.people.models import Citizen
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import DESK, address, do, status, words
from tests.world import World

LOC = {
    "kind": "person", "full_name": "Trần Văn Lộc", "identity_number": "046060000321", "phone": "0912000321",
    "address": "3 Chi Lăng", "relation": "con",
}  # fmt: skip


@pytest.fixture
def for_loc(new: Dossier) -> Dossier:
    """Say that the dossier just filed is Lộc's."""
    Dossier.objects.filter(pk=new.pk).update(declared_owner=LOC)
    new.refresh_from_db()
    return new


@pytest.fixture
def binh(sign_in: SignIn) -> Client:
    return sign_in("receptionist")


def test_the_inbox_the_search_and_the_page_name_the_owner(for_loc: Dossier, binh: Client) -> None:
    number = (for_loc.code or "").partition("-")[2]

    pages = [words(binh.get(url)) for url in (DESK, f"{DESK}?tim={number}", address(for_loc))]

    assert ["Trần Văn Lộc" in page for page in pages] == [True, True, True]
    assert "Chủ hồ sơ, người nộp là con" in pages[2]


def test_a_number_known_under_another_name_stops_the_acceptance(world: World, for_loc: Dossier, binh: Client) -> None:
    Dossier.objects.filter(pk=for_loc.pk).update(declared_owner={**LOC, "identity_number": world.chi.identity_number})

    page = words(do(binh, for_loc, "accept"))

    assert status(for_loc) == Status.SUBMITTED
    assert "đã có trong hệ thống với tên khác, nên chưa tiếp nhận được; chưa có gì thay đổi" in page
    assert world.chi.full_name not in page


def test_acceptance_at_the_desk_links_the_owner(for_loc: Dossier, binh: Client) -> None:
    do(binh, for_loc, "accept")

    for_loc.refresh_from_db()
    assert for_loc.owner == Citizen.objects.get(identity_number="046060000321")


def test_the_register_and_the_control_slip_name_the_owner(for_loc: Dossier, binh: Client, world: World) -> None:
    do(binh, for_loc, "accept")
    for_loc.refresh_from_db()

    assert for_loc.received_at is not None
    on = for_loc.received_at.date()
    line = register([for_loc], world.centre, on, on, for_loc.received_at).rows[0]

    assert (line.owner, line.address, line.phone) == ("Trần Văn Lộc", "3 Chi Lăng", "0912000321")
    assert control(for_loc, for_loc.received_at).applicant.name == "Trần Văn Lộc"


def test_the_receipt_with_an_owner_prints(for_loc: Dossier, binh: Client) -> None:
    do(binh, for_loc, "accept")

    response = binh.get(address(for_loc, f"phieu/{for_loc.slips.get(form='01').pk}.pdf"))

    assert response.content[:5] == b"%PDF-"


@pytest.mark.parametrize("text", ["Trần Văn Lộc", "van loc"])
def test_the_name_of_a_declared_owner_finds_the_dossier_before_it_is_accepted(
    text: str, for_loc: Dossier, binh: Client
) -> None:
    page = words(binh.get(DESK, {"q": text}))

    assert "Trần Văn Lộc" in page

"""A phone number typed at sign-up is proved by nobody: it opens no record, no dossier and no password."""

from dataclasses import replace

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.people.actions import meet_citizen
from motcua.people.models import Citizen, User
from tests.dossiers.test_intake import intake_of
from tests.web.pages import text_of
from tests.world import World, document, submitted, vn

NAME, IDENTITY, PHONE, EMAIL = "Phạm Thị Quỳnh Như", "046196000777", "0912345888", "nhu@vidu.vn"
PASSWORD = "một câu dễ nhớ"
AT = vn("2026-11-20 09:34")


@pytest.fixture
def counter_dossier(world: World) -> Dossier:
    """Return the dossier of Như, who came to the counter and has no account."""
    nhu = meet_citizen(full_name=NAME, identity_number=IDENTITY, phone=PHONE, email=EMAIL, at=AT)
    return actions.take_in(intake=intake_of(world, person=nhu), actor=world.actor(By.COUNTER), at=AT)


def signed_up(**said: str) -> Client:
    """Return the browser of somebody who signed up under Như's own name with what they know of her."""
    browser = Client()
    answers = {"full_name": NAME, "phone": "", "email": "", "password1": PASSWORD} | said
    assert browser.post("/dang-ky/", answers).status_code == 302
    return browser


@pytest.mark.parametrize("known", [{"phone": PHONE}, {"email": EMAIL}, {"phone": PHONE, "email": EMAIL}])
def test_signing_up_with_somebodys_name_and_contacts_does_not_take_over_their_record(
    counter_dossier: Dossier, known: dict[str, str]
) -> None:
    browser = signed_up(**known)

    mine = browser.get(reverse("portal:my_dossiers"))
    assert Citizen.objects.get(identity_number=IDENTITY).user is None
    assert Citizen.objects.get(user__isnull=False, full_name=NAME).identity_number is None
    assert str(counter_dossier.code) not in text_of(mine)
    for page in ("dossier", "proof", "supply", "withdraw"):
        assert browser.get(reverse(f"portal:{page}", args=[counter_dossier.code])).status_code == 404


def test_typing_somebodys_identity_number_as_applicant_joins_no_record(world: World, counter_dossier: Dossier) -> None:
    signed_up(phone=PHONE)
    account = Citizen.objects.get(user__phone=PHONE)
    draft = actions.start_draft(version=world.version, filed_by=account, owner=account, channel="online", at=AT)
    said = {"applicant.identity_number": IDENTITY, "answers.neighbour": "no", "form_data.address": "84 Lâm Hoằng",
            "form_data.floors": 2}  # fmt: skip
    actions.save_draft(dossier_id=draft.pk, base_revision=0, fields=said, at=AT)
    actions.attach_paper(dossier_id=draft.pk, requirement=world.drawing, document=document(), name="Bản vẽ", at=AT)
    citizen = replace(world.citizen, citizen_id=account.pk)
    actions.file(dossier_id=draft.pk, units=world.units, actor=citizen, at=AT)

    filed = actions.accept(dossier_id=draft.pk, actor=world.actor(By.COUNTER), at=AT)

    account.refresh_from_db()
    assert (filed.owner, filed.filed_by, account.identity_number) == (account, account, None)
    assert Citizen.objects.get(identity_number=IDENTITY).user is None


def test_the_counter_meeting_somebody_of_that_name_and_phone_does_not_hand_them_the_account(
    world: World,
) -> None:
    signed_up(phone=PHONE)

    met = meet_citizen(full_name=NAME, phone=PHONE, at=AT)

    assert met.user is None


def test_a_phone_number_gets_no_link_to_a_new_password(counter_dossier: Dossier) -> None:
    signed_up(phone=PHONE)
    mail.outbox.clear()

    Client().post("/quen-mat-khau/", {"email": PHONE})

    assert mail.outbox == []
    assert User.objects.get(phone=PHONE).check_password(PASSWORD)


def test_the_email_of_a_counter_record_opens_no_account(counter_dossier: Dossier) -> None:
    Client().post("/quen-mat-khau/", {"email": EMAIL})

    assert [letter.subject for letter in mail.outbox] == ["Địa chỉ thư này chưa có tài khoản dịch vụ công"]


def test_the_check_digits_of_an_account_that_has_no_part_in_a_dossier_do_not_fit(world: World) -> None:
    signed_up(phone=PHONE)
    dossier = submitted(world, AT)

    page = Client().post(reverse("portal:track"), {"code": dossier.code, "check": PHONE[-4:]})

    assert "chưa khớp nhau" in text_of(page)


def test_the_page_the_check_digits_open_names_nobody(world: World) -> None:
    dossier = submitted(world, AT)

    page = Client().post(reverse("portal:track"), {"code": dossier.code, "check": world.an.phone[-4:]}, follow=True)

    said = text_of(page)
    for private in (world.an.full_name, world.an.phone, str(world.an.identity_number), "12/7 kiệt 84"):
        assert private not in said

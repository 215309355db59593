"""Accounts are opened together with the person they belong to, or not at all."""

import pytest
from django.db import transaction

from motcua.people.actions import BadDetails, set_password, sign_up
from motcua.people.models import Citizen, User
from tests.people.people import AT

pytestmark = pytest.mark.django_db

AN = {"full_name": "Nguyễn Hoài An", "phone": "0905123456", "email": "an@vidu.vn", "password": "mot-cua-2026"}


def test_signing_up_makes_the_account_with_its_citizen() -> None:
    citizen = sign_up(user=User(), at=AT, **AN)

    assert citizen.user == User.objects.get(phone="0905123456")
    assert (citizen.full_name, citizen.met_at) == ("Nguyễn Hoài An", AT)
    assert citizen.user.check_password("mot-cua-2026")


def test_what_the_records_refuse_leaves_no_account_behind() -> None:
    with pytest.raises(BadDetails), transaction.atomic():
        sign_up(user=User(), at=AT, **AN | {"full_name": "123"})

    assert (User.objects.count(), Citizen.objects.count()) == (0, 0)


def test_a_new_password_replaces_the_old_one() -> None:
    user = User.objects.create_user(email="an@vidu.vn", password="mot-cua-2026")

    set_password(user=user, password="mot-cua-2027")

    user.refresh_from_db()
    assert (user.check_password("mot-cua-2026"), user.check_password("mot-cua-2027")) == (False, True)

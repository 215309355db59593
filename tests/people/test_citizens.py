from datetime import date

import pytest

from motcua.people.actions import (
    BadDetails,
    BadTaxCode,
    CitizenDetails,
    IdentityNumberTaken,
    meet_citizen,
    register_citizen,
    register_organisation,
    update_citizen,
)
from motcua.people.identity import BadIdentityNumber, BadPhone
from motcua.people.models import Citizen, User
from tests.people.people import AT

pytestmark = pytest.mark.django_db

NHU: CitizenDetails = {"identity_number": "046196000214", "phone": "0912345371"}


def test_an_account_gets_its_citizen() -> None:
    user = User.objects.create_user(email="an@vidu.vn", full_name="Nguyễn Hoài An")

    an = register_citizen(user=user, full_name="  Nguyễn  Hoài An ", phone="+84 900 000 486", email="An@ViDu.vn", at=AT)

    kept = (an.user, an.full_name, an.folded_name, an.phone, an.email, an.met_at)
    assert kept == (user, "Nguyễn Hoài An", "nguyen hoai an", "0900000486", "an@vidu.vn", AT)


def test_an_account_is_not_joined_to_somebody_met_before_on_the_strength_of_a_phone() -> None:
    met = meet_citizen(full_name="Phạm Thị Quỳnh Như", at=AT, **NHU)
    user = User.objects.create_user(phone="0912345371")

    registered = register_citizen(user=user, full_name="Phạm Thị Quỳnh Như", phone="0912345371", email="", at=AT)

    assert registered.pk != met.pk


def test_a_new_face_at_the_counter_is_kept() -> None:
    nhu = meet_citizen(full_name="Phạm Thị Quỳnh Như", birth_on=date(1996, 3, 12), gender="female", at=AT, **NHU)

    assert (nhu.identity_number, nhu.birth_on, nhu.user, nhu.met_at) == ("046196000214", date(1996, 3, 12), None, AT)


def test_meeting_again_fills_what_was_empty_and_overwrites_nothing() -> None:
    first = meet_citizen(full_name="Phạm Thị Quỳnh Như", at=AT, **NHU)

    again = meet_citizen(
        full_name="Phạm Quỳnh Như",
        identity_number="046196000214",
        phone="0912345999",
        address="27 Nguyễn Chí Diểu",
        at=AT,
    )

    again.refresh_from_db()
    assert again == first
    assert (again.full_name, again.folded_name) == ("Phạm Thị Quỳnh Như", "pham thi quynh nhu")
    assert (again.phone, again.address) == ("0912345371", "27 Nguyễn Chí Diểu")


def test_somebody_without_a_card_is_known_again_by_name_and_phone() -> None:
    first = meet_citizen(full_name="Lê Minh Khôi", phone="0912345000", at=AT)

    again = meet_citizen(full_name="LÊ MINH KHÔI", phone="0912 345 000", birth_on=date(1950, 1, 2), at=AT)

    assert again == first
    assert again.birth_on == date(1950, 1, 2)


@pytest.mark.parametrize(
    "details",
    [
        {},
        {"phone": "0912345001"},
        {"phone": "0912345000", "birth_on": date(1980, 1, 2)},
    ],
)
def test_people_who_only_share_a_name_stay_apart(details: CitizenDetails) -> None:
    first = meet_citizen(full_name="Lê Minh Khôi", phone="0912345000", birth_on=date(1950, 1, 2), at=AT)

    other = meet_citizen(full_name="Lê Minh Khôi", at=AT, **details)

    assert other != first


def test_a_detail_is_changed_and_the_rest_stays() -> None:
    nhu = meet_citizen(full_name="Phạm Thị Quỳnh Như", address="27 Nguyễn Chí Diểu", at=AT, **NHU)

    changed = update_citizen(citizen=nhu, full_name="Phạm Thị Như", phone="0912345999", address="")

    changed.refresh_from_db()
    assert (changed.full_name, changed.folded_name, changed.phone) == ("Phạm Thị Như", "pham thi nhu", "0912345999")
    assert (changed.identity_number, changed.address) == ("046196000214", "27 Nguyễn Chí Diểu")


def test_an_identity_number_has_one_owner() -> None:
    meet_citizen(full_name="Phạm Thị Quỳnh Như", at=AT, **NHU)
    other = meet_citizen(full_name="Trần Thị Hoa", at=AT)

    with pytest.raises(IdentityNumberTaken) as refused:
        update_citizen(citizen=other, identity_number="046196000214")

    assert str(refused.value) == (
        "Số định danh này đã thuộc về một người khác trong hệ thống. Bạn xem lại số trên thẻ căn cước."
    )


def test_a_birthday_that_contradicts_the_number_kept_is_refused() -> None:
    nhu = meet_citizen(full_name="Phạm Thị Quỳnh Như", at=AT, **NHU)

    with pytest.raises(BadIdentityNumber):
        update_citizen(citizen=nhu, birth_on=date(1986, 3, 12))

    nhu.refresh_from_db()
    assert nhu.birth_on is None


@pytest.mark.parametrize(
    "details, error, words",
    [
        ({"full_name": " . "}, BadDetails, "Họ và tên còn thiếu. Bạn ghi đủ họ, chữ đệm và tên như trên giấy tờ."),
        (
            {"full_name": "Lê An", "email": "an@"},
            BadDetails,
            "Thư điện tử «an@» chưa đúng, ví dụ đúng: ten@vidu.vn. Bạn sửa lại hoặc để trống.",
        ),
        (
            {"full_name": "Lê An", "phone": "12"},
            BadPhone,
            "Số điện thoại có 10 chữ số, bắt đầu bằng số 0. Bạn xem lại rồi nhập lại.",
        ),
    ],
)
def test_bad_details_are_refused_in_words_and_nothing_is_kept(
    details: dict[str, str], error: type[ValueError], words: str
) -> None:
    with pytest.raises(error) as refused:
        meet_citizen(at=AT, **details)  # type: ignore[misc, arg-type]

    assert str(refused.value) == words
    assert not Citizen.objects.exists()


def test_an_organisation_is_one_per_tax_code_and_filled_when_empty() -> None:
    an = meet_citizen(full_name="Nguyễn Hoài An", at=AT)
    first = register_organisation(name="Công ty TNHH Gốm Phước Tích", tax_code="3399 900 001", at=AT)

    again = register_organisation(
        name="Gốm Phước Tích", tax_code="3399900001", representative=an, phone="0900000486", at=AT
    )

    again.refresh_from_db()
    assert again == first
    assert (again.name, again.representative, again.phone) == ("Công ty TNHH Gốm Phước Tích", an, "0900000486")


@pytest.mark.parametrize("code", ["3399900001", "3399900001-002", "046196000214"])
def test_enterprises_branches_and_household_businesses_have_their_codes(code: str) -> None:
    assert register_organisation(name="Đơn vị", tax_code=code, at=AT).tax_code == code


@pytest.mark.parametrize("code", ["", "339990000", "33999000011", "3399900001-2", "3399900001\n"])
def test_another_tax_code_is_refused_in_words(code: str) -> None:
    with pytest.raises(BadTaxCode, match="Mã số thuế có 10 chữ số"):
        register_organisation(name="Đơn vị", tax_code=code, at=AT)

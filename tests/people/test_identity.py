from datetime import date

import pytest

from motcua.people.identity import (
    BadIdentityNumber,
    BadPhone,
    birth_year_of,
    digits_of,
    gender_of,
    identity_number,
    normal_phone,
    phone_number,
)

NHU = "046196000214"


def test_a_number_is_kept_bare() -> None:
    assert identity_number("046 196.000-214", birth_on=date(1996, 3, 12), gender="female") == NHU


@pytest.mark.parametrize(
    "number, year, gender",
    [
        (NHU, 1996, "female"),
        ("046058000001", 1958, "male"),
        ("046201000001", 2001, "male"),
        ("046310000001", 2010, "female"),
        ("046400000001", 2100, "male"),
    ],
)
def test_a_number_tells_year_of_birth_and_gender(number: str, year: int, gender: str) -> None:
    assert (birth_year_of(number), gender_of(number)) == (year, gender)


@pytest.mark.parametrize(
    "typed", ["", "04619600021", "0461960002144", "04619600021a", "٠٤٦١٩٦٠٠٠٢١٤", "CMND 191234567"]
)
def test_what_is_not_twelve_digits_is_refused_with_words(typed: str) -> None:
    with pytest.raises(BadIdentityNumber) as refused:
        identity_number(typed)

    assert str(refused.value) == ("Số định danh cá nhân có đúng 12 chữ số. Bạn xem lại trên thẻ căn cước rồi nhập lại.")


def test_a_number_of_another_year_is_refused_and_says_both_years() -> None:
    with pytest.raises(BadIdentityNumber) as refused:
        identity_number(NHU, birth_on=date(1986, 3, 12))

    assert str(refused.value) == (
        "Số định danh này là của người sinh năm 1996, còn ngày sinh đã nhập là năm 1986. Bạn xem lại hai ô này."
    )


def test_a_number_of_the_other_gender_is_refused() -> None:
    with pytest.raises(BadIdentityNumber) as refused:
        identity_number(NHU, gender="male")

    assert str(refused.value) == "Số định danh này không khớp với giới tính đã chọn. Bạn xem lại hai ô này."


@pytest.mark.parametrize("typed", ["0912345371", "+84 912 345 371", "84912345371", "0912.345.371", "0912-345-371"])
def test_a_phone_is_kept_one_way_however_it_is_written(typed: str) -> None:
    assert phone_number(typed) == "0912345371"


@pytest.mark.parametrize("typed", ["912345371", "091234537", "091234537111", "gọi nhà bên", ""])
def test_what_is_no_phone_is_refused_with_words(typed: str) -> None:
    with pytest.raises(BadPhone) as refused:
        phone_number(typed)

    assert str(refused.value) == "Số điện thoại có 10 chữ số, bắt đầu bằng số 0. Bạn xem lại rồi nhập lại."


def test_text_without_digits_is_left_for_others_to_judge() -> None:
    assert (normal_phone("an@vidu.vn"), digits_of("12a")) == ("an@vidu.vn", "")

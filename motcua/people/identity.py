"""Numbers that identify and reach a person: the personal identity number and the phone number. Pure."""

from datetime import date

from django.utils.translation import gettext as _

IDENTITY_DIGITS = 12
OLD_CARD_DIGITS = 9  # the card before the personal identity number
PHONE_DIGITS = (10, 11)  # mobile and fixed lines, from the leading 0
_PUNCTUATION = str.maketrans("", "", " .-()\u00a0")


class BadIdentityNumber(ValueError):
    """What was typed cannot be a personal identity number; its words say why."""


class BadPhone(ValueError):
    """What was typed cannot be a Vietnamese phone number; its words say why."""


def digits_of(text: str) -> str:
    """Return `text` without spaces, dots and hyphens if only digits (and a leading +) remain, else «»."""
    bare = text.translate(_PUNCTUATION).removeprefix("+")
    return bare if bare.isascii() and bare.isdigit() else ""


def identity_number(text: str, *, birth_on: date | None = None, gender: str = "") -> str:
    """Return the identity number written in `text`, bare; raise BadIdentityNumber.

    12 digits (Luật Căn cước 2023, Điều 12): 3 of the place of birth registration, 1 of the century of birth and the
    gender, 2 of the year of birth, 6 random (Thông tư 59/2021/TT-BCA, Điều 4). `birth_on` and `gender` (male, female)
    are compared with it when given.
    """
    number = digits_of(text)
    if len(number) != IDENTITY_DIGITS:
        raise BadIdentityNumber(
            _("Số định danh cá nhân có đúng 12 chữ số. Bạn xem lại trên thẻ căn cước rồi nhập lại.")
        )
    if birth_on is not None and birth_year_of(number) != birth_on.year:
        raise BadIdentityNumber(
            _(
                "Số định danh này là của người sinh năm %(in_number)s, còn ngày sinh đã nhập là năm %(typed)s. "
                "Bạn xem lại hai ô này."
            )
            % {"in_number": birth_year_of(number), "typed": birth_on.year}
        )
    if gender and gender_of(number) != gender:
        raise BadIdentityNumber(_("Số định danh này không khớp với giới tính đã chọn. Bạn xem lại hai ô này."))
    return number


def birth_year_of(number: str) -> int:
    """Return the year of birth that a bare identity number says."""
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])


def gender_of(number: str) -> str:
    """Return the gender that a bare identity number says: male, female."""
    return "female" if int(number[3]) % 2 else "male"


def normal_phone(text: str) -> str:
    """Return a phone number as it is kept: «+84 912 345 371» → «0912345371»; text without digits unchanged."""
    digits = digits_of(text)
    if digits.startswith("84") and len(digits) in {length + 1 for length in PHONE_DIGITS}:
        return f"0{digits[2:]}"
    return digits or text


def phone_number(text: str) -> str:
    """Return the phone number written in `text` as it is kept; raise BadPhone."""
    number = normal_phone(text)
    if not (number.isdigit() and number.startswith("0") and len(number) in PHONE_DIGITS):
        raise BadPhone(_("Số điện thoại có 10 chữ số, bắt đầu bằng số 0. Bạn xem lại rồi nhập lại."))
    return number

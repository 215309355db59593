"""How this product writes money, days, moments, names and private numbers, on pages, slips and notices alike.

Numbers are written one way in every language; weekdays, months and «hôm nay» are in the language of the page.
"""

import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
# fmt: off
WEEKDAYS = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))
MONTHS = (
    _("Tháng 1"), _("Tháng 2"), _("Tháng 3"), _("Tháng 4"), _("Tháng 5"), _("Tháng 6"),
    _("Tháng 7"), _("Tháng 8"), _("Tháng 9"), _("Tháng 10"), _("Tháng 11"), _("Tháng 12"),
)
NEAR = {timedelta(0): _("hôm nay"), timedelta(days=1): _("ngày mai"), timedelta(days=-1): _("hôm qua")}
# fmt: on

_ALPHABET = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=1)}
_TONES = {
    "\u0300": 1,
    "\u0309": 2,
    "\u0303": 3,
    "\u0301": 4,
    "\u0323": 5,
}  # huyền hỏi ngã sắc nặng, as in dictionaries


def vnd(amount_vnd: int) -> str:
    """Return an amount of đồng as people write it: 1250000 → «1.250.000 đ»."""
    return f"{amount_vnd:,} đ".replace(",", ".")


def number(value: float) -> str:
    """Return a quantity as people write it, to the hundredth: 7.5 → «7,5», 1250 → «1.250»."""
    whole, _point, part = f"{value:,.2f}".partition(".")
    return ",".join(filter(None, (whole.replace(",", "."), part.rstrip("0"))))


def local(at: datetime) -> datetime:
    """Return the aware moment `at` on the clocks of Vietnam."""
    return at.astimezone(LOCAL)


def local_day(on: date | datetime) -> date:
    """Return the day on the calendar of Vietnam; a moment gives the day it falls on there."""
    return local(on).date() if isinstance(on, datetime) else on


def start_of(on: date) -> datetime:
    """Return the moment the day begins on the clocks of Vietnam."""
    return datetime.combine(on, time.min, LOCAL)


def day(on: date | datetime) -> str:
    """Return «20/11/2026»."""
    on = local_day(on)
    return f"{on.day:02}/{on.month:02}/{on.year}"


def day_month(on: date | datetime) -> str:
    """Return «20/11», for places where the year is clear."""
    on = local_day(on)
    return f"{on.day:02}/{on.month:02}"


def weekday(on: date | datetime) -> str:
    """Return «thứ Sáu»."""
    return gettext(WEEKDAYS[local_day(on).weekday()])


def month(on: date | datetime) -> str:
    """Return «Tháng 11»."""
    return gettext(MONTHS[local_day(on).month - 1])


def clock_time(at: datetime) -> str:
    """Return «14:05»."""
    at = local(at)
    return f"{at.hour:02}:{at.minute:02}"


def moment(at: datetime) -> str:
    """Return the moment in full: «14:05 thứ Sáu 20/11/2026»."""
    return f"{clock_time(at)} {weekday(at)} {day(at)}"


def moment_short(at: datetime) -> str:
    """Return the moment for a dense table: «20/11 14:05»."""
    return f"{day_month(at)} {clock_time(at)}"


def moment_near(at: datetime, now: datetime) -> str:
    """Return the moment as said at `now`: «17:00 hôm nay», «08:00 ngày mai», «15:00 hôm qua», else in full."""
    near = NEAR.get(local_day(at) - local_day(now))
    return f"{clock_time(at)} {gettext(near)}" if near else moment(at)


def masked_identity(number: str) -> str:
    """Return an identity number with its last part hidden, still enough for its owner: «046196•••214»."""
    return f"{number[:-6]}•••{number[-3:]}" if len(number) > 6 else "•" * len(number)


def masked_phone(number: str) -> str:
    """Return a phone number with its middle hidden: «09•• ••• 371»."""
    return f"{number[:2]}•• ••• {number[-3:]}" if len(number) > 6 else "•" * len(number)


def masked_email(address: str) -> str:
    """Return an address with its name hidden after the first letter: «n•••@vidu.vn»."""
    name, _, host = address.partition("@")
    return f"{name[:1]}•••@{host}"


def masked(value: str) -> str:
    """Return a private number or address hidden by its kind: e-mail, phone (0…, at most 11 digits), else identity."""
    if "@" in value:
        return masked_email(value)
    return masked_phone(value) if value.startswith("0") and len(value) <= 11 else masked_identity(value)


def initials(full_name: str) -> str:
    """Return the two letters in a person's face mark, middle and given name: «Hoàng Thị Mỹ Linh» → «ML»."""
    return "".join(word[0] for word in full_name.split()[-2:]).upper()


def given_name_key(full_name: str) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Return the key that sorts Vietnamese names: given name, then family and middle names, by our alphabet."""
    words = full_name.split()
    return tuple(_word_key(word) for word in words[-1:] + words[:-1])


def alphabet_key(text: str) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Return the key that sorts places, agencies and whatever else is no person by our alphabet: Đ after D, not after Z."""
    return tuple(_word_key(word) for word in text.split())


def _word_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the letters of a word by the Vietnamese alphabet, and its tones, which decide between equal letters."""
    plain = unicodedata.normalize("NFD", word.lower())
    letters = unicodedata.normalize("NFC", "".join(c for c in plain if c not in _TONES))
    return tuple(_ALPHABET.get(c, 0) for c in letters), tuple(_TONES[c] for c in plain if c in _TONES)

"""Terms: the quantity and unit in which the law gives time. "7.5 working_days", "15 days", "same_day"."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.clock.working_calendar import MINUTES_PER_DAY, MINUTES_PER_WORKING_DAY

LONGEST = Decimal(10_000)  # of any unit; the longest published term is a few hundred days


class BadTerm(ValueError):
    """A term that names no time; the message is Vietnamese."""


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"  # ngày làm việc: eight open hours each, fractions allowed
    DAYS = "days"  # ngày: every day counts
    WORKING_HOURS = "working_hours"  # giờ làm việc
    MONTHS = "months"  # tháng: the same day of a later month
    SAME_DAY = "same_day"  # trong ngày

    @property
    def is_wall(self) -> bool:
        """Return whether nights and days off count too."""
        return self in (Unit.DAYS, Unit.MONTHS)


MINUTES_OF = {
    Unit.WORKING_DAYS: MINUTES_PER_WORKING_DAY,
    Unit.WORKING_HOURS: 60,
    Unit.DAYS: MINUTES_PER_DAY,
}


@dataclass(frozen=True, slots=True)
class Term:
    """A quantity of a unit. Raises BadTerm when it names no time; the quantity of `same_day` is 1."""

    quantity: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse what cannot be counted."""
        if not self.quantity.is_finite() or self.quantity <= 0 or self.quantity > LONGEST:
            raise BadTerm(_("Thời hạn phải lớn hơn 0 và không quá %(longest)s.") % {"longest": LONGEST})
        if self.unit is Unit.MONTHS and self.quantity % 1:
            raise BadTerm(_("Thời hạn tính theo tháng phải là số tháng tròn, ví dụ «2 months»."))
        if self.unit is Unit.SAME_DAY and self.quantity != 1:
            raise BadTerm(_("Thời hạn «trong ngày» không có số lượng; hãy ghi «same_day»."))
        if self.unit in MINUTES_OF and not self.minutes:
            raise BadTerm(_("Thời hạn ngắn hơn một phút."))

    def __str__(self) -> str:
        """Return the term as parse_term reads it."""
        return str(self.unit) if self.unit is Unit.SAME_DAY else f"{plain(self.quantity)} {self.unit}"

    @property
    def minutes(self) -> int:
        """The minutes of a term of days or hours, to the nearest whole one; open minutes unless the unit is `days`."""
        return int((self.quantity * MINUTES_OF[self.unit]).quantize(Decimal(1), ROUND_HALF_UP))


def parse_term(text: str) -> Term:
    """Return the term written as «7.5 working_days», «15 days», «8 working_hours», «2 months» or «same_day».

    A comma may mark the decimals. Raises BadTerm.
    """
    words = text.split()
    if words == [Unit.SAME_DAY]:
        return Term(Decimal(1), Unit.SAME_DAY)
    try:
        quantity, unit = words
        return Term(Decimal(quantity.replace(",", ".")), Unit(unit))
    except BadTerm:
        raise
    except (ValueError, InvalidOperation):
        raise BadTerm(
            _("Không hiểu thời hạn «%(text)s». Hãy ghi một số rồi đơn vị, ví dụ: %(examples)s.")
            % {
                "text": text,
                "examples": "3 working_days, 7.5 working_days, 15 days, 8 working_hours, 2 months, same_day",
            }
        ) from None


def plain(quantity: Decimal) -> str:
    """Return a quantity without needless zeros: 7.50 → «7.5», 10 → «10»."""
    return f"{quantity.normalize():f}"


def months_later(on: date, months: int) -> date:
    """Return the same day number that many months later, or the last day of that month when it is shorter.

    Bộ luật Dân sự 2015, Điều 147 and 148.
    """
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last_day = (following - timedelta(days=1)).day
    return date(year, month + 1, min(on.day, last_day))

"""The national working calendar without a database: office hours, Monday to Friday, and Vietnam's days off."""

from functools import cache

from motcua.dossiers.clock import WorkingCalendar, calendar_from_rows
from motcua.people.vietnam_days import OFFICE_WEEK, days_of_vietnam

CODE = "VN"


@cache
def national_calendar() -> WorkingCalendar:
    """Return the calendar of an agency that keeps the usual hours, 2015 to 2035; outside, only weekends are off."""
    return calendar_from_rows(CODE, 1, OFFICE_WEEK, days_of_vietnam())

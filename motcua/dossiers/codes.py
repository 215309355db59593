"""Dossier codes: {unit code}-{yymmdd}-{nnnn}, given once and never changed (domain.md section 5)."""

from datetime import date, datetime

from django.db import connection

from motcua.base.words import local_day
from motcua.people.models import Agency

_NEXT = """
INSERT INTO dossiers_dossiernumber (unit_id, day_on, last) VALUES (%s, %s, 1)
ON CONFLICT (unit_id, day_on) DO UPDATE SET last = dossiers_dossiernumber.last + 1
RETURNING last
"""


def give_code(unit: Agency, at: datetime) -> str:
    """Return the next code of `unit` for the local day of `at`.

    Must run inside the transaction that stores it: the counter row stays locked until that ends, so no two dossiers
    share a number; a rolled-back transaction gives its number back.
    """
    named = named_unit(unit)
    day = local_day(at)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [named.pk, day])
        (sequence,) = cursor.fetchone()
    return code_of(named.code, day, sequence)


def named_unit(unit: Agency) -> Agency:
    """Return the agency whose code begins the codes of what `unit` receives: for a centre, the agency it belongs to."""
    return unit.parent if unit.is_centre and unit.parent is not None else unit


def code_of(unit_code: str, day: date, sequence: int) -> str:
    """Return the code of the dossier of that number on that local day."""
    return f"{unit_code}-{day:%y%m%d}-{sequence:04d}"

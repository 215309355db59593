"""Dossier codes: {unit code}-{yymmdd}-{nnnn}, given once and never changed (docs/rules.md)."""

import re
import unicodedata
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


_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_END = re.compile(r"(.+?)-?(\d{6})-?(\d{4})")
_UNDOTTED = re.compile(r"[A-Z]\d{2}(\d{2})+")


def typed_code(text: str) -> str:
    """Return the code meant by what somebody typed or copied: «h57.31.12 – 261119 – 0018» → «H57.31.12-261119-0018».

    Spaces and characters nobody sees are dropped, any dash is a hyphen; hyphens left out are put back, and so are the
    dots of a unit code that has none left: «H57 31 12 261119 0018».
    """
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).upper()
    seen = "".join(c for c in plain if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"})
    parts = _END.fullmatch(seen if seen.count("-") == 2 else seen.replace("-", ""))
    return "-".join([_dotted(parts[1]), parts[2], parts[3]]) if parts else seen


def _dotted(unit_code: str) -> str:
    """Return a unit code typed without its dots as it is kept: «H573112» → «H57.31.12»."""
    if not _UNDOTTED.fullmatch(unit_code):
        return unit_code
    return ".".join([unit_code[:3], *(unit_code[at : at + 2] for at in range(3, len(unit_code), 2))])

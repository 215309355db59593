"""Counting what follows, from the temporary tables of following."""

from collections.abc import Collection

from django.db import connection

from motcua.dossiers.reorganising.report import Moving

# A dossier counts under the unit that decides it, if that one ends; else under who does the work, who received it,
# or who has it for a step of its own.
MAIN = """
CASE WHEN competent_heir IS NOT NULL THEN competent WHEN resolving_heir IS NOT NULL THEN resolving
     WHEN receiving_heir IS NOT NULL THEN receiving
     ELSE (SELECT unit_id FROM reorganised_step s WHERE s.dossier_id = m.id ORDER BY s.id LIMIT 1) END
"""
MAIN_HEIR = """
COALESCE(competent_heir, resolving_heir, receiving_heir,
         (SELECT heir_id FROM reorganised_step s WHERE s.dossier_id = m.id ORDER BY s.id LIMIT 1))
"""
_COUNTED = """
SELECT unit.code, heir.code, found.kind, found.number FROM ({found}) AS found (unit_id, heir_id, kind, number)
JOIN people_agency unit ON unit.id = found.unit_id JOIN people_agency heir ON heir.id = found.heir_id
ORDER BY unit.code, heir.code, found.kind
"""
_DOSSIERS = f"SELECT {MAIN}, {MAIN_HEIR}, m.status, count(*) FROM reorganised_dossier m GROUP BY 1, 2, 3"  # noqa: S608
_STEPS = "SELECT unit_id, heir_id, role, count(*) FROM reorganised_step GROUP BY 1, 2, 3"
_ASKED = "SELECT unit_id, heir_id, '', count(*) FROM reorganised_asked GROUP BY 1, 2, 3"
_NUMBERS = {
    "proposals": "SELECT count(*) FROM dossiers_proposal WHERE decided_at IS NULL AND unit_id = ANY(%(units)s)",
    "obligations": """
        SELECT count(*) FROM dossiers_obligation o JOIN reorganised_dossier m ON m.id = o.dossier_id
        WHERE o.paid_at IS NULL AND o.dropped_at IS NULL
    """,
    "parts": "SELECT count(*) FROM reorganised_dossier WHERE is_part",
    "drafts": "SELECT count(*) FROM dossiers_dossier WHERE submitted_at IS NULL AND closed_at IS NULL"
    " AND competent_unit_id = ANY(%(units)s)",
    "drafts_of_places": """
        SELECT count(*) FROM dossiers_dossier WHERE submitted_at IS NULL AND closed_at IS NULL
        AND answers ->> 'commune' IN (
            SELECT place.code FROM people_agency unit JOIN people_place place ON place.id = unit.place_id
            WHERE unit.id = ANY(%(units)s) AND unit.type = 'commune')
    """,
}


def moving_dossiers() -> list[Moving]:
    """Return the open dossiers that move, by unit, heir and status."""
    return _counted(_DOSSIERS)


def moving_steps() -> list[Moving]:
    """Return the running steps that move, by unit, heir and role."""
    return _counted(_STEPS)


def moving_consultations() -> list[Moving]:
    """Return the opinions and verifications that wait for an answer and move, by unit and heir."""
    return _counted(_ASKED)


def numbers(units: Collection[int]) -> dict[str, int]:
    """Return how many proposals, obligations and drafts are concerned, by the names of report.Report."""
    with connection.cursor() as cursor:
        found = {}
        for name, statement in _NUMBERS.items():
            cursor.execute(statement, {"units": sorted(units)})
            found[name] = int(cursor.fetchone()[0])
        return found


def _counted(found: str) -> list[Moving]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(found=found))
        return [Moving(*row) for row in cursor.fetchall()]

"""Which open work follows a unit that ends, found by set: temporary tables that the counting and the moving both read.

Everything here lasts as long as the transaction. What has ended keeps the unit it ended in.
"""

from collections.abc import Collection, Iterable

from django.db import connection

from motcua.people.models import Inheritance

FOLLOWING = {
    ("dossiers_consultation", "unit_id"): "answered_at IS NULL AND dropped_at IS NULL",
    ("dossiers_proposal", "unit_id"): "decided_at IS NULL",
    ("dossiers_visit", "unit_id"): "recorded_at IS NULL AND called_off_at IS NULL AND dropped_at IS NULL",
}
"""Open work beside a dossier's own units and its running steps: table and column → what makes a row open."""

KEPT = frozenset(
    {
        ("dossiers_dossierevent", "unit_id"),  # who did what stays as it happened
        ("dossiers_dossiernumber", "unit_id"),  # codes that were given keep their unit
        ("dossiers_delay", "unit_id"),  # who held the dossier when it became late
        ("dossiers_delay", "late_unit_id"),
        ("dossiers_leg", "from_unit_id"),  # who sent the part, and to whom: the part itself is a dossier that follows
        ("dossiers_leg", "to_unit_id"),
        ("dossiers_mirrored", "unit_id"),  # what another system says, until it says otherwise
    }
)
"""The columns that name a unit and never follow: they are history."""

# The heir of one unit of dossier d: of what lies in its commune, else of all the rest.
_HEIR = (
    "(SELECT heir_id FROM reorganised_heir WHERE unit_id = {column} AND commune IN ('', d.answers ->> 'commune')"
    " ORDER BY commune DESC LIMIT 1)"
)
_OPEN = "d.closed_at IS NULL AND d.submitted_at IS NOT NULL"
_CONCERNED = f"""
{_OPEN} AND (d.receiving_unit_id = ANY(%(units)s) OR d.competent_unit_id = ANY(%(units)s)
    OR d.resolving_unit_id = ANY(%(units)s)
    OR d.id IN (SELECT dossier_id FROM dossiers_step WHERE done_at IS NULL AND unit_id = ANY(%(units)s)))
"""  # noqa: S608
_AMONG = "(%(among)s::bigint[] IS NULL OR d.id = ANY(%(among)s))"
_LOCK = f"""
SELECT d.id FROM dossiers_dossier d WHERE ({_CONCERNED} OR d.id IN (
    SELECT dossier_id FROM dossiers_consultation
    WHERE answered_at IS NULL AND dropped_at IS NULL AND unit_id = ANY(%(units)s)))
AND {_AMONG} ORDER BY d.id FOR UPDATE
"""  # noqa: S608
_HEIRS = """
CREATE TEMP TABLE reorganised_heir (unit_id bigint, commune text, heir_id bigint, PRIMARY KEY (unit_id, commune))
ON COMMIT DROP
"""
_MOVING = f"""
CREATE TEMP TABLE reorganised_dossier ON COMMIT DROP AS
SELECT d.id, d.status, d.changed_at, d.version_id, d.process_id, d.parent_id IS NOT NULL AS is_part,
    d.receiving_unit_id AS receiving, {_HEIR.format(column="d.receiving_unit_id")} AS receiving_heir,
    d.competent_unit_id AS competent, {_HEIR.format(column="d.competent_unit_id")} AS competent_heir,
    d.resolving_unit_id AS resolving, {_HEIR.format(column="d.resolving_unit_id")} AS resolving_heir
FROM dossiers_dossier d WHERE {_CONCERNED} AND {_AMONG}
"""  # noqa: S608
_STEPS = f"""
CREATE TEMP TABLE reorganised_step ON COMMIT DROP AS
SELECT s.id, s.dossier_id, s.unit_id, {_HEIR.format(column="s.unit_id")} AS heir_id, s.role, s.assignee_id
FROM dossiers_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE s.done_at IS NULL AND s.unit_id = ANY(%(units)s) AND {_AMONG}
"""  # noqa: S608
_ASKED = f"""
CREATE TEMP TABLE reorganised_asked ON COMMIT DROP AS
SELECT c.id, c.dossier_id, c.unit_id, {_HEIR.format(column="c.unit_id")} AS heir_id
FROM dossiers_consultation c JOIN dossiers_dossier d ON d.id = c.dossier_id
WHERE {_OPEN} AND c.answered_at IS NULL AND c.dropped_at IS NULL AND c.unit_id = ANY(%(units)s) AND {_AMONG}
"""  # noqa: S608
MOVE_DRAFTS = f"""
UPDATE dossiers_dossier d SET competent_unit_id = {_HEIR.format(column="d.competent_unit_id")}
WHERE d.submitted_at IS NULL AND d.closed_at IS NULL AND d.competent_unit_id IN (SELECT unit_id FROM reorganised_heir)
"""  # noqa: S608
_INDEXES = (
    "CREATE UNIQUE INDEX ON reorganised_dossier (id)",
    "CREATE INDEX ON reorganised_step (dossier_id)",
    "CREATE INDEX ON reorganised_asked (dossier_id)",
    "ANALYZE reorganised_heir, reorganised_dossier, reorganised_step, reorganised_asked",
)
_FORGET = "DROP TABLE IF EXISTS reorganised_heir, reorganised_dossier, reorganised_step, reorganised_asked"


def lock_following(units: Collection[int], among: Collection[int] | None = None) -> list[int]:
    """Lock the open dossiers of the units, and those that ask them, until the transaction ends; return their ids.

    In the order of the ids, so that two who do this wait for one another. What came to the units since is not among them.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, _values(units, among))
        return [dossier for (dossier,) in cursor.fetchall()]


def find_following(inheritances: Iterable[Inheritance], among: Collection[int] | None = None) -> None:
    """Fill the temporary tables with the open work that the inheritances move; `among`: of these dossiers only."""
    rows = [(one.unit_id, one.commune, one.heir_id) for one in inheritances]
    values = _values({unit for unit, _commune, _heir in rows}, among)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)
        cursor.execute(_HEIRS)
        with cursor.copy("COPY reorganised_heir (unit_id, commune, heir_id) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)
        for statement in (_MOVING, _STEPS, _ASKED):
            cursor.execute(statement, values)
        for statement in _INDEXES:
            cursor.execute(statement)


def _values(units: Collection[int], among: Collection[int] | None) -> dict[str, list[int] | None]:
    return {"units": sorted(units), "among": None if among is None else sorted(among)}

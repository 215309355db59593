"""Loading lines into the tables fast: without their indexes and foreign keys, which are made again and checked after.

All in the caller's transaction: killed half way, nothing of it was ever there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.db import connection

from motcua.dossiers.filling.rows import COLUMNS

# Primary keys stay: other tables' foreign keys hang on them, and rising numbers are cheap to add.
_CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype = 'f'
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype = 'f', conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY indexrelid
"""
_KEEP_NUMBERS = """
INSERT INTO dossiers_dossiernumber (unit_id, day_on, last) SELECT * FROM unnest(%s::bigint[], %s::date[], %s::int[])
ON CONFLICT (unit_id, day_on) DO UPDATE SET last = excluded.last
"""
_RAISE = "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM {table}))"
_MEMORY = "SET LOCAL maintenance_work_mem = '256MB'"


def copy(lines: Mapping[str, bytes], *, frozen: bool = False) -> None:
    """Add lines in COPY's text format, by table; `frozen`: into tables that were new in this transaction."""
    options = " WITH (FREEZE)" if frozen else ""
    with connection.cursor() as cursor:
        for table in COLUMNS:  # dossiers before what belongs to them
            if table in lines:
                with cursor.copy(f"COPY {table} ({', '.join(COLUMNS[table])}) FROM STDIN{options}") as stream:
                    stream.write(lines[table])


@contextmanager
def bare_tables() -> Iterator[bool]:
    """Take indexes and foreign keys off the tables of COLUMNS, and on leaving put them back and read the statistics.

    Putting a foreign key back checks every row. Needs the right to change the tables and locks them for everybody else.
    Yields whether the tables are new: empty ones are emptied once more, and where the server keeps no more of its log
    than recovery needs (`wal_level`), what is loaded into them in this transaction is not logged row by row.
    """
    tables = list(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no check of an earlier row may be pending
        cursor.execute("SELECT NOT EXISTS (SELECT FROM dossiers_dossier)")
        is_new = bool(cursor.fetchone()[0])
        if is_new:
            cursor.execute("TRUNCATE dossiers_dossier CASCADE")  # all that refers to a dossier is as empty
        cursor.execute(_CONSTRAINTS, [tables])
        constraints: list[tuple[str, str, str, bool]] = cursor.fetchall()
        cursor.execute(_INDEXES, [tables])
        indexes: list[tuple[str, str]] = cursor.fetchall()
        _run(
            cursor.execute, (f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _what, _key in constraints)
        )
        _run(cursor.execute, (f"DROP INDEX {name}" for name, _definition in indexes))
    yield is_new
    with connection.cursor() as cursor:
        cursor.execute(_MEMORY)
        _run(cursor.execute, (_adding(*row) for row in constraints if not row[3]))
        _run(cursor.execute, (definition for _name, definition in indexes))
        _run(cursor.execute, (f"ANALYZE {table}" for table in tables))
        _run(cursor.execute, (_adding(*row) for row in constraints if row[3]))


def raise_sequences() -> None:
    """Let the next row of every table get a number after the highest there is."""
    with connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            if "id" in columns:
                cursor.execute(_RAISE.format(table=table), [table])


def keep_numbers(numbers: Iterable[tuple[int, object, int]]) -> None:
    """Keep the last number given, by agency and day, so that the next code goes on from there."""
    units, days, lasts = zip(*numbers, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_NUMBERS, [list(units), list(days), list(lasts)])


def _run(execute: Callable[[str], object], statements: Iterable[str]) -> None:
    for statement in statements:
        execute(statement)


def _adding(table: str, name: str, definition: str, _is_key: bool) -> str:
    return f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"

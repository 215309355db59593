"""`motcua fill` beside a bare COPY of the rows it wrote, into tables without index, key or check."""

import tempfile
from collections.abc import Iterator
from io import StringIO
from json import loads

from django.core.management import call_command
from django.db import connection, transaction

from bench.measuring import Bench, Line, beside, seconds_of
from motcua.dossiers.filling.rows import COLUMNS

SAMPLE = 20_000  # dossiers whose rows are copied again
AIM = 0.15  # a million in five minutes on two cores
BLOCK = 1 << 20


def measure(bench: Bench) -> Iterator[Line]:
    """Fill the run's database, which the measurements after this one use; then copy some of the rows again."""
    out = StringIO()
    call_command("fill", dossiers=bench.dossiers, seed=bench.seed, json=True, stdout=out)
    filled = loads(out.getvalue())
    rows = sum(filled["rows"].values())
    copied, seconds = _copied_again()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what autovacuum does within minutes; pages are measured after it
    yield beside(
        "fill", rows / filled["seconds"], copied / seconds, aim=AIM, dossiers=bench.dossiers, seconds=filled["seconds"]
    )


def _copied_again() -> tuple[int, float]:
    """Copy the rows of the first SAMPLE dossiers out and into bare tables; return how many and how long it took."""
    rows, seconds = 0, 0.0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM dossiers_dossier ORDER BY id OFFSET %s LIMIT 1", [SAMPLE])
        found = cursor.fetchone()
        last = found[0] if found else 2**62
        for table in COLUMNS:
            key = "id" if table == "dossiers_dossier" else "dossier_id"
            cursor.execute(f"CREATE TEMP TABLE bare_{table} (LIKE {table}) ON COMMIT DROP")
            with tempfile.TemporaryFile() as kept:
                with cursor.copy(f"COPY (SELECT * FROM {table} WHERE {key} < {last}) TO STDOUT") as out:
                    for block in out:
                        kept.write(block)
                kept.seek(0)
                seconds += seconds_of(lambda table=table, kept=kept: _copy_in(f"bare_{table}", kept))  # type: ignore[misc]
            cursor.execute(f"SELECT count(*) FROM bare_{table}")
            rows += cursor.fetchone()[0]
        transaction.set_rollback(True)
    return rows, seconds


def _copy_in(table: str, kept: "tempfile._TemporaryFileWrapper[bytes]") -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as stream:
        while block := kept.read(BLOCK):
            stream.write(block)

"""What tests that kill need: to stop somebody in the middle, to see that they stopped, and to compare before and after."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from tests.config.programs import environment, eventually

WRITTEN_BY_MOVES = (
    "dossiers_dossier", "dossiers_dossierevent", "dossiers_dossiernumber", "dossiers_ledgerentry", "dossiers_step",
    "dossiers_paper", "dossiers_charge", "dossiers_slip", "dossiers_supplement", "dossiers_leg", "procrastinate_jobs",
)  # fmt: skip
TO_BE_KILLED = {"PGAPPNAME": "to be killed"}
"""In the environment of whoever is killed: by this name PostgreSQL knows their connections."""


def address() -> str:
    """Return the URL of this test's database, for programs of its own."""
    found = connection.settings_dict
    return (
        f"postgresql://{found['USER']}:{found['PASSWORD']}@/{found['NAME']}?host={found['HOST']}&port={found['PORT']}"
    )


def everything() -> dict[str, str | None]:
    """Return a fingerprint of every table a move writes to."""
    with psycopg.connect(address()) as reader:
        return {table: _fingerprint(reader, table) for table in WRITTEN_BY_MOVES}


def _fingerprint(reader: psycopg.Connection[tuple[str | None]], table: str) -> str | None:
    ask = sql.SQL("SELECT md5(string_agg(row::text, chr(10) ORDER BY row::text)) FROM {} AS row")
    row = reader.execute(ask.format(sql.Identifier(table))).fetchone()
    return row[0] if row else None


@contextmanager
def nobody_writes_to(table: str) -> Iterator[None]:
    """Make everybody who writes to `table` wait, until the end."""
    with psycopg.connect(address()) as holder:
        holder.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE").format(sql.Identifier(table)))
        yield
        holder.rollback()


def waits_for(table: str) -> bool:
    """Tell whether somebody waits to write to `table`."""
    with psycopg.connect(address()) as reader:
        ask = """
            SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
            WHERE datname = current_database() AND relation = %s::regclass AND NOT granted
        """
        return reader.execute(ask, [table]).fetchone() is not None


def nobody_killed_is_connected() -> bool:
    """Tell whether the server has noticed that whoever was killed is gone, and undone what they began."""
    with psycopg.connect(address()) as reader:
        ask = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"
        return reader.execute(ask, [TO_BE_KILLED["PGAPPNAME"]]).fetchone() is None


@contextmanager
def another(module: str, *arguments: object, var: Path, **more: str) -> Iterator[subprocess.Popen[str]]:
    """Run a module in a process of its own, which nothing of survives."""
    surroundings = environment(var, DJANGO_SETTINGS_MODULE="motcua.config.settings", **TO_BE_KILLED, **more)
    command = [sys.executable, "-m", module, *[str(argument) for argument in arguments]]
    process = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def wait_until(holds: object, why: str) -> None:
    """Wait until `holds()`; the test fails with `why` when it never does."""
    assert eventually(holds, 60), why

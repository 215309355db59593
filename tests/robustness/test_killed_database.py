"""kill -9 of the embedded PostgreSQL while dossiers are filed: what was promised stands, nothing is half done."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from motcua.config.embedded import PROGRAMS, embedded
from tests.config.programs import motcua
from tests.conftest import CARELESS, temporary_folder
from tests.robustness.breaking import address, another

pytestmark = pytest.mark.django_db(transaction=True)
ACCEPTED_FIRST = 5
KEEPS_PROMISES = CARELESS | {"synchronous_commit": "on"}  # a commit is handed to the kernel, which is not killed


@pytest.fixture
def var() -> Iterator[Path]:
    with temporary_folder() as folder:
        yield folder


def copy_tables(to: str) -> None:
    """Make the tables of this run's database in another one; quicker than to migrate."""
    schema = subprocess.run([PROGRAMS / "pg_dump", "--schema-only", address()], stdout=subprocess.PIPE, check=True)
    subprocess.run(
        [PROGRAMS / "psql", "--quiet", "--set=ON_ERROR_STOP=1", to],
        input=schema.stdout, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip


def kill_server(var: Path) -> None:
    postmaster = int((var / "postgres" / "postmaster.pid").read_text().split()[0])
    psutil.Process(postmaster).kill()


def test_a_killed_database_comes_back_with_every_dossier_it_promised(var: Path) -> None:
    with embedded(var, KEEPS_PROMISES) as url:
        copy_tables(url)
        with another("tests.robustness.busy_office", var=var, DATABASE_URL=url) as office:
            assert office.stdout
            promised = [office.stdout.readline().strip() for _ in range(ACCEPTED_FIRST)]
            kill_server(var)
            promised += office.stdout.read().split()
            assert office.wait(30) == 0

    with embedded(var, KEEPS_PROMISES) as url:
        checked = motcua(var, "check", "--sample", "1000", DATABASE_URL=url)
        with psycopg.connect(url) as connection:
            kept = connection.execute("SELECT code FROM dossiers_dossier WHERE status = 'received'").fetchall()

    assert checked.returncode == 0, checked.stdout
    assert len(promised) >= ACCEPTED_FIRST
    assert set(promised) - {code for (code,) in kept} == set()

"""The tables as `motcua migrate` makes them, made once for a test run and copied by whoever needs them.

What migrating made is kept beside the installed packages, for the next run that would make the same of the same files.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from motcua.config.embedded import PROGRAMS

NAME = "motcua_template"
MADE = "MOTCUA_TEST_TEMPLATE"
"""In the environment: the file that is there as soon as the template is."""
PATIENCE_SECONDS = 240
ROOT = Path(__file__).parents[1]
MAKE = """
find "${kept%/*}" -maxdepth 1 -name "motcua-template-*" -mtime +7 -delete
[ -e "$kept" ] || {
    "$python" -m motcua.config.cli migrate --verbosity 0 && "$programs/pg_dump" "$DATABASE_URL" > "$made.sql" &&
    mv "$made.sql" "$kept" && : > "$made" && exit
}
"$programs/psql" --quiet --set=ON_ERROR_STOP=1 --file="$kept" "$DATABASE_URL" && : > "$made"
"""


@contextmanager
def in_the_making(var: Path) -> Iterator[Path]:
    """Begin to make it in the server DATABASE_URL names, while the workers look for tests; yield the file to wait for."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {NAME}")  # type: ignore[arg-type]
    made = var / "template"
    surroundings = os.environ | {
        "DATABASE_URL": address(), "MOTCUA_VAR": str(var), "made": str(made), "kept": str(kept()),
        "python": sys.executable, "programs": str(PROGRAMS),
    }  # fmt: skip
    with made.with_suffix(".log").open("w") as log:
        maker = subprocess.Popen(["sh", "-c", MAKE], env=surroundings, stdout=log, stderr=log)
    try:
        yield made
    finally:
        maker.kill()
        maker.wait()


def kept() -> Path:
    """Return the file of what migrating makes of these migrations with these packages; it is there after the first run."""
    sources = [*sorted((ROOT / "motcua").glob("*/migrations/*.py")), ROOT / "requirements.txt", Path(__file__)]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    return Path(sys.prefix) / f"motcua-template-{digest[:16]}"


def address() -> str:
    """Return the URL of the template, in the server DATABASE_URL names."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{NAME}").geturl()


def wait_for_it() -> bool:
    """Wait until the template is made; False when this run has none, because somebody named a database of their own."""
    made = Path(os.environ.get(MADE, ""))
    if not os.environ.get(MADE):
        return False
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not made.exists():
        assert time.monotonic() < deadline, made.with_suffix(".log").read_text()
        time.sleep(0.1)
    return True


def copy_tables(to: str) -> None:
    """Fill an empty database with the tables, in a second instead of the ten of migrating."""
    assert wait_for_it(), "a run with a database of its own makes no template"
    load = [PROGRAMS / "psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={kept()}", to]
    subprocess.run(load, stdout=subprocess.DEVNULL, check=True)

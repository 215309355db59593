"""kill -9 of the database, the worker and a server in the middle of their work: what was said stands, nothing is half done.

`make test` kills the database once. By hand, fifty times whoever chance picks:
`MOTCUA_KILLS=50 .venv/bin/pytest tests/robustness/test_killed_database.py`
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil
import psycopg
import pytest

from motcua.config.embedded import embedded, revive
from tests.config.programs import MOTCUA, environment, eventually, motcua
from tests.conftest import CARELESS, temporary_folder
from tests.template import copy_tables

KILLS = int(os.environ.get("MOTCUA_KILLS", "1"))
FIRST = 12  # what is said before the first kill, so that there is something to lose
KEEPS_PROMISES = CARELESS | {"synchronous_commit": "on"}  # a commit is handed to the kernel, which is not killed
OFFICES = 2
OFFICE = [sys.executable, "-m", "tests.robustness.busy_office"]


@pytest.fixture
def var() -> Iterator[Path]:
    with temporary_folder() as folder:
        yield folder


@dataclass
class Work:
    """Everybody at work on one database: offices that make moves at random, a worker, and what they said was done."""

    var: Path
    url: str
    said: list[tuple[int, int]] = field(default_factory=list)
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    begun: int = 0

    def see_to_it(self) -> None:
        """Start the database and whoever does not run (any more)."""
        revive(self.url, self.var)
        for name in ["worker", *(f"office {number}" for number in range(OFFICES))]:
            if name not in self.running or self.running[name].poll() is not None:
                self.running[name] = self._start(name)

    def kill(self, whom: str) -> None:
        """End them without warning, in the middle of whatever they do."""
        if whom == "database":
            postmaster = int((self.var / "postgres" / "postmaster.pid").read_text().split()[0])
            psutil.Process(postmaster).kill()
        else:
            self.running[whom].kill()
            self.running[whom].wait()

    def stop(self) -> None:
        """End everybody but the database."""
        for process in self.running.values():
            process.kill()
            process.wait()

    def _start(self, name: str) -> subprocess.Popen[str]:
        self.begun += 1
        command = [*MOTCUA, "worker"] if name == "worker" else [*OFFICE, str(self.begun)]
        surroundings = environment(self.var, DJANGO_SETTINGS_MODULE="motcua.config.settings", DATABASE_URL=self.url)
        quiet = subprocess.DEVNULL if name == "worker" else None  # it complains of a database that is gone
        process = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, stderr=quiet, text=True)
        threading.Thread(target=self._listen, args=[process], daemon=True).start()
        return process

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        for line in process.stdout:
            words = line.split()
            if len(words) == 2 and line.endswith("\n"):
                self.said.append((int(words[0]), int(words[1])))
        process.stdout.close()


def test_whoever_is_killed_at_work_what_was_said_stands_and_nothing_is_half_done(var: Path) -> None:
    rng = Random(KILLS)
    with ExitStack() as stack:
        url = stack.enter_context(embedded(var, KEEPS_PROMISES))
        copy_tables(url)
        work = Work(var, url)
        stack.callback(work.stop)
        for number in range(KILLS):
            work.see_to_it()
            enough = len(work.said) + FIRST
            assert eventually(lambda enough=enough: len(work.said) >= enough), "nobody works"  # type: ignore[misc]
            time.sleep(rng.random() / 2)
            work.kill("database" if number == 0 else rng.choice(["database", *work.running]))
        revive(url, var)
        work.stop()
        checked = motcua(var, "check", "--sample", "100000", DATABASE_URL=url)
        with psycopg.connect(url) as connection:
            kept = set(connection.execute("SELECT dossier_id, seq FROM dossiers_dossierevent").fetchall())

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert len(work.said) >= FIRST * KILLS
    assert {fact for fact in work.said if fact[1]} - kept == set()

"""One PostgreSQL per test run, in a folder of its own, shared by the parallel workers. `DATABASE_URL` names another."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import polib
import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation
from pytest_django import DjangoDbBlocker

from motcua.config.database import configuration
from motcua.config.embedded import embedded, stop
from tests import template
from tests.browser import browser, playwright  # noqa: F401 - fixtures

T = TypeVar("T")
PREFIX = "motcua-tests-"
LOCK = "in-use"
CARELESS = {  # a test run loses nothing in a power cut
    "shared_buffers": "64MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "timezone": "UTC",
}


def pytest_configure(config: pytest.Config) -> None:
    """Point Django at the run's own database and folder before anything uses them."""
    var = _kept(config, temporary_folder())
    if not os.environ.get("DATABASE_URL"):
        _clear_up_after_killed_runs()
        os.environ["DATABASE_URL"] = _kept(config, embedded(var, CARELESS))
        os.environ[template.MADE] = str(_kept(config, template.in_the_making(var)))
    settings.DATABASES["default"] |= configuration(os.environ["DATABASE_URL"])
    del connections["default"]  # pytest-django loads the settings first, so a connection to nowhere may exist
    settings.VAR = var
    settings.MEDIA_ROOT = var / "files"
    settings.EMAIL_FILE_PATH = var / "mail"
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT = None  # nothing is collected for tests, and WhiteNoise warns of a folder that is not there
    _compile_catalogues()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 costs 140 ms each


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let the database of this worker be a copy of the template, as soon as that is made."""
    if template.wait_for_it():
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = template.NAME


def pytest_sessionstart() -> None:
    """Empty the tables after a test that commits by looking which have rows: truncating a hundred empty ones takes 0.6 s."""
    DatabaseOperations.sql_flush = _delete_what_there_is  # type: ignore[method-assign]


def _delete_what_there_is(_self: object, _style: object, tables: list[str], **_how: bool) -> list[str]:
    """Return the statement that deletes the rows of `tables`, by no trigger and in any order."""
    emptied = " ".join(f'IF EXISTS (SELECT FROM "{table}") THEN DELETE FROM "{table}"; END IF;' for table in tables)
    return [f"DO $$ BEGIN SET LOCAL session_replication_role = replica; {emptied} END $$"] if tables else []


@pytest.fixture(autouse=True)
def _every_test_begins_in_vietnamese() -> None:
    """Forget the language of the last page another test asked for: Django keeps it for the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _jobs_end_with_their_test(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Empty the queue after a test that really commits: its tables are not Django's, so Django's flush leaves them."""
    yield
    mark = request.node.get_closest_marker("django_db")
    if {"transactional_db", "live_server"} & set(request.fixturenames) or (mark and mark.kwargs.get("transaction")):
        with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder that PostgreSQL's own user may reach: pytest closes its own to others again at every run."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            shutil.rmtree(folder)


def _compile_catalogues() -> None:
    """Compile translations that changed since, as make does; parallel workers may each do so, and the last one wins."""
    for source in settings.LOCALE_PATHS[0].rglob("*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            made = target.with_suffix(f".{os.getpid()}")
            polib.pofile(source).save_as_mofile(made)
            made.replace(target)


def _kept(config: pytest.Config, context: AbstractContextManager[T]) -> T:
    """Enter `context` now, and leave it when the run ends."""
    stack = ExitStack()
    config.add_cleanup(stack.close)
    return stack.enter_context(context)


def _clear_up_after_killed_runs() -> None:
    """Stop the server and remove the folder of a run that was killed: nobody holds its lock any more."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{LOCK}"):
        if time.time() - path.parent.stat().st_mtime < 60:
            continue  # perhaps just being made
        with path.open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            stop(path.parent / "postgres")
            shutil.rmtree(path.parent)

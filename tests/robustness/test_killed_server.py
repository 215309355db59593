"""kill -9 of the web server in the middle of a request: nothing is half done, and `motcua run` goes on where it was."""

import threading
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.test import Client

from motcua.dossiers.models import Dossier
from tests.config.programs import Running, kill_left_by, motcua, running
from tests.robustness.breaking import (
    TO_BE_KILLED,
    address,
    everything,
    nobody_killed_is_connected,
    nobody_writes_to,
    wait_until,
    waits_for,
)
from tests.world import World, submitted, vn

pytestmark = pytest.mark.django_db(transaction=True)
FILED_AT = vn("2026-11-19 14:32")
TOKEN = "a" * 32


@pytest.fixture
def dossier(world: World) -> Dossier:
    return submitted(world, FILED_AT)


@pytest.fixture
def cookies(world: World) -> str:
    """Return the cookies of An's browser."""
    client = Client()
    client.force_login(world.an.user)
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"


def withdraw(run: Running, dossier: Dossier, cookies: str) -> int:
    """Press the button that withdraws the dossier; return the answer's status, 0 when none came."""
    server = HTTPConnection("127.0.0.1", run.port, timeout=60)
    try:
        server.request("POST", f"/ho-so/{dossier.code}/rut/", headers={"Cookie": cookies, "X-CSRFToken": TOKEN})
        return server.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        server.close()


def in_mid_request(run: Running, dossier: Dossier, cookies: str, kill: Callable[[], None]) -> int:
    """Call `kill` when the request has come as far as writing the event; return what the browser was answered."""
    answers: list[int] = []
    browser = threading.Thread(target=lambda: answers.append(withdraw(run, dossier, cookies)))
    with nobody_writes_to("dossiers_dossierevent"):
        browser.start()
        wait_until(lambda: waits_for("dossiers_dossierevent") or answers, "the request never wrote its event")
        assert answers == []
        kill()
        browser.join(60)
    return answers[0]


def test_killed_with_everything_it_started_it_leaves_nothing_half_done_and_starts_again(
    dossier: Dossier, cookies: str, tmp_path: Path
) -> None:
    var, surroundings = (
        tmp_path / "var",
        {"DATABASE_URL": address(), "MOTCUA_SECRET_KEY": settings.SECRET_KEY, **TO_BE_KILLED},
    )
    with running(var, tmp_path / "first", **surroundings) as run:
        wait_until(lambda: _is_told(dossier), "the worker did not tell of the filing")
        before = everything()
        assert in_mid_request(run, dossier, cookies, lambda: kill_left_by(var)) == 0
    wait_until(nobody_killed_is_connected, "the killed server's transaction goes on")
    assert everything() == before

    with running(var, tmp_path / "second", **surroundings) as run:
        assert withdraw(run, dossier, cookies) == 302

    dossier.refresh_from_db()
    assert (dossier.status, dossier.events.count()) == ("withdrawn", 2)
    assert motcua(var, "check", "--sample", "100", DATABASE_URL=address()).returncode == 0


def test_a_killed_web_process_is_replaced_and_its_request_undone(
    dossier: Dossier, cookies: str, tmp_path: Path
) -> None:
    var, surroundings = (
        tmp_path / "var",
        {"DATABASE_URL": address(), "MOTCUA_SECRET_KEY": settings.SECRET_KEY, **TO_BE_KILLED},
    )
    with running(var, tmp_path / "log", **surroundings) as run:
        server = run.child("granian")
        assert server

        def kill_workers() -> None:
            for process in server.children():
                process.kill()

        answered = in_mid_request(run, dossier, cookies, kill_workers)
        wait_until(lambda: len(_serving(server)) > 0, "no new web process came")
        wait_until(lambda: withdraw(run, dossier, cookies) == 302, "the button does not work any more")

    dossier.refresh_from_db()
    assert (answered, dossier.status, dossier.events.count()) == (0, "withdrawn", 2)


def _is_told(dossier: Dossier) -> bool:
    return dossier.notices.filter(sendings__state="sent").exists()


def _serving(server: psutil.Process) -> list[psutil.Process]:
    return [child for child in server.children() if child.status() != psutil.STATUS_ZOMBIE]

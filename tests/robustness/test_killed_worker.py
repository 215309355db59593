"""kill -9 of the worker in the middle of its work: no notice is lost, and whatever comes twice is known as the same."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from motcua.dossiers.models import Dossier
from motcua.dossiers.verification import disagreements
from motcua.notices.models import Notice, Sending
from tests.notices.smtp import MailServer
from tests.notices.working import jobs
from tests.robustness.breaking import (
    address,
    another,
    nobody_killed_is_connected,
    nobody_writes_to,
    wait_until,
    waits_for,
)
from tests.world import World, submitted, vn

pytestmark = pytest.mark.django_db(transaction=True)
FILED_AT = vn("2026-11-19 14:32")


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@contextmanager
def worker(var: Path, mail_server: MailServer) -> Iterator["subprocess.Popen[str]"]:
    """Run `motcua worker` on this test's database, its letters going to `mail_server`."""
    host, port = mail_server.address
    surroundings = {"DATABASE_URL": address(), "MOTCUA_SMTP_HOST": host, "MOTCUA_SMTP_PORT": str(port)}
    with another("motcua.config.cli", "worker", var=var, **surroundings) as process:
        yield process


def let_twenty_seconds_pass() -> None:
    """A worker silent for so long is taken for dead (config.worker.DEAD_AFTER_SECONDS)."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '21 seconds'")


def is_sent() -> bool:
    return Sending.objects.filter(state=Sending.State.SENT).exists() and jobs("id") == []


def test_killed_before_the_mail_server_had_the_letter_it_comes_once(
    world: World, mail_server: MailServer, tmp_path: Path
) -> None:
    mail_server.held = "HELLO"
    mail_server.gate.clear()
    submitted(world, FILED_AT)
    with worker(tmp_path, mail_server):
        assert mail_server.asked.wait(30)
    assert jobs("task_name", "status") == [("notices.send", "doing")]

    mail_server.gate.set()
    let_twenty_seconds_pass()
    with worker(tmp_path, mail_server):
        wait_until(is_sent, "the letter was lost")

    assert len(mail_server.letters) == 1
    assert Notice.objects.count() == 1


def test_killed_when_the_mail_server_had_the_letter_it_comes_twice_as_one(
    world: World, mail_server: MailServer, tmp_path: Path
) -> None:
    mail_server.gate.clear()
    submitted(world, FILED_AT)
    with worker(tmp_path, mail_server):
        assert mail_server.asked.wait(30)
    assert Sending.objects.get().state == Sending.State.WAITING

    mail_server.gate.set()
    let_twenty_seconds_pass()
    with worker(tmp_path, mail_server):
        wait_until(is_sent, "the letter was lost")

    first, second = mail_server.letters
    assert (first["Message-ID"], first["Date"]) == (second["Message-ID"], second["Date"])
    assert Notice.objects.count() == Sending.objects.count() == 1


def test_killed_while_writing_a_notice_it_is_written_once(
    world: World, mail_server: MailServer, tmp_path: Path
) -> None:
    submitted(world, FILED_AT)
    with nobody_writes_to("notices_sending"), worker(tmp_path, mail_server):
        wait_until(lambda: waits_for("notices_sending"), "the worker never wrote")
    wait_until(nobody_killed_is_connected, "what the killed worker began goes on")
    assert (Notice.objects.count(), Sending.objects.count()) == (0, 0)

    let_twenty_seconds_pass()
    with worker(tmp_path, mail_server):
        wait_until(is_sent, "the notice was lost")

    assert Notice.objects.count() == Sending.objects.count() == len(mail_server.letters) == 1
    assert list(disagreements(Dossier.objects.all())) == []

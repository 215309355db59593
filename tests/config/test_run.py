"""`motcua run` as a person starts and stops it."""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import psycopg
import pytest

from motcua.config.embedded import embedded
from tests.config.programs import PATIENCE_SECONDS, Running, eventually, left_by, motcua, running
from tests.conftest import CARELESS, temporary_folder
from tests.template import copy_tables

pytestmark = pytest.mark.xdist_group("run")  # in one process, so that the database is made once


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """A place where motcua was run before."""
    with temporary_folder() as folder:
        with embedded(folder, CARELESS) as url:
            copy_tables(url)
        yield folder


def page(run: Running) -> int:
    with urlopen(f"http://127.0.0.1:{run.port}/") as answer:
        return int(answer.status)


def test_ctrl_c_stops_everything_it_started(var: Path, tmp_path: Path) -> None:
    with running(var, tmp_path / "log") as run:
        assert page(run) == 200
        run.process.send_signal(signal.SIGINT)

        assert run.process.wait(PATIENCE_SECONDS) == 0
        assert left_by(var) == {}


def test_another_postgresql_is_used_and_left_running(tmp_path: Path) -> None:
    var = tmp_path / "var"
    with temporary_folder() as other, embedded(other, CARELESS) as url:
        with running(var, tmp_path / "log", DATABASE_URL=url) as run:
            assert page(run) == 200
            run.process.send_signal(signal.SIGTERM)
            assert run.process.wait(PATIENCE_SECONDS) == 0

        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT count(*) > 10 FROM django_migrations").fetchone() == (True,)
        assert not (var / "postgres").exists()
        assert left_by(var) == {}


def test_a_killed_worker_is_started_again_and_said_so(var: Path, tmp_path: Path) -> None:
    with running(var, tmp_path / "log") as run:
        killed = run.child("cli worker")
        assert killed
        killed.kill()

        assert eventually(lambda: run.said("đang khởi động lại"))
        assert eventually(lambda: run.child("cli worker") not in (None, killed))
        assert page(run) == 200


def test_a_web_server_that_ends_ends_the_run_in_words(var: Path, tmp_path: Path) -> None:
    with running(var, tmp_path / "log") as run:
        web = run.child("granian")
        assert web
        web.kill()

        assert run.process.wait(PATIENCE_SECONDS) == 1
        assert run.said("Máy chủ web đã dừng; hồ sơ đã lưu không bị mất.")
        assert left_by(var) == {}


def test_a_run_killed_without_warning_takes_its_children_along(var: Path, tmp_path: Path) -> None:
    with running(var, tmp_path / "log") as run:
        run.process.kill()

        assert eventually(lambda: set(left_by(var).values()) == {"postgres"}), left_by(var)
        motcua(var, "migrate", "--check")
        assert left_by(var) == {}


def test_a_busy_port_is_named_with_the_way_out(var: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = motcua(var, "run", PORT=str(port))

    assert done.returncode == 1
    assert done.stderr == (
        f"CommandError: Cổng {port} đang bận. "
        f"Hãy dừng chương trình đang dùng nó, hoặc chạy: PORT={port % 65535 + 1} make run.\n"
    )
    assert left_by(var) == {}


@pytest.mark.parametrize("port", ["0", "65536", "tám nghìn", "-1"])
def test_a_port_that_is_none_is_refused_in_words(var: Path, port: str) -> None:
    done = motcua(var, "run", PORT=port)

    assert done.returncode == 1
    assert done.stderr == "CommandError: PORT phải là một số từ 1 đến 65535; ví dụ: PORT=8001 make run.\n"

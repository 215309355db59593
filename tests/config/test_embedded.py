import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from motcua.config.embedded import ServerNotStarted, embedded, revive
from tests.config.programs import eventually
from tests.conftest import CARELESS, temporary_folder

HOLDER = """
import sys, time
from pathlib import Path
from motcua.config.embedded import embedded
with embedded(Path(sys.argv[1]), {"fsync": "off"}) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def var() -> Iterator[Path]:
    with temporary_folder() as folder:
        yield folder


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def another_process(var: Path) -> tuple[subprocess.Popen[str], str]:
    """Another program that uses the same server until its standard input ends."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(var)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    return holder, holder.stdout.readline().strip()


def postmaster(var: Path) -> int:
    return int((var / "postgres" / "postmaster.pid").read_text().split()[0])


def test_it_is_made_on_first_use_and_keeps_what_was_written(var: Path) -> None:
    with embedded(var, CARELESS) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE paper AS SELECT 'giấy khai sinh' AS name")

    with embedded(var, CARELESS) as url:
        assert ask(url, "SELECT upper(name) FROM paper") == "GIẤY KHAI SINH"
    assert not answers(url)


def test_it_knows_vietnamese_whatever_the_machine_speaks(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("LC_ALL", "C")

    with embedded(var, CARELESS) as url:
        assert ask(url, "SELECT lower('ĐĂNG KÝ HỘ TỊCH')") == "đăng ký hộ tịch"
        assert ask(url, "SHOW server_encoding") == "UTF8"


def test_the_last_to_leave_stops_it(var: Path) -> None:
    with embedded(var, CARELESS) as url:
        other, same_url = another_process(var)
    assert same_url == url
    assert answers(url)

    other.communicate("")
    assert not answers(url)


def test_a_killed_user_does_not_keep_it_running_for_ever(var: Path) -> None:
    with embedded(var, CARELESS) as url:
        other, _ = another_process(var)
        other.kill()
        other.communicate()
        assert answers(url)

    assert not answers(url)


def test_a_killed_server_comes_back_with_what_was_committed(var: Path) -> None:
    with embedded(var) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE paper AS SELECT 1 AS id")
        os.kill(postmaster(var), signal.SIGKILL)
        assert eventually(lambda: not answers(url))

    with embedded(var) as url:
        assert ask(url, "SELECT count(*) FROM paper") == 1


def test_a_server_killed_while_in_use_can_be_revived(var: Path) -> None:
    with embedded(var) as url:
        os.kill(postmaster(var), signal.SIGKILL)
        assert eventually(lambda: not answers(url))

        revive("postgresql://an@db.example/motcua", var)
        assert not answers(url)
        revive(url, var)
        assert ask(url, "SELECT 1") == 1
    assert not answers(url)


def test_a_number_of_a_dead_server_given_to_another_program_is_no_obstacle(var: Path) -> None:
    with embedded(var, CARELESS):
        note = (var / "postgres" / "postmaster.pid").read_text().split("\n")
    (var / "postgres" / "postmaster.pid").write_text("\n".join([str(os.getpid()), *note[1:]]))

    with embedded(var, CARELESS) as url:
        assert ask(url, "SELECT 1") == 1


def test_a_folder_too_deep_for_a_socket_works_too(var: Path) -> None:
    with embedded(var / ("hồ-sơ" * 12), CARELESS) as url:
        assert ask(url, "SELECT 1") == 1
        socket_folder = Path(url.partition("host=")[2])
        assert socket_folder.is_dir()
    assert not socket_folder.exists()


def test_a_folder_with_a_name_that_shells_mistake_works_too(var: Path) -> None:
    with embedded(var / "dữ liệu; An's", CARELESS) as url:
        assert ask(url, "SELECT 1") == 1


def test_a_folder_of_somebody_else_is_refused_in_words(var: Path) -> None:
    if os.geteuid() == 0:
        (var / "postgres").mkdir()
        os.chown(var / "postgres", 65534, 65534)
    else:
        (var / "postgres").symlink_to("/")

    with pytest.raises(ServerNotStarted, match=f"Thư mục {var}/postgres là của người khác"), embedded(var, CARELESS):
        pass


def test_only_its_owner_reaches_the_data(var: Path) -> None:
    with embedded(var, CARELESS):
        assert (var / "postgres").stat().st_mode & 0o077 == 0


def test_its_log_quotes_nothing_of_a_row_that_was_refused(var: Path) -> None:
    with embedded(var) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE person (number text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES (%s)", ["046190000486"])
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES (%s)", ["046190000486"])

    log = (var / "postgres" / "log").read_text()
    assert "person_pkey" in log
    assert "046190000486" not in log


def test_a_server_that_cannot_start_says_where_its_log_is(var: Path) -> None:
    with (
        pytest.raises(ServerNotStarted, match=f"Hãy xem nhật ký {var}/postgres/log"),
        embedded(var, {"fsync": "có lẽ"}),
    ):
        pass

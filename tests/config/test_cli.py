from pathlib import Path

import pytest
from django.core.management import get_commands

from motcua.config.cli import COMMANDS
from tests.config.programs import left_by, motcua
from tests.conftest import temporary_folder


def test_help_names_every_command(tmp_path: Path) -> None:
    done = motcua(tmp_path, "help")

    named = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    assert named == [*(command.name for command in COMMANDS), "manage"]
    assert motcua(tmp_path).stdout == done.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_exists(command: object) -> None:
    assert (command.django or command.name) in get_commands()


def test_an_unknown_command_is_refused_in_words(tmp_path: Path) -> None:
    done = motcua(tmp_path, "chay")

    assert done.returncode == 2
    assert done.stderr == "motcua không có lệnh “chay”. Chạy `motcua help` để xem các lệnh.\n"


@pytest.mark.parametrize(
    "url, words",
    [
        ("mysql://an@db.example/motcua", "DATABASE_URL phải có dạng postgresql://"),
        ("postgresql://an@127.0.0.1:1/motcua", "Không kết nối được tới PostgreSQL mà DATABASE_URL chỉ tới."),
    ],
)
def test_a_database_that_is_none_is_told_in_words(tmp_path: Path, url: str, words: str) -> None:
    done = motcua(tmp_path, "migrate", DATABASE_URL=url)

    assert done.returncode == 1
    assert done.stderr.startswith(words)


def test_working_out_a_due_moment_starts_no_database(tmp_path: Path) -> None:
    done = motcua(tmp_path, "due", "--at", "2026-11-20T09:10", "--term", "3 working_days", "--json")

    assert done.returncode == 0
    assert not (tmp_path / "postgres").exists()


def test_a_command_starts_the_database_for_as_long_as_it_runs() -> None:
    with temporary_folder() as var:
        done = motcua(var, "manage", "showmigrations", "contenttypes")

        assert (var / "postgres" / "PG_VERSION").exists()
        assert left_by(var) == {}

    assert done.stdout == "contenttypes\n [ ] 0001_initial\n [ ] 0002_remove_content_type_name\n"


def test_due_needs_a_database_only_for_a_named_calendar() -> None:
    due = next(command for command in COMMANDS if command.name == "due")

    assert not due.will_ask_database(["--at", "2026-11-20T09:10", "--term", "3 days"])
    assert due.will_ask_database(["--at", "2026-11-20T09:10", "--calendar", "vn"])
    assert due.will_ask_database(["--calendar=vn"])


def test_due_says_what_to_do_where_no_table_was_made(tmp_path: Path) -> None:
    done = motcua(tmp_path, "due", "--at=2026-11-20T09:10", "--term=3 days", "--calendar=vn")

    assert done.returncode == 1
    assert done.stderr == "Cơ sở dữ liệu chưa có bảng nào. Hãy chạy `motcua migrate` rồi thử lại.\n"

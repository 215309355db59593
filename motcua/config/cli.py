"""The program `motcua`: finds or starts the database a command needs, then hands over to Django's command of that name.

Django reads its settings when the command starts, so `DATABASE_URL` is in the environment by then.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import NoReturn

import psycopg
from django.core.management import execute_from_command_line

from motcua.config.database import NotADatabaseUrl, configuration, var_folder
from motcua.config.embedded import ServerNotStarted, embedded

OLDEST_POSTGRESQL = 15


@dataclass(frozen=True)
class Command:
    """One subcommand: the name people type, what it does in two languages, Django's name of it where that differs."""

    name: str
    vietnamese: str
    english: str
    django: str = ""
    needs_database: bool = True
    database_option: str = ""  # the option with which it needs one after all

    def will_ask_database(self, arguments: list[str]) -> bool:
        """Return whether the command, called with those arguments, needs a database."""
        return self.needs_database or self.database_option in [argument.partition("=")[0] for argument in arguments]


# fmt: off
COMMANDS = (
    Command("run",              "chạy cổng, bàn làm việc và việc nền", "serve the pages, work in the background"),
    Command("worker",           "chỉ làm việc nền",                    "only work in the background"),
    Command("migrate",          "đưa cơ sở dữ liệu lên bản này",       "bring the database to this version"),
    Command("demo",             "nạp tỉnh mẫu",                        "load the demo province"),
    Command("starter",          "nạp bộ thủ tục khởi đầu, bản mới",    "load the starter set of procedures, or what is new in it"),
    Command("import-catalogue", "nhập thủ tục hành chính từ tệp",      "import procedures", "import_catalogue"),
    Command("fill",             "tạo thật nhiều hồ sơ để đo",          "make many dossiers, to measure"),
    Command("due",              "tính ngày hẹn trả, kèm cách tính",    "work out a due moment", "", False, "--calendar"),
    Command("reorganise",       "sắp xếp đơn vị theo một phương án",   "merge agencies by a plan"),
    Command("explain",          "giải thích hạn của một hồ sơ",        "explain when a dossier is due"),
    Command("play",             "đi thử một quy trình BPMN",           "walk a BPMN process", needs_database=False),
    Command("lifecycle",        "in bảng vòng đời hồ sơ",              "print the life cycle for the docs", needs_database=False),
    Command("mirror",           "nạp bản chiếu hồ sơ của bộ, ngành",   "mirror the dossiers of other systems"),
    Command("check",            "tính lại mọi hồ sơ, đọc lại mọi tệp", "recompute every dossier, read every file", "check_dossiers"),
)
# fmt: on


class DatabaseNotReached(RuntimeError):
    """The database named by `DATABASE_URL` does not answer, or is too old."""


def main() -> NoReturn:
    """Run the command named by the arguments. Exit codes: 0 done, 1 failed, 2 not understood."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    name, arguments = (sys.argv[1], sys.argv[2:]) if sys.argv[1:] else ("help", [])
    if name in ("help", "--help", "-h"):
        print(_help())  # noqa: T201
    elif name in ("version", "--version"):
        print(version("motcua"))  # noqa: T201
    elif name == "manage":
        _execute(arguments, needs_database=arguments[:1] != ["collectstatic"])
    elif command := next((command for command in COMMANDS if command.name == name), None):
        _execute([command.django or command.name, *arguments], needs_database=command.will_ask_database(arguments))
    else:
        _stop(f"motcua không có lệnh “{name}”. Chạy `motcua help` để xem các lệnh.", 2)
    sys.exit(0)


def _help() -> str:
    lines = [f"  {command.name:<18}{command.vietnamese} ({command.english})" for command in COMMANDS]
    return "\n".join(
        [
            "motcua LỆNH [tùy chọn]; `motcua LỆNH --help` giải thích từng lệnh.",
            *lines,
            f"  {'manage':<18}mọi lệnh khác của Django (any other Django command)",
            "",
            "DATABASE_URL chọn một PostgreSQL khác; không có thì dùng PostgreSQL kèm theo, trong var/.",
        ]
    )


def _execute(arguments: list[str], *, needs_database: bool) -> None:
    try:
        with _database(needs_database):
            execute_from_command_line(["motcua", *arguments])
    except (NotADatabaseUrl, ServerNotStarted, DatabaseNotReached) as error:
        _stop(str(error), 1)
    except KeyboardInterrupt:
        _stop("", 128 + signal.SIGINT)


@contextmanager
def _database(needed: bool) -> Iterator[None]:
    """Have a database for the length of the command, known to it and to its children by `DATABASE_URL`."""
    url = os.environ.get("DATABASE_URL", "")
    if url:
        configuration(url)
        if needed:
            _must_answer(url)
        yield
    elif needed:
        with embedded(var_folder()) as os.environ["DATABASE_URL"]:
            yield
    else:
        yield


def _must_answer(url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            major = connection.info.server_version // 10_000
    except psycopg.Error as error:
        raise DatabaseNotReached(
            "Không kết nối được tới PostgreSQL mà DATABASE_URL chỉ tới. Hãy kiểm tra máy chủ đó, "
            f"hoặc bỏ biến này đi để dùng PostgreSQL kèm theo.\n{error}"
        ) from error
    if major < OLDEST_POSTGRESQL:
        raise DatabaseNotReached(
            f"motcua cần PostgreSQL {OLDEST_POSTGRESQL} trở lên; DATABASE_URL chỉ tới bản {major}."
        )


def _stop(sentence: str, code: int) -> NoReturn:
    print(sentence, file=sys.stderr)  # noqa: T201
    sys.exit(code)


if __name__ == "__main__":
    main()

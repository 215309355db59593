"""Keeps the web server and the worker alive together, and stops everything it started.

Each child leads a process group of its own: Ctrl-C in the terminal reaches only us, we stop the children in order, and
nothing a child started outlives it. If we are killed without warning, the kernel tells the children to stop.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from types import FrameType
from typing import NoReturn

WEB_PROCESSES = 4  # with two threads each they wait for the interpreter less than two with four
WEB_THREADS = 2  # per process
WAITING_REQUESTS = 64  # per process; more wait in the kernel's queue
START_SECONDS = 60
STOP_SECONDS = 20  # longer than the worker gives the job in its hands
SHORT_LIFE_SECONDS = 10
PAUSE_SECONDS = 2  # before another try with a child that died young
SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)

HOST = "127.0.0.1"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
MOTCUA = [sys.executable, "-m", "motcua.config.cli"]


class StopAsked(BaseException):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


class ServerStopped(RuntimeError):
    """The web server ended by itself, or never answered."""


@dataclass
class Child:
    """A process we keep: what to run, and the instance now running."""

    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0

    def start(self) -> None:
        """Start it, as the leader of its own group."""
        self.started = time.monotonic()
        # preexec_fn is unsafe beside threads; we have none.
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_stop_with_parent)

    def stop(self) -> None:
        """Ask it to finish, then end it and whatever it left behind."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.end_group()

    def end_group(self) -> None:
        """End every process of its group."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):  # nobody was left
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @property
    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    @property
    def died_young(self) -> bool:
        return time.monotonic() - self.started < SHORT_LIFE_SECONDS


def is_free(port: int) -> bool:
    """Tell whether we could listen on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def serve(port: int, *, ready: Callable[[], None], mend: Callable[[], None], say: Callable[[str], None]) -> None:
    """Run the web server and the worker until told to stop; call `ready` once pages are answered.

    A worker that ends is started again, after `mend` saw to the database, and `say` tells so.
    Raises `ServerStopped` if the web server ends by itself.
    """
    web, worker = _web_server(port), Child([*MOTCUA, "worker"])
    for number in STOP_SIGNALS:
        signal.signal(number, _ask_to_stop)
    try:
        web.start()
        worker.start()
        _wait_until_answered(web, port)
        ready()
        _watch(web, worker, mend, say)
    except StopAsked:
        say("\nĐang dừng…")
    finally:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # stopping in order takes a moment; impatience must not cut it short
        web.stop()
        worker.stop()


def _ask_to_stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise StopAsked


def _stop_with_parent() -> None:
    ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _web_server(port: int) -> Child:
    """Listening on this machine only: where the public comes in, a proxy stands before it."""
    options = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", str(WEB_PROCESSES)]
    threads = ["--blocking-threads", str(WEB_THREADS), "--backpressure", str(WAITING_REQUESTS)]
    threads += ["--blocking-threads-idle-timeout", "600"]  # each keeps its connection to the database
    quiet = ["--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "error"]
    return Child([sys.executable, "-m", "granian", *options, *threads, *quiet, "motcua.config.wsgi:application"])


def _wait_until_answered(web: Child, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(port):
        if web.has_ended or time.monotonic() > deadline:
            raise ServerStopped
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=START_SECONDS)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def _watch(web: Child, worker: Child, mend: Callable[[], None], say: Callable[[str], None]) -> None:
    while True:
        _wait_for_one_of(web, worker)
        if web.has_ended:
            raise ServerStopped
        if worker.has_ended:
            say("Tiến trình làm việc nền đã dừng đột ngột; đang khởi động lại. Việc đang dở sẽ được làm tiếp.")
            worker.end_group()
            if worker.died_young:
                time.sleep(PAUSE_SECONDS)
            mend()
            worker.start()


def _wait_for_one_of(*children: Child) -> None:
    """Sleep until one of them ends. As process 1 of a container we are handed strangers too: let these go."""
    ours = {child.process.pid for child in children if child.process}
    while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT):
        if ended.si_pid in ours:
            return
        os.waitpid(ended.si_pid, 0)

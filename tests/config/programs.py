"""Runs the real program in an environment of its own, and sees what it leaves behind."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

MOTCUA = [sys.executable, "-m", "motcua.config.cli"]
PATIENCE_SECONDS = 120


def environment(var: Path, **more: str) -> dict[str, str]:
    """Return ours without a database, with its data in `var` and no demo province."""
    ours = {"DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}  # the second is the browser tests' own
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"MOTCUA_VAR": str(var), "MOTCUA_DEMO": "0", "PYTHONUNBUFFERED": "1"} | more


def motcua(var: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*MOTCUA, *arguments], env=environment(var, **more), capture_output=True, text=True, timeout=PATIENCE_SECONDS
    )


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def left_by(var: Path) -> dict[psutil.Process, str]:
    """Return every living process with its data in `var`, by whomever it was started, and its name."""
    return {process: name for process in psutil.process_iter() if (name := _name_if_of(process, var))}


def kill_left_by(var: Path) -> None:
    """End every living process with its data in `var` without warning."""
    for process in left_by(var):
        with suppress(psutil.NoSuchProcess):  # it ended when its parent did
            process.kill()


def _name_if_of(process: psutil.Process, var: Path) -> str:
    try:
        if process.status() != psutil.STATUS_ZOMBIE and process.environ().get("MOTCUA_VAR") == str(var):
            return str(process.name())
    except psutil.Error:
        pass  # it ended while we looked, or is none of ours
    return ""


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []  # it ended while we looked


def eventually(holds: object, seconds: float = PATIENCE_SECONDS) -> bool:
    """Wait until `holds()`; tell whether it came to hold."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


class Running:
    """`motcua run`, started, with everything it said so far."""

    def __init__(self, var: Path, log: Path, **more: str) -> None:
        self.port = int(more.get("PORT") or free_port())
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [*MOTCUA, "run"],
                env=environment(var, **({"PORT": str(self.port)} | more)),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def said(self, words: str) -> bool:
        return words in self.log.read_text()

    def child(self, words: str) -> psutil.Process | None:
        """Return its own living child whose command line holds `words`."""
        children = psutil.Process(self.process.pid).children()
        return next((child for child in children if words in " ".join(_command(child))), None)


@contextmanager
def running(var: Path, log: Path, **more: str) -> Iterator[Running]:
    """Start `motcua run`, wait until it serves, and see to it that nothing survives the test."""
    run = Running(var, log, **more)
    try:
        assert eventually(lambda: run.said("đang chạy tại") or run.process.poll() is not None), log.read_text()
        assert run.process.poll() is None, log.read_text()
        yield run
    finally:
        run.process.terminate()
        try:
            run.process.wait(PATIENCE_SECONDS)
        finally:
            kill_left_by(var)

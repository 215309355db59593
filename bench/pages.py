"""Pages under eight clients at once, from the server as `motcua run` starts it: p95 of inbox, dossier page, searches.

Clients keep their connection and their session, wait for each page before asking for the next, and run on the same
machine. `alone_ms` is the median with one client only, `paced_p95_ms` the p95 when each client asks for a page every
PACE_SECONDS, as eight people in a great hurry would. The floor is a small static file from the same server under the
same clients.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from bench.measuring import Bench, Line, percentile
from bench.province import busiest_posts, open_codes
from motcua.people.models import Post, User

CLIENTS = 8
REQUESTS = 25  # of each client for each page, after WARM_UP of its own
WARM_UP = 3
PACED_REQUESTS, PACE_SECONDS = 8, 1.0
TRIAL = 1_000  # with fewer dossiers the measurement only shows that it runs: two clients, one request, no pace
AIM_MS = 80
START_SECONDS = 120
SEARCHED = (
    "khai sinh",
    "xay nha",
    "chứng thực bản sao",
    "dang ky kinh doanh",
    "đất đai",
    "ket hon",
    "bao hiem",
    "cap lai",
)


@dataclass(frozen=True)
class Client:
    """Somebody with a session, and the addresses they ask for by page, in turn."""

    cookie: str
    addresses: Mapping[str, Sequence[str]]


def measure(bench: Bench) -> Iterator[Line]:
    is_trial = bench.dossiers < TRIAL
    requests, pace = (1, 0.0) if is_trial else (REQUESTS, PACE_SECONDS)
    posts = busiest_posts(2 if is_trial else CLIENTS)
    clients = [_client(post, number) for number, post in enumerate(posts)]
    if not clients:
        raise RuntimeError("the province has no running steps")
    with _server() as port:
        for page in clients[0].addresses:
            alone, together = (_asked(port, who, page, requests=requests) for who in (clients[:1], clients))
            paced = _asked(port, clients, page, requests=min(PACED_REQUESTS, requests), pace=pace)
            yield {
                "bench": "pages", "page": page, "dossiers": bench.dossiers, "clients": len(clients),
                "requests": len(together), "alone_ms": _ms(alone, 0.5), "median_ms": _ms(together, 0.5),
                "p95_ms": _ms(together, 0.95), "paced_p95_ms": _ms(paced, 0.95), "aim_ms": AIM_MS,
            }  # fmt: skip


def _ms(times: Sequence[float], share: float) -> float:
    return round(percentile(times, share) * 1000, 1)


def _client(post: Post, number: int) -> Client:
    codes = open_codes(post, REQUESTS)
    names = [word.split()[-1] for word in (post.officer.full_name, "Nguyễn Hoài An", "Lê Văn Hùng")]
    desk = reverse("desk:inbox")
    return Client(
        _session(post.officer.user),
        {
            "floor": [f"{settings.STATIC_URL}{_small_file()}"],
            "inbox": [desk, f"{desk}?hang=sap-han", f"{desk}?hang=qua-han"],
            "dossier": [reverse("desk:dossier", args=[code]) for code in codes],
            "catalogue search": [
                f"{reverse('portal:procedures')}?q={quote(text)}" for text in _turned(SEARCHED, number)
            ],
            "desk search": [f"{desk}?q={quote(text)}" for text in (codes[0], codes[0][-11:], *names, "khai sinh")],
        },
    )


def _turned(texts: Sequence[str], number: int) -> list[str]:
    return [*texts[number % len(texts) :], *texts[: number % len(texts)]]


def _small_file() -> str:
    files = [path for path in Path(settings.STATIC_ROOT).rglob("*.svg") if path.is_file()]
    return min(files, key=lambda path: path.stat().st_size).relative_to(settings.STATIC_ROOT).as_posix()


def _session(user: User) -> str:
    """Sign somebody in without a password, which argon2 makes slow on purpose; return their cookie."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@contextmanager
def _server() -> Iterator[int]:
    """Run the program as its user does, on a free port, over the run's own database, without loading the demo."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "motcua.config.cli", "run"]
    program = subprocess.Popen(
        command, env={**os.environ, "PORT": str(port), "MOTCUA_DEMO": "0"}, stdout=subprocess.DEVNULL
    )
    try:
        _wait(port, program)
        yield port
    finally:
        program.terminate()
        program.wait()


def _wait(port: int, program: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and program.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("motcua run did not start")


def _asked(port: int, clients: Sequence[Client], page: str, *, requests: int, pace: float = 0) -> list[float]:
    """Let every client ask for its addresses of one page, all at once; return the seconds of each answer.

    With a `pace`, each asks once in so many seconds, and they begin one after another within that time.
    """
    with ThreadPoolExecutor(len(clients)) as pool:
        visits = [
            pool.submit(_visit, port, client, page, requests, pace, pace * number / len(clients))
            for number, client in enumerate(clients)
        ]
        return [one for visit in visits for one in visit.result()]


def _visit(port: int, client: Client, page: str, requests: int, pace: float, delay: float) -> list[float]:
    time.sleep(delay)
    addresses, times = client.addresses[page], []
    server = HTTPConnection("127.0.0.1", port, timeout=60)
    for number in range(WARM_UP + requests):
        began = time.perf_counter()
        server.request("GET", addresses[number % len(addresses)], headers={"Cookie": client.cookie})
        answer = server.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{page}: {answer.status} {addresses[number % len(addresses)]}")
        times.append(time.perf_counter() - began)
        time.sleep(max(0.0, pace - times[-1]))
    server.close()
    return times[WARM_UP:]

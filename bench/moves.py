"""Moves per second through the actions, beside the same SQL sent by plain psycopg.

The database is copied three times. Each act is made through its action in the first, timed; in the second, with every
statement it sends written down; and in the third those statements are sent by psycopg as they are, in one transaction
with the jobs they defer, timed. The three stay alike because nothing in them depends on anything but the moment.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from random import Random
from statistics import median
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench.copies import connected, copied, use
from bench.measuring import Bench, Line, beside, seconds_of
from bench.province import filed_online
from motcua.dossiers import actions
from motcua.dossiers.actions.returning import Receiver
from motcua.dossiers.demo.cast import Cast
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Step
from motcua.people.models import Officer

MOST, FEWEST = 40, 3  # dossiers moved
AMONG = 10_000  # dossiers in the province at most: three copies are made of it
AIM = 0.5
DRAFT = "Dự thảo mẫu"
COPIES = ("bench_ours", "bench_written", "bench_limit")
Act = Callable[[], object]
Statement = tuple[str, Any]  # the SQL and its values


@dataclass
class Times:
    """Seconds of one kind of act, ours and the limit's, and how many statements it sends."""

    ours: list[float]
    limit: list[float]
    statements: list[int]


def measure(bench: Bench) -> Iterator[Line]:
    count = max(FEWEST, min(MOST, bench.dossiers // 100))
    call_command("fill", dossiers=min(bench.dossiers, AMONG), seed=bench.seed, json=True, stdout=StringIO())
    at = timezone.now()
    cast = Cast.of_province(at)
    numbers = [dossier.pk for dossier in filed_online(cast, count, at)]
    cast.document(DRAFT)  # made once, before the databases part
    with copied(COPIES):
        times = _moved(cast, numbers, at)
    for name, measured in times.items():
        yield _line(name, measured)
    yield _line("all", _together(times.values()))


def _together(several: Iterable[Times]) -> Times:
    every = Times([], [], [])
    for times in several:
        every.ours += times.ours
        every.limit += times.limit
        every.statements += times.statements
    return every


def _line(name: str, times: Times) -> Line:
    return beside(
        "moves",
        1 / median(times.ours),
        1 / median(times.limit),
        aim=AIM,
        move=name,
        statements=median(times.statements),
    )


def _moved(cast: Cast, numbers: list[int], at: datetime) -> dict[str, Times]:
    """Take every dossier through its whole life, one act of each at a time."""
    times: dict[str, Times] = {}
    waiting = numbers
    while waiting:
        use("bench_ours")
        acts = {number: _next_act(cast, number, at) for number in waiting}
        waiting = [number for number, act in acts.items() if act is not None]
        todo = [act for act in acts.values() if act is not None]
        ours = [seconds_of(act) for _name, act in todo]
        use("bench_written")
        written = [_statements(act) for _name, act in todo]
        limit = _sent(written)
        for (name, _act), mine, bare, statements in zip(todo, ours, limit, written, strict=True):
            kept = times.setdefault(name, Times([], [], []))
            kept.ours.append(mine)
            kept.limit.append(bare)
            kept.statements.append(len(statements))
    return times


def _next_act(cast: Cast, number: int, at: datetime) -> tuple[str, Act] | None:
    """Return what happens next to a dossier, ready to be called; None when its life is over or a seat is empty."""
    step = Step.objects.filter(dossier_id=number, done_at=None).first()
    if step is None:
        return None
    by, name = _MADE[step.kind]
    actor = cast.actor(Random(number), by, step.unit_id, step.role)
    if actor is None:
        return None
    if step.kind == Step.Kind.WORK and step.role == "specialist" and step.assignee_id is None:
        officer = Officer.objects.get(pk=actor.officer)
        return "assign", lambda: actions.assign(dossier_id=number, actor=actor, at=at, to=officer)
    details: dict[str, dict[str, Any]] = {
        "complete_step": {"draft": cast.document(DRAFT) if step.role == "specialist" else None},
        "issue": {"number": "1/KQ"},
        "return_result": {"receiver": Receiver("Nguyễn Hoài An", "046196000214")},
    }
    more = details.get(name, {})
    return name, lambda: getattr(actions, name)(dossier_id=number, actor=actor, at=at, **more)


K = Step.Kind
_MADE: dict[str, tuple[By, str]] = {
    K.RECEPTION: (By.COUNTER, "accept"),
    K.HAND_OVER: (By.COUNTER, "hand_over"),
    K.WORK: (By.OFFICER, "complete_step"),
    K.SIGN: (By.SIGNER, "sign_off"),
    K.ISSUE: (By.CLERK, "issue"),
    K.RETURN: (By.RETURNER, "return_result"),
}


def _statements(act: Act) -> list[Statement]:
    """Make an act and return the statements it sent, with their values."""
    sent: list[Statement] = []

    def write(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append((sql, params or None))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(write):
        act()
    return sent


def _sent(acts: list[list[Statement]]) -> list[float]:
    """Send the statements of each act in a transaction of its own; return the seconds each took."""
    with connected("bench_limit") as limit:
        return [seconds_of(lambda statements=statements: _send(limit, statements)) for statements in acts]  # type: ignore[misc]


def _send(limit: psycopg.Connection[Any], statements: list[Statement]) -> None:
    with limit.transaction(), limit.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql.encode(), params)
            if cursor.description:
                cursor.fetchall()

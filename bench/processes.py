"""The workshop: parsing, publishing and trying processes, and finding the one in force among many.

Parsing stands beside reading the same JSON, publishing beside the same row inserted by plain psycopg, a trial beside a
bare queue of as many events, and finding and parsing a process among 15,000 published ones beside 15. What the run
writes is taken away again.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from json import dumps, loads
from random import Random
from typing import Any

from django.db import connection, transaction

from bench.measuring import Bench, Line, beside, median_seconds, seconds_of
from motcua.catalogue import actions
from motcua.catalogue.models import Field, Procedure, PublishedProcess
from motcua.catalogue.processes.process import parse
from motcua.catalogue.processes.simulation import Trial, simulate
from motcua.catalogue.queries import process_for
from motcua.dossiers import clock
from motcua.dossiers.calendar_national import national_calendar

STEPS = 30
TRIED = 10_000
FEW, MANY = 15, 15_000
ROUNDS = 200
FOUND = 200
UNIT = 1
ALIKE = 12  # the fastest of so many rounds counts where two sizes are held against one another
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ON = date(2026, 12, 1)


def measure(bench: Bench) -> Iterator[Line]:
    """Measure the four, in a transaction that is taken back."""
    content = process_of(STEPS)
    written = dumps(content)
    yield beside(
        "processes", ROUNDS / median_seconds(lambda: [parse(content) for _round in range(ROUNDS)]),
        ROUNDS / median_seconds(lambda: [loads(written) for _round in range(ROUNDS)]),
        aim=0.05, what=f"parse {STEPS} steps, against reading their JSON",
    )  # fmt: skip
    yield _trial(content, min(TRIED, bench.dossiers))
    with transaction.atomic():
        procedure = Procedure.objects.create(code="bench", field=Field.objects.create(code="bench", name="Bench"))
        many = min(MANY, bench.dossiers * 3 // 2)
        few = _found(FEW, content)
        yield beside(
            "processes", _found(many - FEW, content), few,
            aim=0.95, what=f"find and parse among {many}, against among {FEW}",
        )  # fmt: skip
        yield _publish(procedure, content)
        transaction.set_rollback(True)


def process_of(number: int) -> dict[str, Any]:
    """Return a table of so many steps, every fifth with two exits by a condition."""
    codes = [f"step-{place}" for place in range(number)]
    rows = []
    for place, code in enumerate(codes):
        kind = "issue" if place == number - 1 else "sign" if place == number - 2 else "work"
        role = {"issue": "clerk", "sign": "signer", "work": "specialist"}[kind]
        ways = [{"to": after, "when": {}} for after in codes[place + 1 : place + 2]]
        if place % 5 == 0 and place + 2 < number - 1:
            ways = [{"to": codes[place + 2], "when": {"area": ["urban", "rural"]}}, *ways]
        rows.append(
            {
                "code": code,
                "name": f"Bước {place}",
                "kind": kind,
                "unit": "resolving",
                "role": role,
                "hours": 2,
                "produces": "",
                "next": ways,
            }
        )
    return {"steps": rows}


def _publish(procedure: Procedure, content: dict[str, Any]) -> Line:
    def ours() -> object:
        return [
            actions.publish_process(
                procedure=procedure, unit=None, content=content, effective_from=ON, at=AT, actor=None
            )
            for _round in range(ROUNDS)
        ]

    made = PublishedProcess(procedure=procedure, content=content, effective_from=ON, published_at=AT)
    fields = [field for field in PublishedProcess._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = [field.get_db_prep_save(getattr(made, field.attname), connection) for field in fields]
    sql = f"INSERT INTO catalogue_publishedprocess ({columns}) VALUES ({', '.join(['%s'] * len(fields))}) RETURNING id"

    def plain() -> object:
        with connection.cursor() as cursor:
            return [cursor.connection.execute(sql, values).fetchone() for _round in range(ROUNDS)]

    return beside(
        "processes", ROUNDS / median_seconds(ours, rounds=3), ROUNDS / median_seconds(plain, rounds=3),
        aim=0.2, what=f"parse and publish {STEPS} steps, against the bare insert",
    )  # fmt: skip


def _trial(content: dict[str, Any], tried: int) -> Line:
    process, calendar = parse(content), national_calendar()
    trial = Trial(
        count=tried, per_day=20, spread=0.5, busy=0.1, seed=1, answers={"area": ["urban", "sea"]},
        pool_of=dict.fromkeys(process.steps, "desk"), pools={"desk": 20},
    )  # fmt: skip
    policy = clock.Policy(clock.Granularity.DAY_END, clock.AfterPause.RESUME)
    term = clock.parse_term("15 working_days")

    def due(at: datetime, _facts: object) -> datetime | None:
        return clock.reckon([clock.Entry(at, clock.Effect.START, term)], calendar, policy).due_at

    done = sum(load.times for load in simulate(process, trial, calendar, AT, due).loads.values())

    def bare() -> object:
        rng, queue = Random(1), [(0.0, number) for number in range(tried)]
        for number in range(2 * done):  # coming to a desk and leaving it
            at, _number = heappop(queue)
            heappush(queue, (at + rng.random(), number))
        return queue

    seconds = seconds_of(lambda: simulate(process, trial, calendar, AT, due))
    return beside(
        "processes", tried / seconds, tried / seconds_of(bare), aim=0.2, seconds=round(seconds, 2), steps=done,
        what=f"try {tried} dossiers through {STEPS} steps, against a bare queue of as many events",
    )  # fmt: skip


def _found(number: int, content: dict[str, Any]) -> float:
    """Return how many processes are found and parsed in a second when `number` are published, one for each procedure."""
    field = Field.objects.get(code="bench")
    have = Procedure.objects.filter(field=field).count()
    procedures = Procedure.objects.bulk_create(
        (Procedure(code=f"bench-{place}", field=field) for place in range(have, have + number)), batch_size=1000
    )
    PublishedProcess.objects.bulk_create(
        (
            PublishedProcess(procedure=one, content=content, effective_from=ON - timedelta(days=1), published_at=AT)
            for one in procedures
        ),
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalogue_publishedprocess")
    asked = Random(1).choices([one.pk for one in procedures], k=FOUND)

    def find() -> object:
        return [parse(found.content) for key in asked if (found := process_for(key, UNIT, ON))]

    return FOUND / min(seconds_of(find) for _round in range(ALIKE))

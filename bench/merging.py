"""Two communes with many open dossiers become one: `reorganise` beside the same rows written by plain SQL.

The limit writes what has to be written and nothing else: no event says anything, no hash is computed, no plan is checked.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import psycopg
from django.db import connection
from django.utils import timezone

from bench.copies import connected, copied, use
from bench.measuring import Bench, Line, beside, seconds_of
from motcua.base.words import local_day
from motcua.dossiers.actions import reorganise
from motcua.dossiers.filling import filling_at
from motcua.dossiers.filling.days import Numbers, lines_of_days
from motcua.dossiers.filling.loading import bare_tables, copy, keep_numbers, raise_sequences
from motcua.dossiers.filling.plan import OPEN, Day
from motcua.dossiers.models import Dossier
from motcua.dossiers.verification import disagreements
from motcua.people.models import Agency
from motcua.people.reorganising import read_plan

MOST = 100_000
AIM = 0.5
PLAN = Path(__file__).parents[1] / "docs" / "howto" / "reorganise.example.json"
CHECKED = 500
STANDING = tuple(number for number, (name, *_rest) in enumerate(OPEN) if name != "draft")


def measure(bench: Bench) -> Iterator[Line]:
    at = timezone.now()
    said = json.loads(PLAN.read_text()) | {"on": local_day(at).isoformat()}
    ending = Agency.objects.filter(code__in=[end["unit"] for end in said["end"]])
    fill_open(_count(bench.dossiers), {unit.place_id or 0 for unit in ending}, at, bench.seed)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    with copied(("bench_ours", "bench_limit")):
        use("bench_ours")
        plan, faults = read_plan(json.dumps(said))
        moved = 0

        def ours() -> None:
            nonlocal moved
            moved = reorganise(plan=plan, of_shape=faults, at=at).dossier_number

        seconds = seconds_of(ours)
        wrong = list(disagreements(Dossier.objects.filter(pk__in=Dossier.objects.order_by("-pk")[:CHECKED])))
        if wrong:
            raise RuntimeError(f"merged wrongly: {wrong[0]}")
        with connected("bench_limit") as limit:
            bare = seconds_of(lambda: _merge_bare(limit, at))
    yield beside(
        "merging", moved / seconds, moved / bare, aim=AIM, dossiers=moved, seconds=round(seconds, 1),
        limit_seconds=round(bare, 1),
    )  # fmt: skip


def _count(dossiers: int) -> int:
    """Return how many dossiers to fill: a hundred thousand, unless the whole run is a small one."""
    return MOST if dossiers >= MOST // 10 else dossiers


def fill_open(count: int, places: set[int], at: datetime, seed: int) -> None:
    """Add `count` open dossiers in every status to the communes at these places."""
    filling, rng = filling_at(at, seed=seed), Random(seed)
    filling.stock.citizens = [one for one in filling.stock.citizens if one.place_id in places]
    numbers: Numbers = {}
    with bare_tables() as is_new:
        for day in _days(count, at, rng):  # a day at once: its codes are numbered in one go
            lines, given = lines_of_days(filling, [day])
            copy(lines, frozen=is_new)
            numbers |= given
    keep_numbers((unit, on, last) for (unit, on), last in numbers.items())
    raise_sequences()


def _days(count: int, at: datetime, rng: Random) -> Iterator[Day]:
    """Yield the days on which dossiers that stand open were filed."""
    standing: dict[date, list[int]] = {}
    for number in range(count):
        which = STANDING[number % len(STANDING)]
        _name, least, most, _stages = OPEN[which]
        standing.setdefault(local_day(at - timedelta(days=rng.uniform(least, most))), []).append(which)
    index = 0
    for on in sorted(standing):
        yield Day(on, index, 0, tuple(standing[on]))
        index += len(standing[on])


# The two communes and everything below them go to the first of them: heirs that exist need no plan.
_HEIRS = """
CREATE TEMP TABLE heir ON COMMIT DROP AS
SELECT unit.id AS unit_id, heir.id AS heir_id FROM people_agency unit
JOIN people_agency heir ON heir.code = 'H57.31.11' || substr(unit.code, 10)
WHERE unit.code ~ '^H57\\.31\\.1[12]($|\\.)'
"""
_MOVING = """
CREATE TEMP TABLE moving ON COMMIT DROP AS
SELECT id, status FROM dossiers_dossier WHERE closed_at IS NULL AND submitted_at IS NOT NULL
    AND (receiving_unit_id IN (SELECT unit_id FROM heir) OR competent_unit_id IN (SELECT unit_id FROM heir)
        OR resolving_unit_id IN (SELECT unit_id FROM heir))
"""
_EVENTS = """
INSERT INTO dossiers_dossierevent
    (dossier_id, seq, at, move, from_status, to_status, by, reason, data, previous_hash, hash)
SELECT m.id, (SELECT max(seq) + 1 FROM dossiers_dossierevent e WHERE e.dossier_id = m.id), %(at)s, 'reassign_unit', m.status,
    m.status, 'system', '', '{}', '', '' FROM moving m
"""
_JOBS = """
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)
SELECT 'notices', 'notices.tell', 'dossier:' || id, jsonb_build_object('event_id', id) FROM moving
"""
_END = """
UPDATE dossiers_step SET done_at = GREATEST(received_at, %(at)s), outcome = 'moved'
WHERE done_at IS NULL AND unit_id IN (SELECT unit_id FROM heir)
"""
_BEGIN = """
INSERT INTO dossiers_step (dossier_id, seq, code, name, kind, unit_id, role, assignee_id, received_at, due_at, outcome, note)
SELECT dossier_id, seq + 1, code, name, kind, heir_id, role, assignee_id, done_at, due_at, '', ''
FROM dossiers_step JOIN heir USING (unit_id) WHERE outcome = 'moved'
"""
_MOVE = """
UPDATE dossiers_dossier d SET changed_at = %(at)s,
    receiving_unit_id = COALESCE((SELECT heir_id FROM heir WHERE unit_id = receiving_unit_id), receiving_unit_id),
    competent_unit_id = COALESCE((SELECT heir_id FROM heir WHERE unit_id = competent_unit_id), competent_unit_id),
    resolving_unit_id = COALESCE((SELECT heir_id FROM heir WHERE unit_id = resolving_unit_id), resolving_unit_id)
FROM moving m WHERE m.id = d.id
"""


def _merge_bare(limit: psycopg.Connection[object], at: datetime) -> None:
    with limit.transaction(), limit.cursor() as cursor:
        for statement in (_HEIRS, _MOVING, _EVENTS, _JOBS, _END, _BEGIN, _MOVE):
            cursor.execute(statement.encode(), {"at": at} if "%(at)s" in statement else None)

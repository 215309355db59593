"""Reorganising: agencies end and begin, and everything open follows its unit at once, in one transaction.

Set-based: a hundred thousand dossiers in seconds. What each of them gets is what the moves of one dossier write: an event
in its chain, a step that ends and one that begins, a job for every subscriber. The clock is not touched.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from json import dumps
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.publish import publish_many
from motcua.base.words import day, local_day
from motcua.catalogue.actions import OwnProcess, inherit_processes
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Step
from motcua.dossiers.moves import facts_hash
from motcua.dossiers.reorganising import counting
from motcua.dossiers.reorganising.alone import left_alone
from motcua.dossiers.reorganising.following import FOLLOWING, MOVE_DRAFTS, find_following, lock_following
from motcua.dossiers.reorganising.report import Report
from motcua.people.actions import Reorganised, reorganise_agencies
from motcua.people.models import Agency, Inheritance, Reorganisation
from motcua.people.reorganising import BadPlan, Fault, Plan
from motcua.people.reorganising.checks import check_plan

CHUNK = 5_000  # events written at once
MOVED, ASKED = "reassign_unit", "reassign_asked"
_ROLES = ("receiving", "competent", "resolving")


class NotYet(BadPlan):
    """A plan is carried out on its day, not before: until then the old units work."""


@transaction.atomic
def reorganise(*, plan: Plan, of_shape: Collection[Fault], at: datetime, is_rehearsal: bool = False) -> Report:
    """Carry out a plan and return what it moved; the same plan again moves only what came to the old units since.

    A rehearsal returns the same figures and takes everything back. Raises BadPlan with every fault, and NotYet.
    """
    record = Reorganisation.objects.filter(digest=plan.digest).first()
    done: Reorganised | None = None
    processes: list[OwnProcess] = []
    locked: list[int] | None = None
    if record is None:
        succession = check_plan(plan, of_shape, local_day(at))
        if plan.on > local_day(at) and not is_rehearsal:
            raise NotYet([Fault("on", _too_early(plan.on))])
        if not is_rehearsal:  # before the agencies, so that nobody who holds a dossier waits for us meanwhile
            locked = lock_following(Agency.objects.filter(code__in=succession.heirs).values_list("pk", flat=True))
        done = reorganise_agencies(plan=plan, succession=succession, at=at)
        record = done.record
        heirs = [(one.unit, one.heir) for one in record.inheritances.select_related("unit", "heir").order_by("pk")]
        processes = inherit_processes(heirs=heirs, decision=plan.decision, on=plan.on, at=at)
    inheritances = list(record.inheritances.all())
    if locked is None and not is_rehearsal:
        locked = lock_following({one.unit_id for one in inheritances})
    find_following(inheritances, locked)
    report = _report(plan, inheritances, done, processes)
    if is_rehearsal:
        transaction.set_rollback(True)
    else:
        move_following(decision=record.decision, on=record.on, at=at)
    return report


def reassign(
    *,
    inheritances: Collection[Inheritance],
    decision: str,
    on: date,
    at: datetime,
    among: Collection[int] | None = None,
) -> dict[str, int]:
    """Let the open work of units go to their heirs; return how many events of each move were written.

    `among`: only of these dossiers.
    """
    with transaction.atomic():
        locked = lock_following({one.unit_id for one in inheritances}, among)
        find_following(inheritances, locked)
        return move_following(decision=decision, on=on, at=at)


def move_following(*, decision: str, on: date, at: datetime) -> dict[str, int]:
    """Move what find_following found: events first, for they say where each dossier was."""
    names = dict(Agency.objects.values_list("pk", "name"))
    written = {
        MOVED: _write_events(MOVED, _READ_MOVED, _Said(decision, on, names), at),
        ASKED: _write_events(ASKED, _READ_ASKED, _Said(decision, on, names), at),
    }
    with connection.cursor() as cursor:
        cursor.execute(_END_STEPS, {"at": at, "note": decision})
        cursor.execute(_begin_steps(), {"on": on})
        cursor.execute(_LEGS_WAIT_FOR)
        cursor.execute(_MOVE_DOSSIERS, {"at": at})
        for (table, column), is_open in FOLLOWING.items():
            cursor.execute(_FOLLOW.format(table=table, column=column, is_open=is_open))
        cursor.execute(MOVE_DRAFTS)
    return written


def _too_early(on: date) -> str:
    return _(
        "phương án có hiệu lực từ %(on)s, hãy chạy lệnh này vào ngày đó, trước giờ làm việc. Từ nay đến đó, thêm --dry-run để xem trước."
    ) % {"on": day(on)}


def _report(
    plan: Plan, inheritances: Collection[Inheritance], done: Reorganised | None, processes: Sequence[OwnProcess]
) -> Report:
    units = {one.unit_id for one in inheritances}
    new_places = [place.code for place in plan.places]
    dossiers, numbers = counting.moving_dossiers(), counting.numbers(units)
    return Report(
        dossiers=dossiers,
        steps=counting.moving_steps(),
        consultations=counting.moving_consultations(),
        posts=done.posts if done else (),
        lent_posts=done.lent if done else 0,
        letters={MOVED: sum(moving.number for moving in dossiers) - numbers["parts"]},
        processes=processes,
        alone=left_alone(last_day=plan.last_day, on=plan.on, new_places=new_places),
        is_repeated=done is None,
        **numbers,
    )


# --- events ------------------------------------------------------------------------------------------------------------

_LAST = "SELECT seq, hash FROM dossiers_dossierevent e WHERE e.dossier_id = {id} ORDER BY seq DESC LIMIT 1"
_READ_MOVED = f"""
SELECT m.id, d.status, GREATEST(%(at)s, d.changed_at), last.seq, last.hash,
    m.receiving, m.receiving_heir, m.competent, m.competent_heir, m.resolving, m.resolving_heir,
    (SELECT array_agg(DISTINCT ARRAY[unit_id, heir_id]) FROM reorganised_step s WHERE s.dossier_id = m.id),
    (SELECT array_agg(DISTINCT ARRAY[unit_id, heir_id]) FROM reorganised_asked a WHERE a.dossier_id = m.id)
FROM reorganised_dossier m JOIN dossiers_dossier d ON d.id = m.id
CROSS JOIN LATERAL ({_LAST.format(id="m.id")}) last
WHERE m.id > %(after)s ORDER BY m.id LIMIT %(chunk)s
"""  # noqa: S608
_READ_ASKED = f"""
SELECT d.id, d.status, GREATEST(%(at)s, d.changed_at), last.seq, last.hash,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    (SELECT array_agg(DISTINCT ARRAY[unit_id, heir_id]) FROM reorganised_asked a WHERE a.dossier_id = d.id)
FROM dossiers_dossier d CROSS JOIN LATERAL ({_LAST.format(id="d.id")}) last
WHERE d.id > %(after)s AND d.id IN (SELECT dossier_id FROM reorganised_asked)
    AND d.id NOT IN (SELECT id FROM reorganised_dossier)
ORDER BY d.id LIMIT %(chunk)s
"""  # noqa: S608
_NUMBERS = "SELECT nextval(pg_get_serial_sequence('dossiers_dossierevent', 'id')) FROM generate_series(1, %s)"
_COLUMNS = (
    "id", "dossier_id", "seq", "at", "move", "from_status", "to_status", "by", "officer_id", "unit_id", "citizen_id",
    "reason", "data", "previous_hash", "hash",
)  # fmt: skip
_COPY = f"COPY dossiers_dossierevent ({', '.join(_COLUMNS)}) FROM STDIN"

Pairs = list[list[int]] | None  # [unit, heir], …


class _Row(NamedTuple):
    """A dossier as the moving reads it."""

    id: int
    status: str
    at: datetime
    seq: int
    hash: str
    receiving: int | None
    receiving_heir: int | None
    competent: int | None
    competent_heir: int | None
    resolving: int | None
    resolving_heir: int | None
    steps: Pairs
    asked: Pairs


class _Said:
    """The data of the events, made once for all dossiers that go the same way."""

    def __init__(self, decision: str, on: date, names: Mapping[int, str]) -> None:
        self.decision, self.on, self.names = decision, on, names
        self.made: dict[object, tuple[dict[str, Any], str]] = {}

    def of(self, row: _Row) -> tuple[dict[str, Any], str]:
        """Return the data of a dossier's event and the same as JSON."""
        key = (*row[5:11], str(row.steps), str(row.asked))
        if key not in self.made:
            data = self._data(list(_ways(row)))
            self.made[key] = data, dumps(data, ensure_ascii=False)
        return self.made[key]

    def _data(self, ways: list[tuple[str, int, int]]) -> dict[str, Any]:
        """Say who took over what; the first way is the one people are told of."""
        said = [
            {"as": what, "from": unit, "from_name": self.names[unit], "to": heir, "to_name": self.names[heir]}
            for what, unit, heir in ways
        ]
        return {
            "decision": self.decision, "on": self.on.isoformat(), "from_name": said[0]["from_name"],
            "to_name": said[0]["to_name"], "units": said,
        }  # fmt: skip


def _ways(row: _Row) -> Iterator[tuple[str, int, int]]:
    """Yield in which capacity which unit goes to which heir: who decides, who works, who received, who was asked."""
    for what in ("competent", "resolving", "receiving"):
        unit, heir = getattr(row, what), getattr(row, f"{what}_heir")
        if heir is not None:
            yield what, unit, heir
    own = {getattr(row, what) for what in _ROLES}
    yield from (("step", unit, heir) for unit, heir in row.steps or () if unit not in own)
    yield from (("asked", unit, heir) for unit, heir in row.asked or ())


def _write_events(move: str, read: str, said: _Said, at: datetime) -> int:
    """Write one event for every dossier `read` finds, by chunks, and tell the subscribers; return how many."""
    after = written = 0
    while rows := _chunk(read, at, after):
        with connection.cursor() as cursor:
            cursor.execute(_NUMBERS, [len(rows)])
            numbers = [number for (number,) in cursor.fetchall()]
            with cursor.copy(_COPY) as stream:
                for number, row in zip(numbers, rows, strict=True):
                    stream.write_row(_event(number, move, row, said))
        told = ((f"dossier:{row.id}", {"event_id": number}) for number, row in zip(numbers, rows, strict=True))
        publish_many("dossier.moved", told)
        after, written = rows[-1].id, written + len(rows)
    return written


def _chunk(read: str, at: datetime, after: int) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(read, {"at": at, "after": after, "chunk": CHUNK})
        return [_Row(*row) for row in cursor.fetchall()]


def _event(number: int, move: str, row: _Row, said: _Said) -> tuple[object, ...]:
    """Return an event as COPY takes it, in the order of _COLUMNS; its hash as moves.event_hash makes it."""
    data, text = said.of(row)
    digest = facts_hash(
        row.hash, row.id, row.seq + 1, row.at.timestamp(), move, row.status, row.status, By.SYSTEM, None, None, None,
        said.decision, data,
    )  # fmt: skip
    return (
        number, row.id, row.seq + 1, row.at, move, row.status, row.status, By.SYSTEM.value, None, None, None,
        said.decision, text, row.hash, digest,
    )  # fmt: skip


# --- rows --------------------------------------------------------------------------------------------------------------

_END_STEPS = f"""
UPDATE dossiers_step s SET done_at = GREATEST(%(at)s, d.changed_at, s.received_at), outcome = '{Step.Outcome.MOVED}',
    note = %(note)s
FROM reorganised_step r JOIN dossiers_dossier d ON d.id = r.dossier_id WHERE s.id = r.id
"""  # noqa: S608
_BEGIN_STEPS = """
INSERT INTO dossiers_step (dossier_id, seq, unit_id, assignee_id, received_at, outcome, note, {same})
SELECT s.dossier_id, last.seq + row_number() OVER (PARTITION BY s.dossier_id ORDER BY s.seq), r.heir_id,
    (SELECT p.officer_id FROM people_post p WHERE p.officer_id = s.assignee_id AND p.unit_id = r.heir_id
        AND p.role = s.role AND p.valid_from <= %(on)s AND (p.valid_to IS NULL OR p.valid_to >= %(on)s) LIMIT 1),
    s.done_at, '', '', {values}
FROM reorganised_step r JOIN dossiers_step s ON s.id = r.id
CROSS JOIN LATERAL (SELECT max(seq) AS seq FROM dossiers_step other WHERE other.dossier_id = s.dossier_id) last
"""
_OWN_OF_STEP = {
    "id", "dossier_id", "seq", "unit_id", "assignee_id", "received_at", "done_at", "done_by_id", "outcome", "note", "position",
}  # fmt: skip
_LEGS_WAIT_FOR = """
UPDATE dossiers_leg l SET step_seq = begun.seq
FROM reorganised_step r JOIN dossiers_step s ON s.id = r.id JOIN dossiers_step begun
    ON begun.dossier_id = s.dossier_id AND begun.done_at IS NULL AND begun.code = s.code
    AND begun.token IS NOT DISTINCT FROM s.token
WHERE l.dossier_id = s.dossier_id AND l.step_seq = s.seq
    AND l.returned_at IS NULL AND l.refused_at IS NULL AND l.dropped_at IS NULL
"""
_MOVE_DOSSIERS = """
UPDATE dossiers_dossier d SET receiving_unit_id = COALESCE(m.receiving_heir, m.receiving),
    competent_unit_id = COALESCE(m.competent_heir, m.competent),
    resolving_unit_id = COALESCE(m.resolving_heir, m.resolving), changed_at = GREATEST(%(at)s, d.changed_at)
FROM reorganised_dossier m WHERE d.id = m.id
"""
_FOLLOW = """
UPDATE {table} t SET {column} = COALESCE(
    (SELECT heir_id FROM reorganised_heir h JOIN dossiers_dossier d ON d.id = t.dossier_id
     WHERE h.unit_id = t.{column} AND h.commune IN ('', d.answers ->> 'commune') ORDER BY h.commune DESC LIMIT 1), {column})
WHERE {is_open} AND {column} IN (SELECT unit_id FROM reorganised_heir)
    AND t.dossier_id IN (SELECT id FROM reorganised_dossier UNION SELECT dossier_id FROM reorganised_asked)
"""


def _begin_steps() -> str:
    """Return the statement that begins every moved step anew: what it is stays as it was, whatever columns say so."""
    same = [field.column for field in Step._meta.concrete_fields if field.column not in _OWN_OF_STEP]
    columns = [f'"{column}"' for column in same]
    return _BEGIN_STEPS.format(same=", ".join(columns), values=", ".join(f"s.{column}" for column in columns))

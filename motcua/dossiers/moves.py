"""The one writer of a dossier's status: lock the row, check the table, turn the clock, save, write the event, publish."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from json import JSONEncoder
from typing import Any

from django.db import connection
from django.utils.translation import gettext

from motcua.base.publish import publish
from motcua.base.rows import add_row, change_row, read_locked, read_rows
from motcua.dossiers import clock, deadlines
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import (
    MOVES,
    STANDING,
    Clock,
    Move,
    MoveNotAllowed,
    Status,
    Where,
    check,
    check_part,
    lands,
    turns,
)
from motcua.dossiers.models import Dossier, DossierEvent, LedgerEntry, Step
from motcua.dossiers.queries import know_version, status_before

_NOTHING: Mapping[str, Any] = {}
_LAST = """SELECT event.seq, event.hash, (SELECT max(step.seq) FROM dossiers_step step WHERE step.dossier_id = event.dossier_id)
FROM dossiers_dossierevent event WHERE event.dossier_id = %s ORDER BY event.seq DESC LIMIT 1"""
_RUNNING = "dossier_id = %s AND done_at IS NULL ORDER BY is_beside, seq"
_CANONICAL = JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass
class Locked:
    """A dossier whose row this transaction holds, with what the next event and step need to know."""

    dossier: Dossier
    last_seq: int
    last_hash: str
    running: list[Step]  # the steps that run, the one that stands for the dossier first
    step: Step | None  # the one of them that is acted upon
    stored: dict[str, Any]  # the dossier's columns as they stand in the table
    last_step_seq: int  # of the steps that ever ran: the running one need not be the last that began


def lock(dossier_id: int, actor: Actor | None = None) -> Locked:
    """Lock the dossier's row until the transaction ends and read it with its last event and running steps.

    Of several that run `actor` acts upon the one their right was found at.
    """
    dossier = read_locked(Dossier, dossier_id)
    know_version(dossier)
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [dossier_id])
        last_seq, last_hash, last_step_seq = cursor.fetchone() or (0, "", None)
    running = read_rows(Step, _RUNNING, dossier_id)
    wanted = actor.step_seq if actor else None
    step = next((step for step in running if step.seq == wanted), running[0] if running else None)
    return Locked(dossier, last_seq, last_hash, running, step, _columns(dossier), last_step_seq or 0)


def move(
    locked: Locked,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    data: Mapping[str, Any] = _NOTHING,
    entry: clock.Entry | None = None,
) -> DossierEvent:
    """Make the move `name`: check the table, turn the clock, save, write the event, tell the subscribers.

    `entry` is the clock's line, given by moves that start, extend or recalculate it. Other fields of the dossier that the action set
    on `locked.dossier` are saved with it. Raises MoveNotAllowed; then nothing is written.
    """
    dossier, row = locked.dossier, MOVES[name]
    at = not_before(locked, at)
    check(dossier.status, row, actor.by, reason)
    check_part(row, is_part=dossier.parent_id is not None)
    require_running(locked, actor.step_seq)
    source = Status(dossier.status)
    target = lands(row, source, status_before(dossier) if row.target is Where.BACK else source)
    line = _clock_entry(row, turns(row, source, target), dossier, at, entry)
    if line is not None:
        _turn(dossier, line)
    _stand(dossier, target, at, line)
    _save(locked)
    promised = {"due_at": dossier.due_at.isoformat()} if line is not None and dossier.due_at else {}
    event = _write_event(locked, row, source, actor=actor, at=at, reason=reason, data={**data, **promised})
    if line is not None:
        _write_entry(dossier, line, event)
    publish("dossier.moved", key=f"dossier:{dossier.pk}", args={"event_id": event.pk})
    return event


def not_before(locked: Locked, at: datetime) -> datetime:
    """Return the moment of what is done now, never earlier than what was done to the dossier last.

    Of two people at once the one who came first may get the row second; and the clocks of two servers differ a little.
    """
    return max(at, locked.dossier.changed_at)


def require_running(locked: Locked, step_seq: int | None) -> None:
    """Refuse what was decided at a step that does not run any more: somebody was faster. None: at no step."""
    if step_seq is not None and all(step.seq != step_seq for step in locked.running):
        raise MoveNotAllowed(
            gettext(
                "Bước này vừa được người khác làm xong. Chưa có gì thay đổi; hãy tải lại trang để xem hồ sơ đang ở đâu."
            )
        )


def event_hash(previous: str, event: DossierEvent) -> str:
    """Return the chained SHA-256 of an event: any later change of it, or of one before it, shows."""
    return facts_hash(
        previous, event.dossier_id, event.seq, event.at.timestamp(), event.move, event.from_status, event.to_status,
        event.by, event.officer_id, event.unit_id, event.citizen_id, event.reason, event.data,
    )  # fmt: skip


def facts_hash(*facts: object) -> str:
    """Return the SHA-256 of an event's facts in the order event_hash gives them, written as canonical JSON."""
    return sha256(_CANONICAL.encode(facts).encode()).hexdigest()


def _clock_entry(
    row: Move, turn: Clock, dossier: Dossier, at: datetime, given: clock.Entry | None
) -> clock.Entry | None:
    """Return the ledger line of the move, if it turns the clock.

    A dossier taken in elsewhere may turn before its clock has begun (actions.reception.start_clock); the line then
    stands at the beginning, because nothing ran before. Its note is kept in Vietnamese whoever makes the move, and
    translated where it is shown.
    """
    if turn is Clock.KEEP:
        return None
    if given is None and turn in {Clock.START, Clock.EXTEND}:
        raise ValueError(f"{row.name} needs the clock's line: its term")
    line = given or clock.Entry(at=at, effect=clock.Effect(turn.value), note=row.label)
    return replace(line, at=max(line.at, at, dossier.clock_started_at or at))


def _turn(dossier: Dossier, entry: clock.Entry) -> None:
    if entry.effect is clock.Effect.START:
        dossier.clock_started_at = entry.at
        reckoning = clock.reckon([entry], deadlines.calendar(dossier), deadlines.policy_of(dossier.version))
    else:
        reckoning = deadlines.reckoning_of(dossier, (entry,))
    dossier.due_at = reckoning.due_at


def _stand(dossier: Dossier, target: Status, at: datetime, entry: clock.Entry | None) -> None:
    """Set the status and every moment that lifecycle.STANDING ties to it; what was undone leaves its moment in the event."""
    dossier.status = target
    standing = STANDING[target]
    dossier.changed_at, dossier.quiet_since = at, None
    paused_at = entry.at if entry is not None and entry.effect is clock.Effect.PAUSE else dossier.paused_at
    dossier.paused_at = paused_at if standing.waits else None
    if standing.accepted and dossier.received_at is None:
        dossier.received_at = at
    dossier.finished_at = (dossier.finished_at or at) if standing.finished else None
    if target is Status.RETURNED:
        dossier.returned_at = at
    dossier.closed_at = (dossier.closed_at or at) if standing.closed else None


def _columns(dossier: Dossier) -> dict[str, Any]:
    return {field.attname: dossier.__dict__[field.attname] for field in Dossier._meta.concrete_fields}


def _save(locked: Locked) -> None:
    """Store the columns that changed since the row was locked; a move changes few of three dozen."""
    columns = _columns(locked.dossier)
    changed = [name for name, value in columns.items() if value != locked.stored[name]]
    change_row(locked.dossier, *changed)
    locked.stored = columns


def _write_event(
    locked: Locked, row: Move, source: Status, *, actor: Actor, at: datetime, reason: str, data: Mapping[str, Any]
) -> DossierEvent:
    event = DossierEvent(
        dossier=locked.dossier,
        seq=locked.last_seq + 1,
        at=at,
        move=row.name,
        from_status=source,
        to_status=locked.dossier.status,
        by=actor.by,
        officer_id=actor.officer_id,
        unit_id=actor.unit_id,
        citizen_id=actor.citizen_id,
        reason=reason.strip(),
        data=dict(data),
        previous_hash=locked.last_hash,
    )
    event.hash = event_hash(locked.last_hash, event)
    add_row(event)
    locked.last_seq, locked.last_hash = event.seq, event.hash
    return event


def _write_entry(dossier: Dossier, entry: clock.Entry, event: DossierEvent) -> None:
    seq = 1 if entry.effect is clock.Effect.START else dossier.ledger.count() + 1
    add_row(
        LedgerEntry(
            dossier=dossier,
            seq=seq,
            at=entry.at,
            effect=entry.effect,
            term_quantity=entry.term.quantity if entry.term else None,
            term_unit=entry.term.unit if entry.term else "",
            article=entry.article,
            note=entry.note,
            counts_from=entry.counts_from,
            no_term=entry.no_term,
            event=event,
        )
    )

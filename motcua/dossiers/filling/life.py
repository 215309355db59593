"""Living a filled dossier: the same moves, clock and steps as the actions make, kept as plain rows in memory.

Statuses come from lifecycle.MOVES, moments from the clock, hashes are those of moves.facts_hash; `motcua check` recomputes them
all, and a test plays filled lives again through the real actions and compares.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import lru_cache
from hashlib import sha256
from json import JSONEncoder
from random import Random
from typing import Any, NamedTuple

from motcua.catalogue.processes.plans import StepPlan
from motcua.dossiers import clock
from motcua.dossiers.actions.reception import ELSEWHERE_NOTE, START_ARTICLE
from motcua.dossiers.filling.stock import FilledForm, Way
from motcua.dossiers.lifecycle import MOVES, STANDING, Status, Where

_CANONICAL = JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

NUMBER = "<number>"
"""Stands in an event's data for the dossier's own id, after which results, notices and proofs of money are numbered."""
NUMBERED = frozenset({"issue", "ask_payment", "pay_all"})
"""The moves in whose data NUMBER stands."""


class Facts(NamedTuple):
    """The data of an event, and the same as canonical JSON text (dossiers.moves)."""

    data: Mapping[str, Any]
    text: str


@lru_cache(maxsize=100_000)
def facts(**data: str | int) -> Facts:
    """Return an event's data with their text; most are those of many events."""
    return facts_of(dict(data))


@lru_cache(maxsize=10_000)
def work_done(step: str, step_name: str, next_code: str, next_name: str) -> Facts:
    """Return the data of a completed step."""
    return facts_of(
        {"step": step, "step_name": step_name, "next": next_code, "next_name": next_name, "note": "", "facts": {}}
    )


def facts_of(data: dict[str, Any]) -> Facts:
    """Return data of one event only, with their text."""
    return Facts(data, _CANONICAL.encode(data))


@lru_cache(maxsize=1_000)
def _quoted(text: str) -> str:
    return _CANONICAL.encode(text)


NO_FACTS = facts()

# The tables of the life cycle as plain words: reading `.value` of an enum costs more than all else a move does here.
_MOVE = {
    name: (frozenset(move.sources), move.target if isinstance(move.target, Status) else None, move.clock.value)
    for name, move in MOVES.items()
    if move.target is not Where.BACK  # no filled life goes back
}


_WORD = {status: status.value for status in Status}


class Over(Exception):
    """The life stops here: what would come next has not happened yet."""


@dataclass(slots=True)
class Event:
    """An event as far as it is the same for every dossier of the life.

    `head` and `reason_text` are canonical JSON for the hash: the facts from the sequence number to the unit, the reason.
    """

    at: datetime
    move: str
    source: str
    target: str
    by: str
    officer: int | None
    unit: int | None
    reason: str
    data: Facts
    head: str
    reason_text: str

    def hash(self, previous: str, dossier_id: int, citizen_id: int | None, data_text: str) -> str:
        """Return what moves.facts_hash() returns for the same facts; here their JSON is put together from ready pieces."""
        facts_text = f'["{previous}",{dossier_id},{self.head},{citizen_id or "null"},{self.reason_text},{data_text}]'
        return sha256(facts_text.encode()).hexdigest()


@dataclass(slots=True)
class StepRow:
    """A step that runs or ran."""

    code: str
    name: str
    kind: str
    unit: int
    role: str
    assignee: int | None
    received_at: datetime
    due_at: datetime | None
    done_at: datetime | None = None
    done_by: int | None = None
    outcome: str = ""
    note: str = ""


@dataclass(slots=True)
class Asked:
    """A request for papers."""

    event: int  # its number among the events, from 0
    stage: str
    by: int
    reason: str
    due_at: datetime
    supplied_at: datetime | None = None


@dataclass(slots=True)
class Proposed:
    """A proposal and what a leader made of it; `event` is the number of the event that made it, from 0."""

    event: int
    kind: str
    made_by: int | None
    reason: str
    data: str  # JSON
    decided_at: datetime | None = None
    decided_by: int | None = None


@dataclass(slots=True)
class Owed:
    """A financial obligation, told by the event of that number, and its proof once it is paid."""

    event: int
    told_by: int
    amount_vnd: int
    paid_at: datetime | None = None
    confirmed_by: int | None = None


@dataclass(slots=True)
class Result:
    """The result as drafted, signed, issued and returned so far."""

    drafted_at: datetime
    drafted_by: int
    signed_at: datetime | None = None
    signed_by: int | None = None
    issued_at: datetime | None = None
    issued_by: int | None = None
    returned_at: datetime | None = None
    returned_by: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The province's numbers, read once (dossiers.policy), and the words that gettext gives for the rows."""

    reception_hours: int
    cutoff: time
    supplement_days: int
    labels: Mapping[str, str]  # of moves
    reception: str
    hand_over: str
    returning: str


@dataclass(slots=True)
class Life:
    """A dossier on its way, or a few treated together. `now` moves forward with every act; `until` ends the filling."""

    way: Way
    form: FilledForm
    rules: Rules
    rng: Random
    now: datetime
    until: datetime
    pace: float
    stands: Status = Status.DRAFT
    received_at: datetime | None = None
    clock_started_at: datetime | None = None
    reception_due_at: datetime | None = None
    due_at: datetime | None = None
    paused_at: datetime | None = None
    finished_at: datetime | None = None
    closed_at: datetime | None = None
    accepted_by: int | None = None
    events: list[Event] = field(default_factory=list)
    entries: list[tuple[clock.Entry, int]] = field(default_factory=list)
    steps: list[StepRow] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    proposed: list[Proposed] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    result: Result | None = None

    @property
    def is_wall(self) -> bool:
        """Return whether the term counts nights and days off too."""
        return self.form.term is not None and self.form.term.unit.is_wall

    # --- what the stages are made of ---------------------------------------------------------------------------------

    def later(self, least: int, most: float) -> datetime:
        """Move `now` forward by working minutes and return it; Over when that is beyond `until`."""
        minutes = least + int(self.rng.random() * max(1.0, most - least))
        then = self.way.calendar.add(self.now, minutes)
        if then >= self.until:
            raise Over
        self.now = then
        return then

    def sitting(self, unit: int, role: str) -> int:
        """Return an officer of that seat."""
        seated = self.way.seats[unit, role]
        return seated[int(self.rng.random() * len(seated))]

    def move(
        self, name: str, by: str, *, officer: int | None = None, unit: int | None = None, reason: str = "",
        data: Facts = NO_FACTS, start: clock.Entry | None = None,
    ) -> None:  # fmt: skip
        """Make a move now, as dossiers.moves.move() does: event, ledger entry, the moments its target fixes."""
        sources, moved_to, turns = _MOVE[name]
        target = moved_to or self.stands
        at, source = self.now, self.events[-1].target if self.events else "draft"
        if self.stands not in sources:
            raise ValueError(f"{name} from {source}")
        entry = start
        if entry is None and turns != "keep":
            entry = clock.Entry(at=at, effect=clock.Effect(turns), note=self.rules.labels[name])
        if entry is not None:
            data = self._turn(entry, data)
        target_word = _WORD[target]
        head = (
            f'{len(self.events) + 1},{at.timestamp()!r},"{name}","{source}","{target_word}","{by}",'
            f"{officer or 'null'},{unit or 'null'}"
        )
        self.events.append(Event(at, name, source, target_word, by, officer, unit, reason, data, head, _quoted(reason)))
        self._stand(target, at)

    def _turn(self, entry: clock.Entry, data: Facts) -> Facts:
        """Keep a ledger entry of the event about to be kept; return the event's data with the moment it promises."""
        self.entries.append((entry, len(self.events)))
        if entry.effect is clock.Effect.START:
            self.clock_started_at = entry.at
        is_unmoved = entry.effect is clock.Effect.PAUSE or (
            entry.effect is clock.Effect.STOP and len(self.entries) == 2
        )
        if not is_unmoved:
            entries = [kept for kept, _event in self.entries]
            self.due_at = clock.reckon(entries, self.way.calendar, self.way.policy).due_at
        return facts_of({**data.data, "due_at": self.due_at.isoformat()}) if self.due_at else data

    def _stand(self, target: Status, at: datetime) -> None:
        standing = STANDING[target]
        self.stands = target
        self.paused_at = at if standing.waits else None
        if standing.accepted and self.received_at is None:
            self.received_at = at
        if standing.finished and self.finished_at is None:
            self.finished_at = at
        if standing.closed:
            self.closed_at = at

    def begin(
        self,
        code: str,
        name: str,
        kind: str,
        unit: int,
        role: str,
        due_at: datetime | None,
        assignee: int | None = None,
    ) -> None:
        self.steps.append(StepRow(code, name, kind, unit, role, assignee, self.now, due_at))

    def begin_planned(self, plan: StepPlan, assignee: int | None = None) -> None:
        due = self.way.calendar.add(self.now, round(plan.hours * 60)) if plan.hours is not None else None
        self.begin(plan.code, plan.name, plan.kind, self.way.unit(plan), plan.role, due, assignee)

    def begin_hand_over(self) -> None:
        due = clock.hand_over_due(self.way.calendar, self.now, cutoff=self.rules.cutoff)
        self.begin("hand_over", self.rules.hand_over, "hand_over", self.way.receiving, "receptionist", due)

    def end(self, officer: int | None, outcome: str = "done", note: str = "") -> StepRow:
        step = self.steps[-1]
        step.done_at, step.done_by, step.outcome, step.note = self.now, officer, outcome, note
        return step

    def start_entry(self) -> clock.Entry:
        """Return the clock's first entry, as actions.reception.start_clock() makes it."""
        at, note = self.now, ""
        if self.way.starts_elsewhere:
            at = clock.hand_over_due(self.way.calendar, at, cutoff=self.rules.cutoff)
            note = ELSEWHERE_NOTE
        return clock.Entry(at=at, effect=clock.Effect.START, term=self.form.term, article=START_ARTICLE, note=note)

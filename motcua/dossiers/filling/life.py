"""Living one filled dossier: the same moves, clock and steps as the actions make, kept as plain rows in memory.

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

from motcua.catalogue.process import StepPlan
from motcua.dossiers import clock
from motcua.dossiers.actions.reception import ELSEWHERE_NOTE, START_ARTICLE
from motcua.dossiers.filling.stock import FilledForm, Way
from motcua.dossiers.lifecycle import MOVES, STANDING, Status

WORKING_DAY_MINUTES = 480


_CANONICAL = JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Facts(NamedTuple):
    """The data of an event, and the same as canonical JSON text (dossiers.moves)."""

    data: Mapping[str, Any]
    text: str


@lru_cache(maxsize=100_000)
def facts(**data: str | int) -> Facts:
    """Return an event's data with their text; most are those of many events."""
    return _facts(dict(data))


@lru_cache(maxsize=10_000)
def _work_done(step: str, step_name: str, next_code: str, next_name: str) -> Facts:
    return _facts(
        {"step": step, "step_name": step_name, "next": next_code, "next_name": next_name, "note": "", "facts": {}}
    )


def _facts(data: dict[str, Any]) -> Facts:
    return Facts(data, _CANONICAL.encode(data))


@lru_cache(maxsize=1_000)
def _quoted(text: str) -> str:
    return _CANONICAL.encode(text)


def _hash(facts_text: str) -> str:
    """Return what moves.facts_hash() returns for the same facts; here their JSON is put together from ready pieces."""
    return sha256(facts_text.encode()).hexdigest()


NO_FACTS = facts()

# The tables of the life cycle as plain words: reading `.value` of an enum costs more than all else a move does here.
_MOVE = {
    name: (frozenset(move.sources), move.target, move.target.value, move.clock.value) for name, move in MOVES.items()
}


class Over(Exception):
    """The life stops here: what would come next has not happened yet."""


@dataclass(slots=True)
class Event:
    """A row of the history, without the two hashes' predecessor, which is the event before."""

    at: datetime
    move: str
    source: str
    target: str
    by: str
    officer: int | None
    unit: int | None
    citizen: int | None
    reason: str
    data: Facts
    hash: str


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
    """One dossier on its way. `now` moves forward with every act; `until` is the moment the filling stands at."""

    dossier_id: int
    way: Way
    form: FilledForm
    citizen: int
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
    result: Result | None = None

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
        sources, target, target_word, turns = _MOVE[name]
        at, source = self.now, self.events[-1].target if self.events else "draft"
        if self.stands not in sources:
            raise ValueError(f"{name} from {source}")
        entry = start
        if entry is None and turns != "keep":
            entry = clock.Entry(at=at, effect=clock.Effect(turns), note=self.rules.labels[name])
        if entry is not None:
            data = self._turn(entry, data)
        citizen = None if officer is not None else self.citizen
        previous = self.events[-1].hash if self.events else ""
        digest = _hash(
            f'["{previous}",{self.dossier_id},{len(self.events) + 1},{at.timestamp()!r},"{name}","{source}","{target_word}",'
            f'"{by}",{officer or "null"},{unit or "null"},{citizen or "null"},{_quoted(reason)},{data.text}]'
        )
        self.events.append(Event(at, name, source, target_word, by, officer, unit, citizen, reason, data, digest))
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
        return _facts({**data.data, "due_at": self.due_at.isoformat()}) if self.due_at else data

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


# --- stages: each takes the life one stage further -----------------------------------------------------------------------


def submit(life: Life) -> None:
    life.reception_due_at = clock.reception_due(life.way.calendar, life.now, hours=life.rules.reception_hours)
    life.move("submit", "citizen")
    life.begin(
        "reception", life.rules.reception, "reception", life.way.receiving, "receptionist", life.reception_due_at
    )


def take_in(life: Life) -> None:
    life.accepted_by = life.sitting(life.way.receiving, "receptionist")
    life.move("take_in", "counter", officer=life.accepted_by, unit=life.way.receiving, start=life.start_entry())
    life.begin_hand_over()


def accept(life: Life) -> None:
    life.later(15, 400)
    life.accepted_by = life.sitting(life.way.receiving, "receptionist")
    life.move("accept", "counter", officer=life.accepted_by, unit=life.way.receiving, start=life.start_entry())
    life.end(life.accepted_by)
    life.begin_hand_over()


def hand_over(life: Life) -> None:
    life.later(10, 180)
    officer = life.sitting(life.way.receiving, "receptionist")
    life.move("hand_over", "counter", officer=officer, unit=life.way.receiving)
    life.end(officer)
    life.begin_planned(life.form.path[0])
    if life.clock_started_at is not None and life.now < life.clock_started_at:
        life.now = life.clock_started_at  # received elsewhere: the competent agency has it from then on


def work(life: Life) -> None:
    """Do every work step up to the one that signs."""
    while life.steps[-1].kind == "work":
        work_once(life)


def work_once(life: Life) -> None:
    """Take the running step, do it and pass the dossier on."""
    step, place = life.steps[-1], _place(life)
    plan, following = life.form.path[place], life.form.path[place + 1]
    officer = step.assignee if step.assignee is not None else life.sitting(step.unit, step.role)
    if step.assignee is None and step.role == "specialist":
        life.later(5, 60)
        data = facts(step=step.code, step_name=step.name, to=officer)
        life.move("assign", "officer", officer=officer, unit=step.unit, data=data)
        step.assignee = officer
    life.later(20, (round(plan.hours * 60) if plan.hours else WORKING_DAY_MINUTES) * life.pace)
    if step.role == "specialist" or (following.kind == "sign" and life.result is None):
        life.result = Result(life.now, officer)
    data = _work_done(step.code, step.name, following.code, following.name)
    life.move("complete_step", "officer", officer=officer, unit=step.unit, data=data)
    life.end(officer)
    life.begin_planned(following)


def send_back(life: Life) -> None:
    """The step after the first finds something; the dossier goes back with a reason, to the officer who did it."""
    work_once(life)
    step, plan, earlier = life.steps[-1], life.form.path[0], life.steps[-2]
    if step.kind == "issue":
        return
    reason = "Dự thảo ghi chưa khớp tờ khai, xin xem lại ngày và địa chỉ."
    life.later(20, 240)
    officer = life.sitting(step.unit, step.role)
    by = "signer" if step.kind == "sign" else "officer"
    life.move("send_back", by, officer=officer, unit=step.unit, reason=reason, data=_to(step, plan))
    if life.result is not None:
        life.result.signed_at = life.result.signed_by = None
    life.end(officer, "sent_back", reason)
    life.begin_planned(plan, earlier.done_by)


def sign(life: Life) -> None:
    """Sign the result off, as often as the process has signing steps before the one that issues."""
    while (step := life.steps[-1]).kind == "sign":
        life.later(20, 300)
        officer, following = life.sitting(step.unit, step.role), life.form.path[_place(life) + 1]
        life.move("sign_off", "signer", officer=officer, unit=step.unit, data=_to(step, following, note=""))
        if life.result is not None:
            life.result.signed_at, life.result.signed_by = life.now, officer
        life.end(officer)
        life.begin_planned(following)


def issue(life: Life) -> None:
    step = life.steps[-1]
    life.later(10, 120)
    officer = life.sitting(step.unit, step.role)
    data = _facts({"step": step.code, "step_name": step.name, "number": number_of(life)})
    life.move("issue", "clerk", officer=officer, unit=step.unit, data=data)
    if life.result is not None:
        life.result.issued_at, life.result.issued_by = life.now, officer
    life.end(officer)
    life.begin("return", life.rules.returning, "return", life.way.receiving, "returner", life.due_at)


def return_result(life: Life) -> None:
    life.later(30, 1400)
    officer = life.sitting(life.way.receiving, "returner")
    life.move("return_result", "returner", officer=officer, unit=life.way.receiving, data=facts(relation=""))
    if life.result is not None:
        life.result.returned_at, life.result.returned_by = life.now, officer
    life.end(officer)


def refuse(life: Life) -> None:
    life.later(30, 400)
    officer = life.sitting(life.way.receiving, "receptionist")
    reason = "Thủ tục này thuộc thẩm quyền của cơ quan khác; cán bộ đã chỉ nơi nộp đúng."
    life.move("refuse", "counter", officer=officer, unit=life.way.receiving, reason=reason)
    life.end(officer, "ended")


def withdraw(life: Life) -> None:
    life.later(10, 200)
    life.move("withdraw", "citizen")
    life.end(None, "ended")


def ask(life: Life) -> None:
    """Ask for one paper again, before acceptance or while processing; not where nobody gave any."""
    if life.form.asked is None:
        return
    step = life.steps[-1]
    life.later(30, 300)
    reason = "Ảnh bị mờ, không đọc được con dấu. Xin chụp lại ở nơi đủ sáng."
    officer = step.assignee if step.assignee is not None else life.sitting(step.unit, step.role)
    before = life.stands is Status.SUBMITTED
    name, by = ("ask_before", "counter") if before else ("ask_papers", "officer")
    life.move(name, by, officer=officer, unit=step.unit, reason=reason)
    last = life.way.calendar.add(life.now, life.rules.supplement_days * WORKING_DAY_MINUTES)
    due_at, stage = life.way.calendar.closing(last.date()), "before" if before else "appraisal"
    life.asked.append(Asked(len(life.events) - 1, stage, officer, reason, due_at))


def supply(life: Life) -> None:
    """Give the paper asked for; the clock restarts, or goes on, as the procedure says."""
    if not life.asked:
        return
    asked, asked_at = life.asked[-1], life.now
    asked.supplied_at = life.later(200, 1900)
    if life.stands is Status.INCOMPLETE:
        life.move("supply_before", "citizen")
        return
    life.move("give_papers", "citizen")
    step = life.steps[-1]
    if life.way.policy.after_pause is clock.AfterPause.RESTART:
        life.end(None, "restarted")
        first = life.form.path[0]
        life.begin_planned(first, step.assignee if step.role == first.role else None)
    elif step.due_at is not None:
        step.due_at = life.way.calendar.add(step.due_at, life.way.calendar.open_minutes(asked_at, life.now))


def number_of(life: Life) -> str:
    """Return the number a clerk gives the result."""
    return f"{life.dossier_id}/KQ"


def _place(life: Life) -> int:
    """Return where the running step stands in the form's path."""
    code = life.steps[-1].code
    return next(place for place, plan in enumerate(life.form.path) if plan.code == code)


def _to(step: StepRow, following: StepPlan, **more: str) -> Facts:
    return facts(step=step.code, step_name=step.name, next=following.code, next_name=following.name, **more)

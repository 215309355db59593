"""The deadline ledger: immutable entries in, the due moment and how it came about out.

How one term is counted is in counting.py; here is what each entry does to the count. A restart after a pause counts the
term anew from the resume moment, as if received then; earlier pauses and extensions fall away with the count they
belonged to. A pause still open changes nothing yet. A stop during a pause ends the pause, so that waiting is nobody's
delay.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.clock.counting import (
    AfterPause,
    Count,
    Outcome,
    Pause,
    Policy,
    outcome_of,
    passed_minutes,
)
from motcua.dossiers.clock.terms import Term, Unit
from motcua.dossiers.clock.working_calendar import WorkingCalendar, to_local


class LedgerError(ValueError):
    """Entries that cannot follow one another; the message is Vietnamese."""


class EntriesOutOfOrder(LedgerError):
    """An entry is earlier than the one before it."""


class NotStarted(LedgerError):
    """The clock is told to do something before it started."""


class StartedTwice(LedgerError):
    """The clock is started again without a recalculation."""


class AlreadyPaused(LedgerError):
    """The clock is paused while paused."""


class ResumeWithoutPause(LedgerError):
    """The clock is resumed while running."""


class AlreadyStopped(LedgerError):
    """The clock is told to do something after it stopped; only a recalculation opens it again."""


class BadExtension(LedgerError):
    """An extension without a term, of a dossier without one, or of another family than the term it extends."""


class Effect(StrEnum):
    """What an entry does to the clock."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    CONTINUE = "continue"  # a resume that never counts the term anew: what was waited for is nobody's fresh start
    EXTEND = "extend"
    RECALCULATE = "recalculate"  # with another term or calendar; reopens a stopped clock and allows a new start
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: what happened to the clock at a moment. `term` belongs to start, extend and recalculate.

    A start without a term is a procedure to which the law gives none: it is never due. `by` is who signed, in words.
    `counts_from` belongs to a recalculation: the receipt moment that should have been counted from; so does `no_term`: the
    law gives no term after all. A recalculation with neither a term nor that keeps the term there is.
    """

    at: datetime
    effect: Effect
    term: Term | None = None
    article: str = ""
    note: str = ""
    by: str = ""
    counts_from: datetime | None = None
    no_term: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One entry at its local moment, with what is counted after it, what that comes to, and the pause it ended."""

    at: datetime
    entry: Entry
    count: Count
    outcome: Outcome
    pause: Pause | None = None


@dataclass(frozen=True)
class Reckoning:
    """What the entries come to. All moments are in Asia/Ho_Chi_Minh.

    `due_at` is None before a start and where the law gives no term; during a pause it is the last one known.
    `original_due_at` is the first promise there was. Minutes are open minutes, wall minutes for
    days and months.
    """

    calendar: WorkingCalendar
    policy: Policy
    turns: tuple[Turn, ...] = ()
    original_due_at: datetime | None = None
    paused_since: datetime | None = None
    stopped_at: datetime | None = None
    due_at: datetime | None = None
    reached_at: datetime | None = (
        None  # the minutes are used up, before rounding to a closing or rolling to a working day
    )
    counted_from: datetime | None = None  # the beginning of the present count
    received_at: datetime | None = None
    total_minutes: int | None = None  # the term with its extensions
    paused_minutes: int = 0  # what ended pauses added

    @property
    def is_wall(self) -> bool:
        """Whether nights and days off count too."""
        return bool(self.turns) and self.turns[-1].count.is_wall

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """Every ended pause, also those before a restart."""
        return tuple(turn.pause for turn in self.turns if turn.pause)

    def elapsed_minutes(self, now: datetime) -> int:
        """Return the minutes of the present count used up at `now`, without pauses; more than the total when late."""
        if self.counted_from is None:
            return 0
        end = min([now, *(moment for moment in (self.paused_since, self.stopped_at) if moment)])
        spans = [Pause(self.counted_from, end), *self.turns[-1].count.pauses]
        whole, *paused = (
            passed_minutes(
                self.calendar, max(span.start_at, self.counted_from), min(span.end_at, end), is_wall=self.is_wall
            )
            for span in spans
        )
        return whole - sum(paused)


def reckon(entries: Sequence[Entry], calendar: WorkingCalendar, policy: Policy) -> Reckoning:
    """Return what the entries, in the order they happened, come to. Raises LedgerError or CalendarError."""
    replay = _Replay(calendar, policy)
    for entry in entries:
        replay.take(entry)
    if replay.count is None:
        return Reckoning(calendar, policy)
    outcome = replay.turns[-1].outcome
    return Reckoning(
        calendar=calendar,
        policy=policy,
        turns=tuple(replay.turns),
        original_due_at=next((turn.outcome.due_at for turn in replay.turns if turn.outcome.due_at), None),
        paused_since=replay.paused_since,
        stopped_at=replay.stopped_at,
        due_at=outcome.due_at,
        reached_at=outcome.reached_at,
        counted_from=outcome.counted_from,
        received_at=replay.count.received_at,
        total_minutes=outcome.total_minutes,
        paused_minutes=outcome.paused_minutes,
    )


@dataclass
class _Replay:
    """The ledger as it stands while its entries are read one after another."""

    calendar: WorkingCalendar
    policy: Policy
    turns: list[Turn] = field(default_factory=list)
    count: Count | None = None
    paused_since: datetime | None = None
    stopped_at: datetime | None = None
    may_start: bool = True

    def take(self, entry: Entry) -> None:
        """Apply one entry: turn the count, and keep what it then comes to."""
        at = to_local(entry.at)
        if self.turns and at < self.turns[-1].at:
            raise EntriesOutOfOrder(_("Sổ thời hạn có dòng sớm hơn dòng đứng trước nó. Ngày hẹn chưa đổi."))
        if self.stopped_at and entry.effect is not Effect.RECALCULATE:
            raise AlreadyStopped(_("Đồng hồ đã dừng hẳn. Muốn đổi ngày hẹn, phải tính lại trước."))
        since = self.paused_since
        self.count = _start(self, entry, at) if self.count is None else _TURN[entry.effect](self, self.count, entry, at)
        ended = Pause(since, at) if since and not self.paused_since else None
        self.turns.append(Turn(at, entry, self.count, outcome_of(self.count, self.calendar, self.policy), ended))


def _start(replay: _Replay, entry: Entry, at: datetime) -> Count:
    if entry.effect is not Effect.START:
        raise NotStarted(_("Đồng hồ chưa chạy nên chưa thể dừng, chạy tiếp, gia hạn hay tính lại."))
    replay.may_start = False
    replay.paused_since = None
    return Count(entry.term, at)


def _start_again(replay: _Replay, _count: Count, entry: Entry, at: datetime) -> Count:
    if not replay.may_start:
        raise StartedTwice(_("Đồng hồ đã chạy. Muốn bắt đầu lại, phải có dòng tính lại trước."))
    return _start(replay, entry, at)


def _pause(replay: _Replay, count: Count, _entry: Entry, at: datetime) -> Count:
    if replay.paused_since:
        raise AlreadyPaused(_("Đồng hồ đang dừng rồi."))
    replay.paused_since = at
    return count


def _resume(replay: _Replay, count: Count, entry: Entry, at: datetime) -> Count:
    continued = _continue(replay, count, entry, at)
    return Count(count.term, at) if replay.policy.after_pause is AfterPause.RESTART else continued


def _continue(replay: _Replay, count: Count, _entry: Entry, at: datetime) -> Count:
    if not replay.paused_since:
        raise ResumeWithoutPause(_("Đồng hồ đang chạy, không có lần dừng nào để chạy tiếp."))
    pause = Pause(replay.paused_since, at)
    replay.paused_since = None
    return replace(count, pauses=(*count.pauses, pause))


def _extend(_replay: _Replay, count: Count, entry: Entry, _at: datetime) -> Count:
    if entry.term is None or count.term is None:
        raise BadExtension(_("Gia hạn phải ghi thêm bao lâu, và chỉ gia hạn được thời hạn đã có."))
    return _of_one_family(replace(count, extensions=(*count.extensions, entry.term)))


def _recalculate(replay: _Replay, count: Count, entry: Entry, _at: datetime) -> Count:
    replay.may_start = True
    replay.stopped_at = None
    received_at = to_local(entry.counts_from) if entry.counts_from else count.received_at
    term = None if entry.no_term else entry.term or count.term
    return _of_one_family(replace(count, term=term, received_at=received_at))


def _stop(replay: _Replay, count: Count, _entry: Entry, at: datetime) -> Count:
    replay.stopped_at = at
    if replay.paused_since:
        count = replace(count, pauses=(*count.pauses, Pause(replay.paused_since, at)))
        replay.paused_since = None
    return count


def _of_one_family(count: Count) -> Count:
    """Return the count, unless working time extends days or months, or the reverse; «trong ngày» extends nothing.

    Extensions of a term that went sleep: they count again should a term come back, for they were granted.
    """
    if count.term is None:
        return count
    added = [term.unit for term in count.extensions]
    if Unit.SAME_DAY in added or any(unit.is_wall != count.is_wall for unit in added):
        raise BadExtension(
            _("Gia hạn phải tính như thời hạn gốc: hoặc theo giờ, ngày làm việc, hoặc theo ngày, tháng.")
        )
    return count


_TURN: dict[Effect, Callable[[_Replay, Count, Entry, datetime], Count]] = {
    Effect.START: _start_again,
    Effect.PAUSE: _pause,
    Effect.RESUME: _resume,
    Effect.CONTINUE: _continue,
    Effect.EXTEND: _extend,
    Effect.RECALCULATE: _recalculate,
    Effect.STOP: _stop,
}

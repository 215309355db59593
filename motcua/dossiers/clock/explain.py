"""The ledger as lines a person can read and add up: «Vì sao ngày này?»."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.dossiers.clock.counting import AfterPause, Pause, last_day_of, receipt_day
from motcua.dossiers.clock.ledger import Effect, Entry, Reckoning, Turn
from motcua.dossiers.clock.terms import Unit
from motcua.dossiers.clock.words import day_words, hours_words, moment_words, term_words, wall_words
from motcua.dossiers.clock.working_calendar import DayKind


class LineKind(StrEnum):
    """What a line of the explanation is about."""

    START = "start"
    TERM = "term"
    SKIPPED = "skipped"  # days off jumped over, and where the count then ends
    PAUSE = "pause"
    RESTART = "restart"
    EXTENSION = "extension"
    RECALCULATION = "recalculation"
    REACHED = "reached"
    ROLLED = "rolled"  # the last day was a day off
    STOP = "stop"
    PAUSED = "paused"  # still waiting
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is about, when, in words, and what it adds.

    `minutes` are open minutes (wall minutes for days and months); over all lines they sum to the time from
    `counted_from` to `reached_at`. `amount` is the column on the right, `by` who signed.
    """

    kind: LineKind
    at: datetime | None
    title: str
    detail: str
    amount: str
    minutes: int = 0
    by: str = ""


def explain(reckoning: Reckoning) -> list[Line]:
    """Return the lines in the order they add up; none before the clock starts. The language is the one active."""
    if not reckoning.turns:
        return []
    speaker = _Speaker(reckoning)
    lines: list[Line] = []
    for before, turn in zip((None, *reckoning.turns), reckoning.turns, strict=False):
        lines += [replace(line, by=turn.entry.by) for line in _SAY[turn.entry.effect](speaker, before, turn)]
        lines += speaker.skipped(before, turn)
    return [*lines, *speaker.result()]


class _Speaker:
    """The reckoning being told, with the year that need not be said and the last day already accounted for."""

    def __init__(self, reckoning: Reckoning) -> None:
        self.reckoning = reckoning
        end = reckoning.due_at or reckoning.turns[-1].at
        self.year = end.year
        self.is_wall = reckoning.is_wall

    def day(self, on: date) -> str:
        return day_words(on, self.year)

    def moment(self, at: datetime) -> str:
        return moment_words(at, self.year)

    def length(self, minutes: int, *, is_wall: bool) -> str:
        words = wall_words(abs(minutes)) if is_wall else hours_words(abs(minutes))
        return f"− {words}" if minutes < 0 else f"+ {words}"

    def skipped(self, before: Turn | None, turn: Turn) -> list[Line]:
        """Say which days off a count of working time jumps over, where this entry made it reach further."""
        outcome = turn.outcome
        last = last_day_of(outcome)
        if last is None or turn.count.is_wall:
            return []
        goes_on = (
            before is not None and before.outcome.counted_from == outcome.counted_from and before.outcome.reached_at
        )
        reached_before = last_day_of(before.outcome) if before and goes_on else turn.count.received_at.date()
        if reached_before is None or last <= reached_before:
            return []
        off = self.reckoning.calendar.days_off(reached_before + timedelta(days=1), last)
        if not off:
            return []
        final = outcome.reached_at == self.reckoning.reached_at
        amount = (_("xong %(day)s") if final else _("lẽ ra xong %(day)s")) % {"day": self.day(last)}
        return [Line(LineKind.SKIPPED, None, self._skipped_title(off), self._skipped_names(off), amount)]

    def _skipped_title(self, off: Sequence[date]) -> str:
        named = [on for on in off if on in self.reckoning.calendar.special_days]
        plain = len(off) - len(named)
        parts = (
            [ngettext("%(n)d ngày nghỉ hằng tuần", "%(n)d ngày nghỉ hằng tuần", plain) % {"n": plain}] if plain else []
        )
        parts += [self.run(first, last) for first, last in _runs(named)]
        return _("Bỏ qua %(days)s") % {"days": _listed(parts)}

    def _skipped_names(self, off: Sequence[date]) -> str:
        special = self.reckoning.calendar.special_days
        return "; ".join(
            _("%(day)s là %(name)s") % {"day": self.day(on), "name": special[on].name} for on in off if on in special
        )

    def run(self, first: date, last: date) -> str:
        return self.day(first) if first == last else f"{self.day(first)}–{self.day(last)}"

    def start(self, _before: Turn | None, turn: Turn) -> Iterator[Line]:
        """Say the receipt and from when it counts, then the term."""
        count, outcome = turn.count, turn.outcome
        title = _("Hồ sơ đủ và hợp lệ lúc %(moment)s") % {"moment": self.moment(turn.at)}
        yield Line(LineKind.START, turn.at, title, _sentences(self.rule(turn), turn.entry.article), self.begins(turn))
        minutes = self.added(_before, turn)
        if count.term is None:
            yield Line(
                LineKind.TERM,
                None,
                _noted(turn.entry) or _("Thủ tục không có thời hạn theo luật"),
                "",
                _("không có hạn"),
            )
            return
        words = term_words(count.term)
        amount = f"+ {words}" if count.is_wall else self.length(outcome.total_minutes or 0, is_wall=False)
        detail = (
            _("%(term)s, kể cả ngày nghỉ; đến hạn lúc hết giờ làm việc của ngày cuối") if count.is_wall else "%(term)s"
        ) % {"term": words}
        yield Line(LineKind.TERM, None, _noted(turn.entry) or _("Thời hạn giải quyết"), detail, amount, minutes)

    def rule(self, turn: Turn) -> str:
        """Say from when the count runs."""
        count, start = turn.count, turn.outcome.counted_from
        if count.is_wall:
            return _("Tính từ ngày tiếp theo")
        if count.term and count.term.unit is Unit.SAME_DAY:
            return _("Nhận đến %(cutoff)s thì trả trong ngày, sau đó trả trong ngày làm việc tiếp theo") % {
                "cutoff": f"{self.reckoning.policy.same_day_cutoff:%H:%M}"
            }
        if start == count.received_at.replace(second=0, microsecond=0):
            return _("Tính từ lúc nhận")
        if start == self.reckoning.calendar.add(count.received_at, 0):
            return _("Nhận ngoài giờ làm việc, tính từ lúc mở cửa tiếp theo")
        receipt_on = receipt_day(self.reckoning.calendar, count.received_at)
        if receipt_on != count.received_at.date():  # that working day is the receipt's own, and not counted either
            return _("Nhận vào ngày nghỉ nên tính là nhận %(day)s, đếm từ ngày làm việc sau đó") % {
                "day": self.day(receipt_on)
            }
        return _("Tính từ ngày làm việc tiếp theo")

    def begins(self, turn: Turn) -> str:
        start = turn.outcome.counted_from
        same_moment = start.date() == turn.at.date()
        return _("bắt đầu %(from)s") % {"from": f"{start:%H:%M}" if same_moment else self.day(start.date())}

    def pause(self, _before: Turn | None, _turn: Turn) -> Iterator[Line]:
        """A pause is told when it ends; one still open is told by result()."""
        return iter(())

    def resume(self, before: Turn | None, turn: Turn) -> Iterator[Line]:
        """Say the wait, and what it added; or that the term counts anew."""
        assert before is not None  # noqa: S101 (a resume never comes first: reckon() refuses it)
        by_policy = turn.entry.effect is Effect.RESUME
        restarts = by_policy and self.reckoning.policy.after_pause is AfterPause.RESTART
        yield self.wait(before, turn, _("tính lại từ đầu") if restarts else "")
        if restarts:
            yield Line(
                LineKind.RESTART,
                turn.at,
                _("Tính lại cả thời hạn từ lúc %(moment)s") % {"moment": self.moment(turn.at)},
                _sentences(self.rule(turn), turn.entry.article),
                self.begins(turn),
                self.added(before, turn),
            )

    def wait(self, before: Turn, turn: Turn, amount: str = "") -> Line:
        """Say the wait an entry ended in the words of the entry that began it; `amount` instead of what it added."""
        pause = turn.pause or Pause(turn.at, turn.at)
        asked = next(t.entry for t in self.reckoning.turns if t.entry.effect is Effect.PAUSE and t.at == pause.start_at)
        span = _("%(start)s đến %(end)s") % {"start": self.moment(pause.start_at), "end": self.moment(pause.end_at)}
        minutes = 0 if amount else self.added(before, turn)
        amount = amount or self.length(minutes, is_wall=turn.count.is_wall)
        return Line(
            LineKind.PAUSE,
            pause.start_at,
            _noted(asked) or _("Đồng hồ đứng lại"),
            _sentences(span, asked.article),
            amount,
            minutes,
        )

    def extend(self, before: Turn | None, turn: Turn) -> Iterator[Line]:
        """Say the extension, when it was given and by which article."""
        term = turn.entry.term
        words = term_words(term) if term else ""
        minutes = self.added(before, turn)
        amount = f"+ {words}" if turn.count.is_wall else self.length(minutes, is_wall=False)
        title = _noted(turn.entry) or _("Gia hạn thêm %(term)s") % {"term": words}
        yield Line(
            LineKind.EXTENSION, turn.at, title, _sentences(self.moment(turn.at), turn.entry.article), amount, minutes
        )

    def recalculate(self, before: Turn | None, turn: Turn) -> Iterator[Line]:
        """Say what the count changed by."""
        minutes = self.added(before, turn)
        counted = ""
        if turn.entry.counts_from is not None:
            counted = _("Tính từ lúc nhận đúng: %(moment)s") % {"moment": self.moment(turn.count.received_at)}
        begins = f"{self.rule(turn)}, {self.begins(turn)}" if _comes(before, turn) else ""
        detail = _sentences(self.moment(turn.at), counted, begins, turn.entry.article)
        amount = self.recalculated(before, turn, minutes)
        yield Line(LineKind.RECALCULATION, turn.at, _recalculation(turn.entry), detail, amount, minutes)

    def recalculated(self, before: Turn | None, turn: Turn, minutes: int) -> str:
        """Return what a recalculation came to, in words: a term that goes takes all there was with it."""
        if turn.count.term is None and before is not None and before.count.term is not None:
            return _("không có hạn")
        return self.length(minutes, is_wall=turn.count.is_wall) if minutes else _("không đổi")

    def stop(self, before: Turn | None, turn: Turn) -> Iterator[Line]:
        """Say that the clock stopped; a stop that ends a wait tells the wait first."""
        if turn.pause and before:
            yield self.wait(before, turn)
        title = _noted(turn.entry) or _("Đồng hồ dừng hẳn")
        yield Line(LineKind.STOP, turn.at, title, _sentences(self.moment(turn.at), turn.entry.article), _("đã xong"))

    def added(self, before: Turn | None, turn: Turn) -> int:
        """Return what an entry added to the minutes counted."""
        return turn.outcome.minutes - (before.outcome.minutes if before else 0)

    def result(self) -> Iterator[Line]:
        """Say when the minutes are used up, what that is moved to, whether the clock waits, and the due moment."""
        reckoning = self.reckoning
        outcome = reckoning.turns[-1].outcome
        last, due = last_day_of(outcome), reckoning.due_at
        if last and due and outcome.reached_at:
            yield from self.reached(outcome.reached_at, last, due)
        if reckoning.paused_since:
            title = _("Đồng hồ đang dừng từ %(moment)s") % {"moment": self.moment(reckoning.paused_since)}
            detail = _("Ngày hẹn dưới đây là ngày đã biết lúc dừng; chạy tiếp thì tính thêm") if due else ""
            yield Line(LineKind.PAUSED, reckoning.paused_since, title, detail, _("đang dừng"))
        amount = f"{due:%H:%M}, {day_words(due.date())}" if due else _("không có hạn")
        yield Line(LineKind.DUE, due, _("Ngày hẹn trả"), "", amount)

    def reached(self, reached: datetime, last: date, due: datetime) -> Iterator[Line]:
        total = self.reckoning.total_minutes or 0
        if self.is_wall:
            title = _("Ngày cuối của thời hạn là %(day)s") % {"day": self.day(last)}
            yield Line(LineKind.REACHED, reached, title, "", self.day(last))
            if due.date() != last:
                yield self.rolled(last, due)
            return
        title = _("Đủ %(hours)s lúc %(moment)s") % {"hours": hours_words(total), "moment": self.moment(reached)}
        detail = "" if due == reached else _("Trả vào cuối ngày làm việc đó")
        yield Line(LineKind.REACHED, reached, title, detail, f"{due:%H:%M}")

    def rolled(self, last: date, due: datetime) -> Line:
        special = self.reckoning.calendar.special_days.get(last)
        name = special.name if special and special.kind is not DayKind.MAKE_UP else _("ngày nghỉ hằng tuần")
        title = _("Ngày %(day)s là %(name)s") % {"day": self.day(last), "name": name}
        detail = _("Trả vào ngày làm việc tiếp theo (Bộ luật Dân sự 2015, Điều 148)")
        return Line(LineKind.ROLLED, due, title, detail, self.day(due.date()))


def _runs(days: Sequence[date]) -> list[tuple[date, date]]:
    """Return days as stretches of days that follow one another."""
    runs: list[tuple[date, date]] = []
    for on in days:
        if runs and on - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], on)
        else:
            runs.append((on, on))
    return runs


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s và %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _comes(before: Turn | None, turn: Turn) -> bool:
    """Return whether the entry gave a term to a count that had none."""
    return before is not None and before.count.term is None and turn.count.term is not None


def _recalculation(entry: Entry) -> str:
    if entry.note:
        return _noted(entry)
    if entry.no_term:
        return _("Tính lại: luật không định thời hạn cho việc này")
    if entry.term:
        return _("Tính lại theo thời hạn %(term)s") % {"term": term_words(entry.term)}
    return _("Tính lại")


def _noted(entry: Entry) -> str:
    """Return an entry's note: the words of a move in the reader's language, those of a person as they wrote them."""
    return _(entry.note) if entry.note else ""


def _sentences(*parts: str) -> str:
    return ". ".join(part for part in parts if part)


_SAY: dict[Effect, Callable[[_Speaker, Turn | None, Turn], Iterator[Line]]] = {
    Effect.START: _Speaker.start,
    Effect.PAUSE: _Speaker.pause,
    Effect.RESUME: _Speaker.resume,
    Effect.CONTINUE: _Speaker.resume,
    Effect.EXTEND: _Speaker.extend,
    Effect.RECALCULATE: _Speaker.recalculate,
    Effect.STOP: _Speaker.stop,
}

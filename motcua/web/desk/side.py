"""The right side of a dossier's page: the clock, the steps, what happened, slips, notices, who read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from motcua.base import words
from motcua.base.models import Reading
from motcua.dossiers import clock, deadlines
from motcua.dossiers.expected import Expected, expected_end, is_untimed, steps_ahead
from motcua.dossiers.lifecycle import FINAL, MOVES, WAITING, Status
from motcua.dossiers.models import Dossier, DossierEvent, Proposal, Step
from motcua.notices.models import Notice, Sending
from motcua.people.models import Officer
from motcua.people.roles import Role


@dataclass(frozen=True)
class Face:
    """The clock as drawn: words, a bar (colour and used percent), sentences under it, and the lines of its ledger."""

    words: str
    kind: str
    percent: int
    sentences: list[str]
    lines: list[clock.Line]


@dataclass(frozen=True)
class StepLine:
    """A step in the list: when, what and who; the running one is strong, planned ones have no moment."""

    at: datetime | None
    text: str
    is_running: bool
    note: str


@dataclass(frozen=True)
class Told:
    """A notice that was sent, and how it fared on each channel."""

    title: str
    at: datetime
    channels: str


@dataclass(frozen=True)
class Reader:
    """An officer who opened the dossier: on how many days, and last when."""

    name: str
    days: int
    last: datetime


def face_of(dossier: Dossier, at: datetime, running: Step | None = None) -> Face:
    """Return the clock of a dossier as it stands at `at`."""
    if dossier.status in {Status.SUBMITTED, Status.INCOMPLETE}:
        return _reception_face(dossier, at)
    if dossier.clock_started_at is None:
        return Face(_("đồng hồ không chạy"), "paused", 0, [_("Hồ sơ kết thúc trước khi được tiếp nhận.")], [])
    reckoning = deadlines.reckoning_of(dossier)
    lines = clock.explain(reckoning)
    if dossier.finished_at is not None:
        return Face(_finished_words(dossier), _finished_kind(dossier), 100, _sentences(reckoning), lines)
    if dossier.closed_at is not None:
        return _stopped_face(reckoning, dossier.closed_at)
    waits = dossier.status in WAITING
    now = dossier.paused_at if waits and dossier.paused_at else at
    said = clock.time_left_words(reckoning.calendar, at, dossier.due_at, is_paused=waits)
    kind = "paused" if waits else _kind(reckoning.calendar, at, dossier.due_at)
    percent, used = _used(reckoning, now)
    sentences = [_known_at_pause(reckoning)] if waits and reckoning.due_at else _sentences(reckoning)
    if is_untimed(dossier) and not waits:
        sentences += _without_term(dossier, running, at)
    return Face(said, kind, percent, [*sentences, *used], lines)


def step_lines(steps: list[Step], at: datetime) -> list[StepLine]:
    """Return the steps that ran and the one that runs."""
    return [
        StepLine(
            at=step.received_at,
            text=_step_text(step, at),
            is_running=step.done_at is None,
            note=step.note,
        )
        for step in steps
    ]


def planned(dossier: Dossier, running: Step | None, at: datetime) -> list[str]:
    """Return the steps that come after the running one, as the frozen process says for this dossier's facts."""
    if dossier.status in FINAL or running is None or running.kind == Step.Kind.RETURN:
        return []
    last = _("Về hồ sơ gửi đến") if dossier.is_part else _("Trả kết quả")
    ahead = steps_ahead(dossier, running, at)
    return [*(_plan_text(one, at, is_untimed=is_untimed(dossier)) for one in ahead), last]


def events_of(dossier: Dossier) -> list[dict[str, object]]:
    """Return what happened, newest first, each with who did it, why, where it led to or what it changed."""
    found = DossierEvent.objects.filter(dossier=dossier).select_related("officer", "citizen", "unit").order_by("-seq")
    events = list(found)
    given = Officer.objects.in_bulk([event.data["to"] for event in events if "to" in event.data])
    return [
        {
            "at": event.at,
            "label": _(MOVES[event.move].label),
            "who": event.officer.full_name if event.officer else event.citizen.full_name if event.citizen else "",
            "unit": event.unit.short_name if event.unit else "",
            "reason": _why(event),
            "onward": _onward(event, given),
            "together": event.data.get("together", ""),
            "told": event.data.get("told", ""),
            "unseen": len(event.data.get("unseen_papers", ())),
        }
        for event in events
    ]


def told(dossier: Dossier) -> list[Told]:
    """Return the notices the citizen was sent, newest first."""
    notices = Notice.objects.filter(dossier=dossier).prefetch_related("sendings").order_by("-told_at")
    return [Told(notice.title, notice.told_at, _channels(notice)) for notice in notices]


def readers(dossier: Dossier) -> list[Reader]:
    """Return which officers opened the dossier, the last one first."""
    rows = list(
        Reading.objects.filter(topic="dossier", key=dossier.pk)
        .values("reader_id")
        .annotate(days=Count(TruncDate("at", tzinfo=words.LOCAL), distinct=True), last=Max("at"))
        .order_by("-last")
    )
    officers = Officer.objects.in_bulk([row["reader_id"] for row in rows])
    return [Reader(officers[row["reader_id"]].full_name, row["days"], row["last"]) for row in rows]


def _why(event: DossierEvent) -> str:
    if event.move in {"reassign_unit", "reassign_asked"}:
        return _("thay %(unit)s, %(decision)s") % {"unit": event.data["from_name"], "decision": event.reason}
    return event.reason or event.data.get("note", "") or ", ".join(event.data.get("paper_names", ()))


def _onward(event: DossierEvent, given: Mapping[int, Officer]) -> str:
    officer = given.get(event.data.get("to", 0))
    if event.move in {"reassign_unit", "reassign_asked"}:
        return str(event.data["to_name"])
    if event.move in {"propose", "turn_down"}:
        return str(Proposal.Kind(event.data["kind"]).label).lower()
    if event.move == "change_process":
        return ", ".join(step["next_name"] for step in event.data["steps"])
    if event.move == "hand_back":
        return str(event.data["receiver"])
    return officer.full_name if officer else str(event.data.get("next_name", ""))


def _reception_face(dossier: Dossier, at: datetime) -> Face:
    calendar, due_at = deadlines.calendar(dossier), dossier.reception_due_at
    if dossier.status == Status.INCOMPLETE:
        return Face(
            _("chờ bổ sung"), "paused", 0, [_("Thời hạn giải quyết chỉ tính khi hồ sơ đủ và được tiếp nhận.")], []
        )
    said = clock.time_left_words(calendar, at, due_at)
    if due_at is None or dossier.submitted_at is None:
        return Face(said, "", 0, [], [])
    total, left = calendar.open_minutes(dossier.submitted_at, due_at), calendar.open_minutes(at, due_at)
    percent = 100 if total <= 0 else min(max(100 - left * 100 // total, 0), 100)
    sentence = (
        _("Phải nhận hoặc không nhận trước %(due)s.") if dossier.is_part else _("Phải trả lời người nộp trước %(due)s.")
    )
    return Face(said, _kind(calendar, at, due_at), percent, [sentence % {"due": words.moment(due_at)}], [])


def _stopped_face(reckoning: clock.Reckoning, at: datetime) -> Face:
    """Return the clock of a dossier that was stopped at `at`: nothing runs any more, and how it stood then."""
    said = clock.time_left_words(reckoning.calendar, at, reckoning.due_at)
    percent, _used_words = _used(reckoning, at)
    is_late = reckoning.due_at is not None and reckoning.due_at < at
    sentences = [_("Lúc dừng: %(left)s.") % {"left": said}] if reckoning.due_at else _sentences(reckoning)
    return Face(_("đã dừng hẳn"), "late" if is_late else "paused", percent, sentences, clock.explain(reckoning))


def _kind(calendar: clock.WorkingCalendar, at: datetime, due_at: datetime | None) -> str:
    if due_at is None:
        return ""
    if due_at < at:
        return "late"
    return "soon" if due_at <= calendar.closing(calendar.next_working_day(words.local_day(at))) else ""


def _used(reckoning: clock.Reckoning, now: datetime) -> tuple[int, list[str]]:
    """Return the used percent of the term, and the sentence that says it in hours."""
    if reckoning.due_at is None or reckoning.counted_from is None or reckoning.reached_at is None:
        return 0, []
    calendar = reckoning.calendar
    total = reckoning.total_minutes or 0
    if reckoning.is_wall:
        total = calendar.open_minutes(reckoning.counted_from, reckoning.due_at)
        used = min(max(calendar.open_minutes(reckoning.counted_from, now), 0), total)
        return used * 100 // max(total, 1), []
    used = min(max(total - calendar.open_minutes(now, reckoning.reached_at), 0), total)
    hours = {"used": used // 60, "total": total // 60}
    return used * 100 // max(total, 1), [_("Đã dùng %(used)s trong %(total)s giờ làm việc.") % hours]


def _sentences(reckoning: clock.Reckoning) -> list[str]:
    if reckoning.due_at is None:
        return [_("Luật không định thời hạn cho thủ tục này.")]
    return [_("Hẹn trả %(due)s.") % {"due": words.moment(reckoning.due_at)}]


def _without_term(dossier: Dossier, running: Step | None, at: datetime) -> list[str]:
    """Say when a dossier without a term may be expected, and since when nothing has happened in it."""
    end_at, said = expected_end(dossier, running, at), []
    if end_at is not None:
        said.append(_("Dự kiến xong %(end)s, theo giờ của từng bước.") % {"end": words.moment(end_at)})
    if dossier.quiet_since is not None:
        said.append(_("Chưa có việc mới từ %(since)s.") % {"since": words.moment(dossier.quiet_since)})
    return said


def _known_at_pause(reckoning: clock.Reckoning) -> str:
    """Say the due moment as of the pause: as a bare promise it would mislead, since it moves when the clock runs again."""
    due = words.moment(reckoning.due_at) if reckoning.due_at else ""
    return _("Trước khi dừng, hẹn trả %(due)s; ngày này tính lại khi đồng hồ chạy tiếp.") % {"due": due}


def _finished_words(dossier: Dossier) -> str:
    if dossier.due_at is None or dossier.finished_at is None:
        return _("đã xong")
    if dossier.finished_at > dossier.due_at:
        return _("xong, trễ hạn")
    early = deadlines.calendar(dossier).open_minutes(dossier.finished_at, dossier.due_at)
    return _("xong sớm %(length)s") % {"length": clock.length_words(early)} if early else _("xong đúng hạn")


def _finished_kind(dossier: Dossier) -> str:
    return "late" if dossier.due_at and dossier.finished_at and dossier.finished_at > dossier.due_at else "good"


def _step_text(step: Step, at: datetime) -> str:
    is_moved = step.outcome == Step.Outcome.MOVED  # nobody did it: its unit ended
    is_ended = step.outcome == Step.Outcome.ENDED  # by who ended the dossier, not by who worked on it
    who = None if is_moved else step.assignee if is_ended else step.done_by or step.assignee
    unit = step.unit.name if is_moved else step.unit.short_name  # every commune has the same divisions
    parts = [step.name, who.full_name if who else unit]
    if step.done_at is None and step.due_at is not None:
        parts.append(_("đến %(due)s") % {"due": words.moment_near(step.due_at, at)})
    elif step.outcome in {Step.Outcome.SENT_BACK, Step.Outcome.RESTARTED, Step.Outcome.ENDED, Step.Outcome.MOVED}:
        parts.append(str(Step.Outcome(step.outcome).label).lower())
    return " · ".join(parts)


def _plan_text(expected: Expected, at: datetime, *, is_untimed: bool) -> str:
    said = f"{expected.plan.name} · {Role(expected.plan.role).label}"
    if not is_untimed or expected.end_at is None:
        return said
    return _("%(step)s · dự kiến đến %(end)s") % {"step": said, "end": words.moment_near(expected.end_at, at)}


def _channels(notice: Notice) -> str:
    states = [f"{sending.channel}: {Sending.State(sending.state).label.lower()}" for sending in notice.sendings.all()]
    return ", ".join([_("trên cổng"), *states])

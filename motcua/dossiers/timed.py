"""What time alone brings about: reminders, expired requests, missed due moments, extensions to be drafted.

One table: each turn says which dossiers it may concern at a moment, and what it does to one of them. Making a turn
again changes nothing, so it does not matter how often, or by how many workers, the table is gone through.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.base.words import moment
from motcua.dossiers import clock, deadlines, policy, steps
from motcua.dossiers.actions.bundling import go_on_with, ready_members
from motcua.dossiers.actions.consulting import note_silence
from motcua.dossiers.actions.delays import note_delay
from motcua.dossiers.actions.extending import Extension, default_cause, propose_extension, unit_of_extension
from motcua.dossiers.actions.lapsing import SYSTEM, lapse, remind
from motcua.dossiers.actions.sending import is_to_be_reminded, note_late_legs, remind_leg
from motcua.dossiers.actions.silence import is_quiet, note_no_news
from motcua.dossiers.actions.timing import time_out
from motcua.dossiers.actions.visiting import is_visit_near, remind_visit
from motcua.dossiers.legs import OPEN_LEG
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import BundleMember, Consultation, Delay, Dossier, Leg, Proposal, Step, Supplement, Visit
from motcua.dossiers.moves import lock
from motcua.dossiers.queries import OPEN_CONSULTATION, OPEN_REQUEST, OPEN_VISIT

WEEKS_AHEAD = timedelta(days=21)  # far enough for any lead of a few working days, holidays included


@dataclass(frozen=True)
class Turn:
    """One thing time brings about. `find`: ids of the dossiers to look at; `make`: do it, return whether it was done."""

    find: Callable[[datetime], Iterable[int]]
    make: Callable[[int, datetime], bool]


def make_all(at: datetime) -> Mapping[str, int]:
    """Make every turn that is due at `at`, each dossier its own transaction; return how many of each were made."""
    return {name: sum(turn.make(dossier_id, at) for dossier_id in list(turn.find(at))) for name, turn in TURNS.items()}


def _expired(at: datetime) -> Iterable[int]:
    return Supplement.objects.filter(OPEN_REQUEST, due_at__lte=at).values_list("dossier_id", flat=True)


def _near_expiry(at: datetime) -> Iterable[int]:
    near = Supplement.objects.filter(
        OPEN_REQUEST, reminded_at__isnull=True, due_at__gt=at, due_at__lte=at + WEEKS_AHEAD
    ).select_related("dossier")
    for asked in near:
        if _is_within(asked.dossier, at, asked.due_at, policy.reminder_days()):
            yield asked.dossier_id


def _silent(at: datetime) -> Iterable[int]:
    asked = Consultation.objects.filter(OPEN_CONSULTATION, silent_at__isnull=True, due_at__lte=at)
    return asked.values_list("dossier_id", flat=True).distinct()


def _timed_out(at: datetime) -> Iterable[int]:
    due = Step.objects.filter(done_at__isnull=True, timer_at__lte=at, dossier__status=Status.PROCESSING)
    return due.values_list("dossier_id", flat=True).distinct()


def _fed(_at: datetime) -> Iterable[int]:
    """Find the members of bundles that wait, and whose input is there or will never be."""
    waiting = BundleMember.objects.filter(released_at=None, stopped_at=None, bundle__filed_at__isnull=False)
    done = Q(bundle__members__dossier__finished_at__isnull=False) | Q(bundle__members__dossier__closed_at__isnull=False)
    return [one.dossier_id for one in waiting.filter(done).select_related("bundle").distinct() if ready_members(one)]


def _late_legs(at: datetime) -> Iterable[int]:
    late = Leg.objects.filter(OPEN_LEG, late_at__isnull=True, due_at__lte=at, dossier__closed_at__isnull=True)
    return late.values_list("dossier_id", flat=True).distinct()


def _unanswered(at: datetime) -> Iterable[int]:
    """Find the dossiers a central agency has let wait for as many working days as there are between two reminders."""
    since = at - timedelta(days=policy.central_reminder_days())
    waiting = Leg.objects.filter(
        OPEN_LEG, Q(reminded_at__isnull=True) | Q(reminded_at__lte=since), to_system=Leg.System.CENTRAL,
        sent_at__lte=since, dossier__closed_at__isnull=True,
    )  # fmt: skip
    return {leg.dossier_id for leg in waiting.select_related("dossier") if is_to_be_reminded(leg.dossier, leg, at)}


def _visits_near(at: datetime) -> Iterable[int]:
    ahead = at + timedelta(hours=policy.visit_reminder_hours())
    near = Visit.objects.filter(OPEN_VISIT, reminded_at__isnull=True, planned_at__gt=at, planned_at__lte=ahead)
    return [visit.dossier_id for visit in near if is_visit_near(visit, at)]


def _quiet(at: datetime) -> Iterable[int]:
    """Find the dossiers without a term in which nothing has happened for so many working days."""
    untimed = Dossier.objects.filter(
        closed_at__isnull=True, finished_at__isnull=True, paused_at__isnull=True, due_at__isnull=True,
        received_at__isnull=False, changed_at__lte=at - timedelta(days=policy.quiet_days()),
    )  # fmt: skip
    return [dossier.pk for dossier in untimed if is_quiet(dossier, at)]


def _running() -> QuerySet[Dossier]:
    return Dossier.objects.filter(
        closed_at__isnull=True, finished_at__isnull=True, paused_at__isnull=True, due_at__isnull=False
    )


def _late(at: datetime) -> Iterable[int]:
    noted = Delay.objects.filter(dossier=OuterRef("pk"), due_at=OuterRef("due_at"))
    return _running().filter(~Exists(noted), due_at__lt=at).values_list("pk", flat=True)


def _nearly_late(at: datetime) -> Iterable[int]:
    """Find dossiers near their due moment that cannot keep it by what their process plans, and nobody asked about."""
    asked = Proposal.objects.filter(dossier=OuterRef("pk"), kind=Proposal.Kind.EXTEND)
    near = _running().filter(
        ~Exists(asked),
        Q(status=Status.RECEIVED) | Q(status=Status.PROCESSING),
        parent__isnull=True,
        due_at__gt=at,
        due_at__lte=at + WEEKS_AHEAD,
    )
    for dossier in near:
        if _is_within(dossier, at, dossier.due_at, policy.extension_lead_days()) and will_be_late(dossier, at):
            yield dossier.pk


def will_be_late(dossier: Dossier, at: datetime) -> bool:
    """Return whether a running step is over its own hours, or the planned hours to come are more than what is left."""
    running = list(dossier.steps.filter(done_at__isnull=True))
    if not running or dossier.due_at is None:
        return False
    if any(step.due_at is not None and step.due_at < at for step in running):
        return True
    left = deadlines.calendar(dossier).open_minutes(at, dossier.due_at)
    return max(_minutes_planned(dossier, step, at) for step in running) > left


def _minutes_planned(dossier: Dossier, step: Step, at: datetime) -> int:
    """Return the open minutes the process plans from here on; a step without hours counts nothing."""
    calendar, process = deadlines.calendar(dossier), steps.process_of(dossier)
    planned = calendar.open_minutes(at, step.due_at) if step.due_at else 0
    known = step.code in process.steps
    plan = process.next_step(step.code, steps.facts_of(dossier)) if known else process.start
    passed = {step.code}
    while plan is not None and plan.code not in passed:
        planned += round((plan.hours or 0) * 60)
        passed.add(plan.code)
        plan = process.next_step(plan.code, steps.facts_of(dossier))
    return planned


def _is_within(dossier: Dossier, at: datetime, due_at: datetime | None, days: int) -> bool:
    if due_at is None:
        return False
    return deadlines.calendar(dossier).open_minutes(at, due_at) <= days * clock.MINUTES_PER_WORKING_DAY


@transaction.atomic
def _draft_extension(dossier_id: int, at: datetime) -> bool:
    """Draft Mẫu 04 as the system; the leader says by how much, and the officer may word it better."""
    locked = lock(dossier_id)
    dossier, step = locked.dossier, locked.step
    if step is None or dossier.due_at is None or dossier.paused_at or dossier.proposals.filter(kind="extend").exists():
        return False
    if dossier.due_at <= at:
        return False
    term = clock.Term(Decimal(policy.extension_days()), unit_of_extension(dossier))
    extension = Extension(term, default_cause(), step.unit_id)
    with translation.override("vi"):
        reason = _("Hồ sơ còn ở bước «%(step)s» của %(unit)s, không kịp hạn trả %(due)s.") % {
            "step": step.name, "unit": step.unit.name, "due": moment(dossier.due_at),
        }  # fmt: skip
    propose_extension(dossier_id=dossier_id, actor=SYSTEM, at=at, extension=extension, reason=reason)
    return True


def _done(action: Callable[..., object]) -> Callable[[int, datetime], bool]:
    return lambda dossier_id, at: action(dossier_id=dossier_id, at=at) is not None


TURNS: Mapping[str, Turn] = {
    "lapse": Turn(_expired, _done(lapse)),
    "remind": Turn(_near_expiry, _done(remind)),
    "time_out": Turn(_timed_out, _done(time_out)),
    "note_delay": Turn(_late, _done(note_delay)),
    "note_silence": Turn(_silent, _done(note_silence)),
    "go_on_with": Turn(_fed, _done(go_on_with)),
    "note_late_legs": Turn(_late_legs, _done(note_late_legs)),
    "remind_leg": Turn(_unanswered, _done(remind_leg)),
    "remind_visit": Turn(_visits_near, _done(remind_visit)),
    "note_no_news": Turn(_quiet, _done(note_no_news)),
    "draft_extension": Turn(_nearly_late, _draft_extension),
}

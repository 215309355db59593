"""Reads of dossiers: what an officer or a citizen may see, the inbox, its counts, the page of one dossier."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from motcua.base.words import local_day, start_of
from motcua.catalogue.queries import frozen_version
from motcua.dossiers.lifecycle import WAITING, Status
from motcua.dossiers.models import (
    Consultation,
    Delay,
    Dossier,
    DossierEvent,
    Paper,
    Proposal,
    Result,
    Slip,
    Step,
    Supplement,
    Visit,
)
from motcua.people.models import Citizen, Post
from motcua.people.queries import below_and_before
from motcua.people.roles import Permission, permits, roles_with


def visible_to_officer(posts: Iterable[Post], among: Sequence[int] | None = None) -> QuerySet[Dossier]:
    """Return the filed dossiers an officer holding `posts` may read: those their unit or a unit below it takes part in.

    Supervision reads all. Drafts belong to their citizen alone. Who sent a part reads it too. `among`: only dossiers with these ids are asked about,
    so that not every step of the units is read to find who took part in some.
    """
    held = list(posts)
    filed = Dossier.objects.exclude(status=Status.DRAFT)
    if among is not None:
        filed = filed.filter(pk__any_of=among)
    if any(permits(post.role, Permission.READ_ALL_DOSSIERS) for post in held):
        return filed
    units = units_read_by(held)
    took_part = Step.objects.filter(dossier=OuterRef("pk"), unit__in=units)
    was_asked = Consultation.objects.filter(dossier=OuterRef("pk"), unit__in=units)
    if among is not None:
        took_part, was_asked = took_part.filter(dossier__any_of=among), was_asked.filter(dossier__any_of=among)
    return filed.filter(
        Q(receiving_unit__in=units)
        | Q(competent_unit__in=units)
        | Q(resolving_unit__in=units)
        | Exists(took_part)
        | Exists(was_asked)
        | _takes_part(units, "parent__")
    )


def units_read_by(posts: Iterable[Post]) -> list[int]:
    """Return the ids of the units whose dossiers the posts may read: each post's unit, all below, all they took over from."""
    readers = [post.unit for post in posts if permits(post.role, Permission.READ_UNIT_DOSSIERS)]
    if not readers:
        return []
    return below_and_before(readers)


def know_version(dossier: Dossier) -> None:
    """Give a filed dossier its version and case from what this process has read already."""
    dossier.version = frozen_version(dossier.version_id)
    dossier.case = next((case for case in dossier.version.cases.all() if case.pk == dossier.case_id), None)


def of_citizen(citizen: Citizen) -> QuerySet[Dossier]:
    """Return the dossiers a citizen filed or owns, drafts included, newest first: roots, not their parts elsewhere."""
    own = Q(filed_by=citizen) | Q(owner=citizen)
    return Dossier.objects.filter(own, parent__isnull=True).order_by("-created_at")


def waiting_in_bundle() -> Q:
    """Return the condition on drafts filed with a bundle that wait for another's result: nobody edits them meanwhile."""
    return Q(status=Status.DRAFT, bundle_member__bundle__filed_at__isnull=False, bundle_member__stopped_at__isnull=True)


def status_before(dossier: Dossier) -> Status:
    """Return the status a dossier had before it came to the one it has: where a move that goes back leaves it."""
    came = dossier.events.exclude(from_status=F("to_status")).order_by("-seq").values_list("from_status", flat=True)
    return Status(came.first() or dossier.status)


ADVISING = frozenset(
    {Permission.PROCESS, Permission.SIGN}
)  # whoever works or signs in a unit answers for it when asked
OPEN_REQUEST = Q(supplied_at__isnull=True, dropped_at__isnull=True)
OPEN_OBLIGATION = Q(paid_at__isnull=True, dropped_at__isnull=True)
OPEN_CONSULTATION = Q(answered_at__isnull=True, dropped_at__isnull=True)
OPEN_VISIT = Q(recorded_at__isnull=True, called_off_at__isnull=True, dropped_at__isnull=True)
OPEN_PROPOSAL = Q(decided_at__isnull=True)


def open_request(dossier: Dossier) -> Supplement | None:
    """Return the request for papers that waits for the citizen; there is one at most."""
    return dossier.supplements.filter(OPEN_REQUEST).first()


def is_signed(dossier_id: int) -> bool:
    """Return whether the deciding signature stands, after which nothing is stopped or withdrawn (T13)."""
    return Result.objects.filter(dossier_id=dossier_id, signed_at__isnull=False).exists()


def papers_of_the_notice(dossier: Dossier) -> list[Paper]:
    """Return the papers that the notice of the dossier's last stop says are handed back."""
    stops = dossier.events.filter(data__has_key="papers_back").order_by("-seq")
    listed: list[int] = next((event.data["papers_back"] for event in stops[:1]), [])
    return list(dossier.papers.filter(pk__in=listed).order_by("position"))


def hand_backs(dossier: Dossier) -> list[DossierEvent]:
    """Return when papers were handed back, the first time first."""
    return list(dossier.events.filter(move="hand_back").order_by("seq"))


def papers_to_hand_back(dossier: Dossier) -> list[Paper]:
    """Return the papers of the notice that nobody has fetched yet."""
    given = {pk for event in hand_backs(dossier) for pk in event.data["papers"]}
    return [paper for paper in papers_of_the_notice(dossier) if paper.pk not in given]


def replaced_receipts(slips: Iterable[Slip]) -> frozenset[int]:
    """Return the ids of the receipts (Mẫu 01) that a correction has replaced: all but the last, in the order they were issued."""
    receipts = [slip.pk for slip in slips if slip.form == "01"]
    return frozenset(receipts[:-1])


class Queue(StrEnum):
    """The queues of the inbox's rail (mock/06)."""

    MINE = "cua-toi"
    UNIT = "cua-don-vi"
    TO_RECEIVE = "cho-tiep-nhan"
    NEW = "moi-den"
    SOON = "sap-han"
    LATE = "qua-han"
    WAITING = "cho-bo-sung"
    TO_SIGN = "cho-ky"
    TO_RETURN = "cho-tra"
    TO_DECIDE = "cho-duyet"
    UNSTATED = "chua-neu-nguyen-nhan"
    TO_ANSWER = "cho-tra-loi"
    VISITS = "hen-xem"
    UNTIMED = "khong-dinh-han"
    QUIET = "lau-chua-co-tin"


@dataclass(frozen=True)
class Scope:
    """Whose running steps a list shows: those at an officer's desks, (unit, role), or those of units they follow."""

    officer_id: int
    desks: frozenset[tuple[int, str]] = frozenset()
    units: frozenset[int] = frozenset()
    everywhere: bool = False
    decides_for: frozenset[int] = frozenset()  # the units whose proposals the officer decides
    heads: frozenset[int] = frozenset()  # the units whose steps the officer gives to others
    answers_for: frozenset[int] = frozenset()  # the units the officer answers for when others ask

    @classmethod
    def of(cls, officer_id: int, posts: Sequence[Post]) -> "Scope":
        """Build the scope of an officer who may act in `posts`, lent ones too; a post that may return results also sees that desk's steps."""
        desks = {(post.unit_id, role) for post in posts for role in roles_served(post)}
        deciding = {post.unit_id for post in posts if permits(post.role, Permission.SIGN)}
        headed = frozenset(post.unit_id for post in posts if permits(post.role, Permission.ASSIGN))
        answering = (post.unit_id for post in posts if any(permits(post.role, one) for one in ADVISING))
        return cls(officer_id, frozenset(desks), frozenset(), False, frozenset(deciding), headed, frozenset(answering))

    @classmethod
    def followed(cls, officer_id: int, posts: Sequence[Post]) -> "Scope | None":
        """Build the scope of what an officer follows without holding it: every unit, or theirs; None when they lead none."""
        if any(permits(post.role, Permission.READ_ALL_DOSSIERS) for post in posts):
            return cls(officer_id=officer_id, everywhere=True)
        units = units_read_by(post for post in posts if permits(post.role, Permission.FOLLOW_UNIT))
        return cls(officer_id=officer_id, units=frozenset(units)) if units else None


def running_steps(scope: Scope) -> QuerySet[Step]:
    """Return the running steps at the scope's desks, or of the dossiers its units take part in.

    At a desk every step counts, of roots and parts. What is followed is dossiers, each once: roots, and a part (liên
    thông) only where its root is not followed too (docs/rules.md, Liên thông).
    """
    running = Step.objects.filter(done_at__isnull=True)
    leading = running.filter(is_beside=False)  # a list of dossiers has each once
    if scope.everywhere:
        return leading.filter(dossier__parent__isnull=True)
    if scope.units:
        units = sorted(scope.units)
        return leading.filter(
            Q(dossier__parent__isnull=True) | ~_takes_part(units, "dossier__root__"),
            _takes_part(units, "dossier__"),
            dossier__closed_at__isnull=True,  # as the indexes of open dossiers say
        )
    return running.filter(_at_desks(scope))


def _at_desks(scope: Scope) -> Q:
    at_desk = Q(pk__in=[])
    for unit_id, role in sorted(scope.desks):
        at_desk |= Q(unit_id=unit_id, role=role)
    return at_desk


def _takes_part(units: Sequence[int], prefix: str) -> Q:
    """Return the condition that one of the units receives, decides or resolves the dossier `prefix` leads to."""
    return (
        Q(**{f"{prefix}receiving_unit__in": units})
        | Q(**{f"{prefix}competent_unit__in": units})
        | Q(**{f"{prefix}resolving_unit__in": units})
    )


def in_queue(scope: Scope, queue: Queue, *, at: datetime, soon_by: datetime) -> QuerySet[Step]:
    """Return the running steps of one queue; «soon» is due by `soon_by`."""
    if queue in BESIDE_STEPS:
        return Step.objects.filter(
            done_at__isnull=True, is_beside=False, dossier__in=BESIDE_STEPS[queue](scope).values("dossier")
        )
    return running_steps(scope).filter(_queue_filters(scope, at, soon_by)[queue])


def queue_counts(scope: Scope, queues: Collection[Queue], *, at: datetime, soon_by: datetime) -> Mapping[Queue, int]:
    """Return how many running steps stand in each of the queues: one query and one more for each queue that is no steps of their own, or none for no queues."""
    if not queues:
        return {}
    filters = _queue_filters(scope, at, soon_by)
    counted = running_steps(scope).aggregate(
        **{queue.name.lower(): Count("pk", filter=filters[queue]) for queue in queues if queue in filters}
    )
    for queue, found in BESIDE_STEPS.items():
        if queue in queues:
            counted[queue.name.lower()] = found(scope).values("dossier").distinct().count()
    return {queue: counted[queue.name.lower()] for queue in queues}


def to_decide(scope: Scope) -> QuerySet[Proposal]:
    """Return what waits for the decision of the scope's officer: proposed to their units, and not by themselves."""
    units = sorted(scope.decides_for)
    to_them = Q(dossier__competent_unit__in=units) | Q(dossier__resolving_unit__in=units)
    return Proposal.objects.filter(OPEN_PROPOSAL & to_them).exclude(made_by=scope.officer_id)


def _unstated(scope: Scope) -> QuerySet[Delay]:
    """Return the missed due moments of open dossiers whose cause the scope's officer has to see to.

    They were held by a unit the officer heads, or are of a dossier the officer decides for.
    """
    units = sorted(scope.decides_for)
    theirs = (
        Q(unit__in=sorted(scope.heads)) | Q(dossier__competent_unit__in=units) | Q(dossier__resolving_unit__in=units)
    )
    return Delay.objects.filter(theirs, stated_at__isnull=True, dossier__closed_at__isnull=True)


def _to_answer(scope: Scope) -> QuerySet[Consultation]:
    """Return what the scope's units were asked and have not answered."""
    return Consultation.objects.filter(OPEN_CONSULTATION, unit__in=sorted(scope.answers_for))


def _quiet(scope: Scope) -> QuerySet[Step]:
    """Return the running steps of dossiers without a term in which nothing happens: the holder's, and those their leaders see."""
    quiet = Step.objects.filter(done_at__isnull=True, dossier__quiet_since__isnull=False)
    if scope.everywhere or scope.units:
        return quiet.filter(pk__in=running_steps(scope).values("pk"))
    deciding = sorted(scope.decides_for)
    led = (
        Q(unit__in=sorted(scope.heads))
        | Q(dossier__competent_unit__in=deciding)
        | Q(dossier__resolving_unit__in=deciding)
    )
    return quiet.filter(led | _at_desks(scope))


BESIDE_STEPS: Mapping[Queue, Callable[[Scope], QuerySet[Any]]] = {
    Queue.TO_DECIDE: to_decide,
    Queue.UNSTATED: _unstated,
    Queue.TO_ANSWER: _to_answer,
    Queue.QUIET: _quiet,
}
"""The queues of what waits beside the running step: whoever sees them need not hold that step."""


def running_held_by(officer_ids: Collection[int]) -> dict[int, int]:
    """Return how many running steps each officer holds, wherever they are; who holds none is left out."""
    held = Step.objects.filter(done_at__isnull=True, assignee__in=officer_ids).order_by()
    return dict(held.values("assignee_id").annotate(number=Count("pk")).values_list("assignee_id", "number"))


# What the inbox sorts by: the dossier's own due moment, or before acceptance the reception clock's.
DEADLINE = Coalesce(
    "dossier__due_at", Case(When(dossier__received_at__isnull=True, then=F("dossier__reception_due_at")))
)


def in_order(steps: QuerySet[Step]) -> QuerySet[Step]:
    """Return running steps by `rank`, then earliest `deadline` first, those without one last.

    `rank`: 0 the clock runs, 1 the reception clock runs, 2 the result waits for its receiver, 3 the citizen is waited for.
    """
    return steps.annotate(
        deadline=DEADLINE,
        rank=Case(
            When(dossier__status=Status.SUBMITTED, then=Value(1)),
            When(dossier__status=Status.FINISHED, then=Value(2)),
            When(dossier__status__in=[Status.INCOMPLETE, *sorted(WAITING)], then=Value(3)),
            default=Value(0),
        ),
    ).order_by("rank", F("deadline").asc(nulls_last=True), "dossier_id")


def owner_name(prefix: str = "") -> Coalesce:
    """Return the owner's name as an expression: whom somebody filed for, else the organisation, else the person.

    `prefix` leads to the dossier, «dossier__» from a step. `owners.owner_name` says the same of an object.
    """
    declared = (KeyTextTransform(key, f"{prefix}declared_owner") for key in ("full_name", "name"))
    linked = (F(f"{prefix}owner_organisation__name"), F(f"{prefix}owner__full_name"))
    return Coalesce(*declared, *linked, output_field=CharField())


def inbox_rows(page: QuerySet[Step], fields: Iterable[str]) -> QuerySet[Step, dict[str, Any]]:
    """Return the rows of a cut-off part of `in_order` as dicts of `fields`, also `owner_name`: names of these only are read.

    Which steps they are is asked first, in a statement of its own: in one with the names, PostgreSQL would join all
    steps there are with all the names, because it orders no more than eight tables by itself.
    """
    steps = Step.objects.filter(pk__any_of=list(page.values_list("pk", flat=True)))
    rows: QuerySet[Step, dict[str, Any]] = in_order(steps).annotate(owner_name=owner_name("dossier__")).values(*fields)
    return rows


def visits_by_tomorrow(at: datetime) -> QuerySet[Visit]:
    """Return the open appointments on site of today and tomorrow, and those past whose minutes are still to be written."""
    return Visit.objects.filter(OPEN_VISIT, planned_at__lt=start_of(local_day(at) + timedelta(days=2)))


def roles_served(post: Post) -> set[str]:
    """Return at whose desks of its unit a post works: those of its own role, and what its permissions reach."""
    served = {post.role}
    if permits(post.role, Permission.RETURN_RESULT):
        served |= {role.value for role in roles_with(Permission.RETURN_RESULT)}
    if permits(post.role, Permission.RECEIVE):
        served |= {role.value for role in roles_with(Permission.RECEIVE)}
    return served


def _queue_filters(scope: Scope, at: datetime, soon_by: datetime) -> dict[Queue, Q]:
    running = Q(dossier__paused_at__isnull=True) & ~Q(dossier__status=Status.INCOMPLETE)
    counted = Q(dossier__finished_at__isnull=True) & running
    unanswered = Q(dossier__received_at__isnull=True)  # once accepted without a term nothing is late
    late = Q(dossier__due_at__lt=at) | unanswered & Q(dossier__reception_due_at__lt=at)
    soon = Q(dossier__due_at__range=(at, soon_by)) | unanswered & Q(dossier__reception_due_at__range=(at, soon_by))
    untimed = Q(dossier__received_at__isnull=False, dossier__due_at__isnull=True)
    return {
        Queue.MINE: Q(assignee_id=scope.officer_id),
        Queue.UNIT: Q(),
        Queue.TO_RECEIVE: Q(kind__in=[Step.Kind.RECEPTION, Step.Kind.ARRIVAL], dossier__status=Status.SUBMITTED),
        Queue.NEW: Q(assignee__isnull=True) & running,
        Queue.SOON: counted & soon,
        Queue.LATE: counted & late,
        Queue.WAITING: ~running,
        Queue.TO_SIGN: Q(kind__in=[Step.Kind.SIGN, Step.Kind.ISSUE]),
        Queue.TO_RETURN: Q(kind=Step.Kind.RETURN),
        Queue.UNTIMED: counted & untimed,
        Queue.VISITS: Q(kind=Step.Kind.WORK, dossier__in=visits_by_tomorrow(at).values("dossier")),
    }

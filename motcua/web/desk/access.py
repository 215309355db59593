"""Finding what an officer may see: the first line of every view of the desk. Every reading of a dossier is recorded."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Concatenate

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from motcua.base.readings import record_reading
from motcua.base.rows import first_row
from motcua.base.words import local_day
from motcua.dossiers.actions.supplements import needs_approval
from motcua.dossiers.actor import Actor, Reach, capacities, officer_actor
from motcua.dossiers.legs import Stated, holding_back, open_legs, stated_in
from motcua.dossiers.lifecycle import By, Move, Status, moves_of
from motcua.dossiers.models import (
    BundleMember,
    Consultation,
    Delay,
    Dossier,
    Leg,
    Obligation,
    Proposal,
    Result,
    Step,
    Supplement,
    Visit,
)
from motcua.dossiers.queries import OPEN_PROPOSAL, know_version, visible_to_officer
from motcua.people.admin_rights import ADMINISTERING
from motcua.people.models import Officer, Post
from motcua.people.queries import posts_of
from motcua.people.roles import Permission, permits
from motcua.web.shared.held import ask_to_sign_in


@dataclass(frozen=True)
class Sitting:
    """An officer at the desk: who, with which posts, at which moment.

    Pages give it to their frame as `desk`, in place of the one of shared.context that would ask the database again.
    """

    officer: Officer
    posts: list[Post]
    at: datetime

    @property
    def unit_name(self) -> str:
        """Return the short name of the unit of the officer's first post."""
        return self.posts[0].unit.short_name

    @property
    def may_receive(self) -> bool:
        """Return whether the officer takes dossiers in at a counter."""
        return self.may(Permission.RECEIVE)

    @property
    def may_design(self) -> bool:
        """Return whether the officer edits processes in the workshop."""
        return self.may(Permission.PUBLISH_PROCEDURE)

    @property
    def may_administer(self) -> bool:
        """Return whether the officer enters the administration pages."""
        return any(self.may(permission) for permission in ADMINISTERING)

    def may(self, permission: Permission) -> bool:
        """Return whether any post of the officer permits it."""
        return any(permits(post.role, permission) for post in self.posts)

    def post_with(self, permission: Permission) -> Post:
        """Return the first post that permits it; PermissionDenied when none does."""
        for post in self.posts:
            if permits(post.role, permission):
                return post
        raise PermissionDenied


TURNED: Mapping[str, Exists] = {
    name: Exists(model._default_manager.filter(dossier=OuterRef("pk")))
    for name, model in (
        ("supplements", Supplement), ("proposals", Proposal), ("delays", Delay), ("obligations", Obligation),
        ("consultations", Consultation), ("bundle", BundleMember), ("visits", Visit),
    )
}  # fmt: skip
"""What a dossier has that left the straight way, asked together with the dossier itself."""


@dataclass(frozen=True)
class Opened:
    """A dossier an officer opened: its running step and in which capacities they may act on it."""

    sitting: Sitting
    dossier: Dossier
    step: Step | None
    reach: Reach
    has: frozenset[str]  # which of TURNED the dossier has: most have none, and their page asks for none
    beside: Sequence[Step] = ()  # what else runs

    @property
    def capacities(self) -> dict[By, Post]:
        """Return in which capacities the officer acts on the running step."""
        return self.reach.at_step

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Return what waits for a leader's decision, the oldest first."""
        if "proposals" not in self.has:
            return []
        waiting = self.dossier.proposals.filter(OPEN_PROPOSAL).select_related("made_by", "unit")
        return list(waiting.order_by("made_at", "pk"))

    @cached_property
    def needs_approval_to_ask(self) -> bool:
        """Return whether one more request for papers has to be approved by a leader."""
        return "supplements" in self.has and self.dossier.status == Status.PROCESSING and needs_approval(self.dossier)

    @cached_property
    def stated(self) -> Stated:
        """Return what the citizen stated and this dossier shows: of a part, what was sent along with it."""
        return stated_in(self.dossier)

    @cached_property
    def open_legs(self) -> list[Leg]:
        """Return what of the dossier is still with other agencies, the first one sent first."""
        return list(open_legs(self.dossier))

    @cached_property
    def held_back(self) -> Leg | None:
        """Return the required leg that keeps the running step from being completed."""
        return holding_back(self.dossier, self.step.seq) if self.step else None

    @cached_property
    def delays(self) -> list[Delay]:
        """Return the due moments of the dossier that were missed, the first one first."""
        if "delays" not in self.has:
            return []
        return list(self.dossier.delays.select_related("unit", "officer", "late_unit", "stated_by").order_by("due_at"))

    @property
    def delay(self) -> Delay | None:
        """Return the missed due moment whose cause nobody has stated yet."""
        return next((delay for delay in self.delays if delay.stated_at is None), None)

    @cached_property
    def result(self) -> Result | None:
        """Return the result of the dossier, drafted or more."""
        results = Result.objects.select_related("document__file", "returned_by")
        return results.filter(dossier=self.dossier).first()

    @property
    def is_signed(self) -> bool:
        """Return whether the deciding signature stands, after which nothing is stopped or withdrawn."""
        return self.result is not None and self.result.signed_at is not None

    def proposes(self, *kinds: str) -> bool:
        """Return whether a proposal of one of the kinds waits."""
        return any(proposal.kind in kinds for proposal in self.proposals)

    def works_beside(self) -> list[tuple[Step, bool]]:
        """Return what else runs, each with whether the officer may work on it."""
        return [(step, bool(capacities(self.sitting.posts, step))) for step in self.beside]

    def moves(self) -> list[Move]:
        """Return the moves open to this officer now: what the buttons are drawn from."""
        here = (move for move in moves_of(is_part=self.dossier.is_part) if self.dossier.status in move.sources)
        return [move for move in here if self.reach.capacity_for(move) is not None]

    def actor(self, move: str) -> Actor:
        """Return the officer as actor of `move`; raises NotYours, worded for them."""
        return officer_actor(self.sitting.officer.pk, self.reach, self.step, move)


View = Callable[Concatenate[HttpRequest, Sitting, ...], HttpResponseBase]


def at_the_desk(view: View) -> Callable[..., HttpResponseBase]:
    """Give a view the sitting of the officer signed in; others are asked to sign in, citizens are refused.

    What somebody posted after their session had ended is kept; views take it up with `held.take`.
    """

    @wraps(view)
    def seated(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        return view(request, sitting_of(request), *args, **kwargs)

    return seated


def asks_for_part(request: HttpRequest) -> bool:
    """Return whether htmx asks, for a part of a page; a whole page is asked for by anything else."""
    return request.headers.get("HX-Request") == "true"


def sitting_of(request: HttpRequest) -> Sitting:
    """Return the sitting of the officer signed in; PermissionDenied for anybody else or without a valid post."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    at = timezone.now()
    officer = getattr(request.user, "officer", None)
    posts = posts_of(request.user, local_day(at), at) if officer else []
    if officer is None or not posts:
        raise PermissionDenied
    return Sitting(officer=officer, posts=posts, at=at)


def asked_step(request: HttpRequest) -> int | None:
    """Return which of several running steps the address or the form asks for."""
    said = request.POST.get("step") or request.GET.get("buoc", "")
    return int(said) if said.isdecimal() else None


def at_step_of(opened: "Opened") -> str:
    """Return what an address needs to come back to the same of several running steps; nothing where only one runs."""
    return f"?buoc={opened.step.seq}" if opened.step and opened.beside else ""


def dossier_for_officer(sitting: Sitting, code: str, *, page: str, at_step: int | None = None) -> Opened:
    """Find a dossier the officer may read and record the reading; Http404 for any other, without saying it exists.

    Of several running steps it is opened at the one numbered `at_step`, else at one the officer works on.
    """
    readable = visible_to_officer(sitting.posts).select_related("owner", "owner_organisation", "filed_by")
    dossier = first_row(readable.filter(code=code).annotate(**{f"has_{name}": has for name, has in TURNED.items()}))
    if dossier is None:
        raise Http404
    know_version(dossier)
    record_reading(topic="dossier", key=dossier.pk, reader_id=sitting.officer.pk, page=page, at=sitting.at)
    if dossier.root_id is not None:  # a part shows what the citizen stated in its root, who is told of it there
        record_reading(topic="dossier", key=dossier.root_id, reader_id=sitting.officer.pk, page=page, at=sitting.at)
    running = Step.objects.select_related("unit", "assignee").filter(dossier=dossier, done_at__isnull=True)
    steps = list(running.order_by("is_beside", "seq"))
    step = _own(sitting, steps, at_step)
    has = frozenset(name for name in TURNED if getattr(dossier, f"has_{name}"))
    beside = [other for other in steps if other is not step]
    return Opened(sitting, dossier, step, Reach.of(sitting.posts, dossier, step), has, beside)


def _own(sitting: Sitting, running: Sequence[Step], seq: int | None) -> Step | None:
    """Return which of the running steps the officer works on: the one asked for, theirs, one they may act on, the first."""
    mine = [step for step in running if capacities(sitting.posts, step)]
    held = [step for step in mine if step.assignee_id == sitting.officer.pk]
    asked = [step for step in running if step.seq == seq]
    return next(iter([*asked, *held, *mine, *running]), None)

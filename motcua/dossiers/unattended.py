"""Unfinished work that nobody holds: steps of posts that were closed, and steps at desks where nobody sits today."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from motcua.dossiers.models import Step
from motcua.dossiers.queries import roles_served
from motcua.people.models import Delegation, Post

MOST_SHOWN = 200


@dataclass(frozen=True)
class Left:
    """A running step nobody holds. `desk_is_empty`: nobody sits there at all, else only its holder has gone."""

    step: Step
    desk_is_empty: bool


def unattended(units: Collection[int], on: date, at: datetime) -> tuple[int, list[Left]]:
    """Return how many running steps in `units` nobody holds at `at`, and the oldest of them, at most MOST_SHOWN."""
    running = Step.objects.filter(done_at__isnull=True, unit__in=units)
    groups = list(running.order_by().values_list("unit_id", "role", "assignee_id").distinct())
    seated = _seated({unit for unit, _role, _assignee in groups}, on, at)
    wanted, empty = Q(pk__in=[]), set()
    for unit, role, assignee in groups:
        here = seated.get((unit, role), set())
        if not here:
            empty.add((unit, role))
        if not here or (assignee is not None and assignee not in here):
            wanted |= Q(unit_id=unit, role=role, assignee_id=assignee)
    left = running.filter(wanted)
    related = ("unit", "assignee", "dossier__version", "dossier__owner", "dossier__owner_organisation")
    oldest = left.select_related(*related).order_by("received_at", "pk")[:MOST_SHOWN]
    return left.count(), [Left(step, (step.unit_id, step.role) in empty) for step in oldest]


def _seated(units: Collection[int], on: date, at: datetime) -> dict[tuple[int, str], set[int]]:
    """Return who works at each desk of the units, (unit, role) → officers, those a post is lent to among them."""
    posts = {post.pk: post for post in Post.objects.valid_on(on).filter(unit__in=units).select_related("officer__user")}
    lent = Delegation.objects.filter(
        post__in=posts, starts_at__lte=at, ends_at__gt=at, to_officer__user__is_active=True
    ).values_list("post_id", "to_officer_id")
    held = [(posts[key], borrower) for key, borrower in lent]
    held += [(post, post.officer_id) for post in posts.values() if post.officer.user.is_active]
    seated: dict[tuple[int, str], set[int]] = {}
    for post, officer_id in held:
        for role in roles_served(post):
            seated.setdefault((post.unit_id, role), set()).add(officer_id)
    return seated

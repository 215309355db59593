"""Posts lent while somebody is away: whose posts one may lend, and to whom (Nghị định 309/2026/NĐ-CP, Điều 6)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q

from motcua.base.words import given_name_key
from motcua.people.models import Agency, AgencyQuerySet, Delegation, Officer, Post
from motcua.people.roles import Permission, Role, clashing, permits, roles_within_units

WITHIN_AGENCY = frozenset(
    {
        Agency.Type.DIVISION,
        Agency.Type.COMMUNE_CENTRE,
        Agency.Type.DISTRICT_CENTRE,
        Agency.Type.BRANCH,
        Agency.Type.RECEPTION_POINT,
    }
)  # units whose colleagues are those of the agency above; every other unit is an agency itself
KEPT_IN_SIGHT = timedelta(days=30)  # how long a loan that has ended is still listed


def units_led(posts: Iterable[Post]) -> AgencyQuerySet:
    """Return the units somebody leads by posts of their own, with all below; a post lent to them lends no other post."""
    tops = [post.unit for post in posts if post.delegation is None and permits(post.role, Permission.FOLLOW_UNIT)]
    return Agency.objects.below(tops) if tops else Agency.objects.none()


def lendable_posts(officer: Officer, led: Iterable[int], on: date) -> list[Post]:
    """Return the posts of today that `officer` may lend: their own, then those in the units they lead, by given name.

    A post that reaches beyond its unit is lent by the system administrator alone.
    """
    posts = Post.objects.valid_on(on).filter(Q(officer=officer) | Q(unit__in=led), role__in=roles_within_units())
    found = posts.select_related("officer", "unit")
    return sorted(found, key=lambda post: (post.officer_id != officer.pk, given_name_key(post.officer.full_name)))


def may_borrow(post: Post, on: date) -> list[Post]:
    """Return a post of each colleague in the agency of `post` to whom the law lets it be lent, by given name.

    What else they borrow in the meantime is looked at when it is lent (actions.check_lending).
    """
    agency = (post.unit.type in WITHIN_AGENCY and post.unit.parent) or post.unit
    near = Agency.objects.below([agency])
    held = (
        Post.objects.valid_on(on).filter(unit__in=near, officer__user__is_active=True).select_related("officer", "unit")
    )
    theirs: dict[int, list[Post]] = {}
    for other in held.exclude(officer=post.officer_id).order_by("pk"):
        theirs.setdefault(other.officer_id, []).append(other)
    fit = [posts[0] for posts in theirs.values() if not any(_clashes(post, other) for other in posts)]
    return sorted(fit, key=lambda other: given_name_key(other.officer.full_name))


def loans_of(posts: Iterable[Post], at: datetime) -> list[Delegation]:
    """Return the loans of these posts that last, are to come or ended lately, the latest first."""
    loans = Delegation.objects.filter(post__in=posts, ends_at__gt=at - KEPT_IN_SIGHT)
    return list(
        loans.select_related("post__officer", "post__unit", "to_officer", "made_by").order_by("-starts_at", "pk")
    )


def _clashes(post: Post, other: Post) -> bool:
    """Return whether one person may not hold both; signing may go to the head of a division (NĐ 30/2020, Điều 13)."""
    if post.role == Role.SIGNER and other.role == Role.DIVISION_HEAD:
        return False
    return clashing(Role(post.role), Role(other.role))

"""What every page's frame needs to know: where this is, how the person wants to see it, and who sits at the desk."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from motcua.base.words import local_day
from motcua.people.admin_rights import ADMINISTERING
from motcua.people.models import Officer, Post
from motcua.people.queries import posts_of
from motcua.people.roles import Permission, permits
from motcua.web.shared.display import is_large_print


@dataclass(frozen=True)
class Place:
    """The province this deployment serves and how its pages are shown."""

    name: str
    hotline: str
    is_demo: bool
    large_print: bool


class Desk:
    """The officer signed in, read only when the page asks: who it is by one query, the posts by two more."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def officer(self) -> Officer | None:
        """Return the officer whose account this is."""
        return getattr(self._request.user, "officer", None)

    @cached_property
    def posts(self) -> list[Post]:
        """Return the posts the officer may act in now, borrowed ones last."""
        now = timezone.now()
        return posts_of(self.officer.user, local_day(now), now) if self.officer else []

    @property
    def unit_name(self) -> str:
        """Return the short name of the unit of the officer's first post."""
        return self.posts[0].unit.short_name if self.posts else ""

    @property
    def may_receive(self) -> bool:
        """Return whether the officer takes dossiers in at a counter."""
        return any(permits(post.role, Permission.RECEIVE) for post in self.posts)

    @property
    def may_design(self) -> bool:
        """Return whether the officer edits processes in the workshop."""
        return any(permits(post.role, Permission.PUBLISH_PROCEDURE) for post in self.posts)

    @property
    def may_administer(self) -> bool:
        """Return whether the officer enters the administration pages."""
        return any(permits(post.role, permission) for post in self.posts for permission in ADMINISTERING)


def place(request: HttpRequest) -> dict[str, object]:
    """Context processor: `place` and `desk` for every template."""
    return {
        "place": Place(
            name=settings.PROVINCE_NAME,
            hotline=settings.HOTLINE,
            is_demo=settings.DEMO,
            large_print=is_large_print(request),
        ),
        "desk": Desk(request),
    }

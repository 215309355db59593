"""The small world at the desk: who sits there, and dossiers at every stage."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.people.models import Post
from tests.world import World, in_process, make_world, submitted

SignIn = Callable[[str], Client]
Moment = Callable[[int], datetime]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def sign_in(world: World) -> SignIn:
    """Sign somebody of the world in, by the name of their post."""

    def signed_in(role: str) -> Client:
        post: Post = world.posts[role]
        browser = Client()
        browser.force_login(post.officer.user)
        return browser

    return signed_in


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def earlier(now: datetime) -> Moment:
    """Return a moment so many minutes ago: the views read the real clock, so lives are told backwards from it."""
    return lambda minutes: now - timedelta(minutes=minutes)


@pytest.fixture
def new(world: World, earlier: Moment) -> Dossier:
    return submitted(world, earlier(90))


@pytest.fixture
def working(world: World, earlier: Moment) -> Dossier:
    return in_process(world, earlier(90), earlier(60), earlier(30))

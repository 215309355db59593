"""The small world seen from the citizens' door: who is signed in, and where their ward's centre is."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from motcua.people.models import Citizen
from tests.world import World, make_world

SignIn = Callable[[Citizen], Client]


@pytest.fixture
def world(db: None) -> World:
    """Make the world; the centre stands in the ward, so that dossiers of the ward find it."""
    made = make_world()
    made.centre.place = made.commune.place
    made.centre.save(update_fields=["place"])
    cache.clear()
    return made


def browser_of(citizen: Citizen) -> Client:
    """Return a browser in which the citizen is signed in."""
    browser = Client()
    assert citizen.user is not None
    browser.force_login(citizen.user)
    return browser


@pytest.fixture
def an(world: World) -> Client:
    return browser_of(world.an)


@pytest.fixture
def chi(world: World) -> Client:
    return browser_of(world.chi)

"""The small world, really committed: what is killed here has connections of its own."""

import pytest
from pytest_django import Settings

from tests.world import World, make_world


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    return make_world()

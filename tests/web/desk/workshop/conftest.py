"""The small world with those who edit and publish processes."""

import pytest
from django.test import Client

from motcua.people.models import Agency
from motcua.people.roles import Role
from tests.web.desk.conftest import SignIn
from tests.world import World, _agency, _post


@pytest.fixture
def world(world: World) -> World:
    office = _agency("H1.01", "Văn phòng", Agency.Type.DEPARTMENT, calendar=world.commune.calendar)
    world.posts["editor"] = _post("Lê Thị Soạn", office, Role.CATALOGUE_ADMIN)
    world.posts["controller"] = _post("Lê Thị Hoài Thu", office, Role.PROCEDURE_CONTROLLER)
    return world


@pytest.fixture
def editor(sign_in: SignIn) -> Client:
    return sign_in("editor")

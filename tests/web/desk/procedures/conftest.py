"""The small world with those who edit procedures, and a draft of its procedure."""

import pytest
from django.test import Client
from django.utils import timezone

from motcua.catalogue import actions
from motcua.catalogue.models import ProcedureVersion
from motcua.people.models import Agency
from motcua.people.roles import Role
from tests.web.desk.conftest import SignIn
from tests.world import World, _agency, _post


@pytest.fixture
def world(world: World) -> World:
    office = _agency("H1.01", "Văn phòng", Agency.Type.DEPARTMENT, calendar=world.commune.calendar)
    world.posts["editor"] = _post("Lê Thị Soạn", office, Role.CATALOGUE_ADMIN)
    return world


@pytest.fixture
def editor(sign_in: SignIn) -> Client:
    return sign_in("editor")


@pytest.fixture
def draft(world: World) -> ProcedureVersion:
    editor = world.posts["editor"].officer.user
    return actions.draft_next(procedure=world.version.procedure, at=timezone.now(), actor=editor)

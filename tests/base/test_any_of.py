"""The lookup that sends many values as one array."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.models import Reading
from tests.world import World, make_world, vn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("keys", [[], [2], [1, 2, 9]])
def test_any_of_finds_what_in_finds(keys: list[int]) -> None:
    for key in (1, 2, 3):
        Reading.objects.create(at=vn("2026-11-20 08:00"), reader_id=1, topic="dossier", key=key, page="dossier")

    assert set(Reading.objects.filter(key__any_of=keys)) == set(Reading.objects.filter(key__in=keys))


def test_any_of_follows_references_and_its_statement_does_not_grow() -> None:
    world: World = make_world()
    post = world.posts["specialist"]

    with CaptureQueriesContext(connection) as queries:
        found = [
            list(type(post).objects.filter(officer__any_of=ids)) for ids in ([post.officer_id], [post.officer_id, 0])
        ]

    assert found == [[post], [post]]
    assert len({query["sql"].partition("ANY(")[0] for query in queries.captured_queries}) == 1

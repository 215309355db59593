"""Two officers press the same button at the same moment, on a real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from motcua.dossiers.models import DossierEvent
from motcua.people.models import Post
from motcua.people.roles import Role
from tests.web.desk.pages import address, words
from tests.world import _post, make_world, submitted

pytestmark = pytest.mark.django_db(transaction=True)


def browser_of(post: Post) -> Client:
    browser = Client()
    browser.force_login(post.officer.user)
    return browser


def test_two_officers_accepting_at_once_one_wins_and_the_other_reads_why() -> None:
    world = make_world()
    dossier = submitted(world, timezone.now() - timedelta(minutes=30))
    first = browser_of(world.posts[Role.RECEPTIONIST])
    second = browser_of(_post("Ngô Thị Bên Cạnh", world.centre, Role.RECEPTIONIST))

    def accept(browser: Client) -> tuple[int, str]:
        try:
            response = browser.post(address(dossier, "accept/"), {"step": 1, "unseen": "on"})
            return response.status_code, words(response)  # type: ignore[arg-type]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(accept, [first, second]))

    assert [code for code, _page in outcomes] == [200, 302]
    assert "Chưa có gì thay đổi" in outcomes[0][1]
    assert DossierEvent.objects.filter(dossier=dossier, move="accept").count() == 1

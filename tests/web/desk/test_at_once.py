"""Two officers press the same button at the same moment, on a real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from motcua.dossiers.models import DossierEvent, Step
from motcua.people.models import Post
from motcua.people.roles import Role
from tests.web.desk.pages import DESK, address, words
from tests.world import _post, in_process, make_world, submitted

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


@pytest.mark.parametrize("way", ["panel", "list"])
def test_two_officers_taking_a_step_at_once_the_second_reads_who_has_it(way: str) -> None:
    world = make_world()
    now = timezone.now()
    dossier = in_process(world, now - timedelta(minutes=90), now - timedelta(minutes=60), now - timedelta(minutes=30))
    posts = [world.posts[Role.SPECIALIST], _post("Ngô Thị Bên Cạnh", world.division, Role.SPECIALIST)]

    def take(post: Post) -> str:
        browser = browser_of(post)
        try:
            if way == "panel":
                posted = {"step": dossier.steps.get(done_at=None).seq, "to": post.officer_id, "holder": ""}
                response = browser.post(address(dossier, "assign/"), posted, follow=True)
            else:
                response = browser.post(f"{DESK}hang-loat/assign/", {"code": dossier.code}, follow=True)
            return words(response)  # type: ignore[arg-type]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(take, posts))

    holder = Step.objects.select_related("assignee").get(dossier=dossier, done_at=None).assignee
    assert holder is not None
    told = [f"{holder.full_name} vừa nhận bước này, bạn chưa nhận." in page for page in pages]
    assert told == [post.officer_id != holder.pk for post in posts]
    assert DossierEvent.objects.filter(dossier=dossier, move="assign").count() == 1

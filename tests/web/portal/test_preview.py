"""A draft seen as citizens will see it, by those who edit it and nobody else; nothing can be filed from there."""

import pytest
from django.test import Client
from django.utils import timezone

from motcua.catalogue import actions
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency
from motcua.people.roles import Role
from tests.web.desk.pages import words
from tests.world import World, _agency, _post, make_world

pytestmark = pytest.mark.django_db
PAGE = "/thu-tuc/1.013225/xem-truoc/2/"


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    office = _agency("H1.01", "Văn phòng", Agency.Type.DEPARTMENT, calendar=world.commune.calendar)
    world.posts["editor"] = _post("Lê Thị Soạn", office, Role.CATALOGUE_ADMIN)
    version = actions.draft_next(procedure=world.version.procedure, at=timezone.now())
    actions.say_in_draft(version=version, said={"plain_name": "Tên mới"}, at=timezone.now(), actor=None)
    return world


def browser_of(world: World, who: str) -> Client:
    browser = Client()
    browser.force_login(world.an.user if who == "an" else world.posts[who].officer.user)
    return browser


def test_the_page_and_every_screen_are_the_citizens_own_and_lead_nowhere_else(world: World) -> None:
    browser = browser_of(world, "editor")
    urls, pages = [PAGE], []
    while urls:
        page = browser.get(urls.pop())
        pages.append(words(page))  # type: ignore[arg-type]
        following = page.context.get("next") or {"url": page.context.get("start_url")}
        urls += [following["url"]] if following["url"] else []
        assert 'method="post" action="/ho-so/' not in page.content.decode()
        assert "/nop-ho-so/" not in page.content.decode()

    assert [("Bản xem trước của phiên bản 2" in page, "Tên mới" in page) for page in pages] == [(True, True)] * 6
    assert "Bản vẽ thiết kế xây dựng Cần bạn gửi" in pages[4]
    assert not Dossier.objects.exists()


def test_answers_narrow_the_preview_as_they_do_for_citizens(world: World) -> None:
    browser = browser_of(world, "editor")

    asked, not_asked = (browser.get(f"{PAGE}giay-to/?neighbour={answer}") for answer in ("yes", "no"))

    assert "Bản cam kết" in words(asked)  # type: ignore[arg-type]
    assert "Bản cam kết" not in words(not_asked)  # type: ignore[arg-type]


def test_nobody_else_sees_a_draft(world: World) -> None:
    pages = [PAGE, f"{PAGE}giay-to/"]

    assert [browser_of(world, who).get(page).status_code for who in ("an", "specialist") for page in pages] == [403] * 4
    assert [Client().get(page).status_code for page in pages] == [302] * 2
    assert "Tên mới" not in words(Client().get("/thu-tuc/1.013225/"))  # type: ignore[arg-type]
    assert ProcedureVersion.objects.filter(plain_name="Tên mới", state="draft").exists()

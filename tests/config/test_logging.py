"""Nobody's name, number or address gets into a log, however much is logged."""

import logging
import logging.config
import sys
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client
from pytest_django import Settings

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By, MoveNotAllowed
from motcua.dossiers.models import Dossier
from motcua.notices.models import Sending
from motcua.people.models import Citizen
from tests.notices.smtp import MailServer
from tests.notices.working import work_until_empty
from tests.world import World, faulty, make_world, returned, submitted, vn

pytestmark = pytest.mark.django_db(transaction=True)
MOMENTS = [
    vn("2026-11-19 14:32"), vn("2026-11-20 09:10"), vn("2026-11-20 10:20"), vn("2026-11-25 09:00"),
    vn("2026-11-26 08:00"), vn("2026-11-26 10:00"), vn("2026-11-26 14:00"), vn("2026-11-27 08:30"),
]  # fmt: skip
FAULTS = ({}, {"RCPT": "550 an@vidu.vn is unknown"}, {"LETTER": "451 an@vidu.vn has no room"}, {"HELLO": ""})


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.address
        yield server


@pytest.fixture
def world(transactional_db: None, settings: Settings) -> World:
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    cache.clear()
    return make_world()


def live_a_little(world: World) -> None:
    """Take dossiers the whole way, and along the side ways, with a mistake among them."""
    returned(world, MOMENTS)
    asked = submitted(world, MOMENTS[0])
    faulty(asked.papers.get(requirement=world.drawing), f"Sai tên {world.an.full_name}")
    reason = f"Bản vẽ không phải của {world.an.full_name}, {world.an.phone}"
    actions.ask_papers(dossier_id=asked.pk, actor=world.actor(By.COUNTER), at=MOMENTS[1], reason=reason)
    with pytest.raises(MoveNotAllowed):
        actions.accept(dossier_id=asked.pk, actor=world.actor(By.COUNTER), at=MOMENTS[2])


def tell_through(server: MailServer, world: World) -> None:
    """Send letters through a server that now takes, now refuses them, naming who they are for."""
    for replies in FAULTS:
        server.replies = replies
        submitted(world, MOMENTS[0])
        work_until_empty()


def sign_in_and_out(world: World) -> None:
    for login, password in [
        (world.an.phone, "sai mật khẩu"), (world.an.email, "sai mật khẩu"), ("khong-ai@vidu.vn", "sai mật khẩu"),
        (world.an.phone, "mat-khau-dai"),
    ]:  # fmt: skip
        browser = Client()
        browser.post("/dang-nhap/", {"login": login, "password": password})
    browser.get(f"/ho-so/{Dossier.objects.latest('pk').code}/")
    browser.get("/ho-so/khong-co/")
    browser.post("/quen-mat-khau/", {"email": world.an.email})
    browser.post("/dang-xuat/")


def private_to(world: World) -> list[str]:
    people = [world.an, world.chi]
    facts = [fact for one in people for fact in (one.full_name, one.phone, one.identity_number, one.email, one.address)]
    return [*facts, world.an.full_name.split()[-2], "mat-khau-dai", "sai mật khẩu", "khong-ai@vidu.vn", "an@vidu.vn"]


def test_no_log_holds_anything_of_a_person(
    world: World, mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("procrastinate").setLevel(logging.DEBUG)
    live_a_little(world)
    tell_through(mail_server, world)
    sign_in_and_out(world)

    written = [f"{record.name} {caplog.handler.format(record)}" for record in caplog.records]

    assert len(written) > 50
    assert Sending.objects.filter(state="parked").count() == 1
    assert [line for line in written if any(fact in line for fact in private_to(world))] == []


def test_an_error_of_the_database_is_logged_without_the_row_it_refused(world: World, settings: Settings) -> None:
    record = logging.LogRecord("motcua", logging.ERROR, __file__, 1, "Không ghi được", None, None)
    try:
        Citizen.objects.create(full_name="Người Khác", identity_number=world.an.identity_number)
    except IntegrityError:
        record.exc_info = sys.exc_info()

    said = settings.LOGGING["formatters"][settings.LOGGING["handlers"]["console"]["formatter"]]
    line = logging.config.DictConfigurator({}).configure_formatter(said).format(record)

    assert "IntegrityError" in line
    assert str(world.an.identity_number) not in line

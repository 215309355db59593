"""What the rest of the program may do with notices."""

from pathlib import Path

import pytest
from django.contrib.admin.sites import AdminSite
from django.test import RequestFactory

from motcua.dossiers.models import DossierEvent
from motcua.notices import actions
from motcua.notices.admin import SendingAdmin
from motcua.notices.letters import Sender
from motcua.notices.models import Notice, Sending
from tests.notices.working import jobs
from tests.world import World, accepted, submitted, vn

pytestmark = pytest.mark.django_db
FILED_AT, ACCEPTED_AT, READ_AT = vn("2026-11-19 14:32"), vn("2026-11-20 09:10"), vn("2026-11-20 10:00")
NOBODY_TO_CALL = Sender(place="Thành phố Huế", hotline="", page_of=lambda code: f"https://vidu.vn/{code}")


def told(world: World) -> Notice:
    submitted(world, FILED_AT)
    notice = actions.tell(event=DossierEvent.objects.get(), at=FILED_AT)
    assert notice
    return notice


def parked(world: World) -> Sending:
    sending = told(world).sendings.get()
    Sending.objects.update(state=Sending.State.PARKED, tries=10, fault="ConnectionRefusedError")
    return sending


def test_a_notice_goes_to_who_filed_and_to_nobody_else(world: World) -> None:
    notice = told(world)

    assert notice.citizen == world.an
    assert [(one.channel, one.address, one.state) for one in notice.sendings.all()] == [
        ("email", world.an.email, "waiting")
    ]


def test_telling_again_tells_nothing_new(world: World) -> None:
    notice = told(world)
    before = jobs("id")

    again = actions.tell(event=notice.event, at=READ_AT)

    assert again == notice
    assert jobs("id") == before


def test_the_past_is_told_in_the_portal_alone(world: World) -> None:
    submitted(world, FILED_AT)

    actions.tell(event=DossierEvent.objects.get(), at=FILED_AT, channels=())

    assert (Notice.objects.count(), Sending.objects.count()) == (1, 0)


def test_reading_marks_what_was_unread_and_leaves_the_first_reading(world: World) -> None:
    dossier = accepted(world, FILED_AT, ACCEPTED_AT)
    first, second = dossier.events.order_by("seq")
    actions.tell(event=first, at=FILED_AT)
    actions.mark_read(citizen_id=world.an.pk, at=ACCEPTED_AT)
    actions.tell(event=second, at=ACCEPTED_AT)

    actions.mark_read(citizen_id=world.chi.pk, at=READ_AT)
    assert Notice.objects.filter(read_at__isnull=True).count() == 1
    actions.mark_read(citizen_id=world.an.pk, at=READ_AT)

    assert list(Notice.objects.order_by("pk").values_list("read_at", flat=True)) == [ACCEPTED_AT, READ_AT]


def test_a_province_without_a_hotline_names_none(world: World, mail_folder: Path) -> None:
    sending = told(world).sendings.get()

    assert actions.send(sending_id=sending.pk, sender=NOBODY_TO_CALL, at=READ_AT)

    (letter,) = mail_folder.iterdir()
    assert "gọi" not in letter.read_bytes().decode().split("\n\n", 1)[1]


def test_what_was_sent_is_not_sent_again(world: World, mail_folder: Path) -> None:
    sending = told(world).sendings.get()
    actions.send(sending_id=sending.pk, sender=NOBODY_TO_CALL, at=READ_AT)

    assert actions.send(sending_id=sending.pk, sender=NOBODY_TO_CALL, at=READ_AT)

    assert len(list(mail_folder.iterdir())) == 1


def test_only_what_is_parked_can_be_released(world: World) -> None:
    sending = told(world).sendings.get()

    with pytest.raises(Sending.DoesNotExist):
        actions.release(sending_id=sending.pk)


def test_the_administration_releases_what_is_parked_and_hides_the_address(world: World) -> None:
    sending = parked(world)
    before = len(jobs("id"))
    screen = SendingAdmin(Sending, AdminSite())

    screen.release(RequestFactory().post("/"), Sending.objects.all())

    sending.refresh_from_db()
    assert (sending.state, sending.tries) == ("waiting", 0)
    assert jobs("task_name", "lock")[before:] == [("notices.send", f"notices.send sending:{sending.pk}")]
    assert screen.masked_address(sending) == "n•••@vidu.vn"

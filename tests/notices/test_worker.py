"""From a move to a letter, through the real queue and the real worker."""

import threading
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, DossierEvent
from motcua.notices.actions import LAST_TRY, release
from motcua.notices.listener import WAITS_SECONDS, tell
from motcua.notices.models import Notice, Sending
from tests.notices.smtp import MailServer
from tests.notices.working import jobs, let_time_pass, work_until_empty
from tests.world import World, accepted, make_world, submitted, vn

pytestmark = pytest.mark.django_db(transaction=True)
FILED_AT, ACCEPTED_AT = vn("2026-11-19 14:32"), vn("2026-11-20 09:10")


@pytest.fixture(autouse=True)
def _connections_end_with_their_job(settings: Settings) -> None:
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def states() -> list[tuple[str, str, int]]:
    return list(Sending.objects.order_by("pk").values_list("state", "fault", "tries"))


def test_a_move_becomes_a_notice_and_a_letter(world: World, mail_folder: Path, settings: Settings) -> None:
    settings.SITE_URL = "https://mot-cua.vidu.vn"
    submitted(world, FILED_AT)

    work_until_empty()

    notice = Notice.objects.get()
    (path,) = mail_folder.iterdir()
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert notice.title == letter["Subject"] == "Đã nhận hồ sơ H57.31.12-261119-0001"
    assert letter["To"] == world.an.email
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == f"<email.{notice.event.hash[:32]}@localhost>"
    assert letter["Date"].datetime.timestamp() == int(notice.told_at.timestamp())
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().split("\n-----")[0].strip().split("\n\n") == [
        notice.body,
        "Xem hồ sơ: https://mot-cua.vidu.vn/ho-so/H57.31.12-261119-0001/",
        "Thư này do hệ thống một cửa của Thành phố Huế tự động gửi; bạn không cần trả lời.",
        "Cần hỏi thêm, bạn gọi 1022.",
    ]
    assert states() == [("sent", "", 1)]
    assert jobs("id") == []


def test_a_move_that_is_rolled_back_is_told_to_nobody(world: World) -> None:
    class Refused(Exception):
        pass

    def file_and_fail() -> None:
        submitted(world, FILED_AT)
        assert len(jobs("id")) == 1
        raise Refused

    with pytest.raises(Refused), transaction.atomic():
        file_and_fail()

    assert jobs("id") == []


def test_the_jobs_of_one_dossier_are_done_in_the_order_of_its_moves(world: World) -> None:
    dossier = accepted(world, FILED_AT, ACCEPTED_AT)

    assert jobs("task_name", "lock") == [("notices.tell", f"notices.tell dossier:{dossier.pk}")] * 2


def test_a_job_that_runs_twice_tells_once(world: World, mail_server: MailServer) -> None:
    submitted(world, FILED_AT)
    event = DossierEvent.objects.get()
    tell.defer(event_id=event.pk)
    work_until_empty()
    tell.defer(event_id=event.pk)
    work_until_empty()

    assert Notice.objects.count() == Sending.objects.count() == len(mail_server.letters) == 1


def test_a_citizen_without_an_address_is_told_in_the_portal_alone(world: World, mail_server: MailServer) -> None:
    world.an.email = ""
    world.an.save()
    submitted(world, FILED_AT)

    work_until_empty()

    assert Notice.objects.get().citizen == world.an
    assert (Sending.objects.count(), mail_server.letters, jobs("id")) == (0, [], [])


# fmt: off
FAULTS = [
    ({"HELLO": "421 closing"},                 "SMTPConnectError"),
    ({"HELLO": ""},                            "SMTPServerDisconnected"),
    ({"MAIL": "451 try later"},                "SMTPSenderRefused"),
    ({"MAIL": "550 we do not know you"},       "SMTPSenderRefused"),
    ({"RCPT": "450 grey"},                     "SMTPRecipientsRefused 450"),
    ({"LETTER": "452 disk full"},              "SMTPDataError 452"),
    ({"LETTER": ""},                           "SMTPServerDisconnected"),
]
# fmt: on


@pytest.mark.parametrize("replies, fault", FAULTS)
def test_a_mail_server_in_trouble_is_asked_again_and_the_notice_stands_in_the_portal(
    world: World, mail_server: MailServer, replies: dict[str, str], fault: str
) -> None:
    mail_server.replies = replies
    submitted(world, FILED_AT)
    work_until_empty()
    assert (Notice.objects.count(), states()) == (1, [("waiting", fault, 1)])
    assert jobs("status", "attempts") == [("todo", 1)]

    mail_server.replies = {}
    mail_server.letters.clear()
    let_time_pass()
    work_until_empty()

    assert states() == [("sent", "", 2)]
    assert len(mail_server.letters) == 1
    assert jobs("id") == []


def test_a_mail_server_that_is_away_delays_nobody(world: World, settings: Settings, mail_server: MailServer) -> None:
    settings.EMAIL_PORT = 1
    accepted(world, FILED_AT, ACCEPTED_AT)

    work_until_empty()

    assert Notice.objects.count() == 2
    assert states() == [("waiting", "ConnectionRefusedError", 1)] * 2


def test_a_folder_that_is_none_loses_no_letter(world: World, mail_folder: Path) -> None:
    mail_folder.write_text("a file where the folder should be")
    submitted(world, FILED_AT)
    work_until_empty()
    assert states() == [("waiting", "ImproperlyConfigured", 1)]

    mail_folder.unlink()
    let_time_pass()
    work_until_empty()

    assert states() == [("sent", "", 2)]
    assert len(list(mail_folder.iterdir())) == 1


@pytest.mark.parametrize("reply", [{"RCPT": "550 no such person"}, {"LETTER": "554 not wanted"}])
def test_a_letter_refused_for_good_is_parked_at_once(
    world: World, mail_server: MailServer, reply: dict[str, str]
) -> None:
    mail_server.replies = reply
    submitted(world, FILED_AT)

    work_until_empty()

    assert [(state, tries) for state, _, tries in states()] == [("parked", 1)]
    assert jobs("id") == []


def test_the_last_try_parks_and_a_release_sends(world: World, mail_server: MailServer) -> None:
    mail_server.replies = {"RCPT": "450 grey"}
    submitted(world, FILED_AT)
    work_until_empty()
    for _ in range(LAST_TRY - 1):
        let_time_pass()
        work_until_empty()
    assert states() == [("parked", "SMTPRecipientsRefused 450", LAST_TRY)]
    assert jobs("id") == []

    mail_server.replies = {}
    release(sending_id=Sending.objects.get().pk)
    work_until_empty()

    assert states() == [("sent", "", 1)]
    assert len(mail_server.letters) == 1


def test_every_try_but_the_last_has_its_wait_and_they_outlive_a_weekend() -> None:
    assert len(WAITS_SECONDS) == LAST_TRY - 1
    assert list(WAITS_SECONDS) == sorted(WAITS_SECONDS)
    assert sum(WAITS_SECONDS) > 36 * 3600


def test_the_counter_accepts_while_the_mail_server_dawdles(world: World, mail_server: MailServer) -> None:
    dossier = submitted(world, FILED_AT)
    mail_server.gate.clear()
    worker = threading.Thread(target=work_until_empty)
    worker.start()
    assert mail_server.asked.wait(10)

    taken_in = actions.accept(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=ACCEPTED_AT)

    assert taken_in.status == "received"
    mail_server.gate.set()
    worker.join()
    assert states()[0] == ("sent", "", 1)


def test_a_notice_that_cannot_be_written_yet_is_logged_and_keeps_its_place(
    world: World, mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    submitted(world, FILED_AT)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notices_notice RENAME TO notices_away")
    work_until_empty()
    failed = caplog.messages
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notices_away RENAME TO notices_notice")
    dossier = Dossier.objects.get()
    actions.accept(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=ACCEPTED_AT)
    work_until_empty()
    assert (Notice.objects.count(), [status for (status,) in jobs("status")]) == (0, ["todo", "todo"])

    let_time_pass()
    work_until_empty()

    said = [text.partition(" failed: ")[2] for text in failed if "ProgrammingError" in text]
    assert said == ["ProgrammingError; again in 10 s"]
    assert len(mail_server.letters) == 2
    assert list(Notice.objects.order_by("pk").values_list("title", flat=True)) == [
        "Đã nhận hồ sơ H57.31.12-261119-0001",
        "Hồ sơ H57.31.12-261119-0001 đã được tiếp nhận",
    ]

"""An appointment on site from the desk: offered by who holds the step, agreed on by telephone at the counter, recorded."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.base import words as said_as
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Visit
from motcua.people.vietnam_days import days_of_vietnam
from tests.documents.files import pdf
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import address, do, part, words
from tests.world import World

pytestmark = pytest.mark.django_db
PLACE = "12/7 kiệt 84 Lâm Hoằng"


def typed(at: datetime) -> str:
    return said_as.local(at).strftime("%H:%M %d/%m/%Y")


@pytest.fixture
def workday(now: datetime) -> datetime:
    """Return nine o'clock of a working day to come."""
    off = {day.on for day in days_of_vietnam()}
    on = said_as.local_day(now) + timedelta(days=1)
    while on.weekday() > 4 or on in off:
        on += timedelta(days=1)
    return said_as.start_of(on) + timedelta(hours=9)


@pytest.fixture
def offered(world: World, working: Dossier, now: datetime) -> Visit:
    return actions.offer_visit(
        dossier_id=working.pk, actor=world.actor(By.OFFICER), at=now - timedelta(minutes=10), place=PLACE,
        times=[now - timedelta(minutes=5), now + timedelta(days=2)], purpose="Xem ranh giới thửa đất",
    )  # fmt: skip


def test_the_officer_offers_two_times(working: Dossier, sign_in: SignIn, workday: datetime) -> None:
    browser = sign_in("specialist")

    panel = words(part(browser, address(working, "offer_visit/")))
    do(browser, working, "offer_visit", {
        "place": PLACE, "time1": typed(workday), "time2": typed(workday + timedelta(hours=2)), "reason": "Xem ranh giới",
    })  # fmt: skip

    page = words(browser.get(address(working)))  # type: ignore[arg-type]
    visit = working.visits.get()
    assert "Đồng hồ vẫn chạy" in panel
    assert "chưa chọn thì giữ giờ đầu" in panel
    assert visit.moments == [workday, workday + timedelta(hours=2)]
    assert f"Lần 1: {said_as.moment(workday)} Người dân chưa chọn, giữ giờ đầu" in page


@pytest.mark.parametrize(
    ("time", "why"), [("9h mai", "chưa đọc được"), ("09:00 20/01/2026", "đã qua"), ("09:00 24/11/2029", "ngày nghỉ")]
)
def test_a_time_that_cannot_be_is_said_so_and_nothing_is_lost(
    time: str, why: str, working: Dossier, sign_in: SignIn
) -> None:
    answer = do(sign_in("specialist"), working, "offer_visit", {"place": PLACE, "time1": time, "reason": "Xem"})

    assert why in words(answer)
    assert f'value="{time}"' in answer.content.decode()
    assert not working.visits.exists()


def test_the_counter_writes_down_the_time_chosen_by_telephone(
    working: Dossier, offered: Visit, sign_in: SignIn
) -> None:
    browser = sign_in("receptionist")
    left = offered.moments[1]

    panel = words(part(browser, address(working, "agree_visit/")))
    do(browser, working, "agree_visit", {"time": left.isoformat()})

    offered.refresh_from_db()
    assert said_as.moment(left) in panel
    assert said_as.moment(offered.moments[0]) not in panel
    assert offered.planned_at == left


def test_the_minutes_and_their_scan_are_kept_and_read(working: Dossier, offered: Visit, sign_in: SignIn) -> None:
    browser = sign_in("specialist")
    queue = words(browser.get("/ban-lam-viec/?hang=hen-xem"))  # type: ignore[arg-type]
    scan = SimpleUploadedFile("bien-ban.pdf", pdf(), content_type="application/pdf")

    do(browser, working, "record_visit", {
        "held_at": typed(said_as.local(offered.planned_at) + timedelta(minutes=1)), "present": "Nguyễn Hoài An",
        "reason": "Ranh giới đúng.", "document": scan,
    })  # fmt: skip

    page = words(browser.get(address(working)))  # type: ignore[arg-type]
    assert "Hẹn xem tại chỗ, hôm nay và ngày mai" in queue
    assert "Xây nhà ở riêng lẻ" in queue
    assert "Đã xem, có biên bản" in page
    assert "Ranh giới đúng." in page
    sent = browser.get(f"{address(working)}bien-ban/{offered.pk}/")
    assert b"".join(sent.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]


def test_who_does_not_hold_the_step_offers_nothing(working: Dossier, sign_in: SignIn, workday: datetime) -> None:
    do(sign_in("signer"), working, "offer_visit", {"place": PLACE, "time1": typed(workday), "reason": "Xem"})

    assert not working.visits.exists()


def test_once_it_failed_the_acts_are_to_offer_again_and_no_others(
    working: Dossier, offered: Visit, sign_in: SignIn
) -> None:
    browser = sign_in("specialist")
    before = words(browser.get(address(working)))  # type: ignore[arg-type]

    do(browser, working, "call_off_visit", {"reason": "Không có ai ở nhà"})

    after = words(browser.get(address(working)))  # type: ignore[arg-type]
    assert ("Ghi biên bản xem tại chỗ g" in before, "Không gặp được c" in before) == (True, True)
    assert "Hẹn xem tại chỗ g" not in before
    assert "Hẹn xem tại chỗ g" in after
    assert "Không có ai ở nhà" in after

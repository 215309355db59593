"""How a line of the inbox says its time, and under which heading it stands: Friday 20 November 2026, 09:30."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.dossiers.deadlines import calendar_of
from motcua.dossiers.lifecycle import MOVES
from motcua.people.models import CalendarVersion
from motcua.web.desk.rows import NEWS, News, Today, coarse, heading, row_of, time_left
from tests.world import make_calendar, vn

pytestmark = pytest.mark.django_db
NOW = vn("2026-11-20 09:30")
BIRTH = ProcedureVersion(name="Đăng ký khai sinh", procedure=Procedure(code="1.001193"))
Facts = Callable[..., dict[str, Any]]


@pytest.fixture
def calendar_id() -> int:
    return CalendarVersion.objects.get(calendar=make_calendar()).pk


@pytest.fixture
def today(calendar_id: int) -> Today:
    return Today.of(calendar_of(calendar_id), NOW)


@pytest.fixture
def facts(calendar_id: int) -> Facts:
    def made(**changed: Any) -> dict[str, Any]:
        plain: dict[str, Any] = {
            "code": "H57.31.12-261119-0018", "status": "processing", "rank": 0, "calendar_id": calendar_id,
            "submitted_at": vn("2026-11-18 08:00"), "reception_due_at": vn("2026-11-19 08:00"),
            "started_at": vn("2026-11-18 07:00"), "due_at": vn("2026-11-27 17:00"), "paused_at": None, "quiet_since": None,
            "owner_name": "An", "subject": "", "root_code": None, "step": "Thẩm định", "kind": "work", "assignee": None, "unit": "Phòng Tư pháp",
            "received_at": vn("2026-11-20 09:00"), "unit_type": "division", "unit_parent": "UBND phường Vỹ Dạ",
        }  # fmt: skip
        return plain | changed

    return made


def test_every_move_has_words_for_the_column_of_news() -> None:
    assert set(NEWS) == set(MOVES)


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 phút"), (45, "45 phút"), (150, "2 giờ"), (8 * 60, "1 ngày"), (5 * 480 + 300, "5 ngày")]
)
def test_a_length_is_said_by_its_largest_unit(minutes: int, said: str) -> None:
    assert coarse(minutes) == said


def test_soon_reaches_to_the_closing_of_the_next_working_day(today: Today) -> None:
    assert today.soon_by == vn("2026-11-23 17:00")


@pytest.mark.parametrize(
    ("due", "expected", "kind", "said"),
    [
        ("2026-11-18 17:00", ("Quá hạn", ""), "late", "quá 1 ngày"),
        ("2026-11-20 17:00", ("Hết hạn hôm nay", "trước 17:00"), "soon", "còn 5 giờ"),
        ("2026-11-23 17:00", ("Hết hạn thứ Hai 23/11", ""), "soon", "còn 1 ngày"),
        ("2026-11-27 17:00", ("Từ thứ Tư 25/11", ""), "", "còn 4 ngày"),
    ],
)
def test_a_running_dossier_stands_under_its_due_day(
    due: str, expected: tuple[str, str], kind: str, said: str, today: Today, facts: Facts
) -> None:
    row = facts(due_at=vn(due))

    assert heading(row, today) == expected
    assert (time_left(row, today).kind, time_left(row, today).words) == (kind, said)


@pytest.mark.parametrize(
    ("changed", "title", "kind", "said"),
    [
        ({"status": "submitted", "rank": 1, "due_at": None}, "Chưa tiếp nhận", "late", "quá 1 ngày"),
        ({"status": "finished", "rank": 2}, "Chờ người dân nhận kết quả", "good", "có kết quả"),
        ({"status": "awaiting_papers", "rank": 3, "paused_at": NOW}, "Đồng hồ đang dừng", "paused", "đang dừng"),
        ({"status": "incomplete", "rank": 3, "due_at": None}, "Đồng hồ đang dừng", "paused", "chờ bổ sung"),
        ({"due_at": None}, "Không có thời hạn theo luật", "", "không có hạn"),
    ],
)
def test_one_whose_clock_does_not_run_stands_apart(
    changed: dict[str, Any], title: str, kind: str, said: str, today: Today, facts: Facts
) -> None:
    row = facts(**changed)

    assert heading(row, today)[0] == title
    assert (time_left(row, today).kind, time_left(row, today).words) == (kind, said)


def test_the_bar_shows_the_used_part_of_the_working_time(today: Today, facts: Facts) -> None:
    row = facts(started_at=vn("2026-11-19 07:00"), due_at=vn("2026-11-20 17:00"), submitted_at=None)

    assert time_left(row, today).percent == 100 - 330 * 100 // 960


@pytest.mark.parametrize(
    ("changed", "nobody"),
    [
        ({}, "chưa ai nhận"),
        ({"kind": "hand_over", "status": "received"}, "cả quầy"),
        ({"status": "awaiting_papers", "paused_at": NOW}, "người dân"),
        ({"status": "returned", "kind": None, "step": None, "unit": None}, ""),
    ],
)
def test_a_row_without_an_officer_says_who_is_waited_for(
    changed: dict[str, Any], nobody: str, today: Today, facts: Facts
) -> None:
    assert row_of(facts(**changed), BIRTH, today, News("", unread=False)).nobody == nobody


def test_the_code_is_cut_to_what_people_say(today: Today, facts: Facts) -> None:
    row = row_of(facts(assignee="Hoàng Thị Mỹ Linh"), BIRTH, today, News("", unread=False))

    assert (row.day_part, row.number, row.holder_short) == ("261119-", "0018", "Mỹ Linh")


def test_a_dossier_without_a_deadline_that_stopped_says_only_its_status(today: Today, facts: Facts) -> None:
    left = time_left(facts(status="withdrawn", due_at=None), today)

    assert (left.kind, left.words) == ("plain", "Công dân yêu cầu rút hồ sơ")


def test_today_on_a_day_off_looks_to_the_next_working_days(calendar_id: int) -> None:
    sunday: datetime = vn("2026-11-22 10:00")

    today = Today.of(calendar_of(calendar_id), sunday)

    assert [str(day) for day in (today.next_on, today.later_on)] == ["2026-11-23", "2026-11-25"]


def test_of_a_division_the_agency_it_belongs_to_is_named(facts: Facts, today: Today) -> None:
    division, commune = facts(), facts(unit="UBND phường Vỹ Dạ", unit_type="commune", unit_parent="UBND thành phố Huế")

    places = [row_of(one, BIRTH, today, News("", unread=False)).place for one in (division, commune)]

    assert places == ["UBND phường Vỹ Dạ", "UBND phường Vỹ Dạ"]

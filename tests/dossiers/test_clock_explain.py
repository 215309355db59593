"""«Vì sao ngày này?»: the lines that add up, and the calendar of what each day gave."""

from datetime import date, timedelta

import pytest

from motcua.dossiers.clock import (
    CellKind,
    Effect,
    LineKind,
    Reckoning,
    days,
    explain,
    length_words,
    reckon,
    time_left_words,
    working_time_left,
)
from tests.dossiers.clock_cases import DAY_END, HOUR_EXACT, NATIONAL, RESTART, at, counted, entry


def story() -> Reckoning:
    """Return the dossier of Nguyễn Hoài An in the mock-ups."""
    return reckon(
        [
            entry(
                "2026-11-20 09:10",
                Effect.START,
                "7 working_days",
                note="Thời hạn cho nhà ở riêng lẻ",
                article="Nghị định 309/2026/NĐ-CP, Điều 8",
                by="Trần Quốc Bình",
            ),
            entry("2026-11-25 10:00", Effect.PAUSE, note="Chờ bạn bổ sung bản cam kết"),
            entry("2026-11-26 15:00", Effect.RESUME),
        ],
        NATIONAL,
        DAY_END,
    )


def told(reckoning: Reckoning) -> list[tuple[str, str, str]]:
    """Return title, detail and amount of every line."""
    return [(line.title, line.detail, line.amount) for line in explain(reckoning)]


def test_the_lines_of_the_story_are_those_of_the_mock_up() -> None:
    lines = explain(story())

    assert told(story()) == [
        (
            "Hồ sơ đủ và hợp lệ lúc 09:10 thứ Sáu 20/11",
            "Tính từ ngày làm việc tiếp theo. Nghị định 309/2026/NĐ-CP, Điều 8",
            "bắt đầu 23/11",
        ),
        ("Thời hạn cho nhà ở riêng lẻ", "7 ngày làm việc", "+ 56 giờ"),
        ("Bỏ qua 4 ngày nghỉ hằng tuần và 24/11", "24/11 là Ngày Văn hóa Việt Nam", "lẽ ra xong 02/12"),
        ("Chờ bạn bổ sung bản cam kết", "10:00 thứ Tư 25/11 đến 15:00 thứ Năm 26/11", "+ 11 giờ"),
        ("Đủ 56 giờ lúc 10:00 thứ Sáu 04/12", "Trả vào cuối ngày làm việc đó", "17:00"),
        ("Ngày hẹn trả", "", "17:00, 04/12/2026"),
    ]
    assert sum(line.minutes for line in lines) == (56 + 11) * 60
    assert lines[0].by == "Trần Quốc Bình"


def test_the_days_of_the_story_are_those_of_the_mock_up() -> None:
    cells = days(story(), at("2026-11-27 08:00"), filed_on=date(2026, 11, 19))

    assert [cell.on for cell in cells] == [date.fromordinal(date(2026, 11, 16).toordinal() + i) for i in range(21)]
    # fmt: off
    assert [cell.label for cell in cells] == [
        "", "", "", "nộp", "nhận đủ", "nghỉ", "nghỉ",
        "8 giờ", "ngày lễ", "3 giờ, rồi chờ", "chờ, rồi 2 giờ", "8 giờ", "nghỉ", "nghỉ",
        "8 giờ", "8 giờ", "8 giờ", "8 giờ", "3 giờ, trả", "", "",
    ]
    # fmt: on
    assert sum(cell.worked_minutes for cell in cells) == 56 * 60
    assert sum(cell.paused_minutes for cell in cells) == 11 * 60
    assert [cell.on for cell in cells if cell.is_due] == [date(2026, 12, 4)]
    assert [cell.on for cell in cells if cell.is_today] == [date(2026, 11, 27)]
    assert [cell.kind for cell in cells[4:12]] == [
        CellKind.RECEIVED, CellKind.OFF, CellKind.OFF,
        CellKind.RUN, CellKind.FEAST, CellKind.WAIT, CellKind.WAIT, CellKind.RUN,
    ]  # fmt: skip


def test_a_count_in_days_says_that_days_off_count_and_where_it_rolls() -> None:
    assert told(counted("2026-02-05 09:00", "15 days")) == [
        ("Hồ sơ đủ và hợp lệ lúc 09:00 thứ Năm 05/02", "Tính từ ngày tiếp theo", "bắt đầu 06/02"),
        (
            "Thời hạn giải quyết",
            "15 ngày, kể cả ngày nghỉ; đến hạn lúc hết giờ làm việc của ngày cuối",
            "+ 15 ngày",
        ),
        ("Ngày cuối của thời hạn là 20/02", "", "20/02"),
        (
            "Ngày 20/02 là Mùng bốn Tết Nguyên Đán",
            "Trả vào ngày làm việc tiếp theo (Bộ luật Dân sự 2015, Điều 148)",
            "23/02",
        ),
        ("Ngày hẹn trả", "", "17:00, 23/02/2026"),
    ]


def test_tet_is_said_as_one_stretch_of_days() -> None:
    skipped = explain(counted("2026-02-12 10:00", "5 working_days"))[2]

    assert skipped.kind is LineKind.SKIPPED
    assert skipped.title == "Bỏ qua 4 ngày nghỉ hằng tuần và 16/02–20/02"
    assert skipped.amount == "xong 26/02"


def test_a_wait_that_pushes_the_end_over_a_holiday_names_it() -> None:
    reckoning = counted("2026-11-18 09:00", "2 working_days", ("2026-11-19 07:00", "2026-11-20 07:00"))

    lines = told(reckoning)

    assert lines[2:5] == [
        ("Đồng hồ đứng lại", "07:00 thứ Năm 19/11 đến 07:00 thứ Sáu 20/11", "+ 8 giờ"),
        ("Bỏ qua 2 ngày nghỉ hằng tuần", "", "xong 23/11"),
        ("Đủ 16 giờ lúc 17:00 thứ Hai 23/11", "", "17:00"),
    ]


def test_a_restart_says_that_the_whole_term_counts_anew() -> None:
    entries = [
        entry("2026-11-09 09:00", Effect.START, "2 working_days"),
        entry("2026-11-10 09:00", Effect.EXTEND, "1 working_days", by="Lê Thị Thu"),
        entry("2026-11-11 09:00", Effect.PAUSE, note="Chờ giấy khai sinh", article="Nghị định 118/2025/NĐ-CP"),
        entry("2026-11-12 09:00", Effect.RESUME),
    ]

    lines = explain(reckon(entries, NATIONAL, RESTART))

    assert [(line.title, line.amount, line.minutes) for line in lines] == [
        ("Hồ sơ đủ và hợp lệ lúc 09:00 thứ Hai 09/11", "bắt đầu 10/11", 0),
        ("Thời hạn giải quyết", "+ 16 giờ", 960),
        ("Gia hạn thêm 1 ngày làm việc", "+ 8 giờ", 480),
        ("Chờ giấy khai sinh", "tính lại từ đầu", 0),
        ("Tính lại cả thời hạn từ lúc 09:00 thứ Năm 12/11", "bắt đầu 13/11", -480),
        ("Bỏ qua 2 ngày nghỉ hằng tuần", "xong 16/11", 0),
        ("Đủ 16 giờ lúc 17:00 thứ Hai 16/11", "17:00", 0),
        ("Ngày hẹn trả", "17:00, 16/11/2026", 0),
    ]
    assert lines[2].by == "Lê Thị Thu"
    assert lines[3].detail == "09:00 thứ Tư 11/11 đến 09:00 thứ Năm 12/11. Nghị định 118/2025/NĐ-CP"


def test_a_clock_that_waits_says_since_when_and_gives_no_coming_day_anything() -> None:
    entries = [
        entry("2026-11-09 09:00", Effect.START, "5 working_days"),
        entry("2026-11-11 09:00", Effect.PAUSE),
    ]
    reckoning = reckon(entries, NATIONAL, DAY_END)

    lines = told(reckoning)
    labels = [cell.label for cell in days(reckoning, at("2026-11-12 10:00"))]

    assert lines[-2:] == [
        (
            "Đồng hồ đang dừng từ 09:00 thứ Tư 11/11",
            "Ngày hẹn dưới đây là ngày đã biết lúc dừng; chạy tiếp thì tính thêm",
            "đang dừng",
        ),
        ("Ngày hẹn trả", "", "17:00, 16/11/2026"),
    ]
    # fmt: off
    assert labels == [
        "nhận đủ", "8 giờ", "2 giờ, rồi chờ", "chờ", "", "nghỉ", "nghỉ",
        "hẹn cũ", "", "", "", "", "", "",
    ]
    # fmt: on


def test_recalculation_and_stop_are_lines_of_their_own() -> None:
    entries = [
        entry("2026-11-09 09:00", Effect.START, "5 working_days"),
        entry("2026-11-10 09:00", Effect.RECALCULATE, "3 working_days", article="Quyết định 12/QĐ-UBND"),
        entry("2026-11-11 16:00", Effect.STOP, note="Đã có kết quả"),
    ]
    reckoning = reckon(entries, NATIONAL, DAY_END)

    lines = told(reckoning)
    labels = [cell.label for cell in days(reckoning, at("2026-11-20 10:00"))]

    assert lines[3] == (
        "Tính lại theo thời hạn 3 ngày làm việc",
        "09:00 thứ Ba 10/11. Quyết định 12/QĐ-UBND",
        "− 16 giờ",
    )
    assert lines[4] == ("Đã có kết quả", "16:00 thứ Tư 11/11", "đã xong")
    assert labels == ["nhận đủ", "8 giờ", "7 giờ, xong", "hẹn trả", "", "", ""]


def test_a_procedure_without_a_term_says_so() -> None:
    lines = told(reckon([entry("2026-11-09 09:00", Effect.START)], NATIONAL, DAY_END))

    assert lines == [
        ("Hồ sơ đủ và hợp lệ lúc 09:00 thứ Hai 09/11", "Tính từ lúc nhận", "bắt đầu 09:00"),
        ("Thủ tục không có thời hạn theo luật", "", "không có hạn"),
        ("Ngày hẹn trả", "", "không có hạn"),
    ]


@pytest.mark.parametrize(
    "received, term, rule",
    [
        ("2026-11-09 19:00", "8 working_hours", "Nhận ngoài giờ làm việc, tính từ lúc mở cửa tiếp theo"),
        ("2026-11-09 09:00", "8 working_hours", "Tính từ lúc nhận"),
        ("2026-11-09 09:00", "same_day", "Nhận đến 15:00 thì trả trong ngày, sau đó trả trong ngày làm việc tiếp theo"),
    ],
)
def test_the_first_line_says_from_when_it_counts(received: str, term: str, rule: str) -> None:
    assert explain(counted(received, term, policy=HOUR_EXACT))[0].detail == rule


def test_nothing_is_explained_before_the_clock_starts() -> None:
    nothing = reckon([], NATIONAL, DAY_END)

    assert explain(nothing) == []
    assert days(nothing, at("2026-11-09 09:00")) == []


@pytest.mark.parametrize(
    "now, minutes, words",
    [
        ("2026-11-27 10:00", (5 * 8 + 5) * 60, "còn 5 ngày 5 giờ"),
        ("2026-12-04 15:00", 120, "còn 2 giờ"),
        ("2026-12-04 16:20", 40, "còn 40 phút"),
        ("2026-12-04 14:45", 135, "còn 2 giờ 15 phút"),
        ("2026-12-04 17:00", 0, "đến hạn"),
        ("2026-12-04 20:00", 0, "vừa quá hạn"),
        ("2026-12-07 17:00", -480, "quá 1 ngày"),
        ("2026-12-08 09:00", -600, "quá 1 ngày 2 giờ"),
    ],
)
def test_time_left_is_working_time_and_a_day_is_eight_hours(now: str, minutes: int, words: str) -> None:
    due_at = at("2026-12-04 17:00")

    assert working_time_left(NATIONAL, at(now), due_at) == minutes
    assert time_left_words(NATIONAL, at(now), due_at) == words


def test_time_left_of_a_waiting_clock_or_without_a_due_moment() -> None:
    now = at("2026-12-04 17:00")

    assert time_left_words(NATIONAL, now, now, is_paused=True) == "đang dừng"
    assert time_left_words(NATIONAL, now, None) == "không có hạn"
    assert length_words(7 * 480) == "7 ngày"


@pytest.mark.parametrize("received", [f"2026-11-{day:02} 10:00" for day in range(1, 31)])
def test_every_day_between_receipt_and_the_end_is_counted_or_named(received: str) -> None:
    """A Sunday before a holiday too: the Monday a receipt is taken to be of is said, not left out without a word."""
    reckoning = counted(received, "3 working_days")
    told = " ".join(f"{line.title} {line.detail} {line.amount}" for line in explain(reckoning))
    start, calendar = reckoning.counted_from, reckoning.calendar
    assert start is not None
    assert reckoning.due_at is not None

    on, unsaid = at(received).date() + timedelta(days=1), []
    while on < reckoning.due_at.date():
        is_counted = calendar.is_working_day(on) and on >= start.date()
        is_named = not calendar.is_working_day(on) and "Bỏ qua" in told
        if (
            not is_counted
            and not is_named
            and f"{on.day}/{on.month}" not in told
            and f"{on.day:02}/{on.month:02}" not in told
        ):
            unsaid.append(on)
        on += timedelta(days=1)

    assert unsaid == []

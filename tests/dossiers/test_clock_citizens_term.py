"""The citizen's own term to supplement: the lines lead to the very moment that is promised."""

import pytest

from motcua.dossiers.clock import explain_supplement, supplement_due
from tests.dossiers.clock_cases import NATIONAL, WITH_SATURDAY_MORNING, at


def test_the_lines_say_the_request_the_term_the_days_off_and_the_last_moment() -> None:
    asked_at = at("2026-11-20 09:10")

    lines = explain_supplement(NATIONAL, asked_at, supplement_due(NATIONAL, asked_at, 7))

    assert [(line.title, line.detail, line.amount) for line in lines] == [
        ("Cơ quan yêu cầu lúc 09:10 thứ Sáu 20/11", "Tính từ lúc yêu cầu", "bắt đầu 09:10"),
        ("Thời gian dành cho bạn", "7 ngày làm việc", "+ 56 giờ"),
        ("Bỏ qua 4 ngày nghỉ hằng tuần và 24/11", "24/11 là Ngày Văn hóa Việt Nam", "xong 02/12"),
        ("Đủ 56 giờ lúc 09:10 thứ Tư 02/12", "Bạn có đến hết giờ làm việc của ngày đó", "17:00"),
        ("Hạn bạn gửi bổ sung", "", "17:00, 02/12/2026"),
    ]


def test_a_request_made_out_of_hours_counts_from_the_next_opening() -> None:
    asked_at = at("2026-11-20 18:30")

    first = explain_supplement(NATIONAL, asked_at, supplement_due(NATIONAL, asked_at, 7))[0]

    assert first.detail == "Yêu cầu ngoài giờ làm việc, tính từ lúc mở cửa tiếp theo"
    assert first.amount == "bắt đầu 23/11"


@pytest.mark.parametrize("calendar", [NATIONAL, WITH_SATURDAY_MORNING])
@pytest.mark.parametrize("asked", ["2026-11-20 09:10", "2026-11-20 07:00", "2026-11-22 10:00", "2026-11-20 12:00"])
@pytest.mark.parametrize("days", [1, 3, 7, 15])
def test_the_lines_end_at_the_promised_moment_whenever_it_was_asked(calendar, asked, days) -> None:  # type: ignore[no-untyped-def]
    due_at = supplement_due(calendar, at(asked), days)

    lines = explain_supplement(calendar, at(asked), due_at)

    assert lines[-1].at == due_at
    assert sum(line.minutes for line in lines) == days * 480


def test_a_moment_no_number_of_days_leads_to_is_not_explained() -> None:
    assert explain_supplement(NATIONAL, at("2026-11-20 09:10"), at("2026-12-02 16:59")) == []

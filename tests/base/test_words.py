from datetime import UTC, date, datetime

import pytest

from motcua.base import words

FRIDAY = datetime(2026, 11, 20, 7, 5, tzinfo=UTC)  # 14:05 in Huế


@pytest.mark.parametrize(
    "amount_vnd, written",
    [(0, "0 đ"), (8000, "8.000 đ"), (75_000, "75.000 đ"), (1_250_000, "1.250.000 đ"), (-5_000, "-5.000 đ")],
)
def test_money_is_grouped_by_dots(amount_vnd: int, written: str) -> None:
    assert words.vnd(amount_vnd) == written


def test_a_day_is_written_day_month_year() -> None:
    assert words.day(date(2026, 12, 4)) == "04/12/2026"


def test_a_moment_late_in_utc_falls_on_the_next_day_in_vietnam() -> None:
    assert words.day(datetime(2026, 11, 20, 17, 30, tzinfo=UTC)) == "21/11/2026"


def test_a_moment_is_said_with_its_weekday() -> None:
    assert words.moment(FRIDAY) == "14:05 thứ Sáu 20/11/2026"


def test_a_moment_in_a_table_leaves_out_the_year() -> None:
    assert words.moment_short(FRIDAY) == "20/11 14:05"


@pytest.mark.parametrize(
    "now, said",
    [
        (datetime(2026, 11, 20, 0, 0, tzinfo=UTC), "14:05 hôm nay"),
        (datetime(2026, 11, 19, 0, 0, tzinfo=UTC), "14:05 ngày mai"),
        (datetime(2026, 11, 21, 0, 0, tzinfo=UTC), "14:05 hôm qua"),
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), "14:05 thứ Sáu 20/11/2026"),
    ],
)
def test_a_near_moment_is_said_as_people_say_it(now: datetime, said: str) -> None:
    assert words.moment_near(FRIDAY, now) == said


@pytest.mark.parametrize(
    "private, shown",
    [
        ("046196000214", "046196•••214"),
        ("0912345371", "09•• ••• 371"),
        ("nhu.pham@vidu.vn", "n•••@vidu.vn"),
        ("12345", "•••••"),
        ("", ""),
    ],
)
def test_private_numbers_are_shown_masked(private: str, shown: str) -> None:
    assert words.masked(private) == shown


@pytest.mark.parametrize(
    "full_name, mark", [("Hoàng Thị Mỹ Linh", "ML"), ("Võ Đình Khải", "ĐK"), ("An", "A"), ("", "")]
)
def test_a_face_shows_middle_and_given_name(full_name: str, mark: str) -> None:
    assert words.initials(full_name) == mark


def test_names_are_ordered_by_given_name_then_family_name() -> None:
    names = [
        "Trần Quốc Bình",
        "Nguyễn Hoài An",
        "Đặng Văn Ân",
        "Lê Thị An",
        "Võ Thị Ánh",
        "Hồ Đắc Thiện",
        "Mai Thị Đào",
    ]

    ordered = sorted(names, key=words.given_name_key)

    assert ordered == [
        "Lê Thị An",
        "Nguyễn Hoài An",
        "Võ Thị Ánh",
        "Đặng Văn Ân",
        "Trần Quốc Bình",
        "Mai Thị Đào",
        "Hồ Đắc Thiện",
    ]


def test_places_are_sorted_word_by_word_by_our_alphabet() -> None:
    places = [
        "Xã Vinh Lộc",
        "Phường Phong Thái",
        "Xã Đan Điền",
        "Phường Phong Điền",
        "Phường Phong Dinh",
        "Xã A Lưới 1",
    ]

    assert sorted(places, key=words.alphabet_key) == [
        "Phường Phong Dinh",
        "Phường Phong Điền",
        "Phường Phong Thái",
        "Xã A Lưới 1",
        "Xã Đan Điền",
        "Xã Vinh Lộc",
    ]


def test_equal_letters_are_ordered_by_tone() -> None:
    assert sorted(["Mạ", "Má", "Mà", "Ma", "Mã", "Mả"], key=words.given_name_key) == [
        "Ma",
        "Mà",
        "Mả",
        "Mã",
        "Má",
        "Mạ",
    ]

from datetime import UTC, date, datetime

import pytest
from django.forms import DateField, DateTimeField
from django.utils.formats import localize
from django.utils.translation import override


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_typed_day_first(language: str) -> None:
    with override(language):
        typed = [DateField().clean(text) for text in ("01/07/2026", "1/7/2026", "2026-07-01", "01-07-2026")]

    assert typed == [date(2026, 7, 1)] * 4


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_moment_is_typed_on_vietnamese_clocks_day_first(language: str) -> None:
    with override(language):
        typed = DateTimeField().clean("01/07/2026 14:05")

    assert typed == datetime(2026, 7, 1, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_days_and_moments_are_shown_as_people_write_them(language: str) -> None:
    with override(language):
        shown = [localize(date(2026, 7, 1)), localize(datetime(2026, 7, 1, 14, 5))]

    assert shown == ["01/07/2026", "14:05 01/07/2026"]

"""Attempts are counted one by one, in a crowd too, and forgotten when their window is over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from motcua.base.attempts import give_back, may_attempt
from motcua.base.models import Attempt

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
WINDOW = timedelta(minutes=15)


def attempt(at: datetime = NOW, **allowed: int) -> bool:
    try:
        return may_attempt(allowed, window=WINDOW, at=at)
    finally:
        if connections["default"].in_atomic_block is False:
            connections.close_all()


@pytest.mark.django_db
def test_the_narrowest_key_decides() -> None:
    assert [attempt(address=3, code=2) for _time in range(3)] == [True, True, False]
    assert attempt(address=4, another=2)


@pytest.mark.django_db
def test_a_window_is_not_prolonged_by_trying_again() -> None:
    assert attempt(code=1)
    assert not attempt(NOW + timedelta(minutes=14), code=1)
    assert attempt(NOW + WINDOW, code=1)


@pytest.mark.django_db
def test_what_was_no_guess_is_given_back() -> None:
    attempt(code=1)
    give_back({"code": 1})

    assert attempt(code=1)


@pytest.mark.django_db
def test_old_windows_are_forgotten() -> None:
    attempt(code=1)
    attempt(NOW + WINDOW, another=1)

    assert list(Attempt.objects.values_list("key", flat=True)) == ["another"]


@pytest.mark.django_db(transaction=True)
def test_of_a_crowd_no_more_pass_than_are_allowed() -> None:
    with ThreadPoolExecutor(8) as crowd:
        passed = list(crowd.map(lambda _number: attempt(address=50, code=5), range(40)))

    assert sum(passed) == 5
    assert Attempt.objects.get(key="code").number == 40

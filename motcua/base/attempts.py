"""Counting attempts that may be guesses: one row per key, one statement per attempt, so that none slips past in a crowd."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection

_COUNT = """
INSERT INTO base_attempt AS kept (key, number, ends_at) VALUES (%(key)s, 1, %(ends_at)s)
ON CONFLICT (key) DO UPDATE SET
    number = CASE WHEN kept.ends_at <= %(at)s THEN 1 ELSE kept.number + 1 END,
    ends_at = CASE WHEN kept.ends_at <= %(at)s THEN EXCLUDED.ends_at ELSE kept.ends_at END
RETURNING number
"""
_GIVE_BACK = "UPDATE base_attempt SET number = number - 1 WHERE key = ANY(%s) AND number > 0"
_FORGET = """
DELETE FROM base_attempt WHERE key IN (
    SELECT key FROM base_attempt WHERE ends_at <= %s LIMIT 20 FOR UPDATE SKIP LOCKED)
"""


def may_attempt(allowed: Mapping[str, int], *, window: timedelta, at: datetime) -> bool:
    """Count an attempt at `at` under every key of `allowed`; return whether none has had more than it is allowed.

    A window begins with the first attempt and is not prolonged by later ones. Attempts whose window is over are
    forgotten along the way.
    """
    numbers = {}
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [at])
        for key in sorted(allowed):  # always in one order, so that two attempts never wait for each other
            cursor.execute(_COUNT, {"key": key, "at": at, "ends_at": at + window})
            (numbers[key],) = cursor.fetchone()
    return all(number <= allowed[key] for key, number in numbers.items())


def give_back(keys: Mapping[str, int]) -> None:
    """Take back the attempt just counted under the keys: it was no guess."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, [sorted(keys)])

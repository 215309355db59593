"""Telling others that something happened: one job per subscriber, deferred in the caller's own transaction."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from json import dumps

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

_DEFER = """
SELECT procrastinate_defer_jobs_v1(ARRAY(
    SELECT ROW(queue, task, 0, task || ' ' || %(key)s::text, NULL, %(args)s::jsonb, NULL::timestamptz)::procrastinate_job_to_defer_v1
    FROM unnest(%(tasks)s::text[], %(queues)s::text[]) AS subscriber(task, queue)))
"""
_heard = ContextVar("heard", default=True)


@contextmanager
def unheard() -> Iterator[None]:
    """Tell nobody of what happens inside: for history that is loaded, whose listeners are told in another way."""
    token = _heard.set(False)
    try:
        yield
    finally:
        _heard.reset(token)


@cache
def subscribers(topic: str) -> tuple[tuple[str, str], ...]:
    """Return the (task name, queue) pairs listed for `topic` in config/subscriptions.py."""
    table: Mapping[str, tuple[tuple[str, str], ...]] = import_string(settings.SUBSCRIPTIONS)
    return tuple(table[topic])


def publish(topic: str, *, key: str, args: Mapping[str, object]) -> None:
    """Defer one job per subscriber of `topic`, in the caller's transaction.

    `key` becomes the job's lock, one per subscriber: a subscriber's jobs of one key run one after the other, in the
    order they were deferred, and a subscriber that fails holds up no other one. Rolling the transaction back leaves
    no job. One statement whatever the number of subscribers.
    """
    listed = subscribers(topic)
    if not listed or not _heard.get():
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _DEFER,
            {
                "key": key,
                "args": dumps(dict(args)),
                "tasks": [task for task, _ in listed],
                "queues": [queue for _, queue in listed],
            },
        )


_DEFER_MANY = """
SELECT procrastinate_defer_jobs_v1(ARRAY(
    SELECT ROW(queue, task, 0, task || ' ' || key, NULL, args, NULL::timestamptz)::procrastinate_job_to_defer_v1
    FROM unnest(%(keys)s::text[], %(args)s::jsonb[]) WITH ORDINALITY AS told(key, args, place)
    CROSS JOIN unnest(%(tasks)s::text[], %(queues)s::text[]) AS subscriber(task, queue) ORDER BY place))
"""


def publish_many(topic: str, told: Iterable[tuple[str, Mapping[str, object]]]) -> None:
    """Do what `publish` does for many (key, args) pairs, in their order and one statement."""
    listed = subscribers(topic)
    pairs = list(told)
    if not listed or not pairs or not _heard.get():
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _DEFER_MANY,
            {
                "keys": [key for key, _args in pairs],
                "args": [dumps(dict(args)) for _key, args in pairs],
                "tasks": [task for task, _queue in listed],
                "queues": [queue for _task, queue in listed],
            },
        )

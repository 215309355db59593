"""Does the background work in a test the way `motcua worker` does it."""

import asyncio
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from motcua.config.worker import work
from tests.threads import in_a_thread


def work_until_empty() -> None:
    """Do every job that is due, over connections of the worker's own."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        in_a_thread(lambda: asyncio.run(work(worker_app, wait=False)))


def jobs(*columns: str) -> list[tuple[Any, ...]]:
    """Return those columns of every job in the queue, in the order they were deferred."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def let_time_pass() -> None:
    """Make every job that waits for its next try due now."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app

from motcua.config.worker import rescue_jobs
from tests.threads import in_a_thread


def as_worker(does: Callable[[App], Coroutine[Any, Any, None]]) -> None:
    """Do something the way a worker does it, over connections of its own."""

    async def with_connections() -> None:
        async with worker_app.open_async():
            await does(worker_app)

    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        in_a_thread(lambda: asyncio.run(with_connections()))


async def take_job(app: App) -> None:
    """Begin the next job and fall silent, as a worker killed in the middle of it does."""
    worker = await app.job_manager.register_worker()
    assert await app.job_manager.fetch_job(queues=None, worker_id=worker)


def ask(question: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


@pytest.fixture
def begun_job(transactional_db: None) -> None:
    app.configure_task("tests.letter", allow_unknown=True).defer(number=1)
    as_worker(take_job)


@pytest.mark.usefixtures("begun_job")
def test_the_job_of_a_worker_that_fell_silent_is_done_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '21 seconds'")

    as_worker(rescue_jobs)

    assert ask("SELECT status FROM procrastinate_jobs") == [("todo",)]


@pytest.mark.usefixtures("begun_job")
def test_the_job_of_a_living_worker_is_left_to_it() -> None:
    as_worker(rescue_jobs)

    assert ask("SELECT status FROM procrastinate_jobs") == [("doing",)]

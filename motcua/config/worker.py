"""The background worker: takes jobs from the database, and takes over the jobs of a worker that was killed."""

import asyncio

from procrastinate import App
from procrastinate.jobs import DeleteJobCondition

PARALLEL_JOBS = 4  # one slow channel must not hold the others up; jobs of one dossier keep their order by their lock
HEARTBEAT_SECONDS = 5
DEAD_AFTER_SECONDS = 20  # a worker silent for so long is taken for dead
FINISH_SECONDS = 15  # what a job may still take when the worker is told to stop; it is done again otherwise


async def work(app: App, *, wait: bool) -> None:
    """Do jobs until told to stop, or, without `wait`, until none is left."""
    async with app.open_async():
        rescue = asyncio.create_task(_keep_rescuing(app))
        worker = asyncio.create_task(_run(app, wait=True) if wait else _run_until_empty(app))
        done, unfinished = await asyncio.wait([rescue, worker], return_when=asyncio.FIRST_COMPLETED)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        for task in done:
            task.result()


async def rescue_jobs(app: App) -> None:
    """Put back in the queue what a dead worker was doing."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS):
        await app.job_manager.retry_job(job)


async def _run(app: App, *, wait: bool) -> None:
    await app.run_worker_async(
        wait=wait,
        concurrency=PARALLEL_JOBS,
        delete_jobs=DeleteJobCondition.SUCCESSFUL,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=DEAD_AFTER_SECONDS,
        shutdown_graceful_timeout=FINISH_SECONDS,
    )


async def _run_until_empty(app: App) -> None:
    """A worker that does not wait leaves when it finds no job, though the one in its hands may be about to make more."""
    while await _is_work_left(app):
        await _run(app, wait=False)


async def _is_work_left(app: App) -> bool:
    """Tell whether a job is due that waits for no other one of its lock."""
    row = await app.connector.execute_query_one_async(
        """
        SELECT EXISTS (
            SELECT 1 FROM procrastinate_jobs AS job
            WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()) AND NOT EXISTS (
                SELECT 1 FROM procrastinate_jobs AS before
                WHERE before.lock = job.lock
                AND (before.status = 'doing' OR before.status = 'todo' AND before.id < job.id))
        ) AS work_left
        """
    )
    return bool(row["work_left"])


async def _keep_rescuing(app: App) -> None:
    while True:
        await rescue_jobs(app)
        await asyncio.sleep(DEAD_AFTER_SECONDS / 2)

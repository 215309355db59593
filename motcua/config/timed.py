"""The jobs of time: every few minutes the worker looks what has become due, and makes each turn as a job of its own.

The edge for dossiers.timed and for drafts set to be published: it alone knows the clock. A turn that fails is tried again and holds up no other.
"""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from motcua.catalogue.actions import publish_due
from motcua.dossiers.timed import TURNS

PATIENT = RetryStrategy(max_attempts=10, exponential_wait=4)


@app.periodic(cron="*/5 * * * *")
@app.task(name="timed.look", queue="timed", lock="timed.look")
def look(timestamp: int) -> int:
    """Defer a job for every turn that is due; one that waits already is not deferred again."""
    at, deferred = datetime.fromtimestamp(timestamp, UTC), 0
    for name, turn in TURNS.items():
        for dossier_id in turn.find(at):
            key = f"{name}:{dossier_id}"
            try:
                make.configure(queueing_lock=key, lock=f"dossier:{dossier_id}").defer(name=name, dossier_id=dossier_id)
            except AlreadyEnqueued:
                continue
            deferred += 1
    return deferred


@app.periodic(cron="*/5 * * * *")
@app.task(name="timed.procedures", queue="timed", lock="timed.procedures")
def procedures(timestamp: int) -> int:
    """Publish the versions of procedures whose day has come."""
    return len(publish_due(at=datetime.fromtimestamp(timestamp, UTC)))


@app.task(name="timed.make", queue="timed", retry=PATIENT)
def make(name: str, dossier_id: int) -> bool:
    """Make one turn of one dossier, if it is still due."""
    return TURNS[name].make(dossier_id, timezone.now())

"""The jobs of notices: told by rows that a move was made, they write and send."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from motcua.dossiers.models import DossierEvent
from motcua.notices import actions
from motcua.notices.models import Notice


class TryAgain(Exception):
    """A channel did not take the message; the job is run again later."""


@app.task(name="notices.tell", queue="notices", retry=RetryStrategy(max_attempts=20, wait=5, exponential_wait=2))
def tell(event_id: int) -> int | None:
    """Write the notice of the event and queue its sendings."""
    event = DossierEvent.objects.select_related(
        "dossier__version", "dossier__receiving_unit", "dossier__resolving_unit", "dossier__filed_by"
    ).get(pk=event_id)
    notice: Notice | None = actions.tell(event=event, at=timezone.now())
    return notice.pk if notice else None


@app.task(
    name="notices.send",
    queue="sendings",
    retry=RetryStrategy(max_attempts=actions.LAST_TRY + 1, wait=10, exponential_wait=3, retry_exceptions={TryAgain}),
)
def send(sending_id: int) -> None:
    """Send one message; raise TryAgain until it is sent or parked."""
    if not actions.send(sending_id=sending_id, at=timezone.now()):
        raise TryAgain

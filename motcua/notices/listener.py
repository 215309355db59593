"""The jobs of notices: told by rows that a move was made, they write and send. The edge of this package: it alone
knows the clock and the settings.
"""

import logging

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from motcua.dossiers.models import DossierEvent
from motcua.notices import actions
from motcua.notices.letters import Sender

logger = logging.getLogger(__name__)
MINUTE, HOUR = 60, 3600
WAITS_SECONDS = (10, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR)


class TryAgain(Exception):
    """A channel did not take the message; the job is run again later."""


class Patiently(BaseRetryStrategy):
    """Run a failed job again, later each time, and never give it up: a sending's own count says when it is parked."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        """Return when to try again. An error nobody foresaw is logged by its kind: its words may hold personal data."""
        wait = WAITS_SECONDS[min(job.attempts, len(WAITS_SECONDS) - 1)]
        if not isinstance(exception, TryAgain):
            logger.error("job %s (%s) failed: %s; again in %d s", job.id, job.task_name, type(exception).__name__, wait)
        return RetryDecision(retry_in={"seconds": wait})


@app.task(name="notices.tell", queue="notices", retry=Patiently())
def tell(event_id: int) -> int | None:
    """Write the notice of the event and queue its sendings."""
    event = DossierEvent.objects.select_related(
        "dossier__version", "dossier__receiving_unit", "dossier__resolving_unit", "dossier__filed_by"
    ).get(pk=event_id)
    notice = actions.tell(event=event, at=timezone.now())
    return notice.pk if notice else None


@app.task(name="notices.send", queue="sendings", retry=Patiently())
def send(sending_id: int) -> None:
    """Send one message; raise TryAgain until it is sent or parked."""
    if not actions.send(sending_id=sending_id, sender=_sender(), at=timezone.now()):
        raise TryAgain


def _sender() -> Sender:
    return Sender(place=settings.PROVINCE_NAME, hotline=settings.HOTLINE, page_of=_page_of)


def _page_of(code: str) -> str:
    """Return the address of a dossier's page in the portal, which asks for signing in first."""
    return f"{settings.SITE_URL}{reverse('portal:dossier', args=[code])}"

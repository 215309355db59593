"""Writing notices and sending them; each once, whatever is retried."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from motcua.base.publish import publish
from motcua.dossiers.models import DossierEvent
from motcua.notices.channels import CHANNELS
from motcua.notices.facts import facts_of
from motcua.notices.models import Notice, Sending
from motcua.notices.texts import words_for

LAST_TRY = 8


@transaction.atomic
def tell(*, event: DossierEvent, at: datetime, channels: Iterable[str] = tuple(CHANNELS)) -> Notice | None:
    """Write the notice of an event and queue its sendings over `channels`; None when the move stays silent.

    One transaction. The same event again returns the notice already written.
    """
    words = words_for(event.move, facts_of(event))
    if words is None:
        return None
    title, body = words
    citizen = event.dossier.filed_by
    notice, created = Notice.objects.get_or_create(
        event=event,
        defaults={"dossier": event.dossier, "citizen": citizen, "title": title, "body": body, "told_at": at},
    )
    if not created:
        return notice
    for name in channels:
        address = CHANNELS[name].address_of(citizen)
        if address:
            sending = Sending.objects.create(notice=notice, channel=name, address=address)
            publish("notice.queued", key=f"sending:{sending.pk}", args={"sending_id": sending.pk})
    return notice


def send(*, sending_id: int, at: datetime) -> bool:
    """Send one queued message; return whether it is settled (sent or parked), False when it should be tried again.

    No row is locked while the channel works; the job's own lock (one per sending) keeps two workers apart.
    """
    sending = Sending.objects.select_related("notice").get(pk=sending_id)
    if sending.state != Sending.State.WAITING:
        return True
    fault = _fault_of(sending)
    sending.tries += 1
    sending.fault = fault
    if not fault:
        sending.state, sending.sent_at = Sending.State.SENT, at
    elif sending.tries >= LAST_TRY:
        sending.state = Sending.State.PARKED
    sending.save(update_fields=["tries", "fault", "state", "sent_at"])
    return sending.state != Sending.State.WAITING


def _fault_of(sending: Sending) -> str:
    """Try the channel; return what kind of error stopped it, "" when it took the message."""
    try:
        CHANNELS[sending.channel].send(sending.address, sending.notice.title, sending.notice.body)
    except OSError as fault:  # a full disk, a dead server, a refused connection: SMTP's errors are OSErrors too
        return type(fault).__name__
    return ""


@transaction.atomic
def mark_read(*, citizen_id: int, at: datetime) -> None:
    """Mark every notice of a citizen as read."""
    Notice.objects.filter(citizen_id=citizen_id, read_at__isnull=True).update(read_at=at)


@transaction.atomic
def release(*, sending_id: int) -> Sending:
    """Queue a parked sending again, after an operator has mended its cause."""
    sending = Sending.objects.select_for_update().get(pk=sending_id, state=Sending.State.PARKED)
    sending.state, sending.tries = Sending.State.WAITING, 0
    sending.save()
    publish("notice.queued", key=f"sending:{sending.pk}", args={"sending_id": sending.pk})
    return sending

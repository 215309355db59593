"""Writing notices and sending them; each once, whatever is retried."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import translation

from motcua.base.publish import publish
from motcua.dossiers.models import DossierEvent
from motcua.notices.channels import CHANNELS
from motcua.notices.channels.letter import NotTaken
from motcua.notices.facts import about_bundle, facts_of
from motcua.notices.letters import Sender, letter_of
from motcua.notices.models import Notice, Sending
from motcua.notices.texts import words_for

LAST_TRY = 10  # spread over two days by listener.WAITS_SECONDS: a weekend's outage is outlived


@transaction.atomic
def tell(*, event: DossierEvent, at: datetime, channels: Iterable[str] = tuple(CHANNELS)) -> Notice | None:
    """Write the notice of an event and queue its sendings over `channels`; None when the move stays silent.

    A part of a dossier at another agency is silent altogether: its citizen hears of the root.

    One transaction. The same event again returns the notice already written.
    """
    if event.dossier.is_part:
        return None
    with translation.override("vi"):  # what is kept and sent is Vietnamese, in whatever language it is called
        words = words_for(event.move, facts_of(event))
        of_bundle = about_bundle(event) if words else ""
    if words is None:
        return None
    title, body = words[0], f"{words[1]} {of_bundle}".strip()
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


def send(*, sending_id: int, sender: Sender, at: datetime) -> bool:
    """Send one queued message; return whether it is settled (sent or parked), False when it should be tried again.

    No row is locked while the channel works; the job's own lock (one per sending) keeps two workers apart. Killed
    between the channel's yes and our writing it down, it sends again: a letter may come twice, never not at all.
    """
    sending = Sending.objects.select_related("notice__event", "notice__dossier").get(pk=sending_id)
    if sending.state != Sending.State.WAITING:
        return True
    sending.tries += 1
    try:
        with translation.override("vi"):
            CHANNELS[sending.channel].send(sending.address, letter_of(sending, sender))
    except NotTaken as refused:
        sending.fault = refused.fault
        if refused.for_good or sending.tries >= LAST_TRY:
            sending.state = Sending.State.PARKED
    else:
        sending.fault, sending.state, sending.sent_at = "", Sending.State.SENT, at
    sending.save(update_fields=["tries", "fault", "state", "sent_at"])
    return sending.state != Sending.State.WAITING


@transaction.atomic
def mark_read(*, citizen_id: int, at: datetime) -> None:
    """Mark every notice of a citizen as read."""
    Notice.objects.filter(citizen_id=citizen_id, read_at__isnull=True).update(read_at=at)


@transaction.atomic
def release(*, sending_id: int) -> Sending:
    """Queue a parked sending again, after an operator has mended its cause."""
    sending = Sending.objects.select_for_update().get(pk=sending_id, state=Sending.State.PARKED)
    sending.state, sending.tries = Sending.State.WAITING, 0
    sending.save(update_fields=["state", "tries"])
    publish("notice.queued", key=f"sending:{sending.pk}", args={"sending_id": sending.pk})
    return sending

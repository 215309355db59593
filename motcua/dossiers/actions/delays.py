"""No dossier becomes silently late: a missed due moment is noted with who held the dossier, and its cause is asked for."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.rows import change_row
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.models import Delay
from motcua.dossiers.moves import lock, move


class DelayStated(MoveNotAllowed):
    """The cause has been stated already."""


@transaction.atomic
def note_delay(*, dossier_id: int, at: datetime) -> Delay | None:
    """Note that the dossier's due moment has passed, with who holds it; None when it has not, or it was noted before."""
    locked = lock(dossier_id)
    dossier, step = locked.dossier, locked.step
    if dossier.due_at is None or step is None or not dossier.is_overdue(at) or dossier.finished_at is not None:
        return None
    delay, is_new = Delay.objects.get_or_create(
        dossier=dossier,
        due_at=dossier.due_at,
        defaults={
            "noted_at": at, "unit_id": step.unit_id, "officer_id": step.assignee_id, "step_name": step.name,
        },
    )  # fmt: skip
    return delay if is_new else None


@transaction.atomic
def state_cause(*, delay_id: int, actor: Actor, at: datetime, cause: str, late_unit: int, words: str) -> Delay:
    """State why a due moment was missed and which unit made it so, once; the words are kept as the event's reason."""
    dossier_id = Delay.objects.values_list("dossier_id", flat=True).get(pk=delay_id)
    locked = lock(dossier_id, actor)
    delay = locked.dossier.delays.get(pk=delay_id)
    if delay.stated_at is not None:
        raise DelayStated(_("Nguyên nhân trễ hạn này đã được ghi. Chưa có gì thay đổi."))
    data = {"cause": cause, "late_unit": late_unit, "due_at": delay.due_at.isoformat()}
    move(locked, "state_cause", actor=actor, at=at, reason=words, data=data)
    delay.cause, delay.late_unit_id, delay.words = Delay.Cause(cause).value, late_unit, words.strip()
    delay.stated_at, delay.stated_by_id = at, actor.officer_id
    change_row(delay, "cause", "late_unit_id", "words", "stated_at", "stated_by_id")
    return delay

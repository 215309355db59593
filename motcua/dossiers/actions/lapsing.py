"""The citizen's own deadline to supplement: a reminder before it, and the move it expires into (docs/rules.md, T7)."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.base.rows import change_row
from motcua.base.words import moment
from motcua.dossiers.actions.ending import end_all
from motcua.dossiers.actions.issuing import issue_slip
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By, lapses
from motcua.dossiers.models import Supplement
from motcua.dossiers.moves import lock, move
from motcua.dossiers.queries import open_request

SYSTEM = Actor(by=By.SYSTEM)


@transaction.atomic
def remind(*, dossier_id: int, at: datetime) -> Supplement | None:
    """Remind the citizen once of an open request; None when there is nothing to remind of any more."""
    locked = lock(dossier_id)
    asked = open_request(locked.dossier)
    if asked is None or asked.reminded_at is not None or lapses(locked.dossier.status) is None or asked.due_at <= at:
        return None
    move(locked, "remind", actor=SYSTEM, at=at, data={"supplement_due_at": asked.due_at.isoformat()})
    asked.reminded_at = at
    change_row(asked, "reminded_at")
    return asked


@transaction.atomic
def lapse(*, dossier_id: int, at: datetime) -> Supplement | None:
    """Let an unanswered request expire: not accepted with Mẫu 03, or stopped with Mẫu 05; None when it has not expired."""
    locked = lock(dossier_id)
    asked = open_request(locked.dossier)
    ends = lapses(locked.dossier.status)
    if asked is None or ends is None or asked.due_at > at:
        return None
    with translation.override("vi"):
        reason = _("Đã hết hạn bổ sung %(due)s mà chưa nhận đủ giấy tờ yêu cầu.") % {"due": moment(asked.due_at)}
    event = move(locked, ends.name, actor=SYSTEM, at=at, reason=reason)
    end_all(locked, at, officer_id=None)
    issue_slip(locked.dossier, event)
    return asked

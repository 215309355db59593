"""What ends with a dossier: its running step, whatever still waits for somebody, and its parts at other agencies."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from motcua.dossiers import steps
from motcua.dossiers.actions.dropping import drop_waiting
from motcua.dossiers.actions.parts import end_parts, stopped
from motcua.dossiers.models import Step
from motcua.dossiers.moves import Locked


def end_all(locked: Locked, at: datetime, *, officer_id: int | None, reason: str = "") -> None:
    """End the running step and drop what is open; parts elsewhere end too, and a part tells the dossier that sent it.

    `reason` is what the agency of a part, or the sender of this one, reads.
    """
    drop_waiting(locked.dossier, at)
    steps.end(locked, at, officer_id=officer_id, outcome=Step.Outcome.ENDED)
    with translation.override("vi"):
        words = _("Hồ sơ %(code)s đã kết thúc. %(reason)s") % {"code": locked.dossier.code, "reason": reason}
    end_parts(locked, at, words.strip())
    if locked.dossier.is_part:
        stopped(locked, at, reason)

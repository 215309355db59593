"""A dossier to which the law gives no term and nothing happens: the silence is recorded and told (docs/rules.md, T23)."""

from datetime import datetime

from django.db import transaction

from motcua.base.rows import change_row
from motcua.dossiers import clock, deadlines, policy
from motcua.dossiers.actor import Actor
from motcua.dossiers.expected import is_untimed
from motcua.dossiers.lifecycle import MOVES, By
from motcua.dossiers.models import Dossier
from motcua.dossiers.moves import lock, move

SYSTEM = Actor(by=By.SYSTEM)


@transaction.atomic
def note_no_news(*, dossier_id: int, at: datetime) -> Dossier | None:
    """Record that nothing has happened for so many working days, and who holds the dossier; None when something has.

    The next thing that happens ends the silence; another such time of it is recorded anew.
    """
    locked = lock(dossier_id)
    dossier, step, since = locked.dossier, locked.step, locked.dossier.changed_at
    if step is None or dossier.status not in MOVES["note_no_news"].sources or not is_quiet(dossier, at):
        return None
    quiet_since = dossier.quiet_since or since  # a second alert is of the same silence
    data = {
        "days": _working_days(dossier, quiet_since, at), "step": step.code, "step_name": step.name,
        "unit": step.unit_id, "unit_name": step.unit.name, "since": step.received_at.isoformat(),
        "holder": step.assignee.full_name if step.assignee else "",
    }  # fmt: skip
    move(locked, "note_no_news", actor=SYSTEM, at=at, data=data)
    dossier.quiet_since = quiet_since
    change_row(dossier, "quiet_since")
    locked.stored["quiet_since"] = quiet_since
    return dossier


def is_quiet(dossier: Dossier, at: datetime) -> bool:
    """Return whether a dossier without a term has had no event for so many working days."""
    return is_untimed(dossier) and _working_days(dossier, dossier.changed_at, at) >= policy.quiet_days()


def _working_days(dossier: Dossier, since: datetime, at: datetime) -> int:
    return deadlines.calendar(dossier).open_minutes(since, at) // clock.MINUTES_PER_WORKING_DAY

"""What was promised and when it changed: the due moment after every turn of a dossier's clock, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from motcua.base.words import moment
from motcua.dossiers import clock, deadlines
from motcua.dossiers.clock.ledger import Turn
from motcua.dossiers.models import Dossier

AFTER_WAITING: Mapping[clock.AfterPause, str] = {
    clock.AfterPause.RESTART: _("vì thời hạn tính lại từ đầu khi bạn bổ sung đủ"),
    clock.AfterPause.RESUME: _("vì đồng hồ đứng lại trong lúc chờ bạn"),
}
# fmt: off
BECAUSE: Mapping[clock.Effect, str] = {
    clock.Effect.START:       _("vì hồ sơ được tiếp nhận lại"),
    clock.Effect.CONTINUE:    _("vì đồng hồ đứng lại trong lúc chờ"),
    clock.Effect.EXTEND:      _("vì cơ quan gia hạn"),
    clock.Effect.RECALCULATE: _("vì thời hạn được tính lại"),
}
# fmt: on
GONE = _("Không còn ngày hẹn trả (trước là %(before)s): luật không định thời hạn cho việc này.")


@dataclass(frozen=True)
class Promises:
    """The dossier's clock, the sentence about both promises where they differ, and the sentence of each event's turn.

    `extended_by`: the event of the last extension, if the dossier was extended since its clock started last.
    """

    reckoning: clock.Reckoning
    changed: str
    by_event: Mapping[int, str]
    extended_by: int | None = None


def promises_of(dossier: Dossier) -> Promises | None:
    """Return what was promised of a dossier; None before its clock starts. One query."""
    if dossier.clock_started_at is None:
        return None
    rows = list(dossier.ledger.order_by("seq"))
    reckoning = clock.reckon(
        [deadlines.entry_of(row) for row in rows],
        deadlines.calendar(dossier),
        deadlines.policy_of(dossier.version),
    )
    by_event = {}
    before: datetime | None = None
    why = ""
    for row, turn in zip(rows, reckoning.turns, strict=True):
        due_at = turn.outcome.due_at
        if due_at and due_at != before and turn.entry.effect != clock.Effect.STOP:  # nothing is promised any more
            why = _because(turn, reckoning.policy) if before else ""
            by_event[row.event_id] = _said(before, due_at, why)
        if turn.entry.no_term and before:
            by_event[row.event_id] = gettext(GONE) % {"before": moment(before)}
        before = due_at
    extended_by = next((row.event_id for row in reversed(rows) if row.effect == clock.Effect.EXTEND), None)
    return Promises(reckoning, _both(reckoning, why), by_event, extended_by)


def _said(before: datetime | None, due_at: datetime, why: str) -> str:
    if before is None:
        return gettext("Hẹn trả %(due)s.") % {"due": moment(due_at)}
    facts = {"before": moment(before), "due": moment(due_at), "why": why}
    return gettext("Ngày hẹn trả đổi từ %(before)s thành %(due)s, %(why)s.") % facts


def _both(reckoning: clock.Reckoning, why: str) -> str:
    first, last = reckoning.original_due_at, reckoning.due_at
    if first is None or last is None or first == last:
        return ""
    facts = {"first": moment(first), "due": moment(last), "why": why}
    return gettext("Lúc đầu hẹn trả %(first)s; nay hẹn %(due)s, %(why)s.") % facts


def _because(turn: Turn, policy: clock.Policy) -> str:
    if turn.entry.effect == clock.Effect.RESUME:
        return gettext(AFTER_WAITING[policy.after_pause])
    why = gettext(BECAUSE[turn.entry.effect])
    return f"{why} ({turn.entry.article})" if turn.entry.article else why

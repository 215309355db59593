"""Publishing a draft by a decision: at once, or on the day it takes effect."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.words import day, local_day
from motcua.catalogue.actions.templates import DayPassed
from motcua.catalogue.actions.versions import NotPublishable, faults_before_publishing, locked_draft, publish_version
from motcua.catalogue.models import ProcedureVersion
from motcua.people.models import User

State = ProcedureVersion.State
DECIDED = ["effective_from", "decision_number", "decision_on", "scheduled_at", "scheduled_by"]


@transaction.atomic
def decide_version(
    *, version: ProcedureVersion, effective_from: date, decision_number: str, decision_on: date | None, at: datetime,
    actor: User,
) -> ProcedureVersion:  # fmt: skip
    """Publish a draft when the day it takes effect has come, else set it for that day: until then nobody files under it.

    Raises NotADraft, NotPublishable, and DayPassed for a day before that of the version in force.
    """
    draft = locked_draft(version)
    _require_later(draft, effective_from)
    if faults := faults_before_publishing(draft):
        raise NotPublishable(faults)
    draft.effective_from, draft.decision_number, draft.decision_on = effective_from, decision_number, decision_on
    draft.scheduled_at, draft.scheduled_by = at, actor
    draft.save(update_fields=DECIDED)
    return publish_version(version=draft, at=at, actor=actor) if effective_from <= local_day(at) else draft


@transaction.atomic
def unschedule_version(*, version: ProcedureVersion) -> ProcedureVersion:
    """Take back the day set for publishing a draft. Raises NotADraft."""
    draft = locked_draft(version)
    draft.scheduled_at = draft.scheduled_by = None
    draft.save(update_fields=["scheduled_at", "scheduled_by"])
    return draft


def publish_due(*, at: datetime) -> list[ProcedureVersion]:
    """Publish the drafts whose day has come, in the order they were set, each by itself; return them.

    One that has become unfit meanwhile, because the checks have, goes back to those who edit it.
    """
    due = ProcedureVersion.objects.filter(
        state=State.DRAFT, scheduled_at__isnull=False, effective_from__lte=local_day(at)
    ).order_by("effective_from", "scheduled_at", "pk")
    return [version for version in map(_publish_due, due, [at] * len(due)) if version.state == State.PUBLISHED]


def _publish_due(version: ProcedureVersion, at: datetime) -> ProcedureVersion:
    try:
        return publish_version(version=version, at=at, actor=version.scheduled_by)
    except NotPublishable:
        return unschedule_version(version=version)


def _require_later(draft: ProcedureVersion, effective_from: date) -> None:
    published = ProcedureVersion.objects.filter(procedure_id=draft.procedure_id, state=State.PUBLISHED).first()
    first = published.effective_from if published else None
    if first is not None and effective_from < first:
        raise DayPassed(
            _("Phiên bản đang áp dụng có hiệu lực từ %(on)s. Phiên bản mới phải từ ngày ấy trở đi.")
            % {"on": day(first)}
        )

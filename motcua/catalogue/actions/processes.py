"""The life of a process: published for a procedure, in one unit or in every unit, from a day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.catalogue.actions.versions import NotPublishable
from motcua.catalogue.models import Procedure, ProcessEdition, PublishedProcess
from motcua.catalogue.processes.plans import BadProcess
from motcua.catalogue.processes.process import parse
from motcua.people.models import Agency, User


@transaction.atomic
def publish_process(
    *,
    procedure: Procedure,
    unit: Agency | None,
    content: dict[str, Any],
    effective_from: date,
    decision_number: str = "",
    edition: ProcessEdition | None = None,
    at: datetime,
    actor: User | None,
) -> PublishedProcess:
    """Publish a process for the procedure in the unit, or in every unit, from a day. Never changed afterwards.

    Raises NotPublishable naming every fault.
    """
    try:
        parse(content)
    except BadProcess as error:
        raise NotPublishable(error.faults) from None
    return PublishedProcess.objects.create(
        procedure=procedure,
        unit=unit,
        edition=edition,
        content=content,
        effective_from=effective_from,
        decision_number=decision_number,
        published_at=at,
        published_by=actor,
    )

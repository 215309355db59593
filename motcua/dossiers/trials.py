"""What a trial of a process takes from real life: the clock its dossiers would have, and how many really came."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from motcua.catalogue.cases import case_for
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.processes.simulation import Due, Facts
from motcua.dossiers import clock
from motcua.dossiers.deadlines import policy_of, term_of
from motcua.dossiers.models import Channel, Dossier

LOOKED_BACK = timedelta(days=90)


def due_by(version: ProcedureVersion, calendar: clock.WorkingCalendar) -> Due:
    """Return what says when a dossier accepted at a moment would be due by the procedure's own terms.

    The term is the one at the counter, the longer where online has its own; None where the law sets none.
    """
    policy = policy_of(version)
    cases = list(version.cases.all())

    @lru_cache(maxsize=256)
    def term(answers: frozenset[tuple[str, str]]) -> clock.Term | None:
        return term_of(version, case_for(cases, dict(answers)), Channel.COUNTER)

    def due(at: datetime, facts: Facts) -> datetime | None:
        found = term(frozenset((key, str(value)) for key, value in facts.items()))
        if found is None:
            return None
        return clock.reckon([clock.Entry(at, clock.Effect.START, found)], calendar, policy).due_at

    return due


def came_per_day(procedure_ids: Sequence[int], unit_id: int, calendar: clock.WorkingCalendar, at: datetime) -> float:
    """Return how many dossiers of the procedures the unit accepted on a working day, over the last three months."""
    since = at - LOOKED_BACK
    received = Dossier.objects.filter(
        received_at__gte=since, received_at__lte=at, competent_unit=unit_id, version__procedure__in=procedure_ids
    ).count()
    days = calendar.open_minutes(since, at) / clock.MINUTES_PER_WORKING_DAY
    return received / days if days else 0.0

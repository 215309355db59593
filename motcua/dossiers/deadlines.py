"""The clock's pure ledger joined to our rows: which calendar, which policy, which entries."""

from datetime import datetime
from functools import lru_cache

from motcua.catalogue.models import Case, ProcedureVersion
from motcua.dossiers import clock
from motcua.dossiers.models import Channel, Dossier, LedgerEntry
from motcua.people.models import CalendarVersion


@lru_cache(maxsize=64)
def calendar_of(version_id: int) -> clock.WorkingCalendar:
    """Compile a published calendar version; published versions never change, so the cache is never stale."""
    version = CalendarVersion.objects.select_related("calendar").prefetch_related("sessions", "days").get(pk=version_id)
    week: dict[int, list[clock.Session]] = {}
    for session in version.sessions.all():
        week.setdefault(session.weekday, []).append(clock.Session(session.opens, session.closes))
    special = {day.on: clock.SpecialDay(day.on, clock.DayKind(day.kind), day.name) for day in version.days.all()}
    return clock.WorkingCalendar(
        code=version.calendar.code,
        version=version.number,
        week={weekday: tuple(sessions) for weekday, sessions in week.items()},
        special_days=special,
    )


def calendar(dossier: Dossier) -> clock.WorkingCalendar:
    """Return the calendar the dossier's clock counts with."""
    if dossier.calendar_id is None:
        raise ValueError("a draft has no calendar yet")
    return calendar_of(dossier.calendar_id)


def policy_of(version: ProcedureVersion) -> clock.Policy:
    """Return how the procedure's published version counts.

    «Day end» leaves terms in hours or fractions of a day exact to the hour (docs/rules.md, Clock): each unit's own default.
    """
    is_exact = version.granularity == ProcedureVersion.Granularity.HOUR_EXACT
    return clock.Policy(
        granularity=clock.Granularity.HOUR_EXACT if is_exact else None,
        after_pause=clock.AfterPause(version.after_pause),
    )


def term_of(version: ProcedureVersion, case: Case | None, channel: str) -> clock.Term | None:
    """Return the legal term of the case, shorter online where the procedure says so; None when the law sets none.

    Of a procedure answered the same day only the cases of one working day are; one to be verified keeps its own term.
    """
    if version.no_legal_term or case is None or case.term_quantity is None:
        return None
    is_one_day = case.term_quantity == 1 and case.term_unit == Case.Unit.WORKING_DAYS
    if version.same_day and is_one_day:
        return clock.Term(case.term_quantity, clock.Unit.SAME_DAY)
    online = case.online_term_quantity if channel == Channel.ONLINE else None
    return clock.Term(online or case.term_quantity, clock.Unit(case.term_unit))


def entry_of(row: LedgerEntry) -> clock.Entry:
    """Return a stored ledger line in the clock's own shape."""
    term = clock.Term(row.term_quantity, clock.Unit(row.term_unit)) if row.term_quantity is not None else None
    return clock.Entry(
        at=row.at, effect=clock.Effect(row.effect), term=term, article=row.article, note=row.note,
        counts_from=row.counts_from, no_term=row.no_term,
    )  # fmt: skip


def reckoning_of(dossier: Dossier, extra: tuple[clock.Entry, ...] = ()) -> clock.Reckoning:
    """Recompute the dossier's deadline from its stored entries, followed by `extra` ones not stored yet."""
    entries = [entry_of(row) for row in dossier.ledger.order_by("seq")]
    return clock.reckon([*entries, *extra], calendar(dossier), policy_of(dossier.version))


def step_due(dossier: Dossier, at: datetime, hours: float | None) -> datetime | None:
    """Return when a step of `hours` working hours that begins at `at` should be done; None when it has no hours."""
    return calendar(dossier).add(at, round(hours * 60)) if hours is not None else None

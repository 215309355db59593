"""What nobody would have after a reorganisation: desks without anybody, communes without a committee, subjects."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db import connection

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import roles_served
from motcua.dossiers.reorganising.report import Alone, Lacking
from motcua.dossiers.steps import process_of
from motcua.people.models import Agency, Place, Post

Desk = tuple[int, str]  # unit, role

_RUNNING = "SELECT heir_id, role, count(*) FROM reorganised_step GROUP BY 1, 2"
_HOLDERS = """
SELECT count(*) FROM reorganised_step s WHERE assignee_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM people_post p WHERE p.officer_id = s.assignee_id AND p.unit_id = s.heir_id AND p.role = s.role
    AND p.valid_from <= %(on)s AND (p.valid_to IS NULL OR p.valid_to >= %(on)s))
"""
_AHEAD = """
SELECT version_id, process_id, COALESCE(receiving_heir, receiving), COALESCE(competent_heir, competent),
    COALESCE(resolving_heir, resolving), count(*)
FROM reorganised_dossier WHERE status <> 'finished' GROUP BY 1, 2, 3, 4, 5
"""
_TYPES = {
    "province": Agency.Type.DEPARTMENT,
    "vertical": Agency.Type.VERTICAL,
    "ministry": Agency.Type.MINISTRY,
}  # a commune's procedures go to its committee, whatever their subject


def left_alone(*, last_day: date, on: date, new_places: Collection[str]) -> Alone:
    """Return what nobody has from the day `on`, once its agencies and posts are written."""
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING)
        running: Counter[Desk] = Counter({(unit, role): number for unit, role, number in cursor.fetchall()})
        cursor.execute(_HOLDERS, {"on": on})
        holders = int(cursor.fetchone()[0])
    to_come = _to_come()
    seats = _seats({unit for unit, _role in (*running, *to_come)}, on)
    return Alone(
        steps=_lacking(running, seats),
        steps_to_come=_lacking(to_come, seats),
        holders=holders,
        places=_places(last_day, on, new_places),
        procedures=_procedures(last_day, on),
    )


def _to_come() -> Counter[Desk]:
    """Return at which desks of the dossiers' own units the steps of their processes are done, with how many dossiers."""
    desks: Counter[Desk] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(_AHEAD)
        groups = cursor.fetchall()
    for version_id, process_id, receiving, competent, resolving, number in groups:
        units = {"receiving": receiving, "competent": competent, "resolving": resolving}
        steps = process_of(Dossier(version_id=version_id, process_id=process_id)).steps.values()
        desks.update(dict.fromkeys({(units[plan.unit], plan.role) for plan in steps if plan.unit in units}, number))
    return desks


def _seats(units: Collection[int], on: date) -> set[Desk]:
    posts = Post.objects.valid_on(on).filter(unit__in=units, officer__user__is_active=True)
    return {(post.unit_id, role) for post in posts for role in roles_served(post)}


def _lacking(wanted: Counter[Desk], seats: Collection[Desk]) -> list[Lacking]:
    alone = {desk: number for desk, number in wanted.items() if desk not in seats}
    codes = dict(Agency.objects.filter(pk__in=[unit for unit, _role in alone]).values_list("pk", "code"))
    return sorted(Lacking(codes[unit], role, number) for (unit, role), number in alone.items())


def _places(last_day: date, on: date, new_places: Collection[str]) -> list[tuple[str, str]]:
    """Return the communes of the day that had a committee, or are new, and have none."""
    committees = Agency.objects.filter(type=Agency.Type.COMMUNE, place__isnull=False)
    before = set(committees.valid_on(last_day).values_list("place_id", flat=True))
    now = set(committees.valid_on(on).values_list("place_id", flat=True))
    communes = Place.objects.valid_on(on).filter(level=Place.Level.COMMUNE).order_by("code")
    return [
        (place.code, place.name)
        for place in communes
        if place.pk not in now and (place.pk in before or place.code in new_places)
    ]


def _procedures(last_day: date, on: date) -> list[tuple[str, str]]:
    """Return the published procedures that some agency minded on the last day and none does on the day."""
    before, now = _subjects(last_day), _subjects(on)
    published = ProcedureVersion.objects.filter(state=ProcedureVersion.State.PUBLISHED).select_related("procedure")
    return [
        (version.procedure.code, version.title)
        for version in published.order_by("procedure__code")
        if _minded(version, before) and not _minded(version, now)
    ]


def _subjects(on: date) -> set[tuple[str, str]]:
    levels = {type_: level for level, type_ in _TYPES.items()}
    found = Agency.objects.valid_on(on).filter(type__in=levels).values_list("type", "subject")
    return {(levels[Agency.Type(type_)], subject) for type_, subject in found}


def _minded(version: ProcedureVersion, subjects: Collection[tuple[str, str]]) -> bool:
    levels = version.known_levels
    return any(level not in _TYPES or (level, version.competent_subject) in subjects for level in levels)

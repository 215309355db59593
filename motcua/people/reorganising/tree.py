"""The units a plan speaks of, read from the tables: those of the last day, those of the day, those it opens."""

from datetime import date

from django.db.models import Q

from motcua.people.models import Agency
from motcua.people.reorganising.plan import Plan
from motcua.people.reorganising.succession import Unit

_COLUMNS = ("code", "name", "type", "subject", "parent__code", "place__code", "valid_from", "valid_to")


def units_of(plan: Plan) -> dict[str, Unit]:
    """Return the units by code. One query."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=plan.last_day)
    units = {}
    for code, name, type_, subject, parent, place, first, last in Agency.objects.filter(lasting).values_list(*_COLUMNS):
        units[code] = Unit(
            code, name, type_, subject, parent or "", place or "",
            existed=_holds(first, last, plan.last_day), lives=_holds(first, last, plan.on),
        )  # fmt: skip
    for new in plan.agencies:
        opened = Unit(new.code, new.name, new.type, new.subject, new.parent, new.place, existed=False)
        units.setdefault(new.code, opened)
    return units


def _holds(first: date | None, last: date | None, on: date) -> bool:
    return (first is None or first <= on) and (last is None or last >= on)

"""Where a leg of a dossier most likely goes: where earlier ones of its procedure went, and whom its catalogue entry names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from motcua.base.text import fold
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.legs import agencies_reached, versions_resolved_by
from motcua.dossiers.models import Dossier, Leg
from motcua.people.models import Agency

MOST = 5


@dataclass(frozen=True)
class Likely:
    """One agency and the procedure it would be asked for; None where nothing says which."""

    agency: Agency
    version: ProcedureVersion | None


def likely_destinations(dossier: Dossier, on: date) -> list[Likely]:
    """Return at most MOST destinations, the likeliest first: those the same agency used most, then the others.

    After them stand agencies named as coordinating in the procedure. Only agencies that a leg reaches on the day `on`.
    """
    reached = {agency.pk: agency for agency in agencies_reached(on) if agency.pk != dossier.competent_unit_id}
    used = [(reached[unit], procedure) for unit, procedure in _used(dossier) if unit in reached]
    found = [Likely(agency, _version(agency, procedure)) for agency, procedure in used]
    known = {one.agency.pk for one in found}
    named = (agency for agency in named_in(dossier.version.coordinating, reached.values()) if agency.pk not in known)
    return [*found, *(Likely(agency, None) for agency in named)][:MOST]


def named_in(text: str, agencies: Iterable[Agency]) -> list[Agency]:
    """Return the agencies whose whole name a text says, in the order it says them."""
    said = fold(text)
    places = [(said.find(fold(agency.name)), agency) for agency in agencies] if said else []
    return [agency for place, agency in sorted(places, key=lambda one: one[0]) if place >= 0]


def matching(find: str, agencies: Iterable[Agency]) -> list[Agency]:
    """Return the agencies whose name or short name has every word of `find`, whatever its marks and capitals."""
    words = fold(find).split()
    return [agency for agency in agencies if all(word in fold(f"{agency.name} {agency.short_name}") for word in words)]


def _used(dossier: Dossier) -> list[tuple[int, int]]:
    """Return to which agency and for which of its procedures earlier legs of the procedure went, the most used first."""
    earlier = Leg.objects.filter(
        dossier__version__procedure=dossier.version.procedure_id, to_system=Leg.System.INTERNAL, refused_at=None
    )
    own = Count("pk", filter=Q(dossier__competent_unit=dossier.competent_unit_id))
    counted = earlier.values_list("to_unit", "child__version__procedure").annotate(own=own, all=Count("pk"))
    return [(unit, procedure) for unit, procedure, *_counts in counted.order_by("-own", "-all", "to_unit")[:MOST]]


def _version(agency: Agency, procedure_id: int) -> ProcedureVersion | None:
    return versions_resolved_by(agency).filter(procedure=procedure_id).first()

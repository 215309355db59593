"""Where a dossier taken in at a counter goes: received here, decided and resolved where the matter is."""

from datetime import date

from django.utils.translation import gettext as _

from motcua.base.words import alphabet_key
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.actions import Units
from motcua.people.models import Agency, Place
from motcua.people.queries import NoCompetentAgency, communes_of, first_competent, place_chain


def communes_at(unit: Agency, on: date) -> list[Place]:
    """Return the communes whose matters people bring to `unit`: its own first, then the rest of the province by name."""
    own = place_of(unit)
    if own is None:
        return []
    rest = communes_of(place_chain(own)[-1].code, on).select_related("parent__parent")
    first = [own] if own.level == Place.Level.COMMUNE else []
    return first + sorted((place for place in rest if place.pk != own.pk), key=lambda place: alphabet_key(place.name))


def place_of(unit: Agency) -> Place | None:
    """Return the place of `unit`, or of the nearest agency above it that has one."""
    above = Agency.objects.filter(pk__in=unit.path, place__isnull=False).select_related("place__parent__parent")
    places = {agency.pk: agency.place for agency in above}
    return next((places[pk] for pk in reversed(unit.path) if pk in places), None)


def units_at(unit: Agency, version: ProcedureVersion, commune: Place | None, on: date) -> Units:
    """Return who receives (`unit`), is competent and resolves for a matter in `commune`.

    Raises NoCompetentAgency, worded for the officer.
    """
    if commune is None:
        raise NoCompetentAgency(_("Bạn chưa chọn phường, xã nơi có việc, nên chưa biết cơ quan nào giải quyết."))
    unsaid = _("Thủ tục này chưa nói cấp nào giải quyết. Bạn báo bộ phận quản trị danh mục.")
    competence = first_competent(version.known_levels, version.competent_subject, commune, on, none_named=unsaid)
    return Units(receiving=unit, competent=competence.competent_unit, resolving=competence.resolving_unit)

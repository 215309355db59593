"""Where a dossier goes: the communes people can choose, and the three units of a dossier for the one they chose."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.actions import Units
from motcua.people.models import Agency, Place
from motcua.people.queries import NoCompetentAgency, first_competent, receiving_centres

COMMUNE = "commune"
"""The answer that names the commune of the matter, beside the answers to the version's own questions."""


def communes_served(on: date) -> QuerySet[Place]:
    """Return the communes and wards that have a committee of their own in this province on the day `on`, by name."""
    committees = Agency.objects.valid_on(on).filter(type=Agency.Type.COMMUNE)
    communes = Place.objects.valid_on(on).filter(level=Place.Level.COMMUNE, agencies__in=committees)
    return communes.select_related("parent__parent").distinct().order_by("name")


def units_for(version: ProcedureVersion, commune_code: str, on: date) -> Units:
    """Return who receives, is competent and resolves for the commune chosen.

    Raises NoCompetentAgency, worded for the person filing, when the tree of agencies has no answer.
    """
    commune = communes_served(on).filter(code=commune_code).first()
    if commune is None:
        raise NoCompetentAgency(_("Hãy chọn phường, xã nơi có việc cần giải quyết. Bản nháp của bạn vẫn được giữ."))
    unsaid = _("Thủ tục này chưa nói cấp nào giải quyết. Bạn gọi tổng đài để được chỉ dẫn.")
    competence = first_competent(version.known_levels, version.competent_subject, commune, on, none_named=unsaid)
    centres = receiving_centres(commune, on)
    if not centres:
        raise NoCompetentAgency(
            _("%(place)s chưa có nơi tiếp nhận trực tuyến. Bạn gọi tổng đài để được chỉ dẫn; bản nháp vẫn được giữ.")
            % {"place": commune.name}
        )
    return Units(centres[0], competence.competent_unit, competence.resolving_unit)

"""Where a dossier goes: the communes people can choose, and the three units of a dossier for the one they chose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from motcua.base.words import local_day
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.actions import Units
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency, Place
from motcua.people.queries import NoCompetentAgency, first_competent, receiving_centres

COMMUNE = "commune"
"""The answer that names the commune of the matter, beside the answers to the version's own questions."""


def communes_served(on: date) -> QuerySet[Place]:
    """Return the communes and wards that have a committee of their own in this province on the day `on`, by name.

    `served_from`: since when by that committee.
    """
    committees = Agency.objects.valid_on(on).filter(type=Agency.Type.COMMUNE)
    communes = Place.objects.valid_on(on).filter(level=Place.Level.COMMUNE, agencies__in=committees)
    since = communes.select_related("parent__parent").annotate(served_from=Max("agencies__valid_from"))
    return since.order_by("name")


@dataclass(frozen=True)
class TakenOver:
    """The committee a draft was meant for has ended since: which, and who took over. `commune`: "" when several did."""

    before: str
    heir: str
    commune: str


def taken_over(draft: Dossier, communes: Iterable[Place], on: date) -> TakenOver | None:
    """Return what happened to the committee of the commune a draft names since the draft was last changed; None: nothing.

    `communes` are those served on the day `on`. No query while the commune has the committee it had.
    """
    code, changed_on = draft.answers.get(COMMUNE), local_day(draft.changed_at)
    served = next((place for place in communes if place.code == code), None)
    since: date | None = getattr(served, "served_from", None)
    if not code or (served is not None and (since is None or since <= changed_on)):
        return None
    committees = Agency.objects.filter(type=Agency.Type.COMMUNE).select_related("place")
    before = committees.valid_on(changed_on).filter(place__code=code).first()
    if before is None:
        return None
    heirs = list(committees.valid_on(on).filter(predecessors=before))
    heir = heirs[0] if len(heirs) == 1 else None
    return TakenOver(before.name, heir.name if heir else "", heir.place.code if heir and heir.place else "")


def commune_today(place: Place, on: date) -> Place | None:
    """Return the commune with a committee on the day `on` that a place is now: itself, or where it went alone."""
    if found := communes_served(on).filter(pk=place.pk).first():
        return found
    heirs = Agency.objects.filter(predecessors__place=place, predecessors__type=Agency.Type.COMMUNE)
    served = list(communes_served(on).filter(agencies__in=heirs)[:2])
    return served[0] if len(served) == 1 else None


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

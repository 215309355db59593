"""Who and what the demo's lives draw from: fileable procedures, agencies, officers, citizens; read once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from random import Random

from motcua.base.words import local_day
from motcua.catalogue.models import ProcedureVersion
from motcua.documents.models import Document
from motcua.dossiers import clock, deadlines
from motcua.dossiers.actions import Units
from motcua.dossiers.actor import Actor
from motcua.dossiers.demo.specimens import specimen
from motcua.dossiers.lifecycle import By
from motcua.people.models import Agency, Citizen, Place, Post
from motcua.people.queries import (
    Competence,
    NoCompetentAgency,
    calendar_version_for,
    communes_of,
    competent_agency,
    receiving_centres,
)

HUE = "46"
BY_COMMUNE = frozenset({"commune", "vertical"})  # levels on which it matters where in the province
BUSY_PLACES = ("Phường Vỹ Dạ", "Phường Phú Xuân", "Phường Thuận Hóa", "Phường An Cựu")


@dataclass
class Cast:
    """The province as the demo sees it at one moment."""

    at: datetime
    versions: Sequence[ProcedureVersion]
    communes: Sequence[Place]
    citizens: Sequence[Citizen]
    posts: dict[tuple[int, str], list[Post]]
    specimens: dict[str, Document] = field(default_factory=dict)
    _units: dict[tuple[int, int], Units | None] = field(default_factory=dict)
    _competent: dict[tuple[str, str, int], Competence | None] = field(default_factory=dict)
    _centres: dict[int, Agency] = field(default_factory=dict)

    @classmethod
    def of_province(cls, at: datetime) -> "Cast":
        """Read the cast from the database."""
        fileable = ProcedureVersion.objects.filter(state="published").exclude(process={}).exclude(form_schema={})
        posts: dict[tuple[int, str], list[Post]] = {}
        for post in Post.objects.valid_on(local_day(at)).select_related("officer").order_by("pk"):
            posts.setdefault((post.unit_id, post.role), []).append(post)
        return cls(
            at=at,
            versions=list(fileable.select_related("procedure").order_by("procedure__code")),
            communes=list(communes_of(HUE, local_day(at)).order_by("code")),
            citizens=list(Citizen.objects.order_by("pk")),
            posts=posts,
        )

    @cached_property
    def busy(self) -> list[Place]:
        """The communes most dossiers come from, so that their desks look lived in."""
        return [place for place in self.communes if place.name in BUSY_PLACES] or list(self.communes[:4])

    @cached_property
    def calendar(self) -> clock.WorkingCalendar:
        """The working calendar of the province, which paces the lives."""
        root = Agency.objects.filter(parent__isnull=True).order_by("pk")[0]
        return deadlines.calendar_of(calendar_version_for(root, self.at).pk)

    def units(self, version: ProcedureVersion, place: Place) -> Units | None:
        """Return who receives, is competent and resolves; None where nobody of this province is."""
        key = version.pk, place.pk
        if key not in self._units:
            self._units[key] = self._find_units(version, place)
        return self._units[key]

    def _find_units(self, version: ProcedureVersion, place: Place) -> Units | None:
        level, subject = version.levels[0], version.competent_subject
        key = level, subject, place.pk if level in BY_COMMUNE else 0
        if key not in self._competent:
            self._competent[key] = self._find_competent(level, subject, place)
        found = self._competent[key]
        if found is None:
            return None
        if place.pk not in self._centres:
            self._centres[place.pk] = receiving_centres(place, local_day(self.at))[0]
        return Units(receiving=self._centres[place.pk], competent=found.competent_unit, resolving=found.resolving_unit)

    def _find_competent(self, level: str, subject: str, place: Place) -> Competence | None:
        try:
            return competent_agency(level, subject, place, local_day(self.at))
        except NoCompetentAgency:
            return None

    def actor(self, rng: Random, by: By, unit_id: int, role: str) -> Actor | None:
        """Return an officer who holds `role` in the unit, or None when the seat is empty."""
        held = self.posts.get((unit_id, role), [])
        if not held:
            return None
        post = rng.choice(held)
        return Actor(by=by, officer_id=post.officer_id, unit_id=unit_id)

    def document(self, title: str) -> Document:
        """Return a specimen document of that title; one file serves every dossier (attaching never copies)."""
        if title not in self.specimens:
            self.specimens[title] = specimen(title, at=self.at)
        return self.specimens[title]

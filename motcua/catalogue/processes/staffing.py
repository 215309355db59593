"""Who sits where a process runs: which posts its steps need in each unit, which are empty, who holds two duties at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from motcua.catalogue.models import ProcedureVersion, ProcessUse
from motcua.catalogue.processes.rows import Row
from motcua.people.models import Agency, Post
from motcua.people.roles import IN_DIVISIONS, Role, clashing

Types = Agency.Type


@dataclass(frozen=True)
class Place:
    """Where a process runs: the agency that decides, and the unit of it that does the work."""

    competent: Agency
    resolving: Agency


@dataclass(frozen=True)
class Seat:
    """What one step needs in one place: somebody with that role in one of the units."""

    step: str
    step_name: str
    place: Place
    units: frozenset[int]
    role: str


@dataclass(frozen=True)
class Vacancy:
    """A step nobody can do in a place on the day asked for."""

    step: str
    step_name: str
    role_name: str
    place: str


@dataclass(frozen=True)
class Double:
    """One person who holds two duties the law keeps apart, in units where the process runs."""

    name: str
    one: str
    other: str
    place: str

    def words(self) -> dict[str, str]:
        """Return them for a sentence."""
        return {"name": self.name, "one": self.one, "other": self.other, "place": self.place}


class Directory:
    """Every agency of a day, read once: found by what it does and by where it stands in the tree."""

    def __init__(self, on: date) -> None:
        self.agencies = list(Agency.objects.valid_on(on).order_by("code"))
        self._by_code = {agency.code: agency for agency in self.agencies}
        self._children: dict[int, list[Agency]] = {}
        for agency in self.agencies:
            if agency.parent_id is not None:
                self._children.setdefault(agency.parent_id, []).append(agency)

    def deciding(self, level: str, subject: str) -> list[Agency]:
        """Return the agencies that decide at a level about a subject, as people.queries.competent_agency finds them."""
        wanted = {
            "commune": lambda one: one.type == Types.COMMUNE,
            "province": lambda one: one.type == Types.DEPARTMENT and one.subject == subject,
            "vertical": lambda one: one.type == Types.VERTICAL and one.subject == subject,
            "ministry": lambda one: one.type == Types.MINISTRY and one.subject == subject,
        }.get(level)
        return [one for one in self.agencies if wanted(one)] if wanted else []

    def place(self, competent: Agency, subject: str) -> Place:
        """Return where the agency's work on a subject is done: its division for it, else itself."""
        divisions = [one for one in self._below(competent) if one.type == Types.DIVISION and one.subject == subject]
        return Place(competent, divisions[0] if divisions else competent)

    def units_of(self, place: Place, unit: str, role: str) -> frozenset[int]:
        """Return the units where a step that names `unit` is done, by their ids; none when there is no such unit.

        As dossiers.steps.unit_of gives them: only who sits in just that unit finds the step at their desk.
        """
        kind, _colon, key = unit.partition(":")
        if kind == "competent":
            return frozenset({place.competent.pk})
        if kind == "resolving":
            return frozenset({place.resolving.pk})
        if kind == "receiving":
            return frozenset(one.pk for one in self._below(place.competent) if one.is_centre)
        if kind == "agency":
            return frozenset({self._by_code[key].pk} if key in self._by_code else ())
        places = (self.place(department, key) for department in self.deciding("province", key)[:1])
        return frozenset((one.resolving if role in IN_DIVISIONS else one.competent).pk for one in places)

    def _below(self, agency: Agency) -> list[Agency]:
        return self._children.get(agency.pk, [])


def places_of(uses: Iterable[ProcessUse], versions: Iterable[ProcedureVersion], directory: Directory) -> list[Place]:
    """Return where the process runs: the units of the uses, or wherever their procedures are decided; each once."""
    by_procedure = {version.procedure_id: version for version in versions}
    found: dict[tuple[int, int], Place] = {}
    for use in uses:
        version = by_procedure.get(use.procedure_id)
        if version is None:
            continue
        for place in places_of_version(version, directory, use.unit):
            found[place.competent.pk, place.resolving.pk] = place
    return list(found.values())


def places_of_version(version: ProcedureVersion, directory: Directory, unit: Agency | None = None) -> list[Place]:
    """Return where a procedure is decided: in `unit`, or in every unit that is competent for it."""
    subject = version.competent_subject
    deciding = [unit] if unit else [one for level in version.known_levels for one in directory.deciding(level, subject)]
    return [directory.place(agency, subject) for agency in deciding]


def seats_of(rows: Iterable[Row], places: Sequence[Place], directory: Directory) -> list[Seat]:
    """Return what every step needs in every place."""
    return [
        Seat(
            str(row.get("code")),
            str(row.get("name")),
            place,
            directory.units_of(place, str(row.get("unit")), str(row.get("role"))),
            str(row.get("role")),
        )
        for row in rows
        for place in places
        if row.get("unit") and row.get("role") in Role.values
    ]


def held_posts(seats: Iterable[Seat], on: date) -> Counter[tuple[int, str]]:
    """Return how many officers hold each (unit, role) the seats ask for on a day. One statement."""
    return Counter((post.unit_id, post.role) for post in _posts(list(seats), on))


def vacancies_of(seats: Iterable[Seat], held: Mapping[tuple[int, str], int]) -> list[Vacancy]:
    """Return the seats nobody holds a post for."""
    return [
        Vacancy(seat.step, seat.step_name, str(Role(seat.role).label), seat.place.competent.short_name)
        for seat in seats
        if not officers_at(seat, held)
    ]


def officers_at(seat: Seat, held: Mapping[tuple[int, str], int]) -> int:
    """Return how many officers may do a step in a place."""
    return sum(held.get((unit, seat.role), 0) for unit in seat.units)


def doubles_of(seats: Iterable[Seat], on: date) -> list[Double]:
    """Return who holds two of the seats' posts whose duties the law keeps apart. One statement."""
    by_officer: dict[int, list[Post]] = {}
    for post in _posts(list(seats), on):
        by_officer.setdefault(post.officer_id, []).append(post)
    return [double for posts in by_officer.values() for double in _doubles(posts)]


def _doubles(posts: list[Post]) -> Iterator[Double]:
    for one, other in combinations(posts, 2):
        if clashing(Role(one.role), Role(other.role)):
            roles = str(Role(one.role).label), str(Role(other.role).label)
            yield Double(one.officer.full_name, *roles, one.unit.short_name)


def _posts(seats: list[Seat], on: date) -> Iterable[Post]:
    wanted = {(unit, seat.role) for seat in seats for unit in seat.units}
    held = Post.objects.valid_on(on).filter(unit__any_of=sorted({unit for unit, _role in wanted}))
    posts = held.filter(role__in={role for _unit, role in wanted}).select_related("officer", "unit")
    return (post for post in posts if (post.unit_id, post.role) in wanted)

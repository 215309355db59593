"""What filled lives draw on: procedures with a few ways to fill their forms, who sits where, who files. Read once.

Everything here is made by the same functions that a real filing asks (case, papers, fees, process, units, calendar), so
that a filled dossier differs from a filed one only in how its rows reach the tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from json import dumps
from random import Random
from typing import Any

from motcua.catalogue.cases import case_for
from motcua.catalogue.fees import ChargeLine, charges_for
from motcua.catalogue.forms import prefill, unwanted_in
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.papers import papers_needed
from motcua.catalogue.processes.plans import StepPlan
from motcua.catalogue.processes.process import Process, parse
from motcua.documents.models import Document
from motcua.dossiers import clock, deadlines
from motcua.dossiers.actions import Units
from motcua.dossiers.actions.drafts import position_of
from motcua.dossiers.actions.filing import settled_source
from motcua.dossiers.codes import named_unit
from motcua.dossiers.demo.cast import Cast
from motcua.dossiers.demo.forms import answer, fill, for_oneself
from motcua.dossiers.demo.plans import POPULAR
from motcua.dossiers.policy import extensions_allowed
from motcua.people.models import Citizen
from motcua.people.queries import calendar_version_for

VARIANTS = 4
"""How many filled forms each procedure has per quarter and channel; citizens' own data make each dossier's different."""

Seats = Mapping[tuple[int, str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Way:
    """One procedure in one commune: who receives, decides and resolves, by which calendar, who sits there."""

    version_id: int
    receiving: int
    competent: int
    resolving: int
    named: int  # the agency whose code the dossier's begins with
    named_code: str
    calendar_id: int
    calendar: clock.WorkingCalendar
    starts_elsewhere: bool  # received by another agency than the competent one: the clock starts at the hand-over
    policy: clock.Policy
    may_extend: bool
    seats: Seats

    def unit(self, plan: StepPlan) -> int:
        """Return the unit that does a planned step."""
        return {"receiving": self.receiving, "competent": self.competent, "resolving": self.resolving}[plan.unit]


@dataclass(frozen=True, slots=True)
class StockPaper:
    """A paper a form's case asks for, and where it comes from in that channel."""

    position: int
    requirement_id: int
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """One filled form of a procedure: its case, term, papers, charges and the steps it will go through."""

    case_id: int | None
    term: clock.Term | None
    answers_text: str  # JSON
    data: Mapping[str, Any]
    papers: tuple[StockPaper, ...]
    charges: tuple[ChargeLine, ...]
    path: tuple[StepPlan, ...]

    @property
    def asked(self) -> int | None:
        """The place of the paper an officer finds fault with: the first that somebody gave."""
        return next((place for place, paper in enumerate(self.papers) if paper.source in {"file", "paper"}), None)


@dataclass
class Stock:
    """The province, its procedures and its people, as plain things that need no database any more."""

    versions: Sequence[ProcedureVersion]
    weights: Sequence[int]
    citizens: Sequence[Citizen]
    by_place: Mapping[int, Sequence[Citizen]]
    ways: Mapping[tuple[int, int], Way]  # by version and commune
    calendar: clock.WorkingCalendar  # paces the lives
    specimen_id: int  # one document serves every paper and result
    processes: Mapping[int, Process]
    forms: dict[tuple[int, str, date, int], FilledForm] = field(default_factory=dict)

    @classmethod
    def of(cls, cast: Cast, specimen: Document) -> "Stock":
        """Read the stock from the database through the demo's cast."""
        versions = list(
            ProcedureVersion.objects.filter(pk__in=[version.pk for version in cast.versions])
            .select_related("procedure")
            .prefetch_related("cases", "fees", "paper_groups__papers__group")
            .order_by("procedure__code")
        )
        citizens = list(Citizen.objects.exclude(place=None).exclude(identity_number=None).order_by("pk"))
        by_place: dict[int, list[Citizen]] = {}
        for citizen in citizens:
            by_place.setdefault(citizen.place_id or 0, []).append(citizen)
        return cls(
            versions=versions,
            weights=[POPULAR.get(version.procedure.code, 1) for version in versions],
            citizens=citizens,
            by_place=by_place,
            ways=_ways(cast, versions),
            calendar=cast.calendar,
            specimen_id=specimen.pk,
            processes={version.pk: parse(version.process) for version in versions},
        )

    def drawn(self, rng: Random, count: int) -> tuple[ProcedureVersion, tuple[Citizen, ...], Way]:
        """Draw a procedure, a commune and `count` citizens of it who file there."""
        while True:
            version = rng.choices(self.versions, self.weights)[0]
            place_id = self.citizens[int(rng.random() * len(self.citizens))].place_id or 0
            way = self.ways.get((version.pk, place_id))
            if way is not None:
                living = self.by_place[place_id]
                return version, tuple(living[int(rng.random() * len(living))] for _number in range(count)), way

    def form(self, version: ProcedureVersion, channel: str, on: date, variant: int) -> FilledForm:
        """Return a form filled by the quarter of `on`; the same arguments give the same form."""
        quarter = on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1)
        key = version.pk, channel, quarter, variant
        if key not in self.forms:
            self.forms[key] = _form(version, self.processes[version.pk], channel, quarter, variant)
        return self.forms[key]

    def form_data(self, version: ProcedureVersion, form: FilledForm, citizen: Citizen) -> dict[str, Any]:
        """Return the form's data with what the citizen's own record fills in."""
        return {**form.data, **prefill(version.form_bindings, citizen)}


def _form(version: ProcedureVersion, process: Process, channel: str, on: date, variant: int) -> FilledForm:
    rng = Random(f"{version.pk}:{channel}:{on}:{variant}")  # noqa: S311 - invented forms, not secrets
    data = for_oneself(version, fill(version, rng, on), rng)
    answers = {question["key"]: answer(question, rng) for question in version.questions}
    for name in unwanted_in(version.form_ui, {**data, **answers}):
        del data[name]
    facts = {**data, **answers}
    case = case_for(version.cases.all(), facts)
    return FilledForm(
        case_id=case.pk if case else None,
        term=deadlines.term_of(version, case, channel),
        answers_text=dumps(answers, ensure_ascii=False),
        data=data,
        papers=tuple(_papers(version, facts, channel)),
        charges=tuple(charges_for(version.fees.all(), facts=facts, channel=channel, on=on)),
        path=tuple(_path(process, facts)),
    )


def _papers(version: ProcedureVersion, facts: Mapping[str, Any], channel: str) -> list[StockPaper]:
    """Return the papers as filing settles them: of alternatives only the first, what nobody gives by its own source."""
    papers: list[StockPaper] = []
    covered: set[int] = set()
    for needed in papers_needed(version.paper_groups.all(), facts):
        requirement = needed.requirement
        if requirement.pk in covered:
            continue
        covered |= {requirement.pk, *(other.pk for other in needed.alternatives)}
        given = "paper" if channel == "counter" else "file" if needed.is_uploaded else ""
        source = str(settled_source(requirement)) or given
        papers.append(StockPaper(position_of(requirement), requirement.pk, requirement.name, source))
    return papers


def _path(process: Process, facts: Mapping[str, Any]) -> list[StepPlan]:
    plan: StepPlan | None = process.start
    path = []
    while plan is not None:
        path.append(plan)
        plan = process.next_step(plan.code, facts)
    return path


def _ways(cast: Cast, versions: Sequence[ProcedureVersion]) -> dict[tuple[int, int], Way]:
    """Return the ways on which every seat is taken; a life may not end for want of an officer."""
    seats = {seat: tuple(post.officer_id for post in posts) for seat, posts in cast.posts.items()}
    found: dict[tuple[str, str, int], Units | None] = {}
    calendars: dict[int, int] = {}
    ways = {}
    for version in versions:
        for place in cast.communes:
            key = version.levels[0], version.competent_subject, place.pk
            if key not in found:
                found[key] = cast.units(version, place)
            units = found[key]
            if units is None:
                continue
            if units.competent.pk not in calendars:
                calendars[units.competent.pk] = calendar_version_for(units.competent, cast.at).pk
            way = _way(version, units, calendars[units.competent.pk], seats)
            if _is_staffed(way, parse(version.process)):
                ways[version.pk, place.pk] = way
    return ways


def _way(version: ProcedureVersion, units: Units, calendar_id: int, seats: Seats) -> Way:
    receiving, named = units.receiving, named_unit(units.receiving)
    return Way(
        version_id=version.pk,
        receiving=receiving.pk,
        competent=units.competent.pk,
        resolving=units.resolving.pk,
        named=named.pk,
        named_code=named.code,
        calendar_id=calendar_id,
        calendar=deadlines.calendar_of(calendar_id),
        starts_elsewhere=units.competent.pk not in receiving.path,
        policy=deadlines.policy_of(version),
        may_extend=extensions_allowed(version) > 0,
        seats=seats,
    )


def _is_staffed(way: Way, process: Process) -> bool:
    needed = {(way.receiving, "receptionist"), (way.receiving, "returner")}
    needed |= {(way.unit(plan), plan.role) for plan in process.steps.values()}
    return needed <= set(way.seats)

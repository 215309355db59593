"""The hand-over slip: what one officer handed over in one go, a sheet for each unit that takes it. Nothing of it is kept."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from motcua.base import words
from motcua.dossiers.models import Dossier, DossierEvent, Paper, Step
from motcua.dossiers.owners import owner_name
from motcua.dossiers.slip_data import agency_head, long_moment
from motcua.dossiers.slips.data import Slip
from motcua.people.models import Agency

LONGEST = timedelta(hours=1)  # a dossier of a batch is never written later than this after the batch began


@dataclass(frozen=True, slots=True)
class HandedRow:
    """One dossier: how many papers are in it, and how many sheets of them go along on paper."""

    number: int
    code: str
    request: str
    owner: str
    papers: int
    on_paper: int
    due: str


@dataclass(frozen=True, slots=True)
class HandedPart:
    """What one unit takes; `taken_by` is empty while nobody there has taken it all."""

    giver: str
    taker: str
    given: str
    given_by: str
    taken_by: str
    rows: tuple[HandedRow, ...]


@dataclass(frozen=True, slots=True)
class HandOver(Slip):
    """The whole slip."""

    parts: tuple[HandedPart, ...]
    title: str = "Phiếu bàn giao hồ sơ"


def handed_over(units: Sequence[int], at: datetime) -> list[DossierEvent]:
    """Return the hand-overs that the counters `units` made together at the moment `at`, in the order of their codes."""
    events = DossierEvent.objects.filter(
        move="hand_over", at__gte=at, at__lt=at + LONGEST, unit__in=units, data__together=at.isoformat()
    )
    related = ("officer", "unit", "dossier__version", "dossier__owner", "dossier__owner_organisation")
    return list(events.select_related(*related, "dossier__resolving_unit").order_by("dossier__code"))


def hand_over_slip(events: Sequence[DossierEvent], printed_at: datetime) -> HandOver:
    """Word the slip of hand-overs made together by one officer; there is one at least."""
    unit = events[0].unit
    if unit is None:
        raise ValueError("a counter hands over")
    ids = [event.dossier_id for event in events]
    counts, takers = _papers_in(ids), _takers(ids)
    ordered = sorted(events, key=lambda event: (_taker(event.dossier).name, event.dossier.code or ""))
    parts = [
        _part(list(group), counts, takers)
        for _unit, group in itertools.groupby(ordered, key=lambda event: event.dossier.resolving_unit_id)
    ]
    return HandOver(issued_at=printed_at.isoformat(), head=agency_head(unit, events[0].at), parts=tuple(parts))


def _part(
    events: Sequence[DossierEvent], counts: dict[int, tuple[int, int]], takers: dict[int, str | None]
) -> HandedPart:
    first = events[0]
    names = {takers.get(event.dossier_id) for event in events}
    only = next(iter(names)) if len(names) == 1 else None
    return HandedPart(
        giver=first.unit.name if first.unit else "",
        taker=_taker(first.dossier).name,
        given=long_moment(first.at),
        given_by=first.officer.full_name if first.officer else "",
        taken_by=only or "",
        rows=tuple(_row(number, event.dossier, counts) for number, event in enumerate(events, start=1)),
    )


def _row(number: int, dossier: Dossier, counts: dict[int, tuple[int, int]]) -> HandedRow:
    papers, on_paper = counts.get(dossier.pk, (0, 0))
    return HandedRow(
        number=number,
        code=dossier.code or "",
        request=dossier.version.desk_name or dossier.version.title,
        owner=owner_name(dossier),
        papers=papers,
        on_paper=on_paper,
        due=words.day(dossier.due_at) if dossier.due_at else _("không có hạn"),
    )


def _taker(dossier: Dossier) -> Agency:
    if dossier.resolving_unit is None:
        raise ValueError("a draft is handed to nobody")
    return dossier.resolving_unit


def _papers_in(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return how many papers lie in each dossier, and how many originals and copies on paper; one query."""
    given = Paper.objects.filter(dossier__in=ids).exclude(source=Paper.Source.NONE)
    counted = given.order_by().values("dossier_id").annotate(number=Count("pk"), sheets=Sum(F("original_count") + F("copy_count")))  # fmt: skip
    return {row["dossier_id"]: (row["number"], row["sheets"]) for row in counted}


def _takers(ids: Sequence[int]) -> dict[int, str | None]:
    """Return who took the first step after the hand-over of each dossier, if anybody has; one query."""
    after = Step.objects.filter(dossier__in=ids, kind=Step.Kind.WORK).filter(~Q(assignee=None))
    return dict(after.order_by("-seq").values_list("dossier_id", "assignee__full_name"))

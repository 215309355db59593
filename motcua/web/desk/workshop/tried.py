"""What came out of the last trial of a process, in words: on the page of trials, and before whoever approves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.words import number
from motcua.catalogue.models import ProcedureVersion, ProcessEdition, ProcessTrial
from motcua.people.models import Agency
from motcua.people.roles import Role


@dataclass(frozen=True)
class Bar:
    """One range of durations, and how many of the dossiers fell into it."""

    words: str
    count: str
    percent: int


@dataclass(frozen=True)
class Desk:
    """What happened at one step: who sits there, how long dossiers waited and stayed."""

    name: str
    officers: int
    wait: str
    stay: str
    busy: int


@dataclass(frozen=True)
class Tried:
    """A trial as drawn. `is_old`: the edition was changed since."""

    trial: ProcessTrial
    is_old: bool
    place: str
    procedure: str
    figures: Mapping[str, Any]
    half: str
    most: str
    late: str
    late_count: str
    never_count: str
    count: str
    per_day: str
    bars: list[Bar]
    desks: list[Desk]


def tried(edition: ProcessEdition, versions: list[ProcedureVersion]) -> Tried | None:
    """Return the last trial of an edition in words; None when nobody tried it. `versions` name the procedure."""
    trial = ProcessTrial.objects.select_related("tried_by").filter(edition=edition).first()
    if trial is None:
        return None
    figures, setting = trial.outcome, trial.setting
    unit = Agency.objects.filter(code=setting["unit"]).first()
    names = {version.procedure.code: version.title for version in versions}
    return Tried(
        trial=trial,
        is_old=trial.revision != edition.revision,
        place=unit.short_name if unit else setting["unit"],
        procedure=names.get(setting["procedure"], setting["procedure"]),
        figures=figures,
        half=number(figures["half"]),
        most=number(figures["most"]),
        late=number(figures["late_percent"]),
        late_count=number(figures["late"]),
        never_count=number(figures["never"]),
        count=number(figures["count"]),
        per_day=number(setting["per_day"]),
        bars=_bars(figures["bars"]),
        desks=[_desk(step) for step in figures["steps"]],
    )


def _bars(bars: list[tuple[float, float, int]]) -> list[Bar]:
    largest = max((count for _low, _high, count in bars), default=1) or 1
    return [
        Bar(
            _("%(low)s–%(high)s giờ") % {"low": number(round(low)), "high": number(round(high))},
            number(count),
            round(100 * count / largest),
        )
        for low, high, count in bars
    ]


def _desk(step: Mapping[str, Any]) -> Desk:
    shared = _(" (chung người với bước khác)") if step["shared"] else ""
    return Desk(
        name=f"{step['name']} · {Role(step['role']).label}{shared}",
        officers=step["officers"],
        wait=number(step["wait"]),
        stay=number(step["stay"]),
        busy=step["busy"],
    )

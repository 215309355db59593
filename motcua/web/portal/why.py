"""«Vì sao ngày này?»: the ledger of a dossier's deadline as a calendar picture and a sum, ready for the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.base.words import local_day
from motcua.dossiers import clock, deadlines
from motcua.dossiers.models import Dossier

_CLASSES = {
    clock.CellKind.OUTSIDE: "dim",
    clock.CellKind.RECEIVED: "",
    clock.CellKind.RUN: "run",
    clock.CellKind.WAIT: "wait-you",
    clock.CellKind.OFF: "off",
    clock.CellKind.FEAST: "feast",
    clock.CellKind.DUE: "end",
}


@dataclass(frozen=True)
class Why:
    """The explanation: weeks of (day, class), the lines of the sum, and its last line."""

    term: str
    is_wall: bool
    weeks: list[list[tuple[clock.DayCell, str]]]
    lines: Sequence[clock.Line]
    result: clock.Line | None


def why(dossier: Dossier, reckoning: clock.Reckoning, now: datetime) -> Why | None:
    """Return why the dossier is due when it is due; None where the law gives no term."""
    if dossier.due_at is None:
        return None
    filed_on = local_day(dossier.submitted_at) if dossier.submitted_at else None
    cells = [(cell, _class(cell)) for cell in clock.days(reckoning, now, filed_on=filed_on)]
    lines = clock.explain(reckoning)
    term = deadlines.term_of(dossier.version, dossier.case, dossier.channel)
    return Why(
        term=clock.term_words(term) if term else "",
        is_wall=reckoning.is_wall,
        weeks=[cells[first : first + 7] for first in range(0, len(cells), 7)],
        lines=lines[:-1],
        result=lines[-1] if lines else None,
    )


def _class(cell: clock.DayCell) -> str:
    return f"{_CLASSES[cell.kind]} today".strip() if cell.is_today else _CLASSES[cell.kind]

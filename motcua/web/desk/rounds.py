"""The requests for papers of a dossier as the desk shows them: what was asked each time, what came, the old file and the new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.faults import Asked, asked_in
from motcua.dossiers.models import Dossier, Paper, Supplement


@dataclass(frozen=True)
class Line:
    """One paper of a request. `paper` is None when it is no longer in the dossier; `has_old`: the faulty file is kept."""

    asked: Asked
    paper: Paper | None
    is_new: bool
    has_old: bool


@dataclass(frozen=True)
class Round:
    """One request: who asked when, until when, whether and when it was answered, and its papers."""

    number: int
    stage: str
    asked_at: datetime
    asked_by: str
    reason: str
    due_at: datetime
    supplied_at: datetime | None
    dropped_at: datetime | None
    is_approved: bool
    lines: list[Line]

    @property
    def waits(self) -> bool:
        """Whether the citizen has still to answer."""
        return self.supplied_at is None and self.dropped_at is None


def requests_of(dossier: Dossier) -> list[Supplement]:
    """Return the requests for papers of a dossier, the first one first; one query."""
    return list(dossier.supplements.select_related("asked_by", "event").order_by("round_no"))


def rounds_of(requests: Sequence[Supplement], papers: Mapping[int, Paper]) -> list[Round]:
    """Return the requests as drawn, the last one first; `papers` by id."""
    return [_round(request, papers) for request in reversed(requests)]


def earlier_files(requests: Sequence[Supplement], paper: Paper) -> dict[int, Asked]:
    """Return the files of a paper that a later one replaced: number of the request that found fault with it → what it asked."""
    return {
        request.round_no: asked
        for request in requests
        for asked in asked_in(request)
        if asked.paper == paper.pk and asked.document not in (None, paper.document_id)
    }


def came_last(requests: Sequence[Supplement], paper: Paper) -> bool:
    """Return whether a paper came with the answer to the last request and nobody has judged it since."""
    answered = [request for request in requests if request.supplied_at]
    if not answered or paper.given_at is None or paper.verdict != Paper.Verdict.UNSEEN:
        return False
    return paper.given_at > answered[-1].asked_at


def _round(request: Supplement, papers: Mapping[int, Paper]) -> Round:
    return Round(
        number=request.round_no,
        stage=request.get_stage_display(),
        asked_at=request.asked_at,
        asked_by=request.asked_by.full_name,
        reason=request.reason,
        due_at=request.due_at,
        supplied_at=request.supplied_at,
        dropped_at=request.dropped_at,
        is_approved=request.event.move == "ask_again",
        lines=[_line(asked, request, papers.get(asked.paper)) for asked in asked_in(request)],
    )


def _line(asked: Asked, request: Supplement, paper: Paper | None) -> Line:
    given_at = paper.given_at if paper else None
    is_new = given_at is not None and given_at > request.asked_at
    has_old = is_new and paper is not None and asked.document not in (None, paper.document_id)
    return Line(asked, paper, is_new, has_old)

"""The papers of a dossier: which of them are looked at, which nobody has judged yet, at which steps that matters."""

from motcua.dossiers.models import Channel, Dossier, Paper, Step
from motcua.people.roles import Role

LOOKED_AT = frozenset({Paper.Source.FILE, Paper.Source.FORM, Paper.Source.PAPER})
"""Where a paper comes from when there is something to look at: not what is still to come, what data say, or what was
shown at the counter and given back."""


def is_unseen(paper: Paper) -> bool:
    """Return whether there is something to look at and nobody has judged it."""
    return paper.source in LOOKED_AT and paper.verdict == Paper.Verdict.UNSEEN


def unseen_papers(dossier: Dossier) -> list[Paper]:
    """Return the papers nobody has judged, in their order."""
    return [paper for paper in dossier.papers.order_by("position", "pk") if is_unseen(paper)]


def are_examined_at(step: Step, dossier: Dossier) -> bool:
    """Return whether the papers are examined at the running `step`.

    They are when a dossier that came in without anybody looking is received, and at its first work step by a
    specialist, also when it comes back there.
    """
    if step.kind == Step.Kind.RECEPTION:
        return dossier.channel != Channel.COUNTER
    if step.kind != Step.Kind.WORK or step.role != Role.SPECIALIST:
        return False
    examined = dossier.steps.filter(kind=Step.Kind.WORK, role=Role.SPECIALIST, outcome=Step.Outcome.DONE)
    return not examined.exclude(code=step.code).exists()

"""The papers a stopped dossier gives back, as its page shows them: which were handed back, to whom and when."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.base import words
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.queries import hand_backs, papers_of_the_notice
from motcua.web.desk.access import Opened


@dataclass(frozen=True)
class Back:
    """One paper of the list. `state`: words, `kind`: how they are coloured."""

    name: str
    state: str
    kind: str


def papers_back(opened: Opened) -> dict[str, Any]:
    """Return the list of a stopped dossier; of any other there is none, and nothing is asked."""
    if opened.dossier.status != Status.STOPPED:
        return {"papers_back": []}
    given = {pk: event for event in hand_backs(opened.dossier) for pk in event.data["papers"]}
    return {"papers_back": [_back(paper.name, given.get(paper.pk)) for paper in papers_of_the_notice(opened.dossier)]}


def _back(name: str, event: Any) -> Back:
    if event is None:
        return Back(name, _("chờ trả lại"), "soon")
    facts = {"to": event.data["receiver"], "at": words.moment_short(event.at)}
    return Back(name, _("đã trả lại %(to)s, %(at)s") % facts, "good")

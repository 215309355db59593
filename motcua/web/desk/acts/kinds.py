"""What an act at the desk is: its key, its form, the one domain call it makes, and what is said when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

from motcua.documents.actions import add_document, keep_file
from motcua.documents.models import Document
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.base import ActForm

Call = Callable[[], object]
Prepare = Callable[[Opened, Any], Call]


@dataclass(frozen=True)
class Act:
    """How a move is made at the desk. `prepare` keeps files and the like, and returns the one domain call.

    The table of acts names it by its move; `move` says which it is where one move has several acts: what is proposed.
    """

    key: str
    form: type[ActForm]
    prepare: Prepare
    done: Promise
    label: Promise | None = None  # where the desk says it better than the table of moves
    is_risk: bool = False
    makes_sense: Callable[[Opened], bool] | None = None  # offered only when it can succeed; None: whenever it is open
    move: str = ""


def facts(opened: Opened, move: str) -> dict[str, Any]:
    """Return what every action is given: the dossier, who acts in which capacity, when."""
    return {"dossier_id": opened.dossier.pk, "actor": opened.actor(move), "at": opened.sitting.at}


def with_reason(action: Callable[..., object], move: str, **more: object) -> Prepare:
    """Prepare an action that takes nothing but the reason typed, and what is fixed."""

    def prepare(opened: Opened, form: Any) -> Call:
        return partial(action, **facts(opened, move), reason=form.cleaned_data["reason"], **more)

    return prepare


def kept(opened: Opened, upload: Any, title: str, source: Document.Source = Document.Source.SCAN) -> Document:
    """Keep an uploaded file and enter it into the document store. Raises FileRefused."""
    at = opened.sitting.at
    return add_document(
        file=keep_file(upload=upload, limit_bytes=settings.PAPER_MAX_BYTES, at=at),
        title=title[:500],
        source=source,
        at=at,
        actor=opened.sitting.officer.user,
        owner=opened.dossier.owner,
        original_name=upload.name,
    )

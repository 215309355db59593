"""Taking up again a dossier the counter noted as missing papers: the same page, laid out as it was left."""

from typing import Any

from django.http import Http404, QueryDict

from motcua.dossiers.actor import receiving_post
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Channel, Dossier, Paper
from motcua.dossiers.queries import visible_to_officer
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting
from motcua.web.desk.counter.fields import as_typed
from motcua.web.desk.counter.what import COMMUNE
from motcua.web.desk.counter.who import DECLARED
from motcua.web.desk.counter.whose import as_posted_of

OPEN = frozenset({Status.INCOMPLETE, Status.SUBMITTED})


def may_be_taken_up(dossier: Dossier, sitting: Sitting) -> bool:
    """Return whether the officer may complete the dossier at the counter: it was noted there and waits for papers."""
    is_open = dossier.channel == Channel.COUNTER and dossier.status in OPEN
    return is_open and receiving_post(sitting.posts, dossier, Permission.RECEIVE) is not None


def dossier_taken_up(sitting: Sitting, code: str) -> Dossier:
    """Find the dossier of a page that is drawn again; its reading was recorded when it was opened. Http404 for any other."""
    found = visible_to_officer(sitting.posts).select_related("version__procedure", "filed_by").filter(code=code).first()
    if (
        found is None
        or found.channel != Channel.COUNTER
        or receiving_post(sitting.posts, found, Permission.RECEIVE) is None
    ):
        raise Http404
    return found


def as_posted(dossier: Dossier) -> QueryDict:
    """Return the dossier as the page would post it: what was said, and the papers lying here that are good."""
    fields: dict[str, Any] = {"return-method": dossier.return_method, "return-address": dossier.return_address}
    fields |= {f"answers-{key}": str(value) for key, value in dossier.answers.items()}
    fields[COMMUNE] = str(dossier.answers.get(COMMUNE, ""))
    schema = dossier.version.form_schema
    fields |= {
        f"form_data-{name}": as_typed(schema, name, value)
        for name, value in dossier.form_data.items()
        if name in schema["properties"]
    }
    fields |= {
        f"person-{name}": value
        for name in DECLARED
        if (value := dossier.applicant.get(name)) and value != (getattr(dossier.filed_by, name) or "")
    }
    fields |= as_posted_of(dossier)
    for paper in dossier.papers.filter(requirement__isnull=False):
        fields |= _paper(paper)
    posted = QueryDict(mutable=True)
    for name, value in fields.items():
        posted[name] = str(value)
    return posted


def _paper(paper: Paper) -> dict[str, Any]:
    key = f"paper-{paper.position}"
    fields: dict[str, Any] = {f"{key}-reason": paper.data_reason} if paper.data_reason else {}
    is_here = paper.source in {Paper.Source.PAPER, Paper.Source.SHOWN, Paper.Source.FILE}
    if is_here and paper.verdict != Paper.Verdict.FAULTY:
        fields |= {f"{key}-given": "on", f"{key}-originals": paper.original_count, f"{key}-copies": paper.copy_count}
    return fields

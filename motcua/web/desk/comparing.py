"""The old file of a paper beside the new one: what the citizen changed after a request for papers."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.documents.models import Document
from motcua.dossiers.faults import Asked
from motcua.dossiers.models import Paper
from motcua.web.desk.access import Sitting, at_the_desk, dossier_for_officer
from motcua.web.desk.papers import earlier_key
from motcua.web.desk.rounds import earlier_files, requests_of

MOST_PAGES = 40  # of one file on the page; the whole of a longer one is downloaded


@dataclass(frozen=True)
class Copy:
    """One of the two files: the addresses of its pages and of the whole, when it came."""

    pages: list[str]
    file_url: str
    is_cut: bool
    since: datetime | None


@at_the_desk
def compare(request: HttpRequest, sitting: Sitting, code: str, paper_id: int) -> HttpResponse:
    """Show a paper as it was when a request found fault with it (`?lan=`, by default the last) beside as it is now."""
    opened = dossier_for_officer(sitting, code, page="compare")
    paper = opened.dossier.papers.select_related("document__file").filter(pk=paper_id).first()
    requests = requests_of(opened.dossier)
    files = earlier_files(requests, paper) if paper else {}
    if paper is None or not files:
        raise Http404
    asked_for = request.GET.get("lan", "")
    number = int(asked_for) if asked_for.isdecimal() and int(asked_for) in files else max(files)
    made = next(one for one in requests if one.round_no == number)
    context = {
        "desk": sitting,
        "dossier": opened.dossier,
        "paper": paper,
        "number": number,
        "numbers": sorted(files),
        "request_made": made,
        "asked": files[number],
        "old": _old(code, files[number], number),
        "new": _new(code, paper),
    }
    return render(request, "desk/compare.html", context)


def _old(code: str, asked: Asked, number: int) -> Copy:
    document = Document.objects.select_related("file").get(pk=asked.document or 0)
    return _copy(code, earlier_key(asked.paper, number), document, document.created_at)


def _new(code: str, paper: Paper) -> Copy:
    return _copy(code, str(paper.pk), paper.document, paper.given_at)


def _copy(code: str, key: str, document: Document | None, since: datetime | None) -> Copy:
    pages = (document.file.pages or 1) if document else 0
    return Copy(
        pages=[
            f"{reverse('desk:picture', args=[code, key, page])}?ban={document.pk if document else 0}"
            for page in range(1, min(pages, MOST_PAGES) + 1)
        ],
        file_url=reverse("desk:file", args=[code, key]) if document else "",
        is_cut=pages > MOST_PAGES,
        since=since,
    )

"""The papers of a dossier: the list, one page of one paper as a picture, and its file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.base.words import moment_short
from motcua.documents.drawing import PdfNotReadable
from motcua.documents.models import Document, StoredFile
from motcua.documents.pages import PageNotThere
from motcua.documents.serving import file_response, picture_response
from motcua.dossiers.faults import GUIDANCE, Asked, asked_in, asked_of
from motcua.dossiers.legs import papers_sent
from motcua.dossiers.models import Dossier, Leg, Paper, Result, Step, Supplement
from motcua.dossiers.papers import is_unseen
from motcua.web.desk.access import Opened, Sitting, at_the_desk, dossier_for_officer
from motcua.web.desk.rounds import came_last, earlier_files

PICTURE_WIDTH = 1000  # pixels; the viewer is 352 px wide, and the picture opens larger
RESULT = "ket-qua"
ABOUT_RESULT = frozenset({Step.Kind.SIGN, Step.Kind.ISSUE, Step.Kind.RETURN})

# fmt: off
SIGNS: dict[str, tuple[str, str]] = {  # verdict → icon, class
    Paper.Verdict.UNSEEN: ("circle", "todo"),
    Paper.Verdict.GOOD:   ("circle-check", "ok"),
    Paper.Verdict.FAULTY: ("circle-x", "bad"),
}
WITHOUT_FILE: dict[str, Promise] = {
    Paper.Source.NONE:  gettext_lazy("Chưa có giấy tờ này."),
    Paper.Source.FORM:  gettext_lazy("Lập từ tờ khai: xem dữ liệu ở cột giữa."),
    Paper.Source.DATA:  gettext_lazy("Thay bằng dữ liệu đã có, người dân không phải nộp."),
    Paper.Source.PAPER: gettext_lazy("Bản giấy đã nhận tại quầy, chưa quét."),
    Paper.Source.SHOWN: gettext_lazy("Người dân đã xuất trình, không giữ lại."),
}
SHORT_SOURCE: dict[str, Promise] = {
    Paper.Source.NONE:  gettext_lazy("chưa có"),
    Paper.Source.FORM:  gettext_lazy("từ tờ khai"),
    Paper.Source.DATA:  gettext_lazy("dữ liệu"),
    Paper.Source.PAPER: gettext_lazy("bản giấy"),
    Paper.Source.SHOWN: gettext_lazy("xuất trình"),
}
# fmt: on


@dataclass(frozen=True)
class Sheet:
    """One line of the list: a paper, or the result. `pages` is 0 and `document_id` None when there is no file to see."""

    key: str
    name: str
    icon: str
    css: str
    note: str
    pages: int
    without_file: str
    document_id: int | None = None
    paper: Paper | None = None
    is_new: bool = False
    before: Mapping[int, Asked] = field(default_factory=dict)  # number of the request → the file it found fault with

    @property
    def fault(self) -> Asked | None:
        """What is wrong with the paper, where something is."""
        return asked_of(self.paper) if self.paper and self.paper.verdict == Paper.Verdict.FAULTY else None

    @property
    def stands(self) -> str:
        """How the paper stands in words: its verdict, or that there is nothing to look at."""
        if self.paper is None or (self.paper.verdict == Paper.Verdict.UNSEEN and not is_unseen(self.paper)):
            return _("không phải xem")
        return str(self.paper.get_verdict_display())


@dataclass(frozen=True)
class Viewer:
    """The sheet being looked at, on which page; addresses are empty where there is nothing to go to."""

    sheet: Sheet
    page: int
    picture_url: str
    file_url: str
    previous_url: str
    next_url: str


def sheets_of(dossier: Dossier, result: Result | None, requests: Sequence[Supplement]) -> list[Sheet]:
    """Return the papers in their order, then what came back from other agencies, then the result when one is drafted.

    Of a part they are those of the dossier that sent it, by reference.
    """
    papers = dossier.papers.select_related("document__file", "judged_by").order_by("position", "pk")
    sheets = [_paper_sheet(paper, requests, is_added=_is_added(dossier, paper)) for paper in papers]
    if dossier.is_part:  # looked at, and judged by who sent them
        sheets = [replace(_paper_sheet(paper, ()), paper=None) for paper in papers_sent(dossier)]
    sheets += _leg_sheets(dossier)
    return [*sheets, _result_sheet(result)] if result and result.document else sheets


def faults_in(dossier: Dossier) -> dict[str, Any]:
    """Return what the list of what is asked for shows: the faulty papers, and the names of those nobody has judged."""
    papers = list(dossier.papers.order_by("position", "pk"))
    faulty = [asked_of(paper) for paper in papers if paper.verdict == Paper.Verdict.FAULTY]
    return {"faulty": faulty, "unjudged": [paper.name for paper in papers if is_unseen(paper)]}


def fault_codes() -> list[tuple[str, str, str]]:
    """Return the reasons to choose from: code, words, and the usual guidance, which is kept in Vietnamese."""
    return [(code.value, str(code.label), GUIDANCE[code]) for code in Paper.FaultCode]


def viewer_of(request: HttpRequest, code: str, sheets: list[Sheet], kind: str = "") -> Viewer | None:
    """Return what the address asks to see: ?giay=<key>&trang=<page>.

    By default the first sheet with a file; at a step of `kind` sign, issue or return the result itself.
    """
    if not sheets:
        return None
    result = next((sheet for sheet in sheets if sheet.key == RESULT and kind in ABOUT_RESULT), None)
    first = result or next((sheet for sheet in sheets if sheet.pages), sheets[0])
    sheet = next((sheet for sheet in sheets if sheet.key == request.GET.get("giay")), first)
    asked = request.GET.get("trang", "")
    page = min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), max(sheet.pages, 1))
    here = f"{reverse('desk:dossier', args=[code])}?giay={sheet.key}"
    return Viewer(
        sheet=sheet,
        page=page,
        picture_url=_picture_url(code, sheet, page) if sheet.pages else "",
        file_url=reverse("desk:file", args=[code, sheet.key]) if sheet.pages else "",
        previous_url=f"{here}&trang={page - 1}" if page > 1 else "",
        next_url=f"{here}&trang={page + 1}" if page < sheet.pages else "",
    )


def may_judge(opened: Opened) -> bool:
    """Return whether the officer examines the papers now: who may accept the dossier, or complete its work step."""
    return any(move.name in {"accept", "complete_step"} for move in opened.moves())


@at_the_desk
def picture(_request: HttpRequest, sitting: Sitting, code: str, key: str, page: int) -> HttpResponse:
    """Send one page of a paper as a picture."""
    opened = dossier_for_officer(sitting, code, page="picture")
    stored, _name = _file(opened.dossier, key)
    try:
        return picture_response(stored, page=page, width=PICTURE_WIDTH)
    except (PageNotThere, PdfNotReadable) as missing:
        raise Http404 from missing


@at_the_desk
def file(_request: HttpRequest, sitting: Sitting, code: str, key: str) -> HttpResponseBase:
    """Send the whole file of a paper to keep."""
    opened = dossier_for_officer(sitting, code, page="file")
    stored, name = _file(opened.dossier, key)
    return file_response(stored, name=f"{code} {name}", inline=False)


def _picture_url(code: str, sheet: Sheet, page: int) -> str:
    """Return a page's address with the document in it: a browser keeps pictures, and must not show one replaced since."""
    return f"{reverse('desk:picture', args=[code, sheet.key, page])}?ban={sheet.document_id}"


def _is_added(dossier: Dossier, paper: Paper) -> bool:
    """Return whether nobody asked for the paper and it came after the dossier was accepted."""
    came_after = dossier.received_at is not None and paper.given_at is not None and paper.given_at > dossier.received_at
    return paper.requirement_id is None and came_after


def _paper_sheet(paper: Paper, requests: Sequence[Supplement], *, is_added: bool = False) -> Sheet:
    icon, css = ("database", "ok") if _is_data(paper) else SIGNS[paper.verdict]
    stored = paper.document.file if paper.document else None
    pages = (stored.pages or 1) if stored else 0
    note = _pages(pages) if stored else str(SHORT_SOURCE[paper.source])
    if is_added and paper.given_at:
        how = _("mới, nộp thêm %(at)s") if is_unseen(paper) else _("nộp thêm %(at)s")
        note = f"{note} · {how % {'at': moment_short(paper.given_at)}}"
    without = "" if stored else str(WITHOUT_FILE[paper.source])
    is_new, before = came_last(requests, paper), earlier_files(requests, paper)
    return Sheet(str(paper.pk), paper.name, icon, css, note, pages, without, paper.document_id, paper, is_new, before)


def _is_data(paper: Paper) -> bool:
    """Return whether data say what the paper would, so that there is nothing to judge, and nobody has judged it."""
    return paper.source == Paper.Source.DATA and paper.verdict == Paper.Verdict.UNSEEN


def _result_sheet(result: Result) -> Sheet:
    pages = (result.document.file.pages or 1) if result.document else 0
    name = _("Dự thảo: %(title)s") if result.signed_at is None else "%(title)s"
    return Sheet(
        RESULT, name % {"title": result.title}, "file-text", "ok", _pages(pages), pages, "", result.document_id
    )


def leg_key(leg: Leg) -> str:
    """Return the key of what came back of a leg: «L2»."""
    return f"L{leg.number}"


def _leg_sheets(dossier: Dossier) -> list[Sheet]:
    """Return the documents that came back from other agencies; none is asked for where nothing was ever sent."""
    if not dossier.has_legs:
        return []
    back = dossier.legs.filter(document__isnull=False).select_related("document__file").order_by("number")
    return [_leg_sheet(leg, leg.document) for leg in back if leg.document is not None]


def _leg_sheet(leg: Leg, document: Document) -> Sheet:
    pages = document.file.pages or 1
    name = _("Trả lời của %(unit)s") % {"unit": leg.to_name}
    return Sheet(leg_key(leg), name, "file-text", "ok", _pages(pages), pages, "", document.pk)


def _pages(number: int) -> str:
    return ngettext("%(n)d trang", "%(n)d trang", number) % {"n": number}


def earlier_key(paper_id: int, round_no: int) -> str:
    """Return the key of the file of a paper that a request found fault with: «12-1»."""
    return f"{paper_id}-{round_no}"


def _earlier(dossier: Dossier, key: str) -> tuple[Document | None, str]:
    """Return the file of a paper that a request of this dossier found fault with, by its `earlier_key`."""
    paper, _dash, number = key.partition("-")
    if not (paper.isdecimal() and number.isdecimal() and len(number) < 4):
        return None, ""
    request = dossier.supplements.filter(round_no=int(number)).first()
    asked = next((one for one in asked_in(request) if one.paper == int(paper)), None) if request else None
    if asked is None or asked.document is None:
        return None, ""
    document = Document.objects.select_related("file").get(pk=asked.document)
    return document, _("%(name)s, bản trước lần bổ sung %(n)d") % {"name": asked.name, "n": int(number)}


def _paper(dossier: Dossier, pk: int) -> Paper | None:
    """Return a paper of the dossier, or of a part one that was sent to it."""
    if dossier.is_part:
        return next((paper for paper in papers_sent(dossier) if paper.pk == pk), None)
    return dossier.papers.select_related("document__file").filter(pk=pk).first()


def _file(dossier: Dossier, key: str) -> tuple[StoredFile, str]:
    """Return the stored file of a paper or of the result, with its name; Http404 when there is none."""
    if key == RESULT:
        result = Result.objects.select_related("document__file").filter(dossier=dossier).first()
        document, name = (result.document, result.title) if result else (None, "")
    elif key.startswith("L") and key[1:].isdecimal() and len(key) < 6:
        leg = dossier.legs.select_related("document__file").filter(number=int(key[1:])).first()
        document, name = (leg.document, leg.to_name) if leg else (None, "")
    elif "-" in key:
        document, name = _earlier(dossier, key)
    else:
        paper = _paper(dossier, int(key)) if key.isdecimal() and len(key) < 18 else None
        document, name = (paper.document, paper.name) if paper else (None, "")
    if document is None:
        raise Http404
    return document.file, name

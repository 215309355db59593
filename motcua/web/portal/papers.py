"""The papers of a draft: a card for each, what to do about it, and what was sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.words import local_day
from motcua.catalogue.conditions import Facts
from motcua.catalogue.databases import DATABASES
from motcua.catalogue.models import PaperGroup, PaperRequirement
from motcua.catalogue.papers import NeededPaper, papers_needed
from motcua.documents.actions import FileRefused
from motcua.documents.drawing import PdfNotReadable
from motcua.documents.pages import PageNotThere
from motcua.documents.problems import Problem
from motcua.documents.serving import file_response, picture_response
from motcua.dossiers.actions import DraftGone, attach_paper, drop_paper
from motcua.dossiers.actions.drafts import position_of
from motcua.dossiers.actions.filing import missing
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.steps import facts_of
from motcua.people.models import User
from motcua.web.portal.access import citizen_of, draft_of_citizen, paper_of_citizen, signed_in
from motcua.web.portal.bundle_screens import brought
from motcua.web.portal.filing import Place, place_in
from motcua.web.portal.screens import PAPERS
from motcua.web.shared.uploads import keep_upload

EXTRA = "them"
ACCEPTED = "application/pdf,image/jpeg,image/png,image/heic,image/heif,.heic,.heif"


@dataclass(frozen=True)
class Card:
    """One paper on the screen. `kind` is form, data, show, on_paper or send; `faults` are said on the card."""

    key: str
    name: str
    kind: str
    hint: str = ""
    required: bool = True
    source: str = ""
    one_of: str = ""
    paper: Paper | None = None
    covered: bool = False
    faults: list[str] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return self.kind != "send" or self.paper is not None or self.covered

    @property
    def advice(self) -> list[Problem]:
        """What was found in the file sent that does not refuse it: pages that look blank."""
        document = self.paper.document if self.kind == "send" and self.paper else None
        return list(document.file.advice) if document else []


@signed_in
@require_http_methods(["GET", "POST"])
def show_papers(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    """Show the papers the case needs; on POST go on when none is missing."""
    draft = draft_of_citizen(request, draft_id)
    if draft.status != Status.DRAFT:
        return redirect("portal:proof", draft.code)
    if request.method == "GET":
        return _page(request, draft)
    place = place_in(draft, PAPERS)
    problems = missing(draft, today=local_day(timezone.now()))
    fed = {str(position_of(paper)) for paper in _brought(place)}
    problems = [one for one in problems if one.where.removeprefix("paper:") not in fed]
    lacking = {problem.where: problem.text for problem in problems if problem.where.startswith("paper:")}
    if lacking:
        faults = {where.removeprefix("paper:"): [text] for where, text in lacking.items()}
        return _page(request, draft, _on_cards(draft, faults))
    return redirect(place.next_url)


@signed_in
@require_http_methods(["GET", "POST"])
def send_paper(request: HttpRequest, draft_id: int, key: str) -> HttpResponseBase:
    """Take in the file or the photographs sent for one paper, and show the papers again."""
    draft = draft_of_citizen(request, draft_id)
    if draft.status != Status.DRAFT:
        return redirect("portal:proof", draft.code)
    if request.method == "GET":  # somebody reloads the page a refused file was told on, or comes back from signing in
        return redirect("portal:papers", draft.pk)
    requirement = _requirement(draft, key)
    files = request.FILES.getlist("files")
    if not files:
        return _page(request, draft, {key: [_("Bạn chưa chọn tệp hay ảnh nào.")]})
    name = requirement.name if requirement else request.POST.get("name", "").strip() or files[0].name or ""
    try:
        attach(request, draft, requirement, files, name=name)
    except FileRefused as refused:
        return _page(request, draft, {key: refusal_sentences(refused, files)})
    except DraftGone as error:
        messages.warning(request, str(error))
        return redirect("portal:my_dossiers")
    return redirect(f"{place_in(draft, PAPERS).url(place_in(draft, PAPERS).screen)}#giay-{key}")


@signed_in
@require_POST
def remove_paper(request: HttpRequest, draft_id: int, paper_id: int) -> HttpResponseBase:
    """Take a file off the draft."""
    draft = draft_of_citizen(request, draft_id)
    try:
        drop_paper(dossier_id=draft.pk, paper_id=paper_id)
    except DraftGone as error:
        messages.warning(request, str(error))
        return redirect("portal:my_dossiers")
    return redirect("portal:screen", draft.pk, PAPERS)


@signed_in
@require_GET
def paper_file(request: HttpRequest, paper_id: int) -> HttpResponseBase:
    """Hand out the file of a paper of one's own."""
    paper = paper_of_citizen(request, paper_id)
    assert paper.document is not None  # noqa: S101  # the access function found only papers with one
    return file_response(paper.document.file, name=paper.name, inline=True)


@signed_in
@require_GET
def paper_picture(request: HttpRequest, paper_id: int) -> HttpResponseBase:
    """Draw the first page of a paper of one's own, small."""
    paper = paper_of_citizen(request, paper_id)
    assert paper.document is not None  # noqa: S101  # the access function found only papers with one
    try:
        return picture_response(paper.document.file, page=1, width=240)
    except (PdfNotReadable, PageNotThere) as error:
        raise Http404 from error


def attach(
    request: HttpRequest,
    dossier: Dossier,
    requirement: PaperRequirement | None,
    files: list["UploadedFile[Any]"],
    *,
    name: str,
    position: int | None = None,
) -> Paper:
    """Keep the files as one document of the citizen and put it under the paper. Raises FileRefused, DraftGone."""
    at = timezone.now()
    user = request.user
    assert isinstance(user, User)  # noqa: S101  # every caller is behind @signed_in
    document = keep_upload(files=files, title=name, at=at, actor=user, owner=citizen_of(request))
    return attach_paper(
        dossier_id=dossier.pk, requirement=requirement, document=document, name=name, at=at, position=position
    )


def refusal_sentences(refused: FileRefused, files: list["UploadedFile[Any]"]) -> list[str]:
    """Return what is wrong, naming the file when several were sent."""
    if len(files) == 1:
        return refused.sentences()
    name = files[min(refused.position, len(files) - 1)].name
    return [f"{name}: {sentence}" for sentence in refused.sentences()]


def cards_of(draft: Dossier, faults: Mapping[str, list[str]]) -> list[Card]:
    """Return the cards of the draft's papers in the procedure's order, then the extra papers."""
    given = {paper.requirement_id: paper for paper in _given(draft)}
    needed = papers_needed(draft.version.paper_groups.prefetch_related("papers__group"), facts_of(draft))
    cards = [_card(paper, given, faults) for paper in needed]
    extras = (paper for paper in _given(draft) if paper.requirement_id is None)
    return cards + [Card(f"{EXTRA}-{paper.pk}", paper.name, "send", required=False, paper=paper) for paper in extras]


def _brought(place: Place) -> list[PaperRequirement]:
    """Return the papers that another member of the bundle will bring: nobody is asked for them."""
    return list(PaperRequirement.objects.filter(pk__in=brought(place.member)).select_related("group"))


def cards_asked(groups: Iterable[PaperGroup], facts: Facts) -> list[Card]:
    """Return the cards of the papers a case needs, before anything was sent."""
    return [_card(paper, {}, {}) for paper in papers_needed(groups, facts)]


def _given(draft: Dossier) -> Iterable[Paper]:
    return draft.papers.filter(document__isnull=False).select_related("document__file").order_by("position", "pk")


def _card(needed: NeededPaper, given: Mapping[int | None, Paper], faults: Mapping[str, list[str]]) -> Card:
    requirement = needed.requirement
    key = str(requirement.pk)
    return Card(
        key=key,
        name=requirement.name,
        kind=_kind(requirement),
        hint=requirement.hint,
        required=needed.is_required,
        source=str(DATABASES.get(requirement.replaced_by_data, "")),
        one_of=needed.group.title if needed.rule == PaperGroup.Rule.ONE_OF else "",
        paper=given.get(requirement.pk),
        covered=any(other.pk in given for other in needed.alternatives),
        faults=list(faults.get(key, ())),
    )


def _kind(requirement: PaperRequirement) -> str:
    """Return what there is to do about a paper; what nobody has to give comes first."""
    if requirement.from_form:
        return "form"
    if requirement.replaced_by_data:
        return "data"
    if requirement.kind == PaperRequirement.Kind.SHOW:
        return "show"
    return "on_paper" if requirement.electronic == PaperRequirement.Electronic.PAPER_ONLY else "send"


def _requirement(draft: Dossier, key: str) -> PaperRequirement | None:
    """Return the requirement a file is sent for, one of this draft's version; None for an extra paper."""
    if key == EXTRA:
        return None
    found = PaperRequirement.objects.filter(pk=key if key.isdecimal() else 0, group__version=draft.version)
    requirement = found.select_related("group").first()
    if requirement is None or _kind(requirement) != "send":
        raise Http404
    return requirement


def _on_cards(draft: Dossier, faults: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return faults known by the paper's position in the dossier, by the card's key."""
    groups = draft.version.paper_groups.prefetch_related("papers__group")
    keys = {str(position_of(paper)): str(paper.pk) for group in groups for paper in group.papers.all()}
    return {keys[position]: texts for position, texts in faults.items()}


def _page(request: HttpRequest, draft: Dossier, faults: Mapping[str, list[str]] | None = None) -> HttpResponse:
    place = place_in(draft, PAPERS)
    fed = {str(pk) for pk in brought(place.member)}
    cards = [card for card in cards_of(draft, faults or {}) if card.key not in fed]
    errors = [{"target": f"giay-{key}", "text": text} for key, texts in (faults or {}).items() for text in texts]
    context = place.context() | {
        "cards": cards,
        "done": sum(card.is_done for card in cards),
        "left": sum(card.required and not card.is_done for card in cards),
        "errors": errors,
        "extra_faults": (faults or {}).get(EXTRA, []),
        "accepted": ACCEPTED,
        "limit_mb": settings.PAPER_MAX_BYTES // 1024 // 1024,
    }
    return render(request, "portal/papers.html", context)

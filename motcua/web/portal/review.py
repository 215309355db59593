"""The last screen of filing: everything once more, what is still missing, what it costs; and the filing itself."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.base.words import local_day
from motcua.catalogue.cases import case_for
from motcua.catalogue.fees import charges_for, total
from motcua.dossiers import clock
from motcua.dossiers.actions import AlreadyFiled, FilingNotReady, Units, file, save_draft
from motcua.dossiers.actions.filing import Problem, missing, retired
from motcua.dossiers.actor import Actor
from motcua.dossiers.deadlines import term_of
from motcua.dossiers.lifecycle import By, Status
from motcua.dossiers.models import Channel
from motcua.dossiers.steps import facts_of
from motcua.people.queries import CalendarMissing, NoCompetentAgency
from motcua.web.portal.access import draft_of_citizen, signed_in
from motcua.web.portal.answers import faults_in, in_words, value_of
from motcua.web.portal.filing import Place, place_in
from motcua.web.portal.papers import cards_of
from motcua.web.portal.screens import APPLICANT, CASE, PAPERS, REVIEW, screen_where
from motcua.web.portal.units import COMMUNE, units_for


@signed_in
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    """Show the whole draft once more; on POST file it and show the proof."""
    draft = draft_of_citizen(request, draft_id)
    if draft.status != Status.DRAFT:
        return redirect("portal:proof", draft.code)
    place = place_in(draft, REVIEW)
    units, problems = _ready(place)
    if request.method == "GET" or problems or units is None:
        return _page(request, place, problems, units)
    actor = Actor(by=By.CITIZEN, citizen_id=draft.filed_by_id)
    try:
        _settle_commune(place)
        filed = file(dossier_id=draft.pk, units=units, actor=actor, at=timezone.now())
    except AlreadyFiled as already:
        filed = already.dossier
    except FilingNotReady as not_ready:
        return _page(request, place, list(not_ready.problems), units)
    except CalendarMissing as error:
        return _page(request, place, [Problem("", str(error))], units)
    return redirect("portal:proof", filed.code)


def _settle_commune(place: Place) -> None:
    """Keep the commune of today in a draft whose committee ended, as the person has just read it."""
    draft = place.draft
    if place.taken_over and place.taken_over.commune:
        commune = {f"answers.{COMMUNE}": place.taken_over.commune}
        save_draft(dossier_id=draft.pk, base_revision=draft.revision, fields=commune, at=timezone.now())


def _ready(place: Place) -> tuple[Units | None, list[Problem]]:
    """Return the units the draft goes to and everything that keeps it from being filed."""
    draft, today = place.draft, local_day(timezone.now())
    ours = [screen for screen in place.screens if screen.key in (APPLICANT, CASE)]
    problems = [Problem(name, text) for screen in ours for name, text in faults_in(draft, screen, today).items()]
    said = {problem.where for problem in problems}
    said |= {f"form_data.{name}" for screen in ours for name, source in screen.mirrors.items() if source in said}
    problems += [problem for problem in missing(draft, today=today) if problem.where not in said]
    problems += retired(draft, timezone.now())
    if f"answers.{COMMUNE}" in said:
        return None, problems
    try:
        return units_for(draft.version, draft.answers[COMMUNE], today), problems
    except NoCompetentAgency as error:
        return None, [*problems, Problem(f"answers.{COMMUNE}", str(error))]


def _page(request: HttpRequest, place: Place, problems: Iterable[Problem], units: Units | None) -> HttpResponse:
    draft = place.draft
    facts = facts_of(draft)
    case = case_for(draft.version.cases.all(), facts)
    charges = charges_for(draft.version.fees.all(), facts=facts, channel=Channel.ONLINE, on=local_day(timezone.now()))
    term = term_of(draft.version, case, Channel.ONLINE)
    context = place.context() | {
        "problems": [_problem(place, problem) for problem in problems],
        "parts": parts_of(place),
        "cards": cards_of(draft, {}),
        "papers_url": place.url(next(screen for screen in place.screens if screen.key == PAPERS)),
        "units": units,
        "case": case if draft.version.cases.count() > 1 else None,
        "charges": charges,
        "total": total(charges),
        "term": clock.term_words(term) if term else "",
    }
    return render(request, "portal/review.html", context)


def _problem(place: Place, problem: Problem) -> dict[str, str]:
    screen = screen_where(place.screens, problem.where)
    return {"text": problem.text, "url": "" if screen.key == REVIEW else f"{place.url(screen)}?sua"}


def parts_of(place: Place) -> list[dict[str, object]]:
    """Return each screen of questions with its rows in words and the way to mend it."""
    draft = place.draft
    return [
        {
            "title": screen.title,
            "rows": [
                {
                    "key": question.label,
                    "value": in_words(value_of(draft, question), question, draft) or _("Để trống"),
                    "url": f"{place.url(screen)}#id_{question.name}",
                }
                for question in screen.questions
                if question.is_asked
            ],
        }
        for screen in place.screens
        if screen.questions
    ]

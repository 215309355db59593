"""A version of a procedure as citizens will see it, for those who edit it: its page and its filing screens, by the same templates.

Nothing can be filed from here: the screens post nowhere, and what is typed into them is kept nowhere.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from motcua.base.words import local_day
from motcua.catalogue.cases import answers_in
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import version_numbered
from motcua.people.models import User
from motcua.people.queries import posts_of
from motcua.people.roles import Permission, permits
from motcua.web.portal.papers import cards_asked
from motcua.web.portal.procedure import page_of
from motcua.web.portal.screen_form import ScreenForm
from motcua.web.portal.screens import PAPERS, Screen, screens_of
from motcua.web.portal.units import communes_served
from motcua.web.shared.held import ask_to_sign_in

View = Callable[..., HttpResponse]


def for_editors(view: View) -> Callable[..., HttpResponseBase]:
    """Give a view the version of its address, to an officer whose post edits procedures; PermissionDenied for others."""

    @wraps(view)
    def opened(request: HttpRequest, code: str, number: int, **rest: str) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        if not _edits(request.user):
            raise PermissionDenied
        version = version_numbered(code, number)
        if version is None:
            raise Http404
        return view(request, version, **rest)

    return opened


@for_editors
@require_safe
def preview(request: HttpRequest, version: ProcedureVersion) -> HttpResponse:
    """Show the page of a version as citizens will see it."""
    answers = _answers(request, version)
    online = bool(version.form_schema) and version.online_level != ProcedureVersion.OnlineLevel.INFORMATION
    page_url = reverse("portal:preview", args=[version.procedure.code, version.number])
    first = screens_of(version, ())[0]
    context = page_of(version, answers, online=online) | {
        "page_url": page_url,
        "start_url": _url(version, first, answers),
        "preview": True,
    }
    template = "portal/preview.html#case" if request.headers.get("HX-Request") else "portal/preview.html"
    return render(request, template, context)


@for_editors
@require_safe
def preview_screen(request: HttpRequest, version: ProcedureVersion, screen: str) -> HttpResponse:
    """Show one screen of filing under a version, as citizens will see it."""
    answers = _answers(request, version)
    communes = list(communes_served(local_day(timezone.now())))
    screens = screens_of(version, communes, answers=answers)
    place = next((place for place, one in enumerate(screens) if one.key == screen), None)
    if place is None:
        raise Http404
    shown, beside = screens[place], [_link(version, one, answers) for one in screens]
    values = {f"answers.{key}": value for key, value in answers.items()}
    values |= {question.name: question.assumed for question in shown.questions if question.assumed}
    states = ["done"] * place + ["here"] + [""] * len(screens)
    context = {
        "version": version,
        "preview": True,
        "screen": shown,
        "form": ScreenForm(shown, values, {}) if shown.questions else None,
        "cards": cards_asked(version.paper_groups.all(), answers) if shown.key == PAPERS else None,
        "steps": [
            {**link, "label": link["title"], "state": state} for link, state in zip(beside, states, strict=False)
        ],
        "before": beside[place - 1] if place else None,
        "next": beside[place + 1] if place + 1 < len(beside) else None,
        "page_url": reverse("portal:preview", args=[version.procedure.code, version.number]),
    }
    return render(request, "portal/preview_screen.html", context)


def _edits(user: User) -> bool:
    now = timezone.now()
    posts = posts_of(user, local_day(now), now) if hasattr(user, "officer") else []
    return any(permits(post.role, Permission.PUBLISH_PROCEDURE) for post in posts)


def _answers(request: HttpRequest, version: ProcedureVersion) -> dict[str, str]:
    return answers_in(version.questions, {name: str(value) for name, value in request.GET.items()})


def _link(version: ProcedureVersion, screen: Screen, answers: dict[str, str]) -> dict[str, str]:
    return {"title": screen.title, "url": _url(version, screen, answers)}


def _url(version: ProcedureVersion, screen: Screen, answers: dict[str, str]) -> str:
    url = reverse("portal:preview_screen", args=[version.procedure.code, version.number, screen.key])
    return f"{url}?{urlencode(answers)}" if answers else url

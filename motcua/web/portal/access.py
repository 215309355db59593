"""Finding what a citizen may see: the first line of every view of the portal. Another citizen's dossier is a 404."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Channel, Dossier, Paper
from motcua.dossiers.queries import of_citizen, waiting_in_bundle
from motcua.people.models import Citizen
from motcua.web.shared.held import ask_to_sign_in

View = Callable[Concatenate[HttpRequest, ...], HttpResponseBase]

SHOWN_WITH = (
    "version__procedure__field", "case", "owner", "owner_organisation", "filed_by", "receiving_unit", "competent_unit",
    "resolving_unit", "bundle_member__bundle",
)  # fmt: skip


def signed_in(view: View) -> Callable[..., HttpResponseBase]:
    """Ask whoever is signed out to sign in and come back here; what they posted is kept and applied then."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return ask_to_sign_in(request)

    return wrapped


def visitor(request: HttpRequest) -> Citizen | None:
    """Return the citizen who looks at a page open to everybody; None when signed out, or for an officer's account."""
    return getattr(request.user, "citizen", None)


def citizen_of(request: HttpRequest) -> Citizen:
    """Return the citizen signed in; PermissionDenied for an account that is no citizen's."""
    citizen = visitor(request)
    if citizen is None:
        raise PermissionDenied
    return citizen


def draft_of_citizen(request: HttpRequest, draft_id: int) -> Dossier:
    """Find a dossier the citizen began here, by its number while it has no code; Http404 for any other."""
    own = Dossier.objects.filter(filed_by=citizen_of(request), channel=Channel.ONLINE).exclude(waiting_in_bundle())
    return get_object_or_404(own.select_related("version__procedure", "filed_by", "bundle_member__bundle"), pk=draft_id)


def dossiers_of_citizen(request: HttpRequest) -> QuerySet[Dossier]:
    """Return the filed dossiers the citizen filed or owns, newest first."""
    return of_citizen(citizen_of(request)).exclude(status=Status.DRAFT)


def dossier_of_citizen(request: HttpRequest, code: str) -> Dossier:
    """Find a filed dossier of the citizen by its code; Http404 for any other, without saying whether it exists."""
    return get_object_or_404(dossiers_of_citizen(request).select_related(*SHOWN_WITH), code=code)


def paper_of_citizen(request: HttpRequest, paper_id: int) -> Paper:
    """Find a paper with a file in a draft or dossier of the citizen; Http404 for any other."""
    citizen = citizen_of(request)
    own = Q(dossier__filed_by=citizen) | Q(dossier__owner=citizen)
    papers = Paper.objects.filter(own, document__isnull=False).select_related("document__file", "dossier")
    return get_object_or_404(papers, pk=paper_id)

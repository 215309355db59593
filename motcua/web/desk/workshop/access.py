"""Finding what may be edited here: the first lines of every view of the workshop."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from motcua.catalogue.models import ProcessEdition, ProcessTemplate
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting, at_the_desk

View = Callable[Concatenate[HttpRequest, Sitting, ...], HttpResponseBase]


def in_the_workshop(view: View) -> Callable[..., HttpResponseBase]:
    """Give a view the sitting of an officer whose post edits processes; PermissionDenied for any other."""

    @at_the_desk
    @wraps(view)
    def opened(request: HttpRequest, sitting: Sitting, *args: object, **kwargs: object) -> HttpResponseBase:
        if not sitting.may(Permission.PUBLISH_PROCEDURE):
            raise PermissionDenied
        return view(request, sitting, *args, **kwargs)

    return opened


def template_of(code: str) -> ProcessTemplate:
    """Return the template of that code; Http404."""
    template = ProcessTemplate.objects.filter(code=code).first()
    if template is None:
        raise Http404
    return template


def draft_of(code: str) -> ProcessEdition:
    """Return the draft of the template of that code; Http404 when nobody drafts it."""
    editions = ProcessEdition.objects.select_related("template")
    edition = editions.filter(template__code=code, state=ProcessEdition.State.DRAFT).first()
    if edition is None:
        raise Http404
    return edition

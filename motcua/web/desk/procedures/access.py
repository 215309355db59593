"""Finding what is edited here; every view is behind the same door as the process workshop's."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.queries import version_numbered
from motcua.web.desk.access import Sitting
from motcua.web.desk.workshop.access import in_the_workshop

View = Callable[Concatenate[HttpRequest, Sitting, ProcedureVersion, ...], HttpResponseBase]
State = ProcedureVersion.State


def procedure_of(code: str) -> Procedure:
    """Return the procedure with that code; Http404."""
    found = Procedure.objects.select_related("field").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def version_of(code: str, number: int) -> ProcedureVersion:
    """Return a version of a procedure with its rows; Http404."""
    version = version_numbered(code, number)
    if version is None:
        raise Http404
    return version


def on_a_draft(view: View) -> Callable[..., HttpResponseBase]:
    """Give a view the draft of the address, to an officer who edits procedures; from a frozen version lead back to it."""

    @in_the_workshop
    @wraps(view)
    def opened(
        request: HttpRequest, sitting: Sitting, code: str, number: int, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        version = version_of(code, number)
        if version.state != State.DRAFT:
            messages.warning(request, _("Phiên bản này đã công bố nên không sửa được nữa. Bạn soạn phiên bản mới."))
            return redirect("desk:version", code, number)
        return view(request, sitting, version, *args, **kwargs)

    return opened

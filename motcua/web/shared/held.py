"""What somebody posted after their session had ended, kept until they have signed in again: nothing typed is lost.

It waits in the anonymous session of the same browser, which signing in carries over, and is given once, to the page it
was posted to, which decides what to do with it: the portal saves a draft, the desk shows it again, because no act of an
officer is done before they have looked. Files are too big to wait; the page asks for them again.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

KEY = "held_post"
KEPT = timedelta(hours=2)
MOST_CHARACTERS = 200_000


SIGNED_OUT = "signedOut"  # told to the page whose part was asked for; desk.js then posts what is open there


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead whoever is signed out to sign in and back here; what they posted is kept.

    A part of a page cannot hold the door to sign in, so the page is left for it; one that asks for a part only to look
    is told, and may first post what is typed on it.
    """
    is_part = request.headers.get("HX-Request") == "true"
    if request.method != "POST":
        looked = HttpResponse(status=204)
        return trigger_client_event(looked, SIGNED_OUT) if is_part else redirect_to_login(request.get_full_path())
    hold(request)
    door = redirect_to_login(request.get_full_path())
    return HttpResponseClientRedirect(door.url) if is_part else door


def hold(request: HttpRequest) -> bool:
    """Keep the fields posted; return whether they were kept (a form of ours is never too long)."""
    fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    if sum(len(value) for values in fields.values() for value in values) > MOST_CHARACTERS:
        return False
    request.session[KEY] = {"path": request.path, "at": timezone.now().isoformat(), "fields": fields}
    return True


def is_held(request: HttpRequest) -> bool:
    """Return whether something posted waits for this browser to sign in."""
    waiting = request.session.get(KEY)
    return waiting is not None and not _is_too_old(waiting)


def take(request: HttpRequest) -> QueryDict | None:
    """Return what was held for this page, once; None when there is nothing, or it has waited too long."""
    waiting = request.session.get(KEY)
    if waiting is None or waiting["path"] != request.path:
        return None
    del request.session[KEY]
    if _is_too_old(waiting):
        return None
    fields = QueryDict(mutable=True)
    for name, values in waiting["fields"].items():
        fields.setlist(name, values)
    return fields


def posted_or_held(request: HttpRequest) -> QueryDict | None:
    """Return what this request posts, or what was held for it before signing in; None for a plain look."""
    return request.POST if request.method == "POST" else take(request)


def say_not_done(request: HttpRequest) -> None:
    """Say that what was pressed here when the session ended has not been done, if that is so."""
    if take(request) is not None:
        messages.warning(request, _("Phiên làm việc đã hết lúc bạn bấm nên chưa có gì thay đổi. Bạn bấm lại nhé."))


def _is_too_old(waiting: Mapping[str, Any]) -> bool:
    return timezone.now() - datetime.fromisoformat(waiting["at"]) > KEPT

"""What somebody posted after their session had ended, kept until they have signed in again: nothing typed is lost.

It waits in the anonymous session of the same browser, which signing in carries over, and is applied once, to the page
it was posted to, by that page's own rules. Files are too big to wait; the page asks for them again.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest, QueryDict
from django.utils import timezone

KEY = "held_post"
KEPT = timedelta(hours=2)
MOST_CHARACTERS = 200_000


def hold(request: HttpRequest) -> bool:
    """Keep the fields posted; return whether they were kept (a form of ours is never too long)."""
    fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    if sum(len(value) for values in fields.values() for value in values) > MOST_CHARACTERS:
        return False
    request.session[KEY] = {"path": request.path, "at": timezone.now().isoformat(), "fields": fields}
    return True


def take(request: HttpRequest) -> QueryDict | None:
    """Return what was held for this page, once; None when there is nothing, or it has waited too long."""
    waiting = request.session.get(KEY)
    if waiting is None or waiting["path"] != request.path:
        return None
    del request.session[KEY]
    if timezone.now() - datetime.fromisoformat(waiting["at"]) > KEPT:
        return None
    fields = QueryDict(mutable=True)
    for name, values in waiting["fields"].items():
        fields.setlist(name, values)
    return fields


def posted_or_held(request: HttpRequest) -> QueryDict | None:
    """Return what this request posts, or what was held for it before signing in; None for a plain look."""
    return request.POST if request.method == "POST" else take(request)

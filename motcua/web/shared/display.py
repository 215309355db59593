"""How a person wants to see the pages: size of print and language. Cookies keep it, so it works signed out too.

English is for citizens. Officers' pages stay Vietnamese whatever the browser asks for, because what officers write there
is kept and sent.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

TEXT_SIZE_COOKIE = "text_size"
YEAR_SECONDS = 365 * 24 * 3600
VIETNAMESE_ONLY = frozenset({"desk", "admin"})  # the url namespaces of officers' pages


class OfficersReadVietnamese:
    """Middleware: undo LocaleMiddleware's choice on officers' pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Choose Vietnamese once it is known whose page this is."""
        if request.resolver_match and VIETNAMESE_ONLY.intersection(request.resolver_match.namespaces):
            translation.activate("vi")
            request.LANGUAGE_CODE = "vi"


@require_POST
def choose_display(request: HttpRequest) -> HttpResponse:
    """Remember the size of print or the language posted, and go back to the page it was chosen on."""
    response = HttpResponseRedirect(_page_to_return_to(request))
    text_size, language = request.POST.get("text_size"), request.POST.get("language")
    if text_size in {"normal", "large"}:
        _remember(response, TEXT_SIZE_COOKIE, text_size)
    if language in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


def is_large_print(request: HttpRequest) -> bool:
    """Return whether the person asked for large print."""
    return request.COOKIES.get(TEXT_SIZE_COOKIE) == "large"


def _page_to_return_to(request: HttpRequest) -> str:
    page = request.POST.get("next", "")
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}) else "/"


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR_SECONDS, samesite="Lax", secure=settings.HTTPS, httponly=True)

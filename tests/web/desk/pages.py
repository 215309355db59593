"""Reading pages as a person would: words without tags, and a part of a page beside the same part asked for alone."""

import re
from collections.abc import Mapping
from html import unescape

from django.http import HttpResponse
from django.test import Client

from motcua.dossiers.models import Dossier

DESK = "/ban-lam-viec/"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def address(dossier: Dossier, rest: str = "") -> str:
    """Return the address of a dossier at the desk."""
    return f"{DESK}ho-so/{dossier.code}/{rest}"


def words(response: HttpResponse) -> str:
    """Return what stands on the page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def markup(response: HttpResponse) -> str:
    """Return the markup with what differs at every drawing taken out: tokens and blanks."""
    return " ".join(_TOKEN.sub("", response.content.decode()).split())


def part(browser: Client, url: str, target: str = "") -> HttpResponse:
    """Ask for a part as htmx does."""
    return browser.get(url, headers={"HX-Request": "true", "HX-Target": target})  # type: ignore[return-value]


def said(browser: Client, url: str) -> list[str]:
    """Return the messages the next page shows."""
    return [str(message) for message in browser.get(url).context["messages"]]


def do(browser: Client, dossier: Dossier, move: str, said: Mapping[str, object] | None = None) -> HttpResponse:
    """Press the button of an act's panel, as drawn for the running step; the box about papers nobody saw is ticked."""
    step = dossier.steps.filter(done_at=None).first()
    url = address(dossier, f"{move}/")
    posted = {"step": step.seq if step else "", "unseen": "on", **(said or {})}
    return browser.post(url, posted)  # type: ignore[return-value]


def status(dossier: Dossier) -> str:
    return Dossier.objects.values_list("status", flat=True).get(pk=dossier.pk)

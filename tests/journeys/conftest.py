"""A real browser before the real pages. What it complains about fails the test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from motcua.people.models import Post

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
HEIGHT = 900
ABORTED = ("htmx:sendAbort", "htmx:afterRequest")  # a page that asks anew takes back what it asked before
STEP_MS = 15_000  # CI shares two cores with the server and another browser

PageAt = Callable[[int], Page]


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser complained about. A journey that means to meet an error page takes that one out."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def page_at(browser: Browser, live_server: LiveServer, complaints: list[str]) -> Iterator[PageAt]:
    """Open a page of a new person (no cookies) in a window of the given width; addresses are relative to the server."""
    contexts = []

    def open_page(width: int) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            has_touch=width < 600,
            base_url=live_server.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        context.set_default_timeout(STEP_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note(message, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for page in [page for context in contexts for page in context.pages]:
        page.evaluate("0")  # what the page said while it was used has been heard when this answers
    heard = list(complaints)
    for context in contexts:
        context.close()
    complaints[:] = heard  # closing breaks off requests under way, which htmx calls an error


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    if message.type == "error" and not message.text.startswith(ABORTED):
        complaints.append(f"{message.location.get('url', '')}: {message.text}")


def at_desk(page: Page, server: LiveServer, opens: str, post: Post) -> Page:
    """Sit somebody at the desk, and open what its bar calls `opens`."""
    browser = Client()
    browser.force_login(post.officer.user)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": browser.cookies[settings.SESSION_COOKIE_NAME].value}
    page.context.add_cookies([{**cookie, "url": server.url}])  # type: ignore[list-item]
    page.goto("/ban-lam-viec/")
    page.get_by_role("link", name=opens, exact=True).click()
    return page


def axe(page: Page) -> None:
    """Assert that axe-core finds nothing serious or critical on the page, and that it does not scroll sideways."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    assert [
        _told(violation) for violation in found["violations"] if violation["impact"] in ("serious", "critical")
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def _told(violation: dict[str, Any]) -> str:
    where = ", ".join(str(node["target"]) for node in violation["nodes"])
    return f"{violation['id']}: {violation['help']} ({where})"


def shot(page: Page, name: str) -> None:
    """Keep a picture of the page in the folder MOTCUA_SHOTS, if there is one, to hold beside the drawings."""
    if folder := os.environ.get("MOTCUA_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)

"""The counter as a browser uses it: the page as posted, and what comes back."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from motcua.web.desk.counter.talk import MARKED
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import DESK

URL = f"{DESK}quay/"

# fmt: off
KEYED_IN = {  # An's whole dossier as the page posts it
    "who": "046196000214", "procedure": "1.013225  Xin giấy phép xây nhà ở riêng lẻ", "commune": "19900",
    "answers-neighbour": "yes", "return-method": "counter",
    "paper-102-given": "on", "paper-102-originals": "2", "paper-102-copies": "1",
    "paper-201-given": "on", "paper-201-originals": "1", "paper-201-copies": "0",
    "form_data-address": "12/7 kiệt 84 Lâm Hoằng", "form_data-floors": "2",
}
# fmt: on


@pytest.fixture
def binh(sign_in: SignIn) -> Client:
    return sign_in("receptionist")


@pytest.fixture
def keyed_in(binh: Client) -> dict[str, Any]:
    """Return what the page posts once everything has been typed: also its marks."""
    talk = binh.post(URL, KEYED_IN).context["talk"]
    marks = {f"mark-{part}": mark for part, mark in talk.marks().items()}
    return KEYED_IN | marks | {"filing_key": str(talk.filing_key), "who_was": KEYED_IN["who"]}


def changed(browser: Client, posted: dict[str, Any]) -> HttpResponse:
    """Post the page as htmx does after a change."""
    return browser.post(URL, posted, headers={"HX-Request": "true"})  # type: ignore[return-value]


def parts_in(response: HttpResponse) -> list[str]:
    """Return the parts with fields in them that were drawn again."""
    parts = re.findall(r'id="part-([a-z-]+)"', response.content.decode())
    return [part for part in parts if part in MARKED]


def controls(response: Any) -> list[str]:
    return [error["target"] for error in response.context["errors"]]

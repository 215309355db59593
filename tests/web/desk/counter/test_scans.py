"""Scans at the counter: kept while the page is drawn again, told when they cannot be used, and nobody else's."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from tests.documents.files import pdf
from tests.web.desk.counter.pages import URL, binh, changed, keyed_in
from tests.web.desk.pages import words

pytestmark = pytest.mark.django_db
__all__ = ["binh", "keyed_in"]  # fixtures


def upload(content: bytes, name: str = "quet.pdf") -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def token_in(binh: Client, keyed_in: dict[str, Any]) -> str:
    response = binh.post(URL, keyed_in | {"paper-102-scan": upload(pdf())})
    return str(next(row.token for row in response.context["talk"].rows if row.key == "102"))


def test_a_scan_once_sent_stays_while_the_page_is_drawn_again(binh: Client, keyed_in: dict[str, Any]) -> None:
    token = token_in(binh, keyed_in)

    binh.post(URL, keyed_in | {"paper-102-scanned": token, "act": "take_in"})

    document = Dossier.objects.get().papers.get(requirement__code="BV").document
    assert document is not None
    assert (document.original_name, document.source) == ("quet.pdf", "scan")


def test_a_scan_counts_the_paper_as_given(binh: Client, keyed_in: dict[str, Any]) -> None:
    fewer = {name: value for name, value in keyed_in.items() if name != "paper-102-given"}

    rows = binh.post(URL, fewer | {"paper-102-scan": upload(pdf())}).context["talk"].rows

    assert [(row.key, row.is_given) for row in rows] == [("101", True), ("102", True), ("201", True)]


def test_a_scan_can_be_taken_off(binh: Client, keyed_in: dict[str, Any]) -> None:
    token = token_in(binh, keyed_in)

    rows = binh.post(URL, keyed_in | {"paper-102-scanned": token, "unscan": "102"}).context["talk"].rows

    assert [row.scan for row in rows] == [None, None, None]


def next_control(page: Any) -> str:
    found = re.search(r'id="([^"]+)"[^>]* data-next', page.content.decode())
    return found[1] if found else ""


def test_after_a_scan_one_goes_on_at_the_next_paper_without_one(binh: Client, keyed_in: dict[str, Any]) -> None:
    token = token_in(binh, keyed_in)
    marks = {name: value for name, value in keyed_in.items() if name.startswith("mark-")}

    first = changed(binh, keyed_in | {"paper-102-scan": upload(pdf())})
    last = changed(binh, keyed_in | {"paper-102-scanned": token, "paper-201-scan": upload(pdf())})
    refused = changed(binh, keyed_in | {"paper-102-scan": upload(b"")})
    taken_off = changed(binh, keyed_in | {"paper-102-scanned": token, "unscan": "102"})
    without = changed(binh, keyed_in | marks)

    assert [next_control(page) for page in (first, last, refused, taken_off, without)] == [
        "paper-201-scan", "paper-201-given", "paper-102-scan", "paper-102-scan", "",
    ]  # fmt: skip


@pytest.mark.parametrize("forge", [lambda token: token + "x", lambda token: "[1,2,3]", lambda token: ""])
def test_a_scan_nobody_sent_here_is_ignored(
    forge: Callable[[str], str], binh: Client, keyed_in: dict[str, Any]
) -> None:
    token = forge(token_in(binh, keyed_in))

    rows = binh.post(URL, keyed_in | {"paper-102-scanned": token}).context["talk"].rows

    assert [row.scan for row in rows] == [None, None, None]


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "Tệp này trống (0 byte)"), (b"MZ\x90\x00" * 99, "tệp này là chương trình máy tính")]
)
def test_a_bad_scan_is_told_and_the_rest_is_kept(
    content: bytes, sentence: str, binh: Client, keyed_in: dict[str, Any]
) -> None:
    response = binh.post(URL, keyed_in | {"paper-102-scan": upload(content), "act": "take_in"})

    assert sentence in words(response)
    assert 'value="12/7 kiệt 84 Lâm Hoằng"' in response.content.decode()
    assert Dossier.objects.count() == 0

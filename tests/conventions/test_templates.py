"""The Content-Security-Policy forbids styles and scripts inside pages; a page that needs one would break silently."""

import re

import pytest

from tests.conventions.tree import files, name

INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|<script\b(?![^>]*\ssrc\s*=)(?![^>]*type="application/json")|\son[a-z]+\s*=\s*["']|javascript:""",
    re.IGNORECASE,
)
MOST_LINES = 150


def inline_parts(html: str) -> list[str]:
    return INLINE.findall(html)


def test_no_template_carries_a_style_or_a_script() -> None:
    templates = files(".html", under="motcua")

    assert [name(path) for path in templates if inline_parts(path.read_text())] == []


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_an_inline_style_or_script_would_be_found(html: str) -> None:
    assert len(inline_parts(html)) == 1


@pytest.mark.parametrize("html", ['<script src="/static/desk.js" defer></script>', '<input name="status" value="on">'])
def test_files_of_style_and_script_are_welcome(html: str) -> None:
    assert inline_parts(html) == []


def test_no_template_is_longer_than_150_lines() -> None:
    long = [name(path) for path in files(".html", under="motcua") if len(path.read_text().splitlines()) > MOST_LINES]

    assert long == []

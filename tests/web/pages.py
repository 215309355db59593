"""Reading pages in tests: the words a person sees, and a part of a page against the fragment that refreshes it."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client


def text_of(response: HttpResponse) -> str:
    """Return the words of a page without its marks, spaces single."""
    html = response.content.decode()
    main = html.partition("<main")[2].rpartition("</main>")[0] or html
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", main, flags=re.DOTALL)
    return " ".join(unescape(bare).split())


def fields_of(response: HttpResponse) -> dict[str, str]:
    """Return the hidden fields of a page by name, the last of each."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    return {name: unescape(value) for name, value in hidden}


def assert_fragment_is_part_of_page(browser: Client, url: str) -> None:
    """Assert that what htmx gets from `url` stands word for word in the whole page of the same address."""
    page = browser.get(url).content.decode()
    fragment = browser.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in fragment
    assert fragment.strip() != ""
    assert fragment.strip() in page

"""What is left in Vietnamese on an English page: the text nobody marked as Vietnamese and no record says."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.apps import apps

VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
MONEY = re.compile(r"\d đ\b")
SHORTEST_PART = 6  # shorter contents stand alone or not at all: «Có» also begins many sentences
SPOKEN = {
    "aria-label",
    "placeholder",
    "alt",
    "title",
    "data-saved-at",
    "data-signed-out",
    "data-offline",
    "data-broken",
}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "path", "rect", "circle"}


def vietnamese_left_in(html: str) -> list[str]:
    """Return the texts and spoken attributes of a page that are Vietnamese though they are neither marked nor data."""
    known = sorted(set(_contents()), key=len, reverse=True)
    return [text for text in _texts(html) if VIETNAMESE.search(_without(known, text))]


def _without(known: list[str], text: str) -> str:
    if text.lower() in known:
        return ""
    rest = MONEY.sub("", text).lower()
    for content in known:
        if len(content) >= SHORTEST_PART:
            rest = rest.replace(content, "")
    return rest


def _contents() -> Iterator[str]:
    """Yield every text the records hold, in lower case: names, catalogue contents, what people wrote."""
    for label in ("people", "catalogue", "dossiers", "notices"):
        for model in apps.get_app_config(label).get_models():
            for row in model._default_manager.values_list():
                yield from _strings(row)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split()).lower()
        yield from (part.strip().lower() for part in value.split(",") if part.strip())
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)


def _texts(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    return reader.texts


class _Reader(HTMLParser):
    """Collect what is read or spoken of a page, without the parts marked lang="vi"."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.open: list[tuple[str, str]] = [("", "en")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.open[-1][1]
        if language != "vi":
            self.texts += [value for name, value in attrs if name in SPOKEN and value]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open[-1][1] != "vi" and data.strip():
            self.texts.append(" ".join(data.split()))

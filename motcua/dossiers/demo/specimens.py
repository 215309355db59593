"""Specimen papers: one page with the title and the words «bản mẫu», so that every viewer has something true to show."""

from datetime import datetime
from pathlib import Path

from motcua.documents.actions import add_document, keep_generated
from motcua.documents.models import Document
from motcua.documents.pdf import render

TEMPLATE = Path(__file__).with_name("specimen.typ")


def specimen(title: str, *, at: datetime) -> Document:
    """Make and keep a specimen document of that title."""
    content = render(TEMPLATE, {"title": title}, at=at)
    file = keep_generated(content=content, pages=1, at=at)
    return add_document(file=file, title=title[:500], source=Document.Source.GENERATED, at=at, actor=None)

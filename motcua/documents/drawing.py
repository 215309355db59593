"""PDFium: opening a PDF and drawing its pages.

PDFium keeps global state and must never be entered by two threads, so every call stands under one lock.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, cast

import pypdfium2
from PIL import Image

TALLEST_RATIO = 5  # a page taller than that many times its width is drawn narrower: it must not fill the memory

_PDFIUM = threading.RLock()


class PdfNotReadable(Exception):
    """PDFium cannot open the file, or cannot draw one of its pages."""


@contextmanager
def opened(file: IO[bytes]) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF from a seekable binary file, and close it. Raises PdfNotReadable."""
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(BytesIO(file.read()))
        except pypdfium2.PdfiumError as error:
            raise PdfNotReadable from error
    try:
        yield document
    finally:
        with _PDFIUM:
            document.close()


def page_count(document: pypdfium2.PdfDocument) -> int:
    with _PDFIUM:
        return len(document)


def draw(document: pypdfium2.PdfDocument, page: int, width: int) -> Image.Image:
    """Draw one page (counted from 1) at most `width` pixels wide. Raises PdfNotReadable."""
    with _PDFIUM:
        try:
            sheet = document[page - 1]
            sheet_width, sheet_height = sheet.get_size()
            scale = min(width / sheet_width, width * TALLEST_RATIO / sheet_height)
            picture = sheet.render(scale=scale).to_pil().convert("RGB")
            sheet.close()
        except (pypdfium2.PdfiumError, ZeroDivisionError) as error:
            raise PdfNotReadable(page) from error
    return cast(Image.Image, picture)


def has_text(document: pypdfium2.PdfDocument, page: int) -> bool:
    """Answer whether the page (counted from 1) carries letters. Raises PdfNotReadable."""
    with _PDFIUM:
        try:
            sheet = document[page - 1]
            text = sheet.get_textpage()
            found = bool(text.get_text_range().strip())
            text.close()
            sheet.close()
        except pypdfium2.PdfiumError as error:
            raise PdfNotReadable(page) from error
    return found

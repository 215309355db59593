"""Look into a file somebody sends: what it is, how many pages it has, and everything wrong with it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

import pikepdf
from PIL import Image, ImageStat

from motcua.documents.drawing import PdfNotReadable, draw, has_text, opened, page_count
from motcua.documents.photographs import PhotographRefused, upright
from motcua.documents.problems import Fault, Problem
from motcua.documents.sniff import HEAD_BYTES, PHOTOGRAPHS, Kind, sniff

BLANK_LOOK_PAGES = 50  # a scan takes about 50 ms a page to look at; longer papers are looked at so far
BLANK_LOOK_WIDTH = 600  # pixels
INK_DEPTH = 16  # grey levels darker than the paper: scanner noise stays under 8 at this width, faint pencil reaches 20
INK_PIXELS = 12  # fewer than these are specks of dust; a lone page number of 10 pt has about 30
TAIL_BYTES = 8192
MOST_IMAGE_BYTES = 120_000_000  # one channel of one picture in a PDF: A0 in black and white at 600 dpi has 70 million

_BROKEN_PDF = (pikepdf.PikepdfError, ValueError, TypeError)  # the latter two: objects that are not what they should be


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file turned out to be. `pages` is 0 when it could not be read."""

    kind: Kind
    size_bytes: int
    pages: int
    problems: tuple[Problem, ...]

    @property
    def is_refused(self) -> bool:
        return any(problem.refuses for problem in self.problems)

    @property
    def blank_pages(self) -> list[int]:
        """Numbers of the pages that look blank, counted from 1."""
        if any(problem.fault is Fault.BLANK_FILE for problem in self.problems):
            return list(range(1, self.pages + 1))
        return [problem.page for problem in self.problems if problem.fault is Fault.BLANK_PAGE]


def inspect(file: IO[bytes], *, limit_bytes: int) -> Inspection:
    """Look into a seekable binary file. A file over the limit is not read at all; the position is left at the start."""
    size_bytes = _size(file)
    kind, pages, problems = Kind.UNKNOWN, 0, _problems_of_size(size_bytes, limit_bytes)
    if not problems:
        kind = sniff(file.read(HEAD_BYTES))
        pages, problems = _look(file, kind)
    file.seek(0)
    return Inspection(kind, size_bytes, pages, tuple(problems))


def blank_problems(blank_pages: list[int], pages: int) -> list[Problem]:
    """Word blank pages as advice: one for the whole file when every page is blank, else one per page."""
    if pages and len(blank_pages) == pages:
        return [Problem(Fault.BLANK_FILE)]
    return [Problem(Fault.BLANK_PAGE, page=page) for page in blank_pages]


def is_blank(picture: Image.Image) -> bool:
    """Answer whether a picture is one even tone, give or take noise and dust."""
    grey = picture.convert("L")
    grey.thumbnail((BLANK_LOOK_WIDTH, BLANK_LOOK_WIDTH * 5))
    margin = grey.width // 50  # the shadow of the sheet's edge in the scanner
    grey = grey.crop((margin, margin, grey.width - margin, grey.height - margin))
    paper = ImageStat.Stat(grey).median[0]
    counts = grey.histogram()
    darker, lighter = counts[: max(0, paper - INK_DEPTH)], counts[paper + INK_DEPTH :]
    return sum(darker) + sum(lighter) < INK_PIXELS


def _size(file: IO[bytes]) -> int:
    file.seek(0, os.SEEK_END)
    size_bytes = file.tell()
    file.seek(0)
    return size_bytes


def _problems_of_size(size_bytes: int, limit_bytes: int) -> list[Problem]:
    if size_bytes == 0:
        return [Problem(Fault.EMPTY)]
    if size_bytes > limit_bytes:
        return [Problem(Fault.TOO_LARGE, size_bytes=size_bytes, limit=limit_bytes)]
    return []


def _look(file: IO[bytes], kind: Kind) -> tuple[int, list[Problem]]:
    """Return the number of pages and the problems."""
    if kind is Kind.PDF:
        return _look_at_pdf(file)
    if kind in PHOTOGRAPHS:
        return _look_at_photograph(file, kind)
    if kind is Kind.EXECUTABLE:
        return 0, [Problem(Fault.EXECUTABLE, found=kind)]
    return 0, [Problem(Fault.WRONG_TYPE, found=kind)]


def _look_at_photograph(file: IO[bytes], kind: Kind) -> tuple[int, list[Problem]]:
    try:
        picture = upright(file, kind)
    except PhotographRefused as refusal:
        return 0, [Problem(refusal.fault)]
    return 1, blank_problems([1] if is_blank(picture) else [], 1)


def _look_at_pdf(file: IO[bytes]) -> tuple[int, list[Problem]]:
    fault = _fault_of_pdf(file)
    if fault:
        return 0, [Problem(fault)]
    file.seek(0)
    try:
        with opened(file) as document:
            pages = page_count(document)
            blank = [
                number
                for number in range(1, min(pages, BLANK_LOOK_PAGES) + 1)
                if not has_text(document, number) and is_blank(draw(document, number, BLANK_LOOK_WIDTH))
            ]
    except PdfNotReadable:
        return 0, [Problem(Fault.UNREADABLE)]
    return pages, blank_problems(blank, pages)


def _fault_of_pdf(file: IO[bytes]) -> Fault | None:
    """Find what keeps a PDF from being read, without decoding any picture in it.

    Small damage that every reader mends (a wrong cross-reference table) passes; a file that stops in the middle does
    not, because readers mend it silently by dropping pages. A PDF that only forbids printing or copying passes too.
    """
    if not _has_end(file):
        return Fault.TRUNCATED
    file.seek(0)
    try:
        with pikepdf.open(cast(BinaryIO, file)) as pdf:
            if not len(pdf.pages):
                return Fault.UNREADABLE
            if any(size > MOST_IMAGE_BYTES for size in _picture_sizes(pdf)):
                return Fault.TOO_MANY_PIXELS
    except pikepdf.PasswordError:
        return Fault.ENCRYPTED
    except _BROKEN_PDF:
        return Fault.UNREADABLE
    return None


def _has_end(file: IO[bytes]) -> bool:
    file.seek(max(0, _size(file) - TAIL_BYTES))
    return b"%%EOF" in file.read(TAIL_BYTES)


def _picture_sizes(pdf: pikepdf.Pdf) -> Iterator[int]:
    """Yield what one channel of each picture would take in memory, in bytes, from the headers alone."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            bits = int(item.get("/BitsPerComponent", 8))
            yield int(item.get("/Width", 0)) * int(item.get("/Height", 0)) * bits // 8

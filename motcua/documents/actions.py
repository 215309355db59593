"""Every write of the document store."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import IO, TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import connection, transaction

from motcua.documents.inspection import Inspection, inspect
from motcua.documents.models import KEPT_KINDS, Document, StoredFile, storage_name
from motcua.documents.photographs import bound, upright
from motcua.documents.problems import Fault, Problem
from motcua.documents.sniff import PHOTOGRAPHS, Kind
from motcua.documents.storing import store

if TYPE_CHECKING:
    from motcua.people.models import Citizen, User

MOST_PHOTOGRAPHS = 40
_LOCK_SPACE = 0x66696C65  # "file": keeps these advisory locks apart from any other use


class FileRefused(Exception):
    """A file was not kept; `problems` say why, and `position` which of the files sent it was (from 0)."""

    def __init__(self, problems: Sequence[Problem], position: int = 0) -> None:
        super().__init__(*(problem.fault for problem in problems))
        self.problems = tuple(problems)
        self.position = position

    def sentences(self) -> list[str]:
        return [problem.sentence for problem in self.problems]


def keep_file(*, upload: IO[bytes], limit_bytes: int, at: datetime) -> StoredFile:
    """Keep one paper: a PDF byte for byte, so that signatures in it stay valid; a photograph as a PDF of one page.

    The same bytes are kept once, whoever sends them. `advice` of the result tells of blank pages. Raises FileRefused.
    """
    inspection = _accepted(upload, limit_bytes, position=0)
    if inspection.kind in PHOTOGRAPHS:
        return _keep_bound([(upload, inspection)], at)
    return _keep(upload, inspection, at)


def keep_photographs(*, uploads: Sequence[IO[bytes]], limit_bytes: int, at: datetime) -> StoredFile:
    """Keep photographs of one paper as one PDF, a page each in the order given. Raises FileRefused."""
    if len(uploads) > MOST_PHOTOGRAPHS:
        raise FileRefused([Problem(Fault.TOO_MANY_PAGES, limit=MOST_PHOTOGRAPHS)], MOST_PHOTOGRAPHS)
    if not uploads:
        raise FileRefused([Problem(Fault.EMPTY)])
    photographs = []
    for position, upload in enumerate(uploads):
        inspection = _accepted(upload, limit_bytes, position)
        if inspection.kind not in PHOTOGRAPHS:
            raise FileRefused([Problem(Fault.WRONG_TYPE, found=inspection.kind)], position)
        photographs.append((upload, inspection))
    return _keep_bound(photographs, at)


def keep_generated(*, content: bytes, pages: int, at: datetime) -> StoredFile:
    """Keep a PDF this system made, without inspecting it again."""
    return _keep(BytesIO(content), Inspection(Kind.PDF, len(content), pages, ()), at)


def add_document(
    *,
    file: StoredFile,
    title: str,
    source: Document.Source,
    at: datetime,
    actor: "User | None",
    owner: "Citizen | None" = None,
    kind: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    valid_until: date | None = None,
    original_name: str = "",
) -> Document:
    """Enter a kept file into the document store. The actor is None when the system itself makes the document."""
    return Document.objects.create(
        file=file,
        owner=owner,
        title=title,
        kind=kind,
        issuer=issuer,
        issued_on=issued_on,
        valid_until=valid_until,
        source=source,
        original_name=original_name[-255:],
        created_at=at,
        created_by=actor,
    )


def _accepted(upload: IO[bytes], limit_bytes: int, position: int) -> Inspection:
    inspection = inspect(upload, limit_bytes=limit_bytes)
    if inspection.is_refused:
        raise FileRefused([problem for problem in inspection.problems if problem.refuses], position)
    return inspection


def _keep_bound(photographs: Sequence[tuple[IO[bytes], Inspection]], at: datetime) -> StoredFile:
    content = bound([upright(upload, inspection.kind) for upload, inspection in photographs])
    blank = [number for number, (_, inspection) in enumerate(photographs, 1) if inspection.blank_pages]
    return _keep(BytesIO(content), Inspection(Kind.PDF, len(content), len(photographs), ()), at, blank)


def _keep(content: IO[bytes], inspection: Inspection, at: datetime, blank_pages: list[int] | None = None) -> StoredFile:
    """Write the bytes, then the row, under a lock of this very content.

    Two people sending the same file at once: the second waits for the first one's transaction and finds its row. A
    crash between bytes and row leaves bytes nobody sees; the next sender of the same file replaces them.
    """
    content.seek(0)
    sha256 = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    with transaction.atomic():
        _lock(sha256)
        known = StoredFile.objects.filter(sha256=sha256).first()
        if known:
            return known
        store(default_storage, storage_name(sha256), content)
        return StoredFile.objects.create(
            sha256=sha256,
            size_bytes=inspection.size_bytes,
            media_type=KEPT_KINDS[inspection.kind],
            pages=inspection.pages,
            blank_pages=inspection.blank_pages if blank_pages is None else blank_pages,
            created_at=at,
        )


def _lock(sha256: str) -> None:
    """Hold this content until the transaction ends; 32 of the 256 bits only make strangers wait, never meet."""
    with connection.cursor() as cursor:
        key = int(sha256[:8], 16) - 2**31
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_SPACE, key])

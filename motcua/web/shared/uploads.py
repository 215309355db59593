"""Taking in what people upload: files become one document, and a request too large to be a paper is turned away."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.documents.actions import FileRefused, add_document, keep_file, keep_photographs
from motcua.documents.models import Document
from motcua.documents.problems import Fault, Problem
from motcua.people.models import Citizen, User

MOST_FILES_WORTH = 4  # a request may carry several photographs, together at most this many times one file's limit
DRAINED_BYTES = 400 * 1024 * 1024  # read and thrown away, so that the browser shows our answer and not a broken line
CHUNK_BYTES = 1024 * 1024


@transaction.atomic
def keep_upload(
    *,
    files: Sequence["UploadedFile[Any]"],
    title: str,
    at: datetime,
    actor: User,
    owner: Citizen | None = None,
    source: Document.Source = Document.Source.UPLOAD,
) -> Document:
    """Keep one paper sent as one file, or as several photographs of its pages. Raises FileRefused."""
    if not files:
        raise FileRefused([Problem(Fault.EMPTY)])
    streams: list[IO[bytes]] = [file.file for file in files]  # type: ignore[misc]  # an uploaded file has its stream
    limit = settings.PAPER_MAX_BYTES
    if len(streams) == 1:
        kept = keep_file(upload=streams[0], limit_bytes=limit, at=at)
    else:
        kept = keep_photographs(uploads=streams, limit_bytes=limit, at=at)
    return add_document(
        file=kept, title=title[:500], source=source, at=at, actor=actor, owner=owner, original_name=files[0].name or ""
    )


def turn_away_giants(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: answer 413 to a request no form of ours sends, before anything of it is parsed or stored."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.PAPER_MAX_BYTES * MOST_FILES_WORTH + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if not length.isdecimal() or int(length) <= most:
            return get_response(request)
        _drain(request, min(int(length), DRAINED_BYTES))
        return _too_large(request)

    return middleware


def _drain(request: HttpRequest, left: int) -> None:
    while left > 0 and (chunk := request.read(CHUNK_BYTES)):
        left -= len(chunk)


def _too_large(request: HttpRequest) -> HttpResponse:
    came_from = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    context = {"limit_mb": settings.PAPER_MAX_BYTES // 1024 // 1024, "back_url": came_from if safe else ""}
    return render(request, "413.html", context, status=413)

"""Handing files out so that nothing a stranger sent can act in our pages. Who may see a file is the caller's to ask."""

import re
import unicodedata

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from motcua.documents.models import PDF, StoredFile
from motcua.documents.pages import page_picture

# fmt: off
_SAFE_HEADERS = {
    "X-Content-Type-Options":       "nosniff",
    "Content-Security-Policy":      "sandbox; default-src 'none'; frame-ancestors 'self'",
    "X-Frame-Options":              "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy":              "no-referrer",
    "Cache-Control":                "private, no-store",
}
_SUFFIXES = {PDF: ".pdf"}
# fmt: on
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_LONGEST_NAME = 120


def file_response(stored_file: StoredFile, *, name: str, inline: bool) -> FileResponse:
    """Stream a file under a Vietnamese name (RFC 5987), with the type we found in it and never another."""
    response = FileResponse(default_storage.open(stored_file.storage_name), content_type=stored_file.media_type)
    response["Content-Length"] = str(stored_file.size_bytes)
    disposition = content_disposition_header(not inline, safe_name(name, stored_file.media_type))
    response["Content-Disposition"] = str(disposition)
    for header, value in _SAFE_HEADERS.items():
        response[header] = value
    return response


def picture_response(stored_file: StoredFile, *, page: int, width: int) -> HttpResponse:
    """Send one page as a PNG; the reader's own browser may keep it for an hour.

    A content never changes, but which one a paper holds does: the address of a picture names the document.
    Raises what `page_picture` raises.
    """
    response = HttpResponse(page_picture(stored_file, page, width), content_type="image/png")
    for header, value in _SAFE_HEADERS.items():
        response[header] = value
    response["Cache-Control"] = "private, max-age=3600"
    return response


def safe_name(name: str, media_type: str) -> str:
    """Return a file name without folders, control signs or marks that turn text around, with the true suffix."""
    suffix = _SUFFIXES[media_type]
    clean = _NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", name))
    stem = " ".join(clean.removesuffix(suffix).split()).strip(". ")[:_LONGEST_NAME].strip()
    return (stem or "giay-to") + suffix

"""Reads of the document store."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from django.core.files.storage import default_storage

from motcua.documents.models import StoredFile


class DamagedFile(NamedTuple):
    """A kept file whose bytes are gone, or no longer match their hash."""

    file: StoredFile
    is_missing: bool


def damaged_files() -> Iterator[DamagedFile]:
    """Yield every damaged file; reads the whole storage."""
    for stored in StoredFile.objects.order_by("pk").iterator():
        if not default_storage.exists(stored.storage_name):
            yield DamagedFile(stored, is_missing=True)
        elif _hash(stored) != stored.sha256:
            yield DamagedFile(stored, is_missing=False)


def _hash(stored: StoredFile) -> str:
    with default_storage.open(stored.storage_name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Putting bytes into the storage so that a file is there whole or not at all, also after a power cut."""

import os
from typing import IO

from django.core.files.base import File
from django.core.files.storage import Storage


def store(storage: Storage, name: str, content: IO[bytes]) -> None:
    """Write `content` under exactly `name`, replacing what an interrupted attempt may have left there.

    The caller holds the lock of this name, and makes the file visible (its row) only after this returns.
    """
    storage.delete(name)
    content.seek(0)
    written = storage.save(name, File(content))
    if written != name:
        raise NameTaken(written)
    _make_durable(storage, name)


class NameTaken(Exception):
    """The storage wrote under another name: somebody wrote here without holding the lock."""


def _make_durable(storage: Storage, name: str) -> None:
    """Wait until a local file and its folder are on the disk; an object storage answers only when they are."""
    try:
        path = storage.path(name)
    except NotImplementedError:
        return
    for place in (path, os.path.dirname(path)):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from motcua.documents.actions import keep_generated
from motcua.documents.queries import damaged_files
from tests.documents import files


@pytest.mark.django_db
def test_files_that_are_gone_or_changed_are_named(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    at = datetime(2026, 11, 27, tzinfo=UTC)
    whole, gone, changed = (
        keep_generated(content=files.pdf([files.LETTER] * pages), pages=pages, at=at) for pages in (1, 2, 3)
    )
    assert list(damaged_files()) == []

    default_storage.delete(gone.storage_name)
    Path(default_storage.path(changed.storage_name)).write_bytes(b"%PDF-1.7 another")

    assert list(damaged_files()) == [(gone, True), (changed, False)]
    assert default_storage.exists(whole.storage_name)

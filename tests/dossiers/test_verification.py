"""`motcua check`: what was tampered with behind the program's back is named."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import Settings

from motcua.documents.actions import keep_generated
from motcua.documents.models import Document, StoredFile
from motcua.dossiers.models import Dossier
from motcua.dossiers.verification import disagreements
from tests.documents import files
from tests.world import World, accepted, submitted, vn

FILED, ACCEPTED = vn("2026-11-19 14:32"), vn("2026-11-20 09:10")

# fmt: off
TAMPERED = {
    "a due moment moved by hand":  ("UPDATE dossiers_dossier SET due_at = due_at + interval '1 day'", "due 2026-12-03"),
    "an event's reason rewritten": ("UPDATE dossiers_dossierevent SET reason = 'khác' WHERE seq = 2", "event 2 (accept) was changed"),
    "an event taken out":          ("DELETE FROM dossiers_slip; DELETE FROM dossiers_ledgerentry; DELETE FROM dossiers_dossierevent WHERE seq = 2", "the status is received, its events say submitted"),
    "a ledger line rewritten":     ("UPDATE dossiers_ledgerentry SET term_quantity = 2", "its ledger says 2026-11-25"),
    "a step ended by hand":        ("UPDATE dossiers_step SET done_at = received_at, outcome = 'done' WHERE done_at IS NULL", "open with 0 running steps"),
}
# fmt: on


@pytest.mark.parametrize(("statement", "named"), TAMPERED.values(), ids=TAMPERED)
def test_tampering_is_named(world: World, statement: str, named: str) -> None:
    accepted(world, FILED, ACCEPTED)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # the triggers would refuse it
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")

    found = [one.what for one in disagreements(Dossier.objects.all())]

    assert named in " ".join(found)


def test_an_untouched_dossier_agrees(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    accepted(world, FILED, ACCEPTED)
    submitted(world, FILED)

    call_command("check_dossiers", sample=2)

    assert capsys.readouterr().out == "2 dossiers agree with their events, ledgers and steps.\n"


def test_a_file_that_is_gone_or_changed_is_named_with_its_dossier(
    world: World, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    at = vn("2026-11-19 08:00")
    whole, gone, changed = (
        keep_generated(content=files.pdf([files.LETTER] * pages), pages=pages, at=at) for pages in (1, 2, 3)
    )
    dossier = submitted(world, FILED)
    Document.objects.update(file=gone)
    StoredFile.objects.exclude(pk__in=[whole.pk, gone.pk, changed.pk]).delete()
    default_storage.delete(gone.storage_name)
    Path(default_storage.path(changed.storage_name)).write_bytes(b"%PDF-1.7 another")

    with pytest.raises(SystemExit):
        call_command("check_dossiers", all=True)

    assert capsys.readouterr().out.splitlines() == [
        f"{dossier.code}: file {gone.sha256} is missing from the storage",
        f"–: file {changed.sha256} was changed: its content does not match its hash",
    ]


def test_whole_files_are_counted(
    db: None, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    keep_generated(content=files.pdf([files.LETTER]), pages=1, at=vn("2026-11-19 08:00"))

    call_command("check_dossiers")

    assert capsys.readouterr().out.splitlines()[-1] == "1 files are whole."

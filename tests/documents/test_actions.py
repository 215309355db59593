import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from threading import Barrier

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import IntegrityError, connection, transaction
from pypdfium2 import PdfDocument

from motcua.documents.actions import (
    MOST_PHOTOGRAPHS,
    FileRefused,
    add_document,
    keep_file,
    keep_generated,
    keep_photographs,
)
from motcua.documents.models import Document, StoredFile, storage_name
from motcua.documents.problems import Fault
from motcua.documents.sniff import Kind
from tests.documents import files

AT = datetime(2026, 11, 27, 2, 34, tzinfo=UTC)
LIMIT = 20 * 1024 * 1024


@pytest.fixture(autouse=True)
def _own_folder(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]


def keep(content: bytes) -> StoredFile:
    return keep_file(upload=SimpleUploadedFile("giay-to.pdf", content), limit_bytes=LIMIT, at=AT)


def bytes_of(stored: StoredFile) -> bytes:
    with default_storage.open(stored.storage_name) as file:
        return bytes(file.read())


@pytest.mark.django_db
def test_a_pdf_is_kept_byte_for_byte_under_its_hash() -> None:
    content = files.pdf([files.LETTER, b""])

    stored = keep(content)

    assert bytes_of(stored) == content
    assert stored.storage_name == f"{stored.sha256[:2]}/{stored.sha256[2:4]}/{stored.sha256}"
    assert (stored.size_bytes, stored.media_type, stored.pages) == (len(content), "application/pdf", 2)
    assert stored.created_at == AT


@pytest.mark.django_db
def test_a_blank_page_is_still_told_later() -> None:
    stored = keep(files.pdf([files.LETTER, b""]))

    found = StoredFile.objects.get(pk=stored.pk)

    assert [(problem.fault, problem.page) for problem in found.advice] == [(Fault.BLANK_PAGE, 2)]


@pytest.mark.django_db
def test_the_same_bytes_sent_twice_are_kept_once() -> None:
    first, second = keep(files.pdf()), keep(files.pdf())

    assert first == second
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_the_same_photograph_sent_twice_is_kept_once() -> None:
    first, second = keep(files.jpeg()), keep(files.jpeg())

    assert first == second


@pytest.mark.django_db
def test_an_upload_that_django_put_into_a_file_of_its_own_is_kept_too() -> None:
    content = files.pdf()
    upload = TemporaryUploadedFile("giay-to.pdf", "text/html", len(content), None)
    upload.write(content)

    stored = keep_file(upload=upload, limit_bytes=LIMIT, at=AT)

    assert bytes_of(stored) == content
    upload.close()


@pytest.mark.django_db
@pytest.mark.parametrize("content", [files.jpeg(), files.png(), files.heic()], ids=["jpeg", "png", "heic"])
def test_a_photograph_is_kept_as_a_pdf_of_one_page(content: bytes) -> None:
    stored = keep(content)

    with PdfDocument(bytes_of(stored)) as pdf:
        assert len(pdf) == 1
    assert (stored.media_type, stored.pages) == ("application/pdf", 1)


@pytest.mark.django_db
def test_several_photographs_become_one_pdf_in_their_order() -> None:
    uploads = [BytesIO(files.jpeg()), BytesIO(files.heic()), BytesIO(files.png())]

    stored = keep_photographs(uploads=uploads, limit_bytes=LIMIT, at=AT)

    assert stored.pages == 3
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_a_pdf_among_photographs_is_refused_by_its_position() -> None:
    with pytest.raises(FileRefused) as refusal:
        keep_photographs(uploads=[BytesIO(files.jpeg()), BytesIO(files.pdf())], limit_bytes=LIMIT, at=AT)

    assert refusal.value.position == 1
    assert [(problem.fault, problem.found) for problem in refusal.value.problems] == [(Fault.WRONG_TYPE, Kind.PDF)]


@pytest.mark.django_db
def test_too_many_photographs_are_refused() -> None:
    with pytest.raises(FileRefused) as refusal:
        keep_photographs(uploads=[BytesIO(b"")] * (MOST_PHOTOGRAPHS + 1), limit_bytes=LIMIT, at=AT)

    assert refusal.value.sentences() == [
        "Một giấy tờ nhận nhiều nhất 40 ảnh. Bạn chia thành nhiều lần gửi, hoặc gửi một tệp PDF. "
        "Những gì bạn đã nhập vẫn còn."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content, fault",
    [(b"", Fault.EMPTY), (b"\x7fELF" + bytes(100), Fault.EXECUTABLE), (files.pdf()[:300], Fault.TRUNCATED)],
    ids=["empty", "program", "cut off"],
)
def test_a_refused_file_leaves_nothing_behind(content: bytes, fault: Fault, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        keep(content)

    assert [problem.fault for problem in refusal.value.problems] == [fault]
    assert StoredFile.objects.count() == 0
    assert not (tmp_path / "files").exists()


@pytest.mark.django_db
def test_what_a_crash_left_half_written_is_replaced() -> None:
    content = files.pdf()
    whole = keep(content)
    path = default_storage.path(whole.storage_name)
    StoredFile.objects.all().delete()
    os.truncate(path, 10)

    stored = keep(content)

    assert stored.sha256 == whole.sha256
    assert bytes_of(stored) == content


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_by_four_people_at_once_is_one_row() -> None:
    content, start = files.pdf(), Barrier(4)

    def send(_: int) -> int:
        start.wait(timeout=20)
        try:
            return keep(content).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as senders:
        keys = set(senders.map(send, range(4)))

    assert len(keys) == 1
    assert StoredFile.objects.count() == 1
    assert bytes_of(StoredFile.objects.get()) == content


@pytest.mark.django_db
def test_a_document_names_a_kept_file_without_copying_it() -> None:
    stored = keep(files.pdf())

    for title in ("Giấy chứng sinh", "Bản sao giấy chứng sinh"):
        add_document(
            file=stored,
            title=title,
            source=Document.Source.UPLOAD,
            at=AT,
            actor=None,
            issued_on=date(2026, 11, 21),
            original_name="x" * 300 + ".pdf",
        )

    document = Document.objects.earliest("pk")
    assert stored.documents.count() == 2
    assert (document.title, document.source, document.issued_on) == ("Giấy chứng sinh", "upload", date(2026, 11, 21))
    assert document.original_name.endswith("x.pdf")
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_a_slip_is_kept_as_it_was_made() -> None:
    content = files.pdf()

    stored = keep_generated(content=content, pages=1, at=AT)

    assert bytes_of(stored) == content
    assert stored.pages == 1


@pytest.mark.django_db
@pytest.mark.parametrize("change", [
    "sha256 = 'ABC'",
    "sha256 = upper(sha256)",
    "size_bytes = 0",
    "media_type = 'text/html'",
    "pages = 0",
])  # fmt: skip
def test_the_database_refuses_an_impossible_file(change: str) -> None:
    keep(files.pdf())

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE documents_storedfile SET {change}")


@pytest.mark.django_db
@pytest.mark.parametrize("change", [
    "title = ''",
    "source = 'found'",
    "issued_on = '2026-11-21', valid_until = '2026-11-20'",
])  # fmt: skip
def test_the_database_refuses_an_impossible_document(change: str) -> None:
    add_document(file=keep(files.pdf()), title="Giấy", source=Document.Source.SCAN, at=AT, actor=None)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE documents_document SET {change}")


def test_the_storage_name_spreads_files_over_folders() -> None:
    assert storage_name("abcd" + "0" * 60) == "ab/cd/abcd" + "0" * 60

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from motcua.documents.actions import keep_generated
from motcua.documents.models import StoredFile
from motcua.documents.pages import WIDEST, PageNotThere, page_picture
from motcua.documents.serving import file_response, picture_response, safe_name
from tests.documents import files

pytestmark = pytest.mark.django_db
RED = b"1 0 0 rg 0 0 595 842 re f"


@pytest.fixture
def two_pages(settings: object, tmp_path: Path) -> StoredFile:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return keep_generated(content=files.pdf([files.LETTER, RED]), pages=2, at=datetime(2026, 11, 27, tzinfo=UTC))


def test_the_page_asked_for_is_drawn_at_the_width_asked_for(two_pages: StoredFile) -> None:
    picture = Image.open(BytesIO(page_picture(two_pages, 2, 400)))

    assert picture.format == "PNG"
    assert abs(picture.width - 400) <= 1
    assert files.is_red(picture.getpixel((200, 200)))


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_that_is_not_there_is_named(two_pages: StoredFile, page: int) -> None:
    with pytest.raises(PageNotThere):
        page_picture(two_pages, page, 400)


def test_a_width_that_would_fill_the_memory_is_cut_down(two_pages: StoredFile) -> None:
    picture = Image.open(BytesIO(page_picture(two_pages, 1, 1_000_000)))

    assert abs(picture.width - WIDEST) <= 1


def test_a_page_much_taller_than_wide_is_drawn_narrower(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    strip = files.pdf().replace(b"[ 0 0 595 842 ]", b"[ 0 0 3 14400 ]")
    stored = keep_generated(content=strip, pages=1, at=datetime(2026, 11, 27, tzinfo=UTC))

    picture = Image.open(BytesIO(page_picture(stored, 1, 400)))

    assert picture.height <= 2001


def test_a_file_is_handed_out_with_its_true_type_and_nothing_it_could_do(two_pages: StoredFile) -> None:
    response = file_response(two_pages, name="Giấy chứng sinh.pdf", inline=False)

    content = b"".join(response.streaming_content)
    response.close()
    assert len(content) == two_pages.size_bytes
    assert dict(response.items()) == {
        "Content-Type": "application/pdf",
        "Content-Length": str(two_pages.size_bytes),
        "Content-Disposition": "attachment; filename*=utf-8''Gi%E1%BA%A5y%20ch%E1%BB%A9ng%20sinh.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'self'",
        "X-Frame-Options": "SAMEORIGIN",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
    }


def test_a_file_shown_in_place_keeps_its_name(two_pages: StoredFile) -> None:
    response = file_response(two_pages, name="don", inline=True)

    assert response["Content-Disposition"] == 'inline; filename="don.pdf"'
    response.close()


def test_a_page_picture_is_sent_as_png_that_a_browser_may_keep(two_pages: StoredFile) -> None:
    response = picture_response(two_pages, page=1, width=200)

    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "private, max-age=3600"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("given, safe", [
    ("Giấy chứng sinh.pdf",                 "Giấy chứng sinh.pdf"),
    ("Giấy chứng sinh",                "Giấy chứng sinh.pdf"),
    ("../../etc/passwd",                    "etc passwd.pdf"),
    ("don.pdf.exe",                         "don.pdf.exe.pdf"),
    ("trang\r\nSet-Cookie: a=b.html",       "trang Set-Cookie a=b.html.pdf"),
    ("ho-so\u202efdp.exe",                  "ho-so fdp.exe.pdf"),
    ("   ",                                 "giay-to.pdf"),
    (".pdf",                                "giay-to.pdf"),
    ("x" * 300,                             "x" * 120 + ".pdf"),
])  # fmt: skip
def test_a_name_is_made_safe_and_ends_as_the_file_is(given: str, safe: str) -> None:
    assert safe_name(given, "application/pdf") == safe

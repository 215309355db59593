"""A request far larger than any paper is answered in words before anything of it is parsed or kept."""

import re
from io import RawIOBase
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.html import strip_tags
from pytest_django import Settings

from motcua.web.shared.uploads import turn_away_giants

MB = 1024 * 1024
PAPERS = "http://testserver/ho-so/nhap/7/giay-to/"


class Zeros(RawIOBase):
    """An upload of that many bytes that takes no memory, and counts what was read of it."""

    def __init__(self, size_bytes: int) -> None:
        self.size_bytes, self.read_bytes = size_bytes, 0

    def read(self, size: int = -1) -> bytes:
        taken = min(size if size >= 0 else MB, self.size_bytes - self.read_bytes)
        self.read_bytes += taken
        return bytes(taken)


def upload(size_bytes: int, *, came_from: str = "") -> tuple[WSGIRequest, Zeros]:
    body = Zeros(size_bytes)
    request = RequestFactory().post("/ho-so/nhap/7/giay-to/1/gui/", content_type="multipart/form-data; boundary=b")
    headers = {"CONTENT_LENGTH": str(size_bytes), "wsgi.input": body, "HTTP_REFERER": came_from}
    return WSGIRequest(request.environ | headers), body


def answer(request: HttpRequest) -> HttpResponse:
    def passed_on(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("passed on")

    response = turn_away_giants(passed_on)(request)
    assert isinstance(response, HttpResponse)
    return response


def words(response: HttpResponse) -> str:
    found = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert found
    return " ".join(strip_tags(found[0]).split())


@pytest.mark.django_db
def test_200_megabytes_are_refused_in_words_and_nothing_is_kept(settings: Settings, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    request, body = upload(200 * MB, came_from=PAPERS)

    response = answer(request)

    assert response.status_code == 413
    assert words(response) == (
        "Tệp quá lớn Mỗi tệp được đến 20 MB. Tệp này chưa được nhận; những giấy tờ đã gửi trước đó vẫn còn. "
        "Chụp lại từng trang bằng điện thoại, hoặc lưu tệp PDF với độ nét thấp hơn rồi gửi lại. Quay lại trang giấy tờ"
    )
    assert f'href="{PAPERS}"' in response.content.decode()
    assert body.read_bytes == 200 * MB  # read to its end and thrown away, or the browser would show a broken line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_page_elsewhere_is_never_linked_back_to() -> None:
    request, _ = upload(200 * MB, came_from="https://lua-dao.vidu.vn/")

    assert words(answer(request)).endswith("Về trang đầu")


@pytest.mark.parametrize("size_bytes", [0, 20 * MB, 80 * MB])
def test_what_a_form_of_ours_can_send_passes(size_bytes: int) -> None:
    request, body = upload(size_bytes)

    assert (answer(request).content, body.read_bytes) == (b"passed on", 0)


def test_the_middleware_stands_before_every_page(settings: Settings) -> None:
    assert "motcua.web.shared.uploads.turn_away_giants" in settings.MIDDLEWARE

"""A letter with a new-password link that cannot leave is told to who asked, and names nobody in the log."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import Settings

from tests.notices.smtp import MailServer

pytestmark = pytest.mark.django_db
SORRY = (
    "Cần sửa: Chưa gửi được thư tới địa chỉ này; mật khẩu cũ vẫn dùng được. "
    "Bạn xem lại địa chỉ, hoặc thử lại sau ít phút."
)  # fmt: skip


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    cache.clear()
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.address
        yield server


@pytest.mark.parametrize("replies", [{"HELLO": ""}, {"RCPT": "550 an@vidu.vn is unknown"}])
def test_a_mail_server_in_trouble_is_told_on_the_form(
    client: Client, mail_server: MailServer, caplog: pytest.LogCaptureFixture, replies: dict[str, str]
) -> None:
    mail_server.replies = replies

    response = client.post("/quen-mat-khau/", {"email": "an@vidu.vn"})

    errors = re.findall(r'<p[^>]*class="govuk-error-message"[^>]*>(.*?)</p>', response.content.decode(), re.DOTALL)
    assert response.status_code == 200
    assert [strip_tags(error).strip() for error in errors] == [SORRY]
    assert 'value="an@vidu.vn"' in response.content.decode()
    assert len(caplog.messages) == 1
    assert "an@vidu.vn" not in caplog.text

"""The small world, and the two ways letters leave: a folder, and a mail server that can fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.notices.smtp import MailServer
from tests.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world(second_case=True)


@pytest.fixture
def mail_folder(settings: Settings, tmp_path: Path) -> Path:
    """Where letters are written."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """A mail server that takes letters until told otherwise."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.address
        yield server

"""`motcua worker`."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from motcua.config.worker import work


class Command(BaseCommand):
    """Do the background work."""

    requires_system_checks = ()
    help = _("Làm việc nền: gửi thông báo và các việc hẹn giờ, cho tới khi được bảo dừng.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--until-empty`."""
        parser.add_argument("--until-empty", action="store_true", help=_("dừng khi không còn việc nào"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        connector = app.connector
        assert isinstance(connector, DjangoConnector)  # noqa: S101 (procrastinate's Django app sets no other)
        with app.replace_connector(connector.get_worker_connector()) as worker_app:
            asyncio.run(work(worker_app, wait=not options["until_empty"]))

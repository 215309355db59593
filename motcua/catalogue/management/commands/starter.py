"""`motcua starter`: take the starter set of procedures into the catalogue, or what is new in it since."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from motcua.catalogue.actions import load_starter
from motcua.catalogue.management.commands.import_catalogue import OUTCOMES


class Command(BaseCommand):
    """Prints how many procedures are new, changed or left alone. Doing it again changes nothing."""

    help = "Nạp bộ thủ tục khởi đầu, hoặc bản mới của nó sau khi nâng cấp. Bản của tỉnh đang dùng được giữ nguyên."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load it."""
        outcomes = load_starter(at=timezone.now())
        for outcome, words in OUTCOMES.items():
            if outcomes[outcome]:
                self.stdout.write(f"{outcomes[outcome]:>6}  {words}")

"""`motcua explain CODE`: why a dossier is due when it is due."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from motcua.dossiers.deadlines import reckoning_of
from motcua.dossiers.management.printing import as_json, as_text
from motcua.dossiers.models import Dossier


class Command(BaseCommand):
    help = "Giải thích hạn của một hồ sơ từ sổ thời hạn của nó, từng dòng."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="mã hồ sơ, ví dụ H57.31.12-261119-0018")
        parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *_args: str, **options: Any) -> None:
        """Print the due moment and its lines; a dossier without a running clock is said in one sentence."""
        dossier = Dossier.objects.select_related("version").filter(code=options["code"]).first()
        if dossier is None:
            raise CommandError(_("Không có hồ sơ nào mang mã «%(code)s».") % {"code": options["code"]}, returncode=2)
        if dossier.clock_started_at is None:
            raise CommandError(_("Đồng hồ của hồ sơ này chưa chạy: hồ sơ chưa được tiếp nhận."), returncode=2)
        reckoning = reckoning_of(dossier)
        self.stdout.write(as_json(reckoning) if options["json"] else as_text(reckoning))

"""`motcua reorganise PLAN.json`: agencies end and begin on one day, and everything open follows."""

from argparse import ArgumentParser
from json import dumps
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.config.reorganising import as_json, as_text
from motcua.dossiers.actions import reorganise
from motcua.people.reorganising import BadPlan, read_plan


class Command(BaseCommand):
    help = "Sắp xếp đơn vị theo một phương án: xem trước bằng --dry-run, rồi thực hiện vào ngày ghi trong phương án."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("plan", type=Path, metavar="PLAN.json", help="xem docs/howto/reorganise.md")
        parser.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi gì")
        parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *_args: object, **options: Any) -> None:
        """Print what moves; a plan that cannot be carried out is said with every fault, and nothing is written."""
        is_rehearsal = options["dry_run"]
        try:
            plan, faults = read_plan(options["plan"].read_text(encoding="utf-8"))
            report = reorganise(plan=plan, of_shape=faults, at=timezone.now(), is_rehearsal=is_rehearsal)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(
                _("Không đọc được %(path)s. Chưa có gì thay đổi.") % {"path": options["plan"]}
            ) from error
        except BadPlan as error:
            intro = _("Phương án chưa thực hiện được, chưa có gì thay đổi. Cần sửa:")
            raise CommandError("\n".join([intro, *(f"  {fault}" for fault in error.faults)]), returncode=2) from error
        if options["json"]:
            self.stdout.write(dumps(as_json(plan, report, is_rehearsal=is_rehearsal), ensure_ascii=False))
        else:
            self.stdout.write(as_text(plan, report, is_rehearsal=is_rehearsal))

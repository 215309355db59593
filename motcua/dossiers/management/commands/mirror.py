"""`motcua mirror FILE.json`: keep what another system says of its dossiers, to be watched here and never moved."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from motcua.dossiers.actions.mirroring import mirror
from motcua.dossiers.mirroring import BadMirror, read


class Command(BaseCommand):
    help = (
        "Đọc tệp JSON của hệ thống khác (bộ, ngành) về hồ sơ họ giải quyết, để theo dõi; không tính vào hồ sơ của tỉnh."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.json")
        parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *_args: object, **options: object) -> None:
        path = Path(str(options["file"]))
        try:
            said = read(json.loads(path.read_text(encoding="utf-8")))
        except OSError as error:
            raise CommandError(f"Không đọc được {path}: {error.strerror}. Chưa có gì thay đổi.") from error
        except ValueError as error:
            faults = error.faults if isinstance(error, BadMirror) else [f"Tệp không phải JSON: {error}."]
            raise CommandError("\n".join([f"{path} chưa dùng được, chưa có gì thay đổi:", *faults])) from error
        done = mirror(said=said)
        if options["json"]:
            self.stdout.write(json.dumps({"system": said.system, **done}, ensure_ascii=False))
            return
        words = f"{done['new']} hồ sơ mới, {done['changed']} cập nhật, {done['left']} giữ nguyên vì đã có bản đọc sau."
        self.stdout.write(f"{said.system}: {words}")

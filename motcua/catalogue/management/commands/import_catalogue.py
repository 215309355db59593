"""`motcua import-catalogue FILE…`: take national procedure records into the catalogue."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue.actions import Outcome, write_contents
from motcua.catalogue.importing.reading import Reading, UnreadableFile, read
from motcua.catalogue.importing.undecided import RULES
from motcua.catalogue.models import ProcedureVersion

# fmt: off
OUTCOMES = {
    Outcome.NEW:       "mới",
    Outcome.CHANGED:   "đổi, thành phiên bản mới",
    Outcome.UNCHANGED: "không đổi",
    Outcome.BESIDE:    "để thành bản thảo cạnh bản tỉnh đang dùng",
    Outcome.KEPT:      "giữ bản đang có, vì nói nhiều hơn hoặc tỉnh đã thôi áp dụng",
}
# fmt: on


@dataclass(frozen=True)
class Imported:
    """One file taken in."""

    path: Path
    reading: Reading
    outcomes: Counter[Outcome]


class Command(BaseCommand):
    """Prints what was read, written, rejected and left undecided. Ends with 0, or 2 when a file cannot be read at all."""

    help = "Nhập thủ tục hành chính từ tệp JSON Lines của cơ sở dữ liệu quốc gia (danh sách hoặc bản ghi đầy đủ)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp .jsonl, mỗi dòng một bản ghi")
        parser.add_argument("--verbose", action="store_true", help="kể từng bản ghi còn điều chưa quyết được")
        parser.add_argument("--json", action="store_true", help="in ra JSON cho chương trình khác đọc")

    def handle(self, *_args: Any, files: list[Path], verbose: bool, **options: Any) -> None:
        try:
            readings = [(path, read(path)) for path in files]  # all are read before any is written
        except UnreadableFile as error:
            self.stderr.write(f"{error} " + _("Chưa có gì được ghi vào danh mục."))
            sys.exit(2)
        done = [Imported(path, reading, self._write(reading)) for path, reading in readings]
        self.stdout.write(_as_json(done) if options["json"] else "\n".join(_as_words(done, verbose)))

    def _write(self, reading: Reading) -> Counter[Outcome]:
        return write_contents(contents=reading.records, origin=ProcedureVersion.Origin.NATIONAL, at=timezone.now())


def _as_words(done: list[Imported], verbose: bool) -> list[str]:
    lines = []
    for one in done:
        lines.append(f"{one.path}: {one.reading.count} bản ghi")
        lines += [
            f"  {one.outcomes[outcome]:>6}  {words}" for outcome, words in OUTCOMES.items() if one.outcomes[outcome]
        ]
        if one.reading.rejected:
            lines.append(f"  {len(one.reading.rejected):>6}  bị loại:")
            lines += [f"          dòng {bad.line}: {bad.reason}" for bad in one.reading.rejected]
        lines += _undecided_lines(one.reading)
        if verbose:
            lines += _record_lines(one.reading)
    return lines


def _undecided_lines(reading: Reading) -> list[str]:
    counts = _undecided(reading)
    if not counts:
        return []
    lines = [f"  Chưa quyết được, để người có trách nhiệm quyết ({sum(counts.values())} điều):"]
    return lines + [f"  {counts[rule.code]:>6}  {rule.text}" for rule in RULES if counts[rule.code]]


def _record_lines(reading: Reading) -> list[str]:
    return [
        f"  {content.code}  {undecided['text']}"
        for content in reading.records
        for undecided in content.version["undecided"]
    ]


def _undecided(reading: Reading) -> Counter[str]:
    return Counter(undecided["code"] for content in reading.records for undecided in content.version["undecided"])


def _as_json(done: list[Imported]) -> str:
    return json.dumps(
        [
            {
                "file": str(one.path),
                "read": one.reading.count,
                **{outcome.value: one.outcomes[outcome] for outcome in OUTCOMES},
                "rejected": [asdict(bad) for bad in one.reading.rejected],
                "undecided": dict(_undecided(one.reading)),
                "records": {c.code: [u["code"] for u in c.version["undecided"]] for c in one.reading.records},
            }
            for one in done
        ],
        ensure_ascii=False,
        indent=1,
    )

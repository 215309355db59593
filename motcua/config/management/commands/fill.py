"""`motcua fill`: many dossiers with a consistent history, for measuring."""

from argparse import ArgumentParser
from datetime import datetime
from json import dumps
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue.actions import load_starter
from motcua.dossiers.filling import NothingToFill, fill_dossiers
from motcua.people.demo import OPENED_AT, load_people
from motcua.people.demo.crowd import load_crowd

SEED = 46
DOSSIERS_PER_CITIZEN = 8


class Command(BaseCommand):
    help = (
        "Add many dossiers with a consistent history by COPY, for measuring: codes, events with their hash chain, "
        "ledgers, due moments, steps, charges and results, as the actions would have written them; 97.5 % closed, the "
        "others in every status. Without slips, notices and files of their own (one specimen stands for all); closed "
        "dossiers keep only their first paper. An empty database first gets the demo's people and the starter "
        "catalogue. One transaction; the dossiers' tables are locked until it ends."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossiers", type=int, required=True)
        parser.add_argument("--seed", type=int, default=SEED, help="the same seed fills the same dossiers")
        parser.add_argument(
            "--at", type=datetime.fromisoformat, help="the moment the filling stands at; now by default"
        )
        parser.add_argument("--processes", type=int, help="how many make the rows; one per core by default")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: object, **options: Any) -> None:
        count, seed, at = options["dossiers"], options["seed"], options["at"] or timezone.now()
        if count < 1:
            raise CommandError(_("Số hồ sơ phải từ 1 trở lên. Chưa có gì được ghi."))
        began = perf_counter()
        load_people(seed=seed, at=at)
        load_starter(at=OPENED_AT)
        load_crowd(seed=seed, count=count // DOSSIERS_PER_CITIZEN)
        try:
            rows = fill_dossiers(count=count, seed=seed, at=at, processes=options["processes"])
        except NothingToFill as error:
            raise CommandError(
                _("Chưa có thủ tục nào nhận được hồ sơ, hoặc chưa có cán bộ. Chưa có hồ sơ nào được ghi.")
            ) from error
        seconds = round(perf_counter() - began, 1)
        if options["json"]:
            self.stdout.write(dumps({"dossiers": count, "rows": rows, "seconds": seconds, "seed": seed}))
        else:
            self.stdout.write(
                _("Đã thêm %(dossiers)d hồ sơ, %(rows)d dòng, trong %(seconds)s giây.")
                % {"dossiers": count, "rows": sum(rows.values()), "seconds": seconds}
            )

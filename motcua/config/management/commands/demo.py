"""`motcua demo`: load the demo province into an empty database."""

from argparse import ArgumentParser
from datetime import datetime
from json import dumps
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue.actions import load_starter
from motcua.dossiers.demo import COUNT, load_dossiers
from motcua.notices.past import tell_past
from motcua.people.demo import OPENED_AT, load_people

SEED = 46


class Command(BaseCommand):
    help = (
        "Load the demo province (Huế, invented people and dossiers) into an empty database; does nothing to any other."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--dossiers", type=int, default=COUNT)
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")
        parser.add_argument("--at", type=datetime.fromisoformat, help="the moment the demo stands at; now by default")

    def handle(self, *_args: object, **options: Any) -> None:
        at = options["at"] or timezone.now()
        seed, count = options["seed"], options["dossiers"]
        people = load_people(seed=seed, at=at)
        load_starter(at=OPENED_AT)
        dossiers = load_dossiers(seed=seed, at=at, count=count)
        tell_past()
        counts = {**people._asdict(), "dossiers": dossiers}
        self.stdout.write(
            dumps(counts)
            if options["json"]
            else _("Tỉnh mẫu: %(agencies)d cơ quan, %(officers)d cán bộ, %(citizens)d công dân, %(dossiers)d hồ sơ.")
            % counts
        )

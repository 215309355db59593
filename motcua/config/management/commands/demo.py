"""`motcua demo`: load the demo province into an empty database."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.base.publish import unheard
from motcua.catalogue.actions import load_starter
from motcua.dossiers.demo import load_dossiers
from motcua.dossiers.models import DossierEvent
from motcua.notices.actions import tell
from motcua.people.demo import OPENED_AT, load_people

SEED = 46


class Command(BaseCommand):
    help = (
        "Load the demo province (Huế, invented people and dossiers) into an empty database; does nothing to any other."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--dossiers", type=int, default=1000)
        parser.add_argument("--at", type=datetime.fromisoformat, help="the moment the demo stands at; now by default")

    def handle(self, *_args: object, **options: Any) -> None:
        at = options["at"] or timezone.now()
        seed, count = options["seed"], options["dossiers"]
        people = load_people(seed=seed, at=at)
        load_starter(at=OPENED_AT)
        with unheard():  # what happened weeks ago is told at its own time, in the portal only
            dossiers = load_dossiers(seed=seed, at=at, count=count)
        _tell_the_past()
        self.stdout.write(
            _("Tỉnh mẫu: %(agencies)d cơ quan, %(officers)d cán bộ, %(citizens)d công dân, %(dossiers)d hồ sơ.")
            % {**people._asdict(), "dossiers": dossiers}
        )


def _tell_the_past() -> None:
    untold = DossierEvent.objects.filter(notice__isnull=True).select_related(
        "dossier__version", "dossier__receiving_unit", "dossier__resolving_unit", "dossier__filed_by"
    )
    for event in untold.order_by("pk").iterator():
        tell(event=event, at=event.at, channels=())

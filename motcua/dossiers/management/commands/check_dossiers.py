"""`motcua check`: recompute every due moment, event chain and step state."""

from argparse import ArgumentParser
from itertools import islice
from json import dumps
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet

from motcua.dossiers.models import Dossier
from motcua.dossiers.verification import disagreements


class Command(BaseCommand):
    help = "Recompute every due moment, event chain and step state, and name the first that disagrees."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="name every disagreement, not only the first")
        parser.add_argument("--sample", type=int, metavar="N", help="check N dossiers spread over all, not every one")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: object, **options: Any) -> None:
        filed = _spread(Dossier.objects.exclude(code=None), options["sample"])
        found = list(islice(disagreements(filed), None if options["all"] else 1))
        if options["json"]:
            shown = [{"code": one.code, "what": one.what} for one in found]
            self.stdout.write(dumps({"checked": filed.count(), "disagreements": shown}, ensure_ascii=False))
        else:
            for one in found:
                self.stdout.write(f"{one.code}: {one.what}")
            if not found:
                self.stdout.write(f"{filed.count()} dossiers agree with their events, ledgers and steps.")
        if found:
            raise SystemExit(1)


def _spread(dossiers: QuerySet[Dossier], sample: int | None) -> QuerySet[Dossier]:
    """Return `sample` of the dossiers at even distances by their number, or all."""
    if sample is None:
        return dossiers
    numbers = list(dossiers.order_by("pk").values_list("pk", flat=True))
    return dossiers.filter(pk__in=numbers[:: max(1, len(numbers) // max(1, sample))][:sample])

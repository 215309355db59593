"""`motcua check`: recompute every due moment, event chain and step state, and read every stored file."""

from argparse import ArgumentParser
from itertools import chain, islice
from json import dumps
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet

from motcua.documents.models import StoredFile
from motcua.dossiers.models import Dossier
from motcua.dossiers.verification import disagreements, file_faults


class Command(BaseCommand):
    help = "Recompute every due moment, event chain and step state, read every file, and name the first that disagrees."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="name every disagreement, not only the first")
        parser.add_argument("--sample", type=int, metavar="N", help="check N dossiers spread over all, and no file")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: object, **options: Any) -> None:
        filed = _spread(Dossier.objects.exclude(code=None), options["sample"])
        files = file_faults() if options["sample"] is None else ()
        found = list(islice(chain(disagreements(filed), files), None if options["all"] else 1))
        if options["json"]:
            shown = [{"code": one.code, "what": one.what} for one in found]
            counted = {"checked": filed.count(), "parts": filed.filter(parent__isnull=False).count()}
            self.stdout.write(dumps(counted | {"disagreements": shown}, ensure_ascii=False))
        else:
            for one in found:
                self.stdout.write(f"{one.code or '–'}: {one.what}")
            if not found:
                self.stdout.write(_agreement(filed))
                if options["sample"] is None:
                    self.stdout.write(f"{StoredFile.objects.count()} files are whole.")
        if found:
            raise SystemExit(1)


def _agreement(filed: QuerySet[Dossier]) -> str:
    """Say how many agree: dossiers as citizens filed them, and their parts at other agencies beside them."""
    parts = filed.filter(parent__isnull=False).count()
    beside = f" and {parts} parts of them" if parts else ""
    return f"{filed.count() - parts} dossiers{beside} agree with their events, ledgers and steps."


def _spread(dossiers: QuerySet[Dossier], sample: int | None) -> QuerySet[Dossier]:
    """Return `sample` of the dossiers at even distances by their number, or all."""
    if sample is None:
        return dossiers
    numbers = list(dossiers.order_by("pk").values_list("pk", flat=True))
    return dossiers.filter(pk__in=numbers[:: max(1, len(numbers) // max(1, sample))][:sample])

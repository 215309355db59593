"""`motcua turns`: make at once what time has brought about; the worker does the same every few minutes."""

from argparse import ArgumentParser
from json import dumps

from django.core.management.base import BaseCommand
from django.utils import timezone

from motcua.dossiers.timed import make_all


class Command(BaseCommand):
    help = "Nhắc bổ sung, cho hết hạn, ghi trễ hạn, soạn Mẫu 04: những việc đến giờ thì làm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *_args: object, **options: object) -> None:
        made = make_all(timezone.now())
        if options["json"]:
            self.stdout.write(dumps(made))
            return
        for name, number in made.items():
            self.stdout.write(f"{name}: {number}")

"""`motcua lifecycle`: print docs/lifecycle.md, drawn from the table."""

from argparse import ArgumentParser
from dataclasses import asdict
from json import dumps

from django.core.management.base import BaseCommand

from motcua.dossiers.lifecycle import MOVES, STANDING, as_mermaid

PAGE = """# The life of a dossier

Printed by `motcua lifecycle` from `motcua/dossiers/lifecycle.py`; a test keeps this page equal to the table.

```mermaid
{drawing}```

| status | name | national code | clock waits | final |
|---|---|---|---|---|
{statuses}

| move | by | clock | reason | slip | [rule](rules.md) |
|---|---|---|---|---|---|
{moves}
"""


def page() -> str:
    """Return the page as Markdown."""
    statuses = [
        f"| `{status}` | {status.label} | {standing.national_code or '–'} | {_mark(standing.waits)} | {_mark(standing.closed)} |"
        for status, standing in STANDING.items()
    ]
    moves = [
        f"| `{move.name}` | {', '.join(move.by)} | {move.clock} | {_mark(move.needs_reason)} | {move.slip or '–'} | {move.rule} |"
        for move in MOVES.values()
    ]
    return PAGE.format(drawing=as_mermaid(), statuses="\n".join(statuses), moves="\n".join(moves))


def table() -> dict[str, object]:
    """Return the table as plain data: statuses and moves by name."""
    return {
        "statuses": {status: {"label": str(status.label), **asdict(standing)} for status, standing in STANDING.items()},
        "moves": {name: asdict(move) for name, move in MOVES.items()},
    }


def _mark(is_true: bool) -> str:
    return "yes" if is_true else "–"


class Command(BaseCommand):
    help = "Print the page docs/lifecycle.md, drawn from the life-cycle table."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the table itself, as one JSON object")

    def handle(self, *_args: object, **options: object) -> None:
        self.stdout.write(dumps(table(), ensure_ascii=False) + "\n" if options["json"] else page(), ending="")

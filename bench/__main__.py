"""`make bench`: every measurement, or some; a JSON line each, ours beside its limit.

Uses a PostgreSQL of its own, which waits for the disk at every commit, in a folder that goes away again.
"""

import argparse
import os
import signal
import sys
import tempfile
from importlib import import_module
from pathlib import Path

MEASUREMENTS = ("processes", "moves", "fill", "pages", "slips", "due", "merging")  # in this order
IN_PROVINCE = frozenset({"pages", "slips", "merging"})  # these measure in the province that fill makes
DOSSIERS = 10_000


def main() -> None:
    """Measure what is asked for, in the order above."""
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # stop the database on the way out
    wanted = set(asked.only or MEASUREMENTS)
    if wanted & IN_PROVINCE:
        wanted.add("fill")
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        Path(folder).chmod(0o711)  # the database's own user must pass through
        os.environ["MOTCUA_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
        from motcua.config.embedded import embedded  # settings are read from the environment, which is set only now

        with embedded(Path(folder)) as os.environ["DATABASE_URL"]:
            _measure([name for name in MEASUREMENTS if name in wanted], asked.dossiers, Path(folder))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=MEASUREMENTS, help="may be given several times")
    parser.add_argument("--dossiers", type=int, default=DOSSIERS, help="how many the province is filled with")
    return parser.parse_args()


def _measure(names: list[str], dossiers: int, var: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.measuring import Bench, show

    call_command("migrate", interactive=False, verbosity=0)
    for name in names:
        for line in import_module(f"bench.{name}").measure(Bench(dossiers, var)):
            show(line)
    connection.close()


if __name__ == "__main__":
    main()

"""A process that files and accepts dossiers one after the other and says so after each: to lose its database at work."""

import sys

import django

django.setup()

from django.db import OperationalError  # noqa: E402 (Django first)

from tests.world import accepted, make_world, vn  # noqa: E402

FILED_AT, ACCEPTED_AT = vn("2026-11-19 14:32"), vn("2026-11-20 09:10")


def work() -> None:
    """Work until the database goes away."""
    world = make_world()
    while True:
        try:
            dossier = accepted(world, FILED_AT, ACCEPTED_AT)
        except OperationalError:
            return
        sys.stdout.write(f"{dossier.code}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    work()

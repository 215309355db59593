"""A process that makes any move at random on a few dossiers, as the servers do, and says so after each: to be killed at work.

Called with a seed. What it says stands in the database: «dossier event-number».
"""

import sys
from random import Random

import django

django.setup()

from django.db import InterfaceError, OperationalError, connection, transaction  # noqa: E402 (Django first)
from django.utils import timezone  # noqa: E402

from motcua.dossiers.lifecycle import FINAL, MOVES  # noqa: E402
from motcua.dossiers.models import Dossier  # noqa: E402
from motcua.people.models import Agency  # noqa: E402
from tests.dossiers.branches import publish_both  # noqa: E402
from tests.dossiers.driving import MADE, REFUSALS, act  # noqa: E402
from tests.world import World, make_world, submitted, world_again  # noqa: E402

AT_ONCE = 8


def work(rng: Random) -> None:
    """Work until the database goes away."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(1)")  # the first office makes the world, others find it
            world = world_again() if Agency.objects.exists() else publish_both(make_world(second_case=True))
        while True:
            _once(world, rng)
    except (OperationalError, InterfaceError):
        return


def _once(world: World, rng: Random) -> None:
    open_ones = list(
        Dossier.objects.exclude(status__in=[*FINAL, "draft"]).filter(parent=None).order_by("-pk")[:AT_ONCE]
    )
    if len(open_ones) < AT_ONCE:
        dossier = submitted(world, timezone.now())
    else:
        dossier = rng.choice(open_ones)
        names = [name for name in MADE if dossier.status in MOVES[name].sources]
        try:
            act(world, dossier, rng.choice(names), rng, timezone.now())
        except REFUSALS:
            return
    last = dossier.events.order_by("seq").last()
    sys.stdout.write(f"{dossier.pk} {last.seq if last else 0}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    work(Random(int(sys.argv[1])))

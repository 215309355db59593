"""The dossiers of the demo: about a thousand lives over the last 90 days, made through the real actions.

Deterministic by seed: what happens to each is drawn from the seed and its number alone. Nothing here writes a dossier by
itself: every fact comes from the actions a person would use. Each life is one transaction, so a loading that was
interrupted goes on where it stopped.
"""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from random import Random
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import connection, connections, transaction

from motcua.base.publish import unheard
from motcua.dossiers.demo.cast import Cast
from motcua.dossiers.demo.lives import live
from motcua.dossiers.demo.plans import Plan, draft_plans, plans
from motcua.dossiers.models import Dossier
from motcua.people.demo_accounts import DOMAIN
from motcua.people.models import User

PROCESSES = 2
COUNT = 1000


def load_dossiers(*, seed: int, at: datetime, count: int = COUNT, processes: int = PROCESSES) -> int:
    """Live the demo's `count` dossiers and some drafts as they stand at `at`; return how many dossiers there are.

    Lives already lived are left alone. The lives of one receiving unit are lived in order by one process, so codes
    follow the days and are the same at every loading.
    """
    cast = Cast.of_province(at)
    planned = _planned(seed, cast, at, count)
    shares = _shares(planned, processes)
    if processes == 1:
        _live_share(seed, at, count, shares[0])
    else:
        connections.close_all()  # a connection does not survive a fork
        with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
            for done in [pool.submit(_live_share, seed, at, count, share) for share in shares]:
                done.result()
    return Dossier.objects.count()


def is_unfinished(*, seed: int, count: int = COUNT) -> bool:
    """Return whether the demo of `seed` was begun and not all of its lives are lived."""
    lived = Dossier.objects.filter(filing_key__in=[_key(seed, number) for number in range(count)]).count()
    return 0 < lived < count or (lived == 0 and User.objects.filter(email__endswith=f"@{DOMAIN}").exists())


def _planned(seed: int, cast: Cast, at: datetime, count: int) -> list[Plan]:
    rng = Random(seed)  # noqa: S311 - invented lives, not secrets
    return [*plans(rng, cast, at, count), *draft_plans(rng, cast, at)]


def _shares(planned: Sequence[Plan], processes: int) -> list[frozenset[int]]:
    """Deal the receiving units out to the processes, the busiest first, so that each has about as many lives."""
    busy = Counter(plan.units.receiving.pk for plan in planned)
    shares: list[list[int]] = [[] for _process in range(processes)]
    for unit, _lives in busy.most_common():
        min(shares, key=lambda share: sum(busy[held] for held in share)).append(unit)
    return [frozenset(share) for share in shares]


def _live_share(seed: int, at: datetime, count: int, units: frozenset[int]) -> None:
    """Live the plans of some receiving units; what happened weeks ago is told to nobody now."""
    cast = Cast.of_province(at)
    planned = _planned(seed, cast, at, count)
    keys = [_key(seed, number) for number in range(len(planned))]
    lived = set(Dossier.objects.filter(filing_key__in=keys).values_list("filing_key", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")  # a lost life would be lived again
    with unheard():
        for number, plan in enumerate(planned):
            if plan.units.receiving.pk in units and keys[number] not in lived:
                with transaction.atomic():
                    live(plan, Random(f"{seed}/{number}"), cast, key=keys[number], until=at)  # noqa: S311


def _key(seed: int, number: int) -> UUID:
    return uuid5(NAMESPACE_OID, f"motcua demo {seed} {number}")

"""The dossiers of the demo: about a thousand lives over the last 90 days, made through the real actions.

Deterministic by seed. Nothing here writes a dossier by itself: every fact comes from the actions a person would use.
"""

from datetime import datetime
from random import Random

from django.db import transaction

from motcua.dossiers.demo.cast import Cast
from motcua.dossiers.demo.lives import live
from motcua.dossiers.demo.plans import draft_plans, plans
from motcua.dossiers.models import Dossier


@transaction.atomic
def load_dossiers(*, seed: int, at: datetime, count: int = 1000) -> int:
    """Fill an empty province with `count` dossiers and some drafts, as they stand at `at`; return how many there are."""
    if not Dossier.objects.exists():
        rng = Random(seed)  # noqa: S311 - invented lives, not secrets
        cast = Cast.of_province(at)
        for plan in [*plans(rng, cast, at, count), *draft_plans(rng, cast, at)]:
            live(plan, rng, cast, until=at)
    return Dossier.objects.count()

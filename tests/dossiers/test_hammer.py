"""Eight workers and every move at random: nothing illegal, nothing lost, nothing half done.

`make test` hammers one dossier and a dozen. By hand, 200 dossiers:
`MOTCUA_HAMMER=200 .venv/bin/pytest tests/dossiers/test_hammer.py`
"""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from motcua.dossiers.lifecycle import FINAL, MOVES, OF_PARTS, Status
from motcua.dossiers.models import Dossier, DossierEvent
from motcua.dossiers.verification import disagreements
from tests.dossiers.branches import publish_both
from tests.dossiers.driving import MADE, REFUSALS, act
from tests.world import World, make_world, submitted, vn

pytestmark = pytest.mark.django_db(transaction=True)
DOSSIERS = int(os.environ.get("MOTCUA_HAMMER", "12"))
ACTS_EACH = 30
WORKERS = 8
LEGAL = 0.9  # of the tries; the others are moves the table refuses
FOR_GOOD = FINAL - {Status.STOPPED}
OF_LEGS = 0.25  # how often a move about what was sent elsewhere is tried: mostly there is nothing to do
LEG_MOVES = frozenset(
    {"leg_received", "leg_refused", "leg_back", "recall_leg", "note_late_leg", "remind_leg", "central_reply"}
)
ENDING = 0.02  # how often a move that ends a dossier for good is tried beside any other


@pytest.fixture
def world(transactional_db: None) -> World:
    return publish_both(make_world(second_case=True, untimed_case=True))


def hammer(world: World, dossiers: list[int], acts: int) -> Counter[str]:
    """Let the workers make `acts` random moves in all; return how often each was made. Refusals are no failures."""

    def work(worker: int) -> Counter[str]:
        rng, made = Random(worker), Counter[str]()
        try:
            for _number in range(acts // WORKERS):
                made.update(_try(world, rng.choice(dossiers), rng))
        finally:
            connection.close()
        return made

    with ThreadPoolExecutor(WORKERS) as pool:
        return sum(pool.map(work, range(WORKERS)), Counter[str]())


def _try(world: World, dossier_id: int, rng: Random) -> list[str]:
    dossier = Dossier.objects.get(pk=dossier_id)
    open_now = [name for name in MADE if dossier.status in MOVES[name].sources]
    weights = [ENDING if MOVES[name].target in FOR_GOOD else OF_LEGS if name in LEG_MOVES else 1 for name in open_now]
    is_open = open_now and rng.random() < LEGAL
    name = rng.choices(open_now, weights)[0] if is_open else rng.choice(sorted(MADE))
    try:
        return act(world, dossier, name, rng, timezone.now())
    except REFUSALS:
        return []


def test_every_move_of_the_table_is_driven() -> None:
    of_a_draft = {name for name, move in MOVES.items() if move.sources == ("draft",)}

    assert set(MADE) == set(MOVES) - of_a_draft - OF_PARTS


@pytest.mark.parametrize("number", [1, DOSSIERS], ids=["one dossier", "many dossiers"])
def test_eight_workers_with_every_move_at_random(world: World, number: int) -> None:
    dossiers = [submitted(world, vn("2026-11-02 08:00")).pk for _number in range(number)]
    before = DossierEvent.objects.count()

    made = hammer(world, dossiers, ACTS_EACH * max(number, 6))

    of_roots = DossierEvent.objects.filter(dossier__in=dossiers)  # parts elsewhere have a history of their own
    kept = Counter(of_roots.order_by("pk").values_list("move", flat=True)[before:])
    assert kept == made
    assert len(made) > 10  # it was not refused everywhere
    assert list(disagreements(Dossier.objects.all())) == []

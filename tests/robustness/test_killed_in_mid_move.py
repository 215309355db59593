"""kill -9 in the middle of a move: nothing of it is left, and it can be made again."""

from pathlib import Path

import pytest

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.dossiers.verification import disagreements
from tests.robustness.breaking import (
    address,
    another,
    everything,
    nobody_killed_is_connected,
    nobody_writes_to,
    wait_until,
    waits_for,
)
from tests.robustness.mover import AT
from tests.world import World, a_draft, submitted, vn

pytestmark = pytest.mark.django_db(transaction=True)
FILED_AT = vn("2026-11-19 14:32")


def killed_at(table: str, var: Path, *move: object) -> None:
    """Begin a move in another process, kill that when it has come as far as writing to `table`, and let things settle."""
    with another("tests.robustness.mover", *move, var=var, DATABASE_URL=address()) as mover:
        with nobody_writes_to(table):
            wait_until(lambda: waits_for(table) or mover.poll() is not None, f"nobody wrote to {table}")
            assert mover.poll() is None
            mover.kill()
            mover.wait()
        wait_until(nobody_killed_is_connected, "the killed one's transaction goes on")


@pytest.mark.parametrize("table", ["dossiers_charge", "dossiers_dossierevent", "procrastinate_jobs", "dossiers_step"])
def test_a_filing_killed_half_way_leaves_the_draft_and_no_number(world: World, tmp_path: Path, table: str) -> None:
    draft = a_draft(world, FILED_AT)
    units = world.units
    before = everything()

    killed_at(
        table, tmp_path, "submit", draft.pk, world.an.pk, units.receiving.pk, units.competent.pk, units.resolving.pk
    )

    assert everything() == before
    filed = actions.file(dossier_id=draft.pk, units=units, actor=world.citizen, at=AT)
    assert filed.code == "H57.31.12-261120-0001"
    assert list(disagreements(Dossier.objects.all())) == []


@pytest.mark.parametrize("table", ["dossiers_dossier", "dossiers_ledgerentry", "procrastinate_jobs", "dossiers_slip"])
def test_an_acceptance_killed_half_way_leaves_the_dossier_as_it_was(world: World, tmp_path: Path, table: str) -> None:
    dossier = submitted(world, FILED_AT)
    counter = world.actor(By.COUNTER)
    before = everything()

    killed_at(table, tmp_path, "accept", dossier.pk, counter.officer_id, counter.unit_id)

    assert everything() == before
    accepted = actions.accept(dossier_id=dossier.pk, actor=counter, at=AT)
    assert (accepted.status, [event.move for event in accepted.events.order_by("seq")]) == (
        "received",
        ["submit", "accept"],
    )
    assert list(disagreements(Dossier.objects.all())) == []

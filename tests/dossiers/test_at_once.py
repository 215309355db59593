"""Many people at once on a real PostgreSQL: codes stay unique, a move is made once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By, MoveNotAllowed
from motcua.dossiers.models import Dossier, DossierEvent
from motcua.dossiers.verification import disagreements
from tests.world import World, a_draft, make_world, submitted, vn

pytestmark = pytest.mark.django_db(transaction=True)
AT = vn("2026-11-20 09:00")


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run the calls in threads of their own; return what each returned or raised."""

    def run(call: Callable[[], object]) -> object:
        try:
            return call()
        except (MoveNotAllowed, actions.AlreadyFiled) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_officers_accepting_at_once_accept_once(world: World) -> None:
    dossier = submitted(world, AT)
    counter = world.actor(By.COUNTER)

    def accept() -> object:
        return actions.accept(dossier_id=dossier.pk, actor=counter, at=AT)

    outcomes = at_once(accept, accept)

    refused = [one for one in outcomes if isinstance(one, MoveNotAllowed)]
    assert len(refused) == 1
    assert "Được tiếp nhận" in str(refused[0])
    assert DossierEvent.objects.filter(dossier=dossier, move="accept").count() == 1
    assert list(disagreements(Dossier.objects.all())) == []


def test_a_form_posted_twice_at_once_files_once(world: World) -> None:
    draft = a_draft(world, AT)

    def post() -> object:
        return actions.file(dossier_id=draft.pk, units=world.units, actor=world.citizen, at=AT)

    outcomes = at_once(post, post)

    assert sorted(type(one).__name__ for one in outcomes) == ["AlreadyFiled", "Dossier"]
    assert [dossier.code for dossier in Dossier.objects.all()] == ["H57.31.12-261120-0001"]


def test_codes_given_at_once_are_all_different(world: World) -> None:
    drafts = [a_draft(world, AT) for _ in range(12)]

    def filing(draft: Dossier) -> Callable[[], object]:
        return lambda: actions.file(dossier_id=draft.pk, units=world.units, actor=world.citizen, at=AT)

    at_once(*[filing(draft) for draft in drafts])

    codes = sorted(dossier.code or "" for dossier in Dossier.objects.all())
    assert codes == [f"H57.31.12-261120-{number:04d}" for number in range(1, 13)]

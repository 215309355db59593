"""Two communes merge: everything open follows, what has ended stays, nobody's term changes, and history agrees."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction
from pytest_django import DjangoDbBlocker

from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, DossierEvent, Step
from motcua.dossiers.queries import units_read_by, visible_to_officer
from motcua.dossiers.reorganising.following import FOLLOWING, KEPT
from motcua.dossiers.reorganising.report import Report
from motcua.dossiers.verification import disagreements
from motcua.people.models import Agency, Post
from tests.merging import DECISION, MERGED_AT, NEW, STATUSES, carry_out, full_communes
from tests.world import World, a_draft, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("reorganising")]  # lived once


@pytest.fixture(scope="module")
def merged(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[World, dict[str, Dossier], Report]]:
    """Merge the two communes once for all tests of this file that only look, and forget everything afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        lives = {name: Dossier.objects.get(pk=dossier.pk) for name, dossier in full_communes(world).items()}
        report = carry_out()
        yield world, lives, report
        transaction.set_rollback(True)


Merged = tuple[World, dict[str, Dossier], Report]


def new_unit(end: str = "") -> Agency:
    return Agency.objects.get(code=f"H57.31.60{end}")


@pytest.mark.parametrize("status", STATUSES)
def test_an_open_dossier_of_every_status_goes_to_the_new_commune_and_keeps_its_terms(
    merged: Merged, status: str
) -> None:
    before = merged[1][status]

    after = Dossier.objects.get(pk=before.pk)

    assert (after.receiving_unit, after.competent_unit, after.resolving_unit) == (
        new_unit(".1"),
        new_unit(),
        new_unit(".2"),
    )
    kept = ("code", "status", "due_at", "reception_due_at", "paused_at", "calendar_id", "received_at")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    event = after.events.order_by("-seq")[0]
    assert (event.move, event.by, event.reason, event.data["from_name"], event.data["to_name"]) == (
        "reassign_unit", "system", DECISION, "UBND phường Vỹ Dạ", NEW,
    )  # fmt: skip


def test_its_running_step_ends_in_the_old_unit_and_begins_anew_in_the_new_one(merged: Merged) -> None:
    world, lives, _report = merged

    ended, begun = Step.objects.filter(dossier=lives["processing"]).order_by("-seq")[:2][::-1]

    assert (ended.unit, ended.outcome, ended.done_at, ended.done_by) == (world.division, "moved", MERGED_AT, None)
    assert (begun.unit, begun.received_at, begun.done_at) == (new_unit(".2"), MERGED_AT, None)
    same = ("code", "name", "kind", "role", "due_at", "assignee_id")
    assert [getattr(begun, name) for name in same] == [getattr(ended, name) for name in same]


def test_what_has_ended_stays_where_it_ended_and_history_agrees(merged: Merged) -> None:
    world, lives, _report = merged

    ended = Dossier.objects.get(pk=lives["returned"].pk)

    assert (ended.competent_unit, ended.changed_at) == (world.commune, lives["returned"].changed_at)
    assert not ended.steps.filter(outcome="moved").exists()
    assert list(disagreements(Dossier.objects.all())) == []


def test_what_waits_for_an_answer_or_a_decision_follows_too(merged: Merged) -> None:
    _world, lives, _report = merged

    assert lives["consulted"].consultations.get().unit == new_unit()
    assert lives["proposed"].proposals.get().unit == new_unit()


def test_the_report_says_what_moved(merged: Merged) -> None:
    report = merged[2]

    by_unit = Counter({moving.unit: 0 for moving in report.dossiers})
    for moving in report.dossiers:
        by_unit[moving.unit] += moving.number
    assert by_unit == {"H57.31.12": 10, "H57.31.13": 1}
    assert {moving.of: moving.number for moving in report.dossiers if moving.unit == "H57.31.12"} == {
        "submitted": 1, "incomplete": 1, "received": 1, "processing": 3, "awaiting_papers": 1, "awaiting_payment": 1,
        "withdrawing": 1, "finished": 1,
    }  # fmt: skip
    assert (sum(moving.number for moving in report.steps), report.proposals, report.obligations) == (11, 2, 1)
    assert [(asked.unit, asked.heir, asked.number) for asked in report.consultations] == [("H57.31.13", "H57.31.60", 1)]
    assert report.letters == {"reassign_unit": 11}
    assert (sum(move.posts for move in report.posts), report.drafts_of_places) == (8, 0)


def test_everybody_has_their_role_in_the_new_unit_and_none_in_the_old(merged: Merged) -> None:
    world, _lives, _report = merged

    now = Post.objects.valid_on(MERGED_AT.date()).filter(officer=world.posts["specialist"].officer)
    assert [(post.unit, post.role) for post in now] == [(new_unit(".2"), "specialist")]
    assert (
        not Post.objects.valid_on(MERGED_AT.date())
        .filter(unit__path__overlap=[world.commune.pk, world.elsewhere.pk])
        .exists()
    )


def test_the_new_unit_works_on(merged: Merged) -> None:
    _world, lives, _report = merged
    post = Post.objects.get(unit=new_unit(".2"), role="division_head")
    specialist = Post.objects.filter(unit=new_unit(".2"), role="specialist").order_by("pk")[0]

    actions.assign(
        dossier_id=lives["second"].pk, actor=Actor(By.LEADER, post.officer_id, post.unit_id), to=specialist.officer, at=MERGED_AT + timedelta(hours=2),
    )  # fmt: skip

    assert Step.objects.get(dossier=lives["second"], done_at=None).assignee == specialist.officer


def test_the_new_unit_reads_what_the_old_ones_ended_in_no_more_queries(
    merged: Merged, django_assert_num_queries: object
) -> None:
    _world, lives, _report = merged
    post = Post.objects.select_related("unit").get(unit=new_unit(".2"), role="division_head")

    with django_assert_num_queries(1):  # type: ignore[operator]
        units = units_read_by([post])

    assert {Agency.objects.get(pk=pk).code for pk in units} == {"H57.31.60.2", "H57.31.12.2", "H57.31.13.2"}
    assert visible_to_officer([post]).filter(pk=lives["returned"].pk).exists()


def test_the_same_plan_again_changes_nothing_and_says_so(merged: Merged) -> None:
    before = DossierEvent.objects.count(), Agency.objects.count(), Step.objects.count()

    again = carry_out(at=MERGED_AT + timedelta(days=1))

    assert again.changes_nothing
    assert (DossierEvent.objects.count(), Agency.objects.count(), Step.objects.count()) == before


def test_what_came_to_an_old_unit_meanwhile_follows_when_the_plan_is_run_again(merged: Merged) -> None:
    world, _lives, _report = merged
    draft = a_draft(world, MERGED_AT)
    with transaction.atomic():
        actions.file(
            dossier_id=draft.pk, units=world.units, actor=world.citizen, at=MERGED_AT
        )  # chosen before the merger

        again = carry_out(at=MERGED_AT + timedelta(hours=1))

        assert (again.dossier_number, again.is_repeated) == (1, True)
        assert Dossier.objects.get(pk=draft.pk).competent_unit == new_unit()


def test_every_column_that_names_a_unit_follows_or_stays_on_purpose() -> None:
    own = {("dossiers_dossier", f"{what}_unit_id") for what in ("receiving", "competent", "resolving")}
    columns = {
        (model._meta.db_table, field.column)
        for model in apps.get_app_config("dossiers").get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Agency
    }

    assert columns == own | {("dossiers_step", "unit_id")} | set(FOLLOWING) | KEPT

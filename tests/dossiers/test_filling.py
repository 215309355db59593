"""`motcua fill`: what is filled in bulk is what the actions would have written."""

import json
from collections.abc import Iterator
from datetime import date
from io import StringIO
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from motcua.dossiers.demo.cast import Cast
from motcua.dossiers.demo.lives import live
from motcua.dossiers.demo.plans import Plan
from motcua.dossiers.demo.specimens import specimen
from motcua.dossiers.filling import days, filling_at, lines_of_days
from motcua.dossiers.filling.loading import bare_tables, copy
from motcua.dossiers.filling.plan import Day
from motcua.dossiers.filling.rows import COLUMNS
from motcua.dossiers.lifecycle import FINAL, REACHED
from motcua.dossiers.models import Dossier
from motcua.dossiers.verification import disagreements
from tests.dossiers.replaying import replay, story
from tests.world import vn

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("filling")]  # filled once
AT = vn("2026-11-20 09:10")
COUNT = 960


@pytest.fixture(scope="module", autouse=True)
def printed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """Fill once for all tests of this file, and forget everything afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        out = StringIO()
        call_command("fill", dossiers=COUNT, seed=46, at=AT, json=True, stdout=out)
        yield json.loads(out.getvalue())
        transaction.set_rollback(True)


def test_it_says_what_it_wrote(printed: dict[str, Any]) -> None:
    assert printed["dossiers"] == Dossier.objects.count() == COUNT
    assert printed["rows"]["dossiers_dossier"] == COUNT


def test_check_agrees_with_every_filled_dossier() -> None:
    assert list(disagreements(Dossier.objects.all())) == []


def test_one_in_forty_stands_open_and_every_status_is_there() -> None:
    statuses = list(Dossier.objects.values_list("status", flat=True))

    assert set(statuses) == set(REACHED)
    assert sum(status not in FINAL for status in statuses) == COUNT // 40


def test_codes_follow_the_moments_of_their_day() -> None:
    filed = Dossier.objects.exclude(code=None).order_by("submitted_at", "pk")
    by_day: dict[str, list[int]] = {}
    for code in filed.values_list("code", flat=True):
        by_day.setdefault(code[:-5], []).append(int(code[-4:]))

    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_day.values())


# fmt: off
TURNS = {
    "returned":          {"status": "returned"},
    "asked at first":    {"events__move": "supply_before"},
    "asked late":        {"events__move": "give_papers"},
    "sent back":         {"events__move": "send_back"},
    "refused":           {"status": "refused"},
    "withdrawn":         {"status": "withdrawn"},
    "taken in":          {"events__move": "take_in", "status": "returned"},
    "received elsewhere": {"status": "returned", "ledger__note__startswith": "Nhận ở nơi khác"},
    "waits for papers":  {"status": "awaiting_papers"},
    "extended":          {"events__move": "extend", "status": "returned"},
    "paid":              {"events__move": "pay_all", "status": "returned"},
    "let go":            {"events__move": "grant_withdrawal"},
    "stopped":           {"events__move": "stop"},
    "declined":          {"events__move": "decline"},
    "owes":              {"status": "awaiting_payment"},
    "asks to withdraw":  {"status": "withdrawing"},
    "waits to be returned": {"status": "finished"},
}
# fmt: on


@pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS)
def test_the_actions_would_have_written_the_same(turn: dict[str, str]) -> None:
    filled = Dossier.objects.filter(**turn).order_by("pk")[0]

    replayed = replay(filled, specimen("Giấy tờ mẫu", at=AT))

    assert story(replayed) == story(filled)


def test_filing_goes_on_with_the_next_number() -> None:
    last = Dossier.objects.filter(channel="online", status="returned").order_by("-submitted_at")[0]
    cast = Cast.of_province(AT)
    units = cast.units(last.version, last.owner.place)
    same_day = Dossier.objects.filter(code__startswith=last.code[:-4]).count()
    plan = Plan(last.version, last.owner, units, "online", last.submitted_at)

    made = live(plan, Random(1), cast, key=uuid4(), until=AT)
    filed = Dossier.objects.get(pk=made.pk)

    assert filed.code == f"{last.code[:-4]}{same_day + 1:04}"


def test_the_same_seed_fills_the_same_dossiers() -> None:
    first, second = filling_at(AT, seed=46), filling_at(AT, seed=46)
    planned = days(50, at=AT, opened_at=vn("2025-07-01 00:00"), calendar=first.stock.calendar, rng=Random(46))

    assert first.stock.specimen_id != second.stock.specimen_id  # the only thing that differs
    second.stock.specimen_id = first.stock.specimen_id
    assert lines_of_days(first, planned) == lines_of_days(second, planned)


def test_dossiers_treated_together_have_one_reckoning_and_histories_of_their_own() -> None:
    filling = filling_at(AT, seed=46)
    lines, _numbers = lines_of_days(filling, [Day(date(2026, 3, 3), 0, 9, ())])

    copy(lines)

    filled = Dossier.objects.filter(pk__gte=filling.first_dossier)
    assert list(disagreements(filled)) == []
    assert sorted(code[-4:] for code in filled.values_list("code", flat=True))[-1] <= "0009"
    assert filled.count() == 9
    assert filled.values("submitted_at").distinct().count() == 3
    assert filled.values("events__hash").distinct().count() == filled.values("events__pk").distinct().count()


def test_indexes_and_foreign_keys_are_there_again() -> None:
    before = _indexes_and_keys()

    with bare_tables():
        bare = _indexes_and_keys()

    assert _indexes_and_keys() == before
    assert len(bare) < len(before) / 3


def _indexes_and_keys() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)", [list(COLUMNS)])
        indexes = set(cursor.fetchall())
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = ANY(%s::regclass[]) AND contype = 'f'",
            [list(COLUMNS)],
        )
        return indexes | set(cursor.fetchall())

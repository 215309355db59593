"""A merger while several steps of a dossier run, or while a part of it is with another agency."""

from datetime import timedelta

import pytest

from motcua.dossiers.legs import holding_back
from motcua.dossiers.models import Dossier
from motcua.dossiers.verification import disagreements
from motcua.people.models import Post
from tests.dossiers.branches import ACCEPTED, BRANCHES, FILED, FIRST, HANDED, done, running
from tests.merging import MERGED_AT, carry_out
from tests.turning import sent
from tests.world import in_process, make_world

pytestmark = pytest.mark.django_db


def test_every_branch_moves_and_the_dossier_goes_on_to_where_they_meet() -> None:
    world = make_world(process=BRANCHES)
    dossier = done(world, in_process(world, FILED, ACCEPTED, HANDED), "share", FIRST)
    tokens = dict(dossier.steps.filter(done_at=None).values_list("code", "token"))

    carry_out()

    steps = {step.code: step for step in dossier.steps.filter(done_at=None).select_related("unit")}
    assert {code: step.token for code, step in steps.items()} == tokens
    assert {code: step.unit.code for code, step in steps.items()} == {"appraise": "H57.31.60.2", "ask": "H57.31.60"}
    assert list(disagreements(Dossier.objects.all())) == []
    world.posts = {str(post.pk): post for post in Post.objects.valid_on(MERGED_AT.date())}
    for code in ("appraise", "ask"):
        done(world, dossier, code, MERGED_AT + timedelta(hours=3))
    assert running(dossier) == ["check"]


def test_a_step_still_waits_for_its_part_and_only_the_roots_citizen_is_told() -> None:
    world = make_world()
    dossier = sent(world)

    report = carry_out()

    step = dossier.steps.get(done_at=None)
    assert dossier.legs.get().step_seq == step.seq
    assert holding_back(Dossier.objects.get(pk=dossier.pk), step.seq) == dossier.legs.get()
    assert [part.competent_unit.code for part in dossier.parts.select_related("competent_unit")] == ["H57.31.60"]
    assert (report.dossier_number, report.parts, report.letters) == (2, 1, {"reassign_unit": 1})
    assert list(disagreements(Dossier.objects.all())) == []

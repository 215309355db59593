"""A procedure to which the law gives no term: expected by the hours of its steps, never late, not silent for ever."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions, timed
from motcua.dossiers.expected import expected_end, steps_ahead
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Slip, Step
from motcua.dossiers.queries import Queue, Scope, in_queue, queue_counts
from tests.turning import ACCEPTED, HANDED, quiet, untimed, working
from tests.world import World, complete, document, vn

SILENT_FROM = vn("2026-11-16 10:00")  # ten working days after the hand-over


def running(dossier: Dossier) -> Step:
    return dossier.steps.get(done_at=None)


def counts(scope: Scope | None, at: str) -> tuple[int, int, int]:
    assert scope is not None
    found = queue_counts(scope, [Queue.LATE, Queue.UNTIMED, Queue.QUIET], at=vn(at), soon_by=vn(at))
    return found[Queue.LATE], found[Queue.UNTIMED], found[Queue.QUIET]


def test_it_has_no_due_moment_and_the_receipt_says_when_to_expect_it(world: World) -> None:
    dossier = untimed(world)

    receipt = Slip.objects.get(dossier=dossier, form="01").data
    assert dossier.due_at is None
    assert receipt["term"] == "Luật không định thời hạn"
    assert receipt["due"] == (
        "luật không định thời hạn; dự kiến 11 giờ 00 phút, thứ Ba ngày 10/11/2026, theo giờ của từng bước"
    )


def test_every_step_to_come_has_its_expected_day(world: World) -> None:
    dossier = untimed(world)

    ahead = [(one.plan.code, one.end_at) for one in steps_ahead(dossier, running(dossier), HANDED)]

    assert running(dossier).due_at == vn("2026-11-05 10:00")
    assert ahead == [
        ("check", vn("2026-11-06 10:00")), ("sign", vn("2026-11-09 10:00")), ("issue", vn("2026-11-09 16:00")),
    ]  # fmt: skip
    assert expected_end(dossier, running(dossier), HANDED) == vn("2026-11-09 16:00")


def test_a_step_over_its_hours_moves_what_is_expected(world: World) -> None:
    dossier = untimed(world)

    late = expected_end(dossier, running(dossier), vn("2026-11-06 10:00"))

    assert late == vn("2026-11-10 16:00")


def test_ten_working_days_of_silence_are_recorded_once_and_again_after_as_long(world: World) -> None:
    dossier = untimed(world)

    early = timed.make_all(SILENT_FROM - timedelta(minutes=1))["note_no_news"]
    made = [timed.make_all(SILENT_FROM + timedelta(days=days))["note_no_news"] for days in (0, 1, 15)]

    dossier.refresh_from_db()
    told = dossier.events.filter(move="note_no_news")
    assert (early, made) == (0, [1, 0, 1])
    assert [event.data["days"] for event in told] == [10, 20]
    assert told[0].data["unit_name"] == world.division.name
    assert dossier.quiet_since == HANDED


def test_whatever_happens_next_ends_the_silence(world: World) -> None:
    dossier = quiet(world)
    before = Dossier.objects.get(pk=dossier.pk).quiet_since

    complete(world, dossier, SILENT_FROM + timedelta(days=1), draft=document())

    assert before == HANDED
    assert Dossier.objects.get(pk=dossier.pk).quiet_since is None


def test_the_holder_their_leaders_and_who_follows_see_it_and_nobody_counts_it_late(world: World) -> None:
    dossier = quiet(world)
    posts, at = world.posts, "2026-12-01 09:00"
    supervised = Scope.followed(0, [posts["division_head"]])

    seen = {role: counts(Scope.of(0, [posts[role]]), at) for role in ("specialist", "division_head", "signer")}

    assert seen == {"specialist": (0, 1, 1), "division_head": (0, 0, 1), "signer": (0, 0, 1)}
    assert counts(supervised, at) == (0, 1, 1)
    found = in_queue(Scope.of(0, [posts["elsewhere"]]), Queue.QUIET, at=vn(at), soon_by=vn(at))
    assert list(found) == []
    assert dossier.delays.count() == 0


def test_an_online_dossier_is_late_only_until_it_is_accepted(world: World) -> None:
    untimed(world)

    assert counts(Scope.of(0, [world.posts["specialist"]]), "2026-11-04 09:00") == (0, 1, 0)


def test_a_dossier_that_waits_for_its_citizen_is_not_silent(world: World) -> None:
    dossier = untimed(world)
    actions.ask_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=HANDED)

    assert timed.make_all(SILENT_FROM + timedelta(days=1))["note_no_news"] == 0


def test_one_with_a_term_is_never_silent(world: World) -> None:
    working(world)

    assert timed.make_all(SILENT_FROM + timedelta(days=1))["note_no_news"] == 0


@pytest.mark.parametrize("by", [By.CITIZEN, By.OFFICER])
def test_nobody_but_the_system_notes_it(world: World, by: By) -> None:
    dossier = untimed(world)

    assert actions.note_no_news(dossier_id=dossier.pk, at=ACCEPTED + timedelta(days=1)) is None
    assert by not in {event.by for event in dossier.events.filter(move="note_no_news")}

"""What time brings about, found and made from one table, once however often it is gone through."""

from datetime import timedelta

from motcua.dossiers import actions, timed
from motcua.dossiers.lifecycle import By, Status
from motcua.dossiers.models import Dossier, Proposal
from tests.world import World, accepted, complete, faulty, in_process, submitted, vn

FILED, ACCEPTED, HANDED = vn("2026-11-02 08:00"), vn("2026-11-02 09:00"), vn("2026-11-02 10:00")
NOTHING = {
    "lapse": 0,
    "remind": 0,
    "time_out": 0,
    "note_delay": 0,
    "note_silence": 0,
    "go_on_with": 0,
    "note_late_legs": 0,
    "remind_leg": 0,
    "remind_visit": 0,
    "note_no_news": 0,
    "draft_extension": 0,
}


def test_nothing_is_made_of_a_dossier_in_good_time(world: World) -> None:
    in_process(world, FILED, ACCEPTED, HANDED)
    submitted(world, FILED)

    assert timed.make_all(vn("2026-11-03 09:00")) == NOTHING


def test_two_working_days_before_the_end_the_citizen_is_reminded_and_then_it_expires(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)
    faulty(dossier.papers.get(requirement=world.drawing), "Thiếu mặt cắt")
    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=HANDED, reason="Bổ sung bản vẽ")
    until = dossier.supplements.get().due_at  # the closing of 11/11, a Wednesday

    early = timed.make_all(vn("2026-11-09 16:59"))
    reminded = timed.make_all(vn("2026-11-09 17:00"))
    again = timed.make_all(vn("2026-11-10 09:00"))
    lapsed = timed.make_all(until)

    assert until == vn("2026-11-11 17:00")
    assert (early, reminded, again) == (NOTHING, NOTHING | {"remind": 1}, NOTHING)
    assert lapsed == NOTHING | {"lapse": 1}
    assert timed.make_all(until + timedelta(days=1)) == NOTHING


def test_a_dossier_that_cannot_keep_its_due_moment_gets_a_draft_of_the_apology(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)  # due 11/11 17:00; appraisal over its own hours since 05/11

    early = timed.make_all(vn("2026-11-10 16:59"))
    drafted = timed.make_all(vn("2026-11-10 17:00"))

    proposal = Proposal.objects.get(dossier=dossier)
    assert (early, drafted) == (NOTHING, NOTHING | {"draft_extension": 1})
    assert (proposal.made_by, proposal.unit, proposal.data["term_quantity"]) == (None, world.commune, "3")
    assert "còn ở bước «Thẩm định»" in proposal.reason
    assert timed.make_all(vn("2026-11-11 09:00")) == NOTHING


def test_one_whose_steps_still_fit_gets_none(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)
    complete(world, dossier, vn("2026-11-10 14:00"), draft=None)  # checking 8 h, signing 8 h, issuing 4 h do not fit
    late = accepted(world, vn("2026-11-02 08:00"), vn("2026-11-02 09:00"))

    assert timed.will_be_late(dossier, vn("2026-11-10 17:00"))
    assert not timed.will_be_late(late, vn("2026-11-02 09:30"))


def test_a_turned_down_draft_is_not_drafted_again_but_the_delay_is_noted(world: World) -> None:
    dossier = in_process(world, FILED, ACCEPTED, HANDED)
    timed.make_all(vn("2026-11-10 17:00"))
    actions.turn_down(
        dossier_id=dossier.pk, kind="extend", actor=world.actor(By.APPROVER), at=vn("2026-11-11 08:00"),
        reason="Làm xong trong ngày.",
    )  # fmt: skip

    assert timed.make_all(vn("2026-11-11 09:00")) == NOTHING
    assert timed.make_all(vn("2026-11-11 17:01")) == NOTHING | {"note_delay": 1}
    assert timed.make_all(vn("2026-11-12 17:01")) == NOTHING
    assert Dossier.objects.get(pk=dossier.pk).status == Status.PROCESSING

"""One dossier, end to end: what is true at every stage."""

from datetime import datetime

import pytest

from motcua.base.models import Reading
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Dossier, Result, Step
from motcua.dossiers.verification import disagreements
from motcua.people.models import CalendarVersion
from tests.turning import finished
from tests.world import World, a_draft, accepted, complete, document, faulty, in_process, returned, submitted, vn

pytestmark = pytest.mark.django_db

MOMENTS = [
    vn("2026-11-19 14:32"), vn("2026-11-20 09:10"), vn("2026-11-20 10:20"), vn("2026-11-25 09:00"),
    vn("2026-11-26 08:00"), vn("2026-11-26 10:00"), vn("2026-11-26 14:00"), vn("2026-11-27 08:30"),
]  # fmt: skip


def running(dossier: Dossier) -> Step:
    return dossier.steps.get(done_at=None)


def test_filing_online_gives_the_code_of_the_day_and_the_reception_clock(world: World) -> None:
    dossier = submitted(world, MOMENTS[0])

    assert dossier.code == "H57.31.12-261119-0001"
    assert dossier.status == Status.SUBMITTED
    assert dossier.reception_due_at == vn("2026-11-20 14:32")
    assert dossier.due_at is None
    assert (running(dossier).code, running(dossier).unit) == ("reception", world.centre)


def test_accepting_starts_the_clock_then_and_not_at_filing(world: World) -> None:
    dossier = accepted(world, MOMENTS[0], MOMENTS[1])

    assert dossier.clock_started_at == MOMENTS[1]
    assert dossier.due_at == vn("2026-12-02 17:00")
    assert running(dossier).due_at == vn("2026-11-20 17:00")
    assert [slip.form for slip in dossier.slips.all()] == ["01"]


def test_a_calendar_published_between_filing_and_acceptance_counts_and_a_later_one_does_not(world: World) -> None:
    dossier = submitted(world, vn("2026-11-06 15:00"))
    publish_day_off(2, "2026-11-18", vn("2026-11-09 00:00"))

    actions.accept(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=vn("2026-11-09 09:00"))
    publish_day_off(3, "2026-11-19", vn("2026-11-10 00:00"))

    dossier.refresh_from_db()
    assert dossier.due_at == vn("2026-11-19 17:00")  # seven working days, the 18th off
    assert list(disagreements(Dossier.objects.all())) == []


def publish_day_off(number: int, on: str, at: datetime) -> None:
    """Publish the next version of the calendar: as the one before, with one more day off."""
    before = CalendarVersion.objects.get(number=number - 1)
    version = CalendarVersion.objects.create(calendar=before.calendar, number=number, published_at=at)
    for session in before.sessions.all():
        version.sessions.create(weekday=session.weekday, opens=session.opens, closes=session.closes)
    for one in before.days.all():
        version.days.create(on=one.on, kind=one.kind, name=one.name)
    version.days.create(on=on, kind="holiday", name="Nghỉ của tỉnh")


def test_a_dossier_goes_the_whole_way(world: World) -> None:
    dossier = returned(world, MOMENTS)

    assert dossier.status == Status.RETURNED
    assert [event.move for event in dossier.events.order_by("seq")] == [
        "submit", "accept", "hand_over", "complete_step", "complete_step", "sign_off", "issue", "return_result",
    ]  # fmt: skip
    assert [step.code for step in dossier.steps.order_by("seq")] == [
        "reception", "hand_over", "appraise", "check", "sign", "issue", "return",
    ]  # fmt: skip
    assert not dossier.steps.filter(done_at=None).exists()
    assert dossier.finished_at == MOMENTS[6]
    assert list(disagreements(Dossier.objects.all())) == []


def test_waiting_for_papers_pushes_the_deadline_by_the_wait(world: World) -> None:
    dossier = in_process(world, *MOMENTS[:3])
    faulty(dossier.papers.get(requirement=world.promise), "Thiếu chữ ký bên trái")
    actions.ask_papers(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=vn("2026-11-25 10:00"), reason="Xin bổ sung chữ ký"
    )
    actions.attach_paper(
        dossier_id=dossier.pk,
        requirement=world.promise,
        document=document(),
        name="Bản cam kết",
        at=vn("2026-11-26 14:50"),
    )

    supplied = actions.supply_papers(dossier_id=dossier.pk, actor=world.citizen, at=vn("2026-11-26 15:00"))

    assert supplied.due_at == vn("2026-12-04 17:00")
    assert supplied.status == Status.PROCESSING
    assert list(disagreements(Dossier.objects.all())) == []


def test_supplement_before_acceptance_leaves_the_processing_clock_alone(world: World) -> None:
    dossier = submitted(world, MOMENTS[0])
    faulty(dossier.papers.get(requirement=world.drawing), "Mờ khung tên")
    actions.ask_papers(
        dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=vn("2026-11-20 08:00"), reason="Chụp lại trang 2"
    )
    actions.attach_paper(
        dossier_id=dossier.pk, requirement=world.drawing, document=document(), name="Bản vẽ", at=vn("2026-11-20 15:00")
    )
    actions.supply_papers(dossier_id=dossier.pk, actor=world.citizen, at=vn("2026-11-20 15:05"))

    received = actions.accept(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=vn("2026-11-23 08:00"))

    assert received.due_at == vn("2026-12-03 17:00")
    assert [event.to_status for event in received.events.order_by("seq")] == [
        "submitted",
        "incomplete",
        "submitted",
        "received",
    ]


def test_refusing_needs_a_reason_and_ends_the_dossier(world: World) -> None:
    dossier = submitted(world, MOMENTS[0])

    with pytest.raises(MoveNotAllowed):
        actions.refuse(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=MOMENTS[1], reason="  ")
    refused = actions.refuse(
        dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=MOMENTS[1], reason="Đất đang tranh chấp"
    )

    assert refused.status == Status.REFUSED
    assert refused.closed_at == MOMENTS[1]
    assert [slip.form for slip in refused.slips.all()] == ["03"]


def test_a_request_for_papers_ends_with_the_dossier_and_was_never_answered(world: World) -> None:
    dossier = submitted(world, MOMENTS[0])
    faulty(dossier.papers.order_by("position")[1], "Bản vẽ thiếu chữ ký.")
    counter = world.actor(By.COUNTER)
    actions.ask_papers(dossier_id=dossier.pk, actor=counter, at=MOMENTS[1], reason="Bản vẽ thiếu chữ ký.")

    actions.withdraw(dossier_id=dossier.pk, actor=world.citizen, at=MOMENTS[2])

    asked = dossier.supplements.get()
    assert (asked.supplied_at, asked.dropped_at) == (None, MOMENTS[2])


def test_a_form_posted_twice_files_once(world: World) -> None:
    draft = a_draft(world, MOMENTS[0])
    actions.file(dossier_id=draft.pk, units=world.units, actor=world.citizen, at=MOMENTS[0])

    with pytest.raises(actions.AlreadyFiled) as caught:
        actions.file(dossier_id=draft.pk, units=world.units, actor=world.citizen, at=MOMENTS[0])

    assert caught.value.dossier.code == "H57.31.12-261119-0001"
    assert Dossier.objects.count() == 1


def test_a_draft_with_gaps_names_them_all_and_stays(world: World) -> None:
    draft = actions.start_draft(
        version=world.version, filed_by=world.an, owner=world.an, channel="online", at=MOMENTS[0]
    )

    with pytest.raises(actions.FilingNotReady) as caught:
        actions.file(dossier_id=draft.pk, units=world.units, actor=world.citizen, at=MOMENTS[0])

    assert [problem.where for problem in caught.value.problems] == [
        "answers.neighbour", "form_data.address", "form_data.floors", "paper:102",
    ]  # fmt: skip
    assert Dossier.objects.get().status == Status.DRAFT


def test_a_form_open_twice_merges_different_fields_and_shows_a_clash(world: World) -> None:
    draft = actions.start_draft(
        version=world.version, filed_by=world.an, owner=world.an, channel="online", at=MOMENTS[0]
    )
    actions.save_draft(dossier_id=draft.pk, base_revision=0, fields={"form_data.address": "A"}, at=MOMENTS[0])
    actions.save_draft(dossier_id=draft.pk, base_revision=0, fields={"form_data.floors": 3}, at=MOMENTS[0])

    with pytest.raises(actions.DraftConflict) as caught:
        actions.save_draft(dossier_id=draft.pk, base_revision=0, fields={"form_data.address": "B"}, at=MOMENTS[0])

    assert caught.value.theirs == {"form_data.address": "A"}
    assert Dossier.objects.get().form_data == {"address": "A", "floors": 3}


def test_the_one_who_drafted_does_not_sign(world: World) -> None:
    dossier = in_process(world, *MOMENTS[:3])
    complete(world, dossier, MOMENTS[3], draft=document("du-thao.pdf"))
    complete(world, dossier, MOMENTS[4])
    drafter = world.posts["specialist"]
    signer = type(world.citizen)(by=By.SIGNER, officer_id=drafter.officer_id, unit_id=drafter.unit_id)

    with pytest.raises(MoveNotAllowed):
        actions.sign_off(dossier_id=dossier.pk, actor=signer, at=MOMENTS[5])


def test_a_draft_that_comes_after_the_result_was_issued_is_refused_in_words_and_changes_nothing(world: World) -> None:
    dossier = finished(world)
    issued = Result.objects.values().get(dossier=dossier)

    with pytest.raises(MoveNotAllowed, match="việc này đã có người làm"):
        actions.complete_step(
            dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=vn("2026-11-20 10:00"), draft=document()
        )

    assert Result.objects.values().get(dossier=dossier) == issued


def test_sending_back_returns_the_dossier_to_who_did_the_step_before(world: World) -> None:
    dossier = in_process(world, *MOMENTS[:3])
    complete(world, dossier, MOMENTS[3])

    actions.send_back(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=MOMENTS[4], reason="Chưa xem mật độ")

    step = running(dossier)
    assert (step.code, step.assignee) == ("appraise", world.posts["specialist"].officer)
    assert Reading.objects.count() == 0


def test_a_dossier_taken_in_elsewhere_counts_from_when_the_competent_agency_must_have_it(world: World) -> None:
    draft = a_draft(world, MOMENTS[0])
    units = actions.Units(receiving=world.elsewhere, competent=world.commune, resolving=world.division)
    actions.file(dossier_id=draft.pk, units=units, actor=world.citizen, at=MOMENTS[0])

    dossier = actions.accept(dossier_id=draft.pk, actor=world.actor(By.COUNTER), at=MOMENTS[1])

    assert dossier.received_at == MOMENTS[1]
    assert dossier.clock_started_at == vn("2026-11-20 17:00")
    assert dossier.due_at == vn("2026-12-02 17:00")


def test_a_pause_before_the_clock_began_takes_nothing_from_the_agency(world: World) -> None:
    draft = a_draft(world, MOMENTS[0])
    units = actions.Units(receiving=world.elsewhere, competent=world.commune, resolving=world.division)
    actions.file(dossier_id=draft.pk, units=units, actor=world.citizen, at=MOMENTS[0])
    actions.accept(dossier_id=draft.pk, actor=world.actor(By.COUNTER), at=MOMENTS[1])
    dossier = actions.hand_over(dossier_id=draft.pk, actor=world.actor(By.COUNTER), at=vn("2026-11-20 09:30"))
    faulty(dossier.papers.get(requirement=world.drawing), "Mờ")

    actions.ask_papers(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=vn("2026-11-20 10:00"), reason="Chụp lại"
    )

    dossier.refresh_from_db()
    assert dossier.paused_at == dossier.clock_started_at
    assert list(disagreements(Dossier.objects.all())) == []

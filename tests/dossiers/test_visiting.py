"""A visit with the citizen: offered, agreed on or called off, held with minutes; the dossier's clock runs on."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions, timed
from motcua.dossiers.actions.correcting import longer_for_verification
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Dossier, Visit
from motcua.dossiers.queries import Queue, Scope, in_queue
from motcua.dossiers.slip_data import control
from tests.turning import FIRST, LATER_VISIT, SECOND, VISIT, called_off, offered, visited, working
from tests.world import World, complete, document, make_world, vn


def _offer(world: World, dossier: Dossier, **other: object) -> Visit:
    said = {"at": SECOND, "times": [VISIT], "place": "12/7 kiệt 84 Lâm Hoằng", "purpose": "Xem ranh giới"} | other
    return actions.offer_visit(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), **said)  # type: ignore[arg-type]


def test_the_first_time_offered_stands_until_the_citizen_chooses_another(world: World) -> None:
    dossier = offered(world)
    due_at = dossier.due_at
    first = dossier.visits.get().planned_at

    chosen = actions.agree_visit(dossier_id=dossier.pk, actor=world.citizen, at=SECOND, time=LATER_VISIT)

    dossier.refresh_from_db()
    assert (first, chosen.planned_at, chosen.agreed_at) == (VISIT, LATER_VISIT, SECOND)
    assert (dossier.status, dossier.due_at, dossier.paused_at) == (Status.PROCESSING, due_at, None)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"times": [FIRST]}, "chưa qua"),
        ({"times": [VISIT, VISIT]}, "khác nhau"),
        ({"times": []}, "một đến ba giờ"),
        ({"place": " "}, "nơi gặp"),
        ({"purpose": " "}, "lý do"),
    ],
)
def test_an_appointment_names_a_place_a_purpose_and_times_to_come(
    world: World, other: dict[str, object], why: str
) -> None:
    dossier = working(world)

    with pytest.raises(MoveNotAllowed, match=why):
        _offer(world, dossier, **other)
    assert not dossier.visits.exists()


def test_only_an_offered_time_still_to_come_is_chosen_and_only_one_appointment_is_open(world: World) -> None:
    dossier = offered(world)

    for time, at in ((VISIT + timedelta(hours=1), SECOND), (VISIT, VISIT)):
        with pytest.raises(MoveNotAllowed, match="không còn chọn được"):
            actions.agree_visit(dossier_id=dossier.pk, actor=world.citizen, at=at, time=time)
    with pytest.raises(MoveNotAllowed, match="đang có một buổi hẹn"):
        _offer(world, dossier)


def test_one_that_failed_is_offered_once_more_and_no_third_time(world: World) -> None:
    dossier = called_off(world)
    _offer(world, dossier)
    second = actions.call_off_visit(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=VISIT, reason="Không có ai ở nhà"
    )

    assert (second.round_no, second.why_called_off) == (2, "Không có ai ở nhà")
    with pytest.raises(MoveNotAllowed, match="Đã hẹn 2 lần"):
        _offer(world, dossier, at=VISIT, times=[LATER_VISIT])


def test_the_step_is_not_completed_while_the_outcome_is_unwritten(world: World) -> None:
    dossier = offered(world)

    with pytest.raises(MoveNotAllowed, match="chưa ghi kết quả"):
        complete(world, dossier, SECOND, draft=document())
    actions.call_off_visit(dossier_id=dossier.pk, actor=world.citizen, at=SECOND, reason="Đi vắng")

    assert complete(world, dossier, SECOND, draft=document()).status == Status.PROCESSING


def test_minutes_say_when_and_who_was_there_and_stand_on_the_control_slip(world: World) -> None:
    dossier = visited(world)
    visit = dossier.visits.get()
    with pytest.raises(MoveNotAllowed, match="không còn"):
        actions.record_visit(
            dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=LATER_VISIT, held_at=LATER_VISIT, present="An",
            minutes="Lần nữa",
        )  # fmt: skip

    complete(world, dossier, LATER_VISIT + timedelta(hours=3), draft=document())

    notes = [row.note for row in control(dossier, LATER_VISIT).rows]
    assert (visit.held_at, visit.minutes) == (LATER_VISIT, "Ranh giới đúng như bản vẽ.")
    assert notes[-1] == "Xem tại chỗ 14:00 thứ Ba 10/11/2026, có mặt: Nguyễn Hoài An; tổ trưởng tổ dân phố"


def test_minutes_are_of_a_time_after_the_offer_and_not_to_come(world: World) -> None:
    dossier = offered(world)

    for held_at in (FIRST - timedelta(hours=1), VISIT + timedelta(hours=1)):
        with pytest.raises(MoveNotAllowed, match="Giờ xem phải sau"):
            actions.record_visit(
                dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=VISIT, held_at=held_at, present="An",
                minutes="Đúng",
            )  # fmt: skip


def test_a_day_before_the_citizen_is_reminded_once(world: World) -> None:
    dossier = offered(world)

    early = timed.make_all(VISIT - timedelta(hours=25))["remind_visit"]
    reminded = timed.make_all(VISIT - timedelta(hours=24))["remind_visit"]
    again = timed.make_all(VISIT - timedelta(hours=23))["remind_visit"]

    assert (early, reminded, again) == (0, 1, 0)
    assert dossier.events.filter(move="remind_visit").count() == 1


def test_who_agreed_within_the_day_before_needs_no_reminder(world: World) -> None:
    dossier = offered(world)
    actions.agree_visit(dossier_id=dossier.pk, actor=world.citizen, at=VISIT - timedelta(hours=5), time=VISIT)

    assert timed.make_all(VISIT - timedelta(hours=4))["remind_visit"] == 0


def test_the_queue_holds_the_visits_of_today_and_tomorrow_and_those_without_minutes(world: World) -> None:
    offered(world)
    scope = Scope.of(0, [world.posts["specialist"]])

    def waiting(at: str) -> int:
        return in_queue(scope, Queue.VISITS, at=vn(at), soon_by=vn(at)).count()

    assert [waiting(at) for at in ("2026-11-07 09:00", "2026-11-08 09:00", "2026-11-12 09:00")] == [0, 1, 1]


def test_an_appointment_is_dropped_when_the_dossier_ends(world: World) -> None:
    dossier = offered(world)
    actions.ask_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=SECOND)
    actions.grant_withdrawal(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=SECOND)

    assert dossier.visits.get().dropped_at == SECOND


@pytest.mark.django_db
def test_a_procedure_with_a_longer_case_for_verification_asks_to_correct_first() -> None:
    world = make_world(second_case=True)
    dossier = working(world)
    other = world.version.cases.get(code="1.013225.02")

    plain = longer_for_verification(dossier, FIRST)
    other.name, other.condition = "Phải xác minh", {"neighbour": ["yes"]}
    dossier.version.cases.all()  # as published
    dossier.version._prefetched_objects_cache = {"cases": [dossier.case, other]}

    assert (plain, longer_for_verification(dossier, FIRST)) == (None, other)

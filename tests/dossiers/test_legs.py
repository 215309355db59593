"""Liên thông: a part of a dossier lives at another agency with its own clock, and goes back to the dossier that sent it."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.legs import papers_sent, versions_resolved_by
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Dossier, Leg, Slip
from motcua.dossiers.queries import Queue, Scope, in_queue, of_citizen, running_steps, visible_to_officer
from motcua.dossiers.timed import make_all
from motcua.dossiers.verification import disagreements
from tests.parting import DONE, SENT, TAKEN, Three, back, finish, holder, make_three, send, taken
from tests.turning import working
from tests.world import complete, document, vn


@pytest.fixture
def three(db: None) -> Three:
    return make_three()


def agree() -> bool:
    return list(disagreements(Dossier.objects.all())) == []


def test_a_leg_is_a_dossier_of_its_own_that_waits_to_be_received_while_the_parent_s_clock_runs(three: Three) -> None:
    dossier = working(three.world)

    leg = send(three, dossier, three.construction)

    dossier.refresh_from_db()
    part = Dossier.objects.get(leg=leg)
    assert (part.status, part.parent, part.root, part.due_at) == (Status.SUBMITTED, dossier, dossier, None)
    assert (part.code, leg.due_at) == (f"{part.receiving_unit.code}-261103-0001", vn("2026-11-10 17:00"))
    assert (dossier.status, dossier.paused_at, dossier.has_legs) == (Status.PROCESSING, None, True)
    assert part.steps.get(done_at=None).kind == "arrival"
    assert agree()


def test_received_its_own_clock_starts_and_its_process_begins(three: Three) -> None:
    leg = taken(three, three.construction)

    part, parent = Dossier.objects.get(leg=leg), Dossier.objects.get(legs=leg)
    assert (part.status, part.received_at, part.due_at) == (Status.PROCESSING, TAKEN, vn("2026-11-11 17:00"))
    assert Leg.objects.get(pk=leg.pk).due_at == part.due_at
    assert part.steps.get(done_at=None).code == "appraise"
    assert parent.events.order_by("-seq")[0].move == "leg_received"
    assert agree()


def test_done_its_result_lies_with_the_parent_and_nobody_returns_it_to_the_citizen(three: Three) -> None:
    leg = back(three)

    part, parent = Dossier.objects.get(leg=leg), Dossier.objects.get(legs=leg)
    assert (leg.outcome, leg.result_number, leg.document_id) == ("done", "88/SXD", part.result.document_id)
    assert (part.status, part.returned_at, part.steps.filter(done_at=None).count()) == (Status.RETURNED, DONE, 0)
    assert part.charges.count() + Slip.objects.filter(dossier=part).count() == 0
    assert parent.events.order_by("-seq")[0].move == "leg_back"
    assert agree()


def test_the_step_is_not_completed_while_a_required_leg_is_open(three: Three) -> None:
    leg = taken(three, three.construction)
    parent = Dossier.objects.get(legs=leg)

    with pytest.raises(MoveNotAllowed, match="Sở Xây dựng đang giữ phần liên thông số 1 từ"):
        complete(three.world, parent, DONE, draft=document())
    finish(three, Dossier.objects.get(leg=leg))

    assert complete(three.world, parent, DONE, draft=document()).status == Status.PROCESSING


def test_the_parent_goes_on_without_a_leg_that_is_not_required(three: Three) -> None:
    dossier = working(three.world)
    leg = send(three, dossier, three.construction, required=False)

    complete(three.world, dossier, DONE, draft=document())

    leg.refresh_from_db()
    assert leg.is_open


def test_refused_it_ends_there_and_the_holder_reads_why_and_sends_anew(three: Three) -> None:
    leg = send(three, working(three.world), three.construction)
    part, parent = Dossier.objects.get(leg=leg), Dossier.objects.get(legs=leg)

    with pytest.raises(MoveNotAllowed, match="ghi lý do"):
        actions.refuse_leg(dossier_id=part.pk, actor=three.construction.head, at=TAKEN, reason=" ")
    actions.refuse_leg(dossier_id=part.pk, actor=three.construction.head, at=TAKEN, reason="Thuộc phường")

    part.refresh_from_db()
    last = parent.events.order_by("-seq")[0]
    assert (part.status, last.move, last.reason) == (Status.REFUSED, "leg_refused", "Thuộc phường")
    assert Slip.objects.filter(dossier=part).count() == 0
    assert send(three, parent, three.land, DONE).number == 2
    assert agree()


def test_an_agency_gets_only_what_it_resolves_and_nothing_twice(three: Three) -> None:
    dossier = working(three.world)
    send(three, dossier, three.construction)
    wrong = actions.Sending(three.land.agency, three.construction.version, "Cho ý kiến", [], days=5)

    with pytest.raises(MoveNotAllowed, match="không giải quyết thủ tục này"):
        actions.send_leg(dossier_id=dossier.pk, actor=holder(three, dossier), at=TAKEN, sending=wrong)
    with pytest.raises(MoveNotAllowed, match="đang giữ đúng việc này"):
        send(three, dossier, three.construction, TAKEN)
    assert list(versions_resolved_by(three.land.agency)) == [three.land.version]


def test_a_part_has_parts_of_its_own_and_reads_the_root_s_papers_by_reference(three: Three) -> None:
    leg = taken(three, three.construction)
    part, papers = Dossier.objects.get(leg=leg), set(Dossier.objects.get(legs=leg).papers.all())

    sending = actions.Sending(
        three.land.agency, three.land.version, "Trích lục", [paper.pk for paper in papers], days=3
    )
    below = actions.send_leg(dossier_id=part.pk, actor=holder(three, part), at=TAKEN, sending=sending)

    grandchild = Dossier.objects.get(leg=below)
    assert (grandchild.parent, grandchild.root) == (part, part.parent)
    assert set(papers_sent(grandchild)) == papers
    assert grandchild.papers.count() + part.papers.count() == 0
    assert agree()


def test_a_part_speaks_with_no_citizen(three: Three) -> None:
    part = Dossier.objects.get(leg=taken(three, three.construction))

    with pytest.raises(MoveNotAllowed, match="làm ở hồ sơ gốc"):
        actions.ask_withdrawal(dossier_id=part.pk, actor=three.world.citizen, at=DONE)
    with pytest.raises(MoveNotAllowed, match="làm ở hồ sơ gốc"):
        actions.propose_correction(dossier_id=part.pk, actor=holder(three, part), at=DONE, case_id=0, reason="Nhầm")


@pytest.mark.parametrize("received", [False, True])
def test_withdrawing_the_parent_ends_its_parts_with_an_event_each(three: Three, received: bool) -> None:
    leg = taken(three, three.construction) if received else send(three, working(three.world), three.construction)
    parent = Dossier.objects.get(legs=leg)
    actions.ask_withdrawal(dossier_id=parent.pk, actor=three.world.citizen, at=DONE)

    actions.grant_withdrawal(dossier_id=parent.pk, actor=three.world.actor(By.APPROVER), at=DONE)

    part = Dossier.objects.get(leg=leg)
    leg.refresh_from_db()
    ended = ("end_with_parent", Status.STOPPED) if received else ("call_back", Status.WITHDRAWN)
    assert (part.events.order_by("-seq")[0].move, part.status, leg.dropped_at) == (*ended, DONE)
    assert agree()


def test_a_part_that_is_stopped_comes_back_without_a_result(three: Three) -> None:
    leg = taken(three, three.construction)
    part = Dossier.objects.get(leg=leg)
    actions.propose_stop(
        dossier_id=part.pk, kind="decline", actor=holder(three, part), at=DONE, reason="Không có quy hoạch"
    )
    signer = three.construction.actor(By.APPROVER, "signer")

    actions.stop(dossier_id=part.pk, kind="decline", actor=signer, at=DONE)

    leg.refresh_from_db()
    parent = Dossier.objects.get(legs=leg)
    assert (leg.outcome, leg.words, leg.is_open) == ("stopped", "Không có quy hoạch", False)
    assert parent.events.order_by("-seq")[0].data["outcome"] == "stopped"
    assert Slip.objects.filter(dossier=part).count() == 0
    assert agree()


def test_what_is_not_waited_for_any_more_ends_at_the_other_agency(three: Three) -> None:
    leg = taken(three, three.construction)
    parent = Dossier.objects.get(legs=leg)

    actions.recall_leg(leg_id=leg.pk, actor=holder(three, parent), at=DONE, reason="Người dân đã nộp bản có sẵn")

    part = Dossier.objects.get(leg=leg)
    assert (part.status, part.events.order_by("-seq")[0].reason) == (Status.STOPPED, "Người dân đã nộp bản có sẵn")
    with pytest.raises(MoveNotAllowed, match="đã xong hoặc đã thôi chờ"):
        actions.recall_leg(leg_id=leg.pk, actor=holder(three, parent), at=DONE, reason="Lần nữa")


def test_a_leg_whose_term_passes_is_noted_once_with_who_had_it(three: Three) -> None:
    leg = taken(three, three.construction)

    assert make_all(vn("2026-11-12 08:00"))["note_late_legs"] == 1
    assert make_all(vn("2026-11-12 08:05"))["note_late_legs"] == 0

    event = Dossier.objects.get(legs=leg).events.get(move="note_late_leg")
    assert event.data["unit"] == three.construction.agency.pk


# --- trung ương ------------------------------------------------------------------------------------------------------


def central(three: Three, dossier: Dossier, **said: object) -> Leg:
    sending = actions.CentralSending(
        to_name="Bộ Xây dựng",
        request="Xin ý kiến thẩm định",
        sent_number="12/UBND",
        papers=[],
        **said,  # type: ignore[arg-type]
    )
    return actions.send_central(dossier_id=dossier.pk, actor=holder(three, dossier), at=SENT, sending=sending)


def test_what_went_to_a_central_agency_says_until_when_or_why_nobody_knows(three: Three) -> None:
    dossier = working(three.world)

    with pytest.raises(MoveNotAllowed, match="vì sao chưa biết"):
        central(three, dossier)
    leg = central(three, dossier, unknown_why="Bộ chưa có lịch thẩm định")

    assert (leg.to_system, leg.due_at, leg.unknown_why) == ("central", None, "Bộ chưa có lịch thẩm định")
    assert agree()


def test_the_holder_is_reminded_every_five_working_days_until_the_reply_is_recorded(three: Three) -> None:
    dossier = working(three.world)
    leg = central(three, dossier, expected_on=vn("2026-12-01 00:00").date())

    reminded = [make_all(vn(f"2026-11-{day:02} 09:30"))["remind_leg"] for day in (9, 10, 11, 17)]
    actions.central_reply(
        leg_id=leg.pk, actor=holder(three, dossier), at=vn("2026-11-18 09:00"), words="Đồng ý", number="77/BXD"
    )

    leg.refresh_from_db()
    assert reminded == [0, 1, 0, 1]
    assert (leg.outcome, leg.result_number, leg.due_at) == ("done", "77/BXD", vn("2026-12-01 17:00"))
    assert make_all(vn("2026-11-30 09:30"))["remind_leg"] == 0


# --- counted once ----------------------------------------------------------------------------------------------------


def test_a_citizen_s_list_counts_roots(three: Three) -> None:
    leg = taken(three, three.construction)

    assert [one.pk for one in of_citizen(three.world.an)] == [leg.dossier_id]


def test_an_officer_s_inbox_counts_the_steps_they_hold_whatever_part(three: Three) -> None:
    leg = send(three, working(three.world), three.construction)
    head = three.construction.posts["division_head"]
    scope = Scope.of(head.officer_id, [head])

    arrived = in_queue(scope, Queue.TO_RECEIVE, at=TAKEN, soon_by=TAKEN)

    assert [step.dossier_id for step in arrived] == [leg.child_id]


def test_who_follows_counts_a_dossier_once_and_a_part_only_where_its_root_is_not_theirs(three: Three) -> None:
    leg = taken(three, three.construction)
    world, agency = three.world, three.construction.agency

    def followed(*units: int, everywhere: bool = False) -> list[int]:
        scope = Scope(officer_id=0, units=frozenset(units), everywhere=everywhere)
        return sorted(running_steps(scope).values_list("dossier_id", flat=True))

    assert followed(everywhere=True) == [leg.dossier_id]
    assert followed(world.commune.pk) == [leg.dossier_id]
    assert followed(agency.pk) == [leg.child_id]
    assert followed(world.commune.pk, agency.pk) == [leg.dossier_id]


def test_who_sent_a_part_reads_it_and_who_has_it_reads_no_more_than_the_part(three: Three) -> None:
    leg = taken(three, three.construction)
    specialist, head = three.world.posts["specialist"], three.construction.posts["division_head"]

    assert set(visible_to_officer([specialist]).values_list("pk", flat=True)) == {leg.dossier_id, leg.child_id}
    assert set(visible_to_officer([head]).values_list("pk", flat=True)) == {leg.child_id}

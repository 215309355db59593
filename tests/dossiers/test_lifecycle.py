"""The life-cycle table, cell by cell: status × capacity × move, and what the database promises because of it."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from motcua.dossiers.actor import AT_LARGE, CAPACITY, MADE_AT
from motcua.dossiers.lifecycle import (
    ALSO_OF_PARTS,
    FINAL,
    MOVES,
    OF_PARTS,
    REACHED,
    STANDING,
    WAITING,
    By,
    Clock,
    MoveNotAllowed,
    Status,
    Where,
    check,
    check_part,
    moves_open_to,
    targets,
    turns,
)
from motcua.dossiers.management.commands.lifecycle import page
from motcua.dossiers.models import Dossier
from tests.world import World, returned, submitted, vn

PAGE = Path(__file__).resolve().parents[2] / "docs" / "lifecycle.md"

# Written by hand from docs/rules.md, not from the table it checks: status → capacity → moves.
# fmt: off
LEGS = ("leg_received", "leg_refused", "leg_back", "note_late_leg", "remind_leg")
ENDED_UNIT = {"reassign_unit", "reassign_asked"}  # a unit may end while a dossier stands anywhere
OPEN = {
    "draft":           {"citizen": {"submit"}, "counter": {"take_in", "note_missing", "turn_away"}, "officer": {"arrive"}},
    "submitted":       {"citizen": {"withdraw"},
                        "counter": {"accept", "ask_before", "refuse", "withdraw", "take_leg", "refuse_leg"},
                        "leader": {"take_leg", "refuse_leg"}, "system": {"call_back"}},
    "incomplete":      {"citizen": {"supply_before", "withdraw"}, "counter": {"supply_before", "refuse", "withdraw"},
                        "system": {"remind", "lapse_before"}},
    "refused":         {},
    "received":        {"citizen": {"add_papers", "ask_withdrawal", "agree_visit", "call_off_visit"},
                        "counter": {"hand_over", "add_papers", "ask_withdrawal", "propose", "agree_visit", "call_off_visit"},
                        "officer": {"propose", "state_cause", "agree_visit", "call_off_visit"}, "leader": {"state_cause"},
                        "system": {"propose", "note_silence", "note_no_news", "remind_visit", *LEGS},
                        "adviser": {"answer"},
                        "approver": {"turn_down", "extend", "correct", "state_cause"}},
    "processing":      {"citizen": {"add_papers", "ask_withdrawal", "agree_visit", "call_off_visit"},
                        "counter": {"add_papers", "ask_withdrawal", "propose", "agree_visit", "call_off_visit"},
                        "officer": {"assign", "complete_step", "send_back", "ask_papers", "ask_payment", "propose",
                                    "consult", "state_cause", "send_leg", "recall_leg", "send_central", "central_reply",
                                    "offer_visit", "agree_visit", "call_off_visit", "record_visit"},
                        "adviser": {"answer"}, "planner": {"change_process"},
                        "leader": {"assign", "state_cause"},
                        "signer": {"assign", "send_back", "sign_off"}, "clerk": {"send_back", "issue"},
                        "approver": {"turn_down", "extend", "stop", "decline", "correct", "ask_again", "state_cause"},
                        "system": {"propose", "note_silence", "note_no_news", "end_with_parent", "remind_visit", "time_out", *LEGS}},
    "awaiting_papers": {"citizen": {"give_papers", "ask_withdrawal", "agree_visit", "call_off_visit"},
                        "counter": {"give_papers", "ask_withdrawal", "propose", "agree_visit", "call_off_visit"},
                        "officer": {"propose", "state_cause", "central_reply", "agree_visit", "call_off_visit", "record_visit"},
                        "leader": {"state_cause"}, "approver": {"turn_down", "stop", "state_cause"},
                        "system": {"remind", "lapse", "propose", "note_silence", "remind_visit", *LEGS},
                        "adviser": {"answer"}, "planner": {"change_process"}},
    "awaiting_payment": {"citizen": {"ask_withdrawal", "agree_visit", "call_off_visit"},
                        "counter": {"pay_part", "pay_all", "ask_withdrawal", "propose", "agree_visit", "call_off_visit"},
                        "officer": {"ask_more_payment", "propose", "state_cause", "central_reply", "agree_visit", "call_off_visit", "record_visit"},
                        "leader": {"state_cause"}, "approver": {"turn_down", "stop", "state_cause"},
                        "system": {"pay_part", "pay_all", "propose", "note_silence", "remind_visit", *LEGS},
                        "adviser": {"answer"}, "planner": {"change_process"}},
    "withdrawing":     {"citizen": {"recall_withdrawal"}, "counter": {"recall_withdrawal"},
                        "approver": {"grant_withdrawal", "refuse_withdrawal"}, "adviser": {"answer"},
                        "system": {"note_silence", *LEGS}},
    "withdrawn":       {},
    "stopped":         {"approver": {"restore"}, "counter": {"hand_back"}},
    "finished":        {"returner": {"return_result"}, "approver": {"reopen", "state_cause"},
                        "officer": {"state_cause"}, "leader": {"state_cause"}, "system": {"give_back", *LEGS}},
    "returned":        {},
}
# fmt: on


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("by", list(By))
def test_every_cell_of_status_capacity_and_move(status: Status, by: By) -> None:
    of_ended_unit = ENDED_UNIT if by is By.SYSTEM and status not in FINAL | {Status.DRAFT} else set()
    allowed = OPEN[status.value].get(by.value, set()) | of_ended_unit

    assert {move.name for move in moves_open_to(status, by)} == allowed
    for move in MOVES.values():
        if move.name in allowed:
            check(status, move, by, "một lý do")
        else:
            with pytest.raises(MoveNotAllowed):
                check(status, move, by, "một lý do")


@pytest.mark.parametrize("name", [move.name for move in MOVES.values() if move.needs_reason])
def test_a_move_that_needs_a_reason_is_refused_without_one(name: str) -> None:
    move = MOVES[name]

    with pytest.raises(MoveNotAllowed, match="lý do"):
        check(move.sources[0], move, move.by[0], " \n ")


def test_national_codes_are_those_of_the_portal() -> None:
    assert {status.value: standing.national_code for status, standing in STANDING.items()} == {
        "draft": None, "submitted": 1, "received": 2, "refused": 3, "processing": 4, "incomplete": 5,
        "awaiting_papers": 5, "awaiting_payment": 6, "withdrawing": 7, "withdrawn": 7, "stopped": 8, "finished": 9, "returned": 10,
    }  # fmt: skip


def test_every_status_stands_in_the_table_and_has_a_way_in() -> None:
    assert set(STANDING) == set(Status)
    assert set(Status) == REACHED


def test_the_clock_pauses_exactly_on_the_way_into_waiting_and_leaves_it_running_or_stopped() -> None:
    for move in MOVES.values():
        for source in move.sources:
            for target in targets(move, source):
                turn = turns(move, source, target)
                enters, leaves = target in WAITING - {source}, source in WAITING and target not in WAITING
                assert (turn is Clock.PAUSE) == (enters and source not in WAITING), (move.name, source, target)
                assert (turn in {Clock.RESUME, Clock.CONTINUE, Clock.STOP}) == leaves or source not in WAITING


def test_a_part_makes_the_inner_moves_and_its_own_and_no_other_dossier_makes_those() -> None:
    assert set(MOVES) >= OF_PARTS | ALSO_OF_PARTS
    for move in MOVES.values():
        for is_part in (True, False):
            allowed = move.name in (OF_PARTS | ALSO_OF_PARTS if is_part else set(MOVES) - OF_PARTS)
            if allowed:
                check_part(move, is_part=is_part)
            else:
                with pytest.raises(MoveNotAllowed):
                    check_part(move, is_part=is_part)
    assert [name for name in OF_PARTS | ALSO_OF_PARTS if By.CITIZEN in MOVES[name].by] == []


def test_a_status_one_comes_back_to_is_one_it_was_left_from() -> None:
    assert targets(MOVES["recall_withdrawal"], Status.WITHDRAWING) == [
        Status.RECEIVED, Status.PROCESSING, Status.AWAITING_PAPERS, Status.AWAITING_PAYMENT,
    ]  # fmt: skip


def test_only_a_leader_takes_up_a_stopped_dossier_and_nothing_else_leaves_a_final_status() -> None:
    leaving = [move.name for move in MOVES.values() if set(move.sources) & FINAL and move.target is not Where.HERE]

    assert leaving == ["restore"]
    assert MOVES["restore"].by == (By.APPROVER,)


def test_no_move_resets_what_is_overdue() -> None:
    """The due moment changes by an entry of the ledger or not at all, and only a leader gives those that are no wait."""
    for move in MOVES.values():
        if move.clock in {Clock.EXTEND, Clock.RECALCULATE}:
            assert move.by == (By.APPROVER,)
            assert move.needs_reason


def test_every_move_of_an_officer_says_at_which_step_it_is_made() -> None:
    first = {move.name for move in MOVES.values() if move.sources == (Status.DRAFT,)}
    of_nobody = {move.name for move in MOVES.values() if set(move.by) <= {By.SYSTEM}}

    assert set(MADE_AT) | set(AT_LARGE) == set(MOVES) - first - of_nobody
    assert all(made_by <= set(MOVES[name].by) for name, made_by in AT_LARGE.items())
    assert set(CAPACITY) == set(By) - {By.CITIZEN, By.SYSTEM, By.APPROVER, By.ADVISER, By.PLANNER}


def test_the_drawing_in_the_docs_is_the_table() -> None:
    assert PAGE.read_text() == page()


def test_the_table_is_printed_for_programs_too() -> None:
    printed = StringIO()

    call_command("lifecycle", json=True, stdout=printed)

    read = json.loads(printed.getvalue())
    assert list(read["statuses"]) == [status.value for status in Status]
    assert read["moves"]["hand_over"]["sources"] == ["received"]


# fmt: off
LIES = {
    "a status nobody knows":            "UPDATE dossiers_dossier SET status = 'lost'",
    "returned without a moment":        "UPDATE dossiers_dossier SET returned_at = NULL",
    "closed without a moment":          "UPDATE dossiers_dossier SET closed_at = NULL",
    "finished before it was received":  "UPDATE dossiers_dossier SET finished_at = received_at - interval '1 day'",
    "paused while it is returned":      "UPDATE dossiers_dossier SET paused_at = now()",
    "accepted without a clock":         "UPDATE dossiers_dossier SET clock_started_at = NULL",
    "without a code":                   "UPDATE dossiers_dossier SET code = NULL",
    "under another code":               "UPDATE dossiers_dossier SET code = 'H57.31.12-261119-9999'",
    "open although all is done":        "UPDATE dossiers_dossier SET status = 'processing'",
    "with an event rewritten":          "UPDATE dossiers_dossierevent SET reason = 'khác'",
    "with an event gone":               "DELETE FROM dossiers_dossierevent",
    "with a due moment rewritten":      "UPDATE dossiers_ledgerentry SET term_quantity = 99",
    "with a ledger line gone":          "DELETE FROM dossiers_ledgerentry",
    "issued without a number":          "UPDATE dossiers_result SET number = ''",
    "signed by who drafted it":         "UPDATE dossiers_result SET signed_by_id = drafted_by_id",
    "numbered by who signed it":        "UPDATE dossiers_result SET issued_by_id = signed_by_id",
    "returned to nobody":               "UPDATE dossiers_result SET receiver_name = ''",
    "with a step done before it began": "UPDATE dossiers_step SET done_at = received_at - interval '1 hour'",
    "with two running steps":           "UPDATE dossiers_step SET done_at = NULL, outcome = '' WHERE seq < 3",
    "with a step done without outcome": "UPDATE dossiers_step SET outcome = ''",
    "with a file paper without a file": "UPDATE dossiers_paper SET document_id = NULL WHERE source = 'file'",
}
# fmt: on
MOMENTS = [
    vn("2026-11-19 14:32"),
    vn("2026-11-20 09:10"),
    vn("2026-11-20 10:20"),
    vn("2026-11-25 09:00"),
    vn("2026-11-26 08:00"),
    vn("2026-11-26 10:00"),
    vn("2026-11-26 14:00"),
    vn("2026-11-27 08:30"),
]  # fmt: skip


@pytest.mark.parametrize("statement", LIES.values(), ids=LIES)
def test_the_database_refuses_a_dossier(world: World, statement: str) -> None:
    returned(world, MOMENTS)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_code_cannot_be_given_twice(world: World) -> None:
    first, second = submitted(world, MOMENTS[0]), submitted(world, MOMENTS[0])

    assert (first.code, second.code) == ("H57.31.12-261119-0001", "H57.31.12-261119-0002")
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=second.pk).update(code=None)

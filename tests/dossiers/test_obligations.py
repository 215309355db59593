"""Financial obligations: the clock waits for all of them, each with its proof, and loses nothing (T11, T12)."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actions.obligations import Notice
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Dossier, Obligation
from motcua.dossiers.verification import disagreements
from tests.world import World, in_process, vn

FILED, ACCEPTED, HANDED = vn("2026-11-02 08:00"), vn("2026-11-02 09:00"), vn("2026-11-02 10:00")
TOLD, PAID = vn("2026-11-04 09:00"), vn("2026-11-06 09:00")
TAX = Notice("TB-0001", "Thuế cơ sở 3", "3751.0.1054321 tại Kho bạc", [("Lệ phí trước bạ", 1_250_000)])
LAND = Notice("TB-0002", "Thuế cơ sở 3", "3751.0.1054321 tại Kho bạc", [("Tiền sử dụng đất", 84_000_000)])


@pytest.fixture
def dossier(world: World) -> Dossier:
    return in_process(world, FILED, ACCEPTED, HANDED)


def _told(world: World, dossier: Dossier, notice: Notice) -> Obligation:
    return actions.ask_payment(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=TOLD, notice=notice)


def _paid(world: World, obligation: Obligation) -> Dossier:
    actions.confirm_payment(
        obligation_id=obligation.pk, actor=world.actor(By.COUNTER), at=PAID, proof_number="GNT 0099812"
    )
    return Dossier.objects.get(pk=obligation.dossier_id)


def test_the_clock_goes_on_with_what_was_left_when_all_is_paid(world: World, dossier: Dossier) -> None:
    tax, land = _told(world, dossier, TAX), _told(world, dossier, LAND)

    first = _paid(world, tax)
    last = _paid(world, land)

    assert (first.status, first.paused_at) == (Status.AWAITING_PAYMENT, TOLD)
    assert (last.status, last.paused_at) == (Status.PROCESSING, None)
    assert (dossier.due_at, last.due_at) == (vn("2026-11-11 17:00"), vn("2026-11-13 17:00"))
    assert [event.move for event in dossier.events.order_by("seq")][-4:] == [
        "ask_payment", "ask_more_payment", "pay_part", "pay_all",
    ]  # fmt: skip
    assert list(disagreements(Dossier.objects.all())) == []


def test_an_obligation_is_not_confirmed_twice_nor_without_proof(world: World, dossier: Dossier) -> None:
    tax, _land = _told(world, dossier, TAX), _told(world, dossier, LAND)
    with pytest.raises(MoveNotAllowed, match="số chứng từ"):
        actions.confirm_payment(obligation_id=tax.pk, actor=world.actor(By.COUNTER), at=PAID)
    _paid(world, tax)

    with pytest.raises(MoveNotAllowed, match="đã được xác nhận"):
        _paid(world, tax)


@pytest.mark.parametrize(
    "notice",
    [
        Notice("", "Thuế", "1", [("Tiền", 1)]),
        Notice("1", "", "1", [("Tiền", 1)]),
        Notice("1", "Thuế", " ", [("Tiền", 1)]),
        Notice("1", "Thuế", "1", []),
        Notice("1", "Thuế", "1", [("Tiền", 0)]),
        Notice("1", "Thuế", "1", [(" ", 5)]),
    ],
)
def test_an_incomplete_notice_is_refused(world: World, dossier: Dossier, notice: Notice) -> None:
    with pytest.raises(MoveNotAllowed, match="Chưa có gì thay đổi"):
        _told(world, dossier, notice)

    assert Dossier.objects.get(pk=dossier.pk).status == Status.PROCESSING


def test_the_same_notice_is_told_once(world: World, dossier: Dossier) -> None:
    _told(world, dossier, TAX)

    with pytest.raises(MoveNotAllowed, match="đã ghi cho hồ sơ này"):
        _told(world, dossier, TAX)


def test_what_a_stopped_dossier_owed_is_not_waited_for(world: World, dossier: Dossier) -> None:
    tax = _told(world, dossier, TAX)
    actions.ask_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=PAID)
    actions.grant_withdrawal(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=PAID)

    tax.refresh_from_db()
    assert tax.dropped_at == PAID
    with pytest.raises(MoveNotAllowed):
        _paid(world, tax)

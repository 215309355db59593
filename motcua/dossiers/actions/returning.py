"""Returning the result to its receiver, and taking a payment at the counter."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers import steps
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.models import Charge, Dossier, Result, Step
from motcua.dossiers.moves import lock, move


@dataclass(frozen=True)
class Receiver:
    """Who takes the result: the name and paper seen at the counter, and the relation to the owner when another person."""

    name: str
    identity: str
    relation: str = ""


@transaction.atomic
def return_result(*, dossier_id: int, actor: Actor, at: datetime, receiver: Receiver) -> Dossier:
    """Hand the issued result to its receiver and close the dossier (T17)."""
    locked = lock(dossier_id, actor)
    dossier = locked.dossier
    if not receiver.name.strip() or not receiver.identity.strip():
        raise MoveNotAllowed(_("Cần họ tên và số giấy tờ của người nhận kết quả. Chưa có gì thay đổi."))
    move(locked, "return_result", actor=actor, at=at, data={"relation": receiver.relation})
    Result.objects.filter(dossier=dossier).update(
        returned_at=at,
        returned_by=actor.officer_id,
        receiver_name=receiver.name.strip(),
        receiver_identity=receiver.identity.strip(),
        receiver_relation=receiver.relation.strip(),
    )
    steps.end(locked, at, officer_id=actor.officer_id, outcome=Step.Outcome.DONE)
    return dossier


class NothingToCollect(Exception):
    """The charge is paid already or its amount is not known; the message says which."""


@transaction.atomic
def collect_charge(*, charge_id: int, actor: Actor, at: datetime) -> Charge:
    """Record that a charge was paid in cash at the counter; once only."""
    charge = Charge.objects.select_for_update(of=("self",)).get(pk=charge_id)
    if charge.amount_vnd is None:
        raise NothingToCollect(_("Khoản này chưa biết số tiền nên chưa thu được."))
    if charge.paid_at is not None:
        raise NothingToCollect(_("Khoản này đã thu rồi, không thu lần thứ hai."))
    charge.paid_at, charge.taken_by_id = at, actor.officer_id
    charge.save(update_fields=["paid_at", "taken_by"])
    return charge

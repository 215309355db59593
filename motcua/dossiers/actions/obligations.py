"""Financial obligations: money the dossier waits for, told by a notice, confirmed with proof (docs/rules.md, T11 and T12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.rows import change_row
from motcua.documents.models import Document
from motcua.dossiers import steps
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MoveNotAllowed, Status
from motcua.dossiers.models import Obligation
from motcua.dossiers.moves import lock, move
from motcua.dossiers.queries import OPEN_OBLIGATION


@dataclass(frozen=True)
class Notice:
    """What the citizen is told to pay: notice number, lines (name, amount in đồng), to whom, and by when if that is set."""

    number: str
    payee: str
    account: str
    lines: Sequence[tuple[str, int]]
    pay_by: date | None = None


class NoticeIncomplete(MoveNotAllowed):
    """The notice lacks its number, its payee, its account, or a line with an amount; the message says which."""


class ObligationSettled(MoveNotAllowed):
    """The obligation was confirmed already or is not waited for any more."""


@transaction.atomic
def ask_payment(*, dossier_id: int, actor: Actor, at: datetime, notice: Notice) -> Obligation:
    """Tell the citizen what to pay: the clock stops until the proof; further notices add to the same wait (T11)."""
    _require_complete(notice)
    locked = lock(dossier_id, actor)
    dossier = locked.dossier
    if dossier.obligations.filter(notice_number=notice.number.strip()).exists():
        raise NoticeIncomplete(
            _("Thông báo số %(number)s đã ghi cho hồ sơ này rồi. Chưa có gì thay đổi.") % {"number": notice.number}
        )
    name = "ask_more_payment" if dossier.status == Status.AWAITING_PAYMENT else "ask_payment"
    lines = [{"name": name.strip(), "amount_vnd": amount} for name, amount in notice.lines]
    total = sum(amount for _name, amount in notice.lines)
    event = move(locked, name, actor=actor, at=at, data={"notice": notice.number.strip(), "amount_vnd": total})
    return Obligation.objects.create(
        dossier=dossier,
        notice_number=notice.number.strip(),
        payee=notice.payee.strip(),
        account=notice.account.strip(),
        lines=lines,
        pay_by=notice.pay_by,
        told_at=at,
        told_by_id=actor.officer,
        event=event,
    )


@transaction.atomic
def confirm_payment(
    *, obligation_id: int, actor: Actor, at: datetime, proof_number: str = "", proof: Document | None = None
) -> Obligation:
    """Confirm one obligation with its proof; when none is left the clock goes on with what was left of it (T12)."""
    dossier_id = Obligation.objects.values_list("dossier_id", flat=True).get(pk=obligation_id)
    locked = lock(dossier_id, actor)
    obligation = locked.dossier.obligations.filter(OPEN_OBLIGATION, pk=obligation_id).first()
    if obligation is None:
        raise ObligationSettled(_("Khoản này đã được xác nhận, không xác nhận lần thứ hai. Chưa có gì thay đổi."))
    if not proof_number.strip() and proof is None:
        raise NoticeIncomplete(_("Cần số chứng từ hoặc bản chụp chứng từ nộp tiền. Chưa có gì thay đổi."))
    others = locked.dossier.obligations.filter(OPEN_OBLIGATION).exclude(pk=obligation_id).exists()
    paused_at = locked.dossier.paused_at
    data = {"notice": obligation.notice_number, "proof": proof_number.strip()}
    move(locked, "pay_part" if others else "pay_all", actor=actor, at=at, data=data)
    obligation.paid_at, obligation.confirmed_by_id = at, actor.officer_id
    obligation.proof_number, obligation.proof = proof_number.strip(), proof
    change_row(obligation, "paid_at", "confirmed_by_id", "proof_number", "proof_id")
    if not others and paused_at is not None:
        steps.shift_due(locked, paused_at, at)
    return obligation


def _require_complete(notice: Notice) -> None:
    if not notice.number.strip() or not notice.payee.strip() or not notice.account.strip():
        raise NoticeIncomplete(_("Thông báo cần đủ số, nơi thu và tài khoản nộp. Chưa có gì thay đổi."))
    if not notice.lines or any(not name.strip() or amount <= 0 for name, amount in notice.lines):
        raise NoticeIncomplete(_("Mỗi khoản phải có tên và số tiền lớn hơn 0. Chưa có gì thay đổi."))

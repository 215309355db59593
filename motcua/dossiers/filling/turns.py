"""Filled lives that turn off the straight way: extended, owing money, withdrawn, stopped; as the actions would write them."""

from datetime import UTC, datetime
from decimal import Decimal

from motcua.dossiers import clock
from motcua.dossiers.actions.extending import ARTICLE
from motcua.dossiers.filling.life import NUMBER, Life, Owed, Proposed, StepRow, facts, facts_of
from motcua.dossiers.lifecycle import Status

EXTENDED_BY = Decimal(3)
WHY_EXTENDED = "Phải xác minh thêm tại thực địa nên chưa kịp trong thời hạn."
WHY_STOPPED = {
    "stop": "Đang có đơn tranh chấp do tòa án thụ lý nên chưa có căn cứ giải quyết tiếp.",
    "decline": "Qua thẩm định, hồ sơ không đủ điều kiện theo quy định của thủ tục này.",
}
WHY_WITHDRAWN = "Tôi chưa cần việc này nữa."
DECIDES = (60, 600)  # working minutes a leader takes
NOTHING_BACK = facts_of({"papers_back": [], "refund": ""})


def extend(life: Life) -> None:
    """Propose Mẫu 04 and grant it; not where the law gives no term, or the due moment is missed already."""
    step = life.steps[-1]
    if step.kind != "work" or life.due_at is None or not life.way.may_extend:
        return
    life.later(60, 400)
    term = clock.Term(EXTENDED_BY, clock.Unit.DAYS if life.is_wall else clock.Unit.WORKING_DAYS)
    asked = {
        "term_quantity": str(term.quantity),
        "term_unit": term.unit.value,
        "cause": "verification",
        "late_unit": step.unit,
    }
    if life.due_at <= life.now:
        return
    _propose(life, step, "extend", WHY_EXTENDED, facts_of(dict(asked)).text)
    officer, before = _decided(life), life.due_at
    data = facts_of({**asked, "before": before.astimezone(UTC).isoformat()})
    entry = clock.Entry(at=life.now, effect=clock.Effect.EXTEND, term=term, article=ARTICLE)
    life.move(
        "extend", "approver", officer=officer, unit=life.way.competent, reason=WHY_EXTENDED, data=data, start=entry
    )
    _shift(life, step, before, life.due_at)


def owe(life: Life) -> None:
    """Tell the citizen what to pay: the clock stands still until the proof."""
    step = life.steps[-1]
    if step.kind != "work":
        return
    life.later(60, 500)
    amount = (1 + int(life.rng.random() * 40)) * 100_000
    officer = _holder(life, step)
    data = facts(notice=f"TB {NUMBER}", amount_vnd=amount)
    life.move("ask_payment", "officer", officer=officer, unit=step.unit, data=data)
    life.owed.append(Owed(len(life.events) - 1, officer, amount))


def pay(life: Life) -> None:
    """Confirm what was owed at the counter; the clock goes on with what was left."""
    if life.stands is not Status.AWAITING_PAYMENT:
        return
    told_at, owed = life.now, life.owed[-1]
    owed.paid_at = life.later(200, 2500)
    owed.confirmed_by = life.sitting(life.way.receiving, "receptionist")
    data = facts(notice=f"TB {NUMBER}", proof=f"GNT {NUMBER}")
    life.move("pay_all", "counter", officer=owed.confirmed_by, unit=life.way.receiving, data=data)
    _shift(life, life.steps[-1], told_at, life.now)


def ask_withdrawal(life: Life) -> None:
    life.later(60, 900)
    life.move("ask_withdrawal", "citizen", reason=WHY_WITHDRAWN)
    life.proposed.append(Proposed(len(life.events) - 1, "withdraw", None, WHY_WITHDRAWN, "{}"))


def let_go(life: Life) -> None:
    officer = _decided(life)
    life.move(
        "grant_withdrawal",
        "approver",
        officer=officer,
        unit=life.way.competent,
        reason=WHY_WITHDRAWN,
        data=NOTHING_BACK,
    )
    life.end(officer, "ended")


def stop(life: Life) -> None:
    _end_by(life, "stop")


def decline(life: Life) -> None:
    _end_by(life, "decline")


def _end_by(life: Life, kind: str) -> None:
    """Propose to stop or to decline, and grant it."""
    life.later(120, 1200)
    _propose(life, life.steps[-1], kind, WHY_STOPPED[kind], "{}")
    officer = _decided(life)
    life.move(kind, "approver", officer=officer, unit=life.way.competent, reason=WHY_STOPPED[kind], data=NOTHING_BACK)
    life.end(officer, "ended")


def _propose(life: Life, step: StepRow, kind: str, reason: str, data: str) -> None:
    officer = _holder(life, step)
    life.move("propose", "officer", officer=officer, unit=step.unit, reason=reason, data=facts(kind=kind))
    life.proposed.append(Proposed(len(life.events) - 1, kind, officer, reason, data))


def _decided(life: Life) -> int:
    """Let the leader of the competent unit grant the last proposal; return who."""
    proposed = life.proposed[-1]
    proposed.decided_at = life.later(*DECIDES)
    proposed.decided_by = life.sitting(life.way.competent, "signer")
    return proposed.decided_by


def _holder(life: Life, step: StepRow) -> int:
    return step.assignee if step.assignee is not None else life.sitting(step.unit, step.role)


def _shift(life: Life, step: StepRow, start: datetime, end: datetime | None) -> None:
    """Give a running step the time between two moments back (steps.shift_due)."""
    if step.due_at is not None and end is not None and end > start:
        step.due_at = life.way.calendar.add(step.due_at, life.way.calendar.open_minutes(start, end))

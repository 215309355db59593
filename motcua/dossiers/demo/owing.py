"""Lives in which the tax office wants money while the dossier is worked on: told, and mostly paid."""

from datetime import timedelta

from motcua.base.words import local_day
from motcua.dossiers import actions
from motcua.dossiers.actions.obligations import Notice
from motcua.dossiers.actor import Actor
from motcua.dossiers.demo.life import Life, Over
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Step

PAID = 0.6  # the share of those who owe that pay
PAYEE, ACCOUNT = "Thuế cơ sở 1 thành phố Huế", "7111.0.1056789 tại Kho bạc Nhà nước"
DAYS_TO_PAY = timedelta(days=30)


def owe(life: Life) -> None:
    """Tell the citizen what is to be paid; whoever pays shows the proof at the counter, which confirms it."""
    step = life.running()
    if step.kind != Step.Kind.WORK:
        return
    number = (life.dossier.code or "")[-11:]
    at, actor = life.later(60, 600), life.seat(By.OFFICER, step)
    lines = [
        ("Lệ phí trước bạ", life.rng.randrange(400, 4_000) * 1_000),
        ("Thuế thu nhập cá nhân", life.rng.randrange(1_000, 30_000) * 1_000),
    ]
    notice = Notice(f"TB {number}", PAYEE, ACCOUNT, lines, pay_by=local_day(at) + DAYS_TO_PAY)
    owed = actions.ask_payment(dossier_id=life.dossier.pk, actor=actor, at=at, notice=notice)
    life.dossier.refresh_from_db()
    if life.rng.random() < PAID:
        counter, paid_at = _counter(life), life.later(400, 2500)
        actions.confirm_payment(obligation_id=owed.pk, actor=counter, at=paid_at, proof_number=f"GNT {number}")
        life.dossier.refresh_from_db()


def _counter(life: Life) -> Actor:
    """Return an officer of the counter that received the dossier; Over when nobody sits there."""
    actor = life.cast.actor(life.rng, By.COUNTER, life.plan.units.receiving.pk, "receptionist")
    if actor is None:
        raise Over
    return actor

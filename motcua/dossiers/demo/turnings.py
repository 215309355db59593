"""Lives that turn off the straight way: proposed by one, decided by a leader some hours later, or not yet."""

from motcua.dossiers import actions
from motcua.dossiers.actions.correcting import right_cases
from motcua.dossiers.actor import Actor
from motcua.dossiers.demo.life import Life, Over
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Proposal

CHANGES_OF_MIND = (  # of any procedure
    "Tôi chưa cần việc này nữa.",
    "Tôi đã nộp nhầm thủ tục, sẽ nộp lại hồ sơ khác.",
    "Tôi muốn xem lại giấy tờ cho đủ rồi nộp lại sau.",
)
CAUSES = {
    Proposal.Kind.STOP: "Đang có đơn tranh chấp do tòa án thụ lý nên chưa có căn cứ giải quyết tiếp.",
    Proposal.Kind.DECLINE: "Qua thẩm định, hồ sơ không đủ điều kiện theo quy định của thủ tục này.",
}
DECIDES_WITHIN = (200, 1400)  # working minutes


def withdraw_later(life: Life) -> None:
    """Ask to withdraw what was accepted; the leader lets it go, mostly."""
    actions.ask_withdrawal(
        dossier_id=life.dossier.pk, actor=Actor(by=By.CITIZEN, citizen_id=life.plan.citizen.pk), at=life.later(60, 900),
        reason=life.rng.choice(CHANGES_OF_MIND),
    )  # fmt: skip
    leader, at = _leader(life), life.later(*DECIDES_WITHIN)
    if life.rng.random() < 0.8:
        papers = life.dossier.papers.filter(original_count__gt=0).values_list("pk", flat=True)
        life.dossier = actions.grant_withdrawal(
            dossier_id=life.dossier.pk, actor=leader, at=at, papers_back=list(papers)
        )
    else:
        reason = "Việc này đã có quyết định buộc thực hiện nên hồ sơ phải được giải quyết."
        life.dossier = actions.refuse_withdrawal(dossier_id=life.dossier.pk, actor=leader, at=at, reason=reason)


def stop(life: Life) -> None:
    """Propose to stop or decline; the leader grants it, or turns it down."""
    step = life.running()
    kind = life.rng.choice(list(CAUSES))
    actions.propose_stop(
        dossier_id=life.dossier.pk, kind=kind, actor=life.seat(By.OFFICER, step), at=life.later(120, 1200),
        reason=CAUSES[kind],
    )  # fmt: skip
    leader, at = _leader(life), life.later(*DECIDES_WITHIN)
    if life.rng.random() < 0.7:
        life.dossier = actions.stop(dossier_id=life.dossier.pk, kind=kind, actor=leader, at=at)
    else:
        reason = "Chưa đủ căn cứ, đề nghị mời người nộp làm rõ trước."
        actions.turn_down(dossier_id=life.dossier.pk, kind=kind, actor=leader, at=at, reason=reason)


def correct(life: Life) -> None:
    """Correct the case chosen at the counter; a procedure with one case, or without terms, goes on straight."""
    cases = right_cases(life.dossier)
    if not cases:
        return
    case = life.rng.choice(cases)
    actions.propose_correction(
        dossier_id=life.dossier.pk, actor=life.seat(By.COUNTER, life.running()), at=life.later(10, 60), case_id=case.pk,
        reason=f"Quầy chọn nhầm trường hợp khi tiếp nhận; đúng ra là: {case.name}.",
    )  # fmt: skip
    life.dossier = actions.correct(dossier_id=life.dossier.pk, actor=_leader(life), at=life.later(20, 120))


def _leader(life: Life) -> Actor:
    """Return a leader who signs for the competent unit; Over when that seat is empty, so the proposal waits."""
    actor = life.cast.actor(life.rng, By.APPROVER, life.plan.units.competent.pk, "signer")
    if actor is None:
        raise Over
    return actor

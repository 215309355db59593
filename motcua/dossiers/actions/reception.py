"""Reception: refuse, withdraw before acceptance, hand over; the judgement of a paper; when the clock starts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.base.rows import change_row
from motcua.base.words import local_day
from motcua.dossiers import clock, deadlines, policy, steps
from motcua.dossiers.actions.ending import end_all
from motcua.dossiers.actions.issuing import issue_slip
from motcua.dossiers.actor import Actor
from motcua.dossiers.faults import GUIDANCE, kept_words
from motcua.dossiers.lifecycle import By, Status
from motcua.dossiers.models import Dossier, Paper, Step
from motcua.dossiers.moves import Locked, lock, move

START_ARTICLE = "Nghị định 309/2026/NĐ-CP, Điều 8"
ELSEWHERE_NOTE = gettext_noop("Nhận ở nơi khác: tính từ lúc cơ quan có thẩm quyền nhận hồ sơ")
JUDGES = {Status.SUBMITTED: By.COUNTER, Status.PROCESSING: By.OFFICER}
"""In which statuses papers are judged, and by whom."""


@transaction.atomic
def refuse(*, dossier_id: int, actor: Actor, at: datetime, reason: str) -> Dossier:
    """Refuse a dossier before acceptance with a written reason (T5), Mẫu 03 is issued."""
    locked = lock(dossier_id, actor)
    event = move(locked, "refuse", actor=actor, at=at, reason=reason)
    end_all(locked, at, officer_id=actor.officer_id)
    issue_slip(locked.dossier, event)
    return locked.dossier


@transaction.atomic
def withdraw(*, dossier_id: int, actor: Actor, at: datetime, reason: str = "") -> Dossier:
    """Withdraw a dossier before acceptance, at the citizen's wish (T13)."""
    locked = lock(dossier_id, actor)
    move(locked, "withdraw", actor=actor, at=at, reason=reason)
    end_all(locked, at, officer_id=actor.officer_id)
    return locked.dossier


@transaction.atomic
def hand_over(*, dossier_id: int, actor: Actor, at: datetime) -> Dossier:
    """Hand an accepted dossier to the resolving unit: the first step of its process begins (T8); Mẫu 06 can be printed.

    It follows the process published for its competent unit that day, and keeps it whatever is published later.

    Those handed over together are given the same `at`, which the event keeps: one slip lists them (slip_hand_over).
    """
    locked = lock(dossier_id, actor)
    dossier = locked.dossier
    steps.follow_process(dossier, local_day(at))
    move(locked, "hand_over", actor=actor, at=at, data={"together": at.isoformat()})
    steps.end(locked, at, officer_id=actor.officer_id, outcome=Step.Outcome.DONE)
    steps.begin_process(locked, at)
    return dossier


@transaction.atomic
def judge_paper(
    *, dossier_id: int, paper_id: int, actor: Actor, at: datetime, verdict: str, fault: str = "",
    code: str = Paper.FaultCode.OTHER, guidance: str = "",
) -> Paper:  # fmt: skip
    """Record what the officer who holds the dossier thinks of one paper.

    A faulty one needs a coded reason, or words of the officer's own for the citizen; without `guidance` it gets the
    usual one of its code. The paper keeps who judged it and when; taken back (verdict UNSEEN) it is as nobody had
    looked. Raises PaperNotOpen.
    """
    locked = lock(dossier_id, actor)
    if JUDGES.get(Status(locked.dossier.status)) != actor.by or not _is_at_running_step(locked, actor):
        raise PaperNotOpen(_("Hồ sơ không còn ở bước kiểm tra giấy tờ. Đánh giá chưa được ghi; hãy tải lại trang."))
    is_faulty, words = verdict == Paper.Verdict.FAULTY, fault.strip() or kept_words(code)
    if is_faulty and not words:
        raise PaperNotOpen(_("Hãy ghi giấy tờ này cần sửa gì, để người dân chỉ phải làm một lần."))
    paper = locked.dossier.papers.get(pk=paper_id)
    paper.verdict = verdict
    paper.fault_code, paper.fault = (code, words) if is_faulty else ("", "")
    paper.guidance = (guidance.strip() or GUIDANCE[code]) if is_faulty else ""
    is_judged = verdict != Paper.Verdict.UNSEEN
    paper.judged_at, paper.judged_by_id = (at, actor.officer) if is_judged else (None, None)
    change_row(paper, "verdict", "fault_code", "fault", "guidance", "judged_at", "judged_by_id")
    return paper


def _is_at_running_step(locked: Locked, actor: Actor) -> bool:
    """Return whether the step the officer's right was found at runs still."""
    return actor.step_seq is None or any(step.seq == actor.step_seq for step in locked.running)


class PaperNotOpen(Exception):
    """A paper cannot be judged now; the message says why."""


def start_clock(dossier: Dossier, at: datetime) -> clock.Entry:
    """Return the clock's first entry: now, or, when another agency than the receiving one is competent, when it must have the dossier.

    NĐ 309/2026 Điều 8–9: non-territorial dossiers count from the competent agency's receipt. That moment is promised at
    reception as the hand-over's own due moment, so that the receipt can print a date; a late hand-over does not move it.
    """
    begins_at, note = at, ""
    receiving = dossier.receiving_unit
    if receiving is not None and dossier.competent_unit_id not in receiving.path:
        begins_at = clock.hand_over_due(deadlines.calendar(dossier), at, cutoff=policy.hand_over_cutoff())
        note = _(ELSEWHERE_NOTE)
    term = deadlines.term_of(dossier.version, dossier.case, dossier.channel)
    return clock.Entry(at=begins_at, effect=clock.Effect.START, term=term, article=START_ARTICLE, note=note)

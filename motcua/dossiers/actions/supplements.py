"""Asking for papers, all at once and each with its reason; and receiving them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers import clock, deadlines, policy, steps
from motcua.dossiers.actions.issuing import issue_slip
from motcua.dossiers.actions.proposals import decided, proposed, require_grantable, waiting_for
from motcua.dossiers.actor import Actor
from motcua.dossiers.faults import items_of
from motcua.dossiers.lifecycle import MoveNotAllowed, Status
from motcua.dossiers.models import Dossier, DossierEvent, Paper, Proposal, Step, Supplement
from motcua.dossiers.moves import Locked, lock, move
from motcua.dossiers.papers import unseen_papers
from motcua.dossiers.queries import open_request


class NothingAsked(Exception):
    """No paper is marked as faulty, so the citizen would not know what to bring."""


class NotAllJudged(MoveNotAllowed):
    """A paper has been judged by nobody yet, so the one request might not name everything; the message names them."""


class NeedsApproval(MoveNotAllowed):
    """One more request after acceptance than officers make by themselves: a leader has to approve it."""


class NothingSupplied(Exception):
    """A paper that was asked for has not been given again; the message names it."""


@transaction.atomic
def ask_papers(*, dossier_id: int, actor: Actor, at: datetime, reason: str) -> Supplement:
    """Ask the citizen for every paper judged faulty, in one request (Mẫu 02).

    Before acceptance (T4) no processing clock runs; while processing (T10) the clock pauses. Raises NotAllJudged,
    NothingAsked, and NeedsApproval once as many requests were made after acceptance as need nobody's approval.
    """
    locked = lock(dossier_id, actor)
    _require_faults(locked.dossier)
    name = "ask_papers" if locked.dossier.status == Status.PROCESSING else "ask_before"
    if name == "ask_papers" and needs_approval(locked.dossier):
        raise NeedsApproval(
            _(
                "Hồ sơ đã được yêu cầu bổ sung sau tiếp nhận. Yêu cầu thêm một lần phải có lãnh đạo duyệt và tính là "
                "trễ hạn; hãy gửi đề xuất. Chưa có gì thay đổi."
            )
        )
    event = move(locked, name, actor=actor, at=at, reason=reason)
    supplement = open_supplement(locked, event, actor=actor)
    issue_slip(locked.dossier, event)
    return supplement


def needs_approval(dossier: Dossier) -> bool:
    """Return whether one more request for papers after acceptance needs a leader's approval."""
    made = dossier.supplements.filter(stage=Supplement.Stage.APPRAISAL).count()
    return made >= policy.requests_unapproved()


@transaction.atomic
def propose_again(*, dossier_id: int, actor: Actor, at: datetime, reason: str) -> Proposal:
    """Propose one more request for papers after acceptance; `reason` is what the citizen will read."""
    locked = lock(dossier_id, actor)
    require_grantable(locked, Proposal.Kind.ASK_AGAIN)
    _require_faults(locked.dossier)
    return proposed(locked, Proposal.Kind.ASK_AGAIN, actor=actor, at=at, reason=reason)


@transaction.atomic
def ask_again(*, dossier_id: int, actor: Actor, at: datetime, reason: str = "") -> Supplement:
    """Grant one more request for papers after acceptance (T10); it is made by who proposed it and approved by `actor`."""
    locked = lock(dossier_id, actor)
    proposal = waiting_for(locked, Proposal.Kind.ASK_AGAIN, actor)
    _require_faults(locked.dossier)
    decided(proposal, actor, at, is_granted=True)
    data = {"proposed_by": proposal.made_by_id}
    event = move(locked, "ask_again", actor=actor, at=at, reason=reason.strip() or proposal.reason, data=data)
    supplement = open_supplement(locked, event, actor=actor)
    issue_slip(locked.dossier, event)
    return supplement


def _require_faults(dossier: Dossier) -> None:
    """Raise NotAllJudged or NothingAsked: a request names everything at once (NĐ 309/2026 Đ. 8)."""
    unseen = unseen_papers(dossier)
    if unseen:
        raise NotAllJudged(
            _(
                "Chưa gửi được, vì còn giấy tờ chưa ai đánh giá: %(names)s. Yêu cầu bổ sung phải nêu đủ trong một lần; "
                "hãy bấm Đạt hay Chưa đạt ở từng giấy tờ rồi gửi. Chưa có gì thay đổi."
            )
            % {"names": "; ".join(paper.name for paper in unseen)}
        )
    if not dossier.papers.filter(verdict=Paper.Verdict.FAULTY).exists():
        raise NothingAsked(_("Chưa đánh dấu giấy tờ nào cần sửa. Hãy chọn giấy tờ và ghi điều cần sửa rồi gửi lại."))


def open_supplement(locked: Locked, event: DossierEvent, *, actor: Actor) -> Supplement:
    """Record the request that `event` made, with the citizen's own term (policy.supplement_days)."""
    dossier = locked.dossier
    faulty = dossier.papers.filter(verdict=Paper.Verdict.FAULTY)
    before = event.to_status == Status.INCOMPLETE
    return Supplement.objects.create(
        dossier=dossier,
        round_no=dossier.supplements.count() + 1,
        stage=Supplement.Stage.BEFORE if before else Supplement.Stage.APPRAISAL,
        asked_at=event.at,
        asked_by_id=actor.officer,
        reason=event.reason,
        items=items_of(faulty.order_by("position", "pk")),
        due_at=clock.supplement_due(deadlines.calendar(dossier), event.at, policy.supplement_days()),
        event=event,
    )


@transaction.atomic
def supply_papers(*, dossier_id: int, actor: Actor, at: datetime) -> Dossier:
    """Send the papers asked for: back to reception before acceptance, else the clock resumes or restarts by policy."""
    locked = lock(dossier_id, actor)
    dossier = locked.dossier
    supplement = open_request(dossier)
    if supplement is not None:
        _require_supplied(dossier, supplement)
        supplement.supplied_at = at
        supplement.save(update_fields=["supplied_at"])
    if dossier.status == Status.INCOMPLETE:
        move(locked, "supply_before", actor=actor, at=at)
        return dossier
    move(locked, "give_papers", actor=actor, at=at)
    if dossier.version.after_pause == ProcedureVersion.AfterPause.RESTART:
        _restart(locked, at)
    elif supplement is not None:
        steps.shift_due(locked, supplement.asked_at, at)
    return dossier


def _require_supplied(dossier: Dossier, supplement: Supplement) -> None:
    for item in supplement.items:
        paper = dossier.papers.filter(pk=item["paper"]).first()
        if paper is not None and (paper.given_at is None or paper.given_at < supplement.asked_at):
            raise NothingSupplied(
                _("Chưa có bản mới của: %(name)s. Những gì bạn đã gửi vẫn được giữ.") % {"name": item["name"]}
            )


def _restart(locked: Locked, at: datetime) -> None:
    """Decree rule: after the full supplement the flow returns to the first step, with the officer who knows it."""
    first = steps.process_of(locked.dossier).start
    ended = steps.end(locked, at, officer_id=None, outcome=Step.Outcome.RESTARTED)
    same_role = ended is not None and ended.role == first.role
    steps.begin_process(locked, at, assignee_id=ended.assignee_id if ended is not None and same_role else None)

"""Correcting what was accepted wrongly: another case, another procedure, another receipt moment; with a reason, by two people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.base.rows import change_row
from motcua.base.words import local_day
from motcua.catalogue.cases import is_for_verification
from motcua.catalogue.models import Case
from motcua.dossiers import clock, corrections, deadlines, steps
from motcua.dossiers.actions.drafts import next_extra_position, position_of
from motcua.dossiers.actions.filing import Units, settle_charges, settle_papers
from motcua.dossiers.actions.issuing import issue_slip
from motcua.dossiers.actions.proposals import decided, proposed, require_grantable, waiting_for
from motcua.dossiers.actor import Actor
from motcua.dossiers.legs import open_legs
from motcua.dossiers.lifecycle import MoveNotAllowed, Status
from motcua.dossiers.models import Charge, Dossier, Proposal, Result, Step
from motcua.dossiers.moves import Locked, lock, move
from motcua.dossiers.queries import OPEN_PROPOSAL, OPEN_VISIT
from motcua.people.queries import calendar_version_for

KIND = Proposal.Kind.CORRECT
AWAY = 20_000  # where papers stand for a moment while their places are given anew


@transaction.atomic
def propose_correction(*, dossier_id: int, actor: Actor, at: datetime, case_id: int, reason: str) -> Proposal:
    """Propose that the dossier is of another case than the one it was accepted as."""
    locked = lock(dossier_id, actor)
    require_grantable(locked, KIND)
    case = _case(locked, case_id)
    return proposed(locked, KIND, actor=actor, at=at, reason=reason, data={"case": case.pk})


@transaction.atomic
def propose_procedure(
    *, dossier_id: int, actor: Actor, at: datetime, version_id: int, answers: Mapping[str, str], units: Units, reason: str
) -> Proposal:  # fmt: skip
    """Propose that the dossier is of another procedure; `answers` to its own questions, `units` who then decides and resolves.

    Raises MoveNotAllowed naming the papers it requires that nobody has given: they are taken first.
    """
    locked = lock(dossier_id, actor)
    require_grantable(locked, KIND)
    data = {
        "version": version_id, "answers": dict(answers), "competent": units.competent.pk, "resolving": units.resolving.pk,
    }  # fmt: skip
    _require_procedure(locked, data)
    return proposed(locked, KIND, actor=actor, at=at, reason=reason, data=data)


@transaction.atomic
def propose_receipt(*, dossier_id: int, actor: Actor, at: datetime, received_at: datetime, reason: str) -> Proposal:
    """Propose that the dossier was received at another moment than the receipt says."""
    locked = lock(dossier_id, actor)
    require_grantable(locked, KIND)
    _require_receipt(locked.dossier, received_at, at)
    return proposed(locked, KIND, actor=actor, at=at, reason=reason, data={"received_at": received_at.isoformat()})


@transaction.atomic
def correct(*, dossier_id: int, actor: Actor, at: datetime, reason: str = "") -> Dossier:
    """Grant the correction: the due moment is recalculated, comes or goes with the term, and a new Mẫu 01 takes the old one's place.

    The dossier's code and its history stay, and what it was received as before stands in the event; both the citizen
    and the officers see the reason. Under another procedure the work begins anew with the first step of its process.
    """
    locked = lock(dossier_id, actor)
    dossier = locked.dossier
    proposal = waiting_for(locked, KIND, actor)
    right = _checked(locked, proposal.data, at)
    with translation.override("vi"):
        told = " ".join(corrections.told(dossier, proposal.data, at))
    data = {**_before(dossier), **proposal.data, "told": told}
    entry = corrections.recalculation(dossier, right, at)
    decided(proposal, actor, at, is_granted=True)
    is_other = right.version.pk != dossier.version_id
    corrections.put_right(dossier, right)
    if is_other:
        _take_procedure(locked, right, at)
    try:
        event = move(
            locked, "correct", actor=actor, at=at, reason=reason.strip() or proposal.reason, data=data, entry=entry
        )
    except clock.LedgerError as wrong:
        raise MoveNotAllowed(str(wrong)) from wrong
    if dossier.due_at is None:
        _drop_extension(dossier, at)
    if is_other and dossier.status == Status.PROCESSING:
        steps.end(locked, at, officer_id=actor.officer_id, outcome=Step.Outcome.REPLANNED)
        steps.begin_process(locked, at)
    issue_slip(dossier, event)
    return dossier


def right_cases(dossier: Dossier) -> list[Case]:
    """Return the other cases of the dossier's procedure, to which it may be corrected."""
    return [case for case in dossier.version.cases.all() if case.pk != dossier.case_id]


def longer_for_verification(dossier: Dossier, at: datetime) -> Case | None:
    """Return the case with a longer term that the procedure has for what must be verified; None where it is that already."""
    for case in right_cases(dossier) if dossier.due_at else ():
        if is_for_verification(case, dossier.version.questions):
            due_at = corrections.due_when_right(dossier, {"case": case.pk}, at)
            if due_at is not None and dossier.due_at is not None and due_at > dossier.due_at:
                return case
    return None


def _checked(locked: Locked, data: Mapping[str, Any], at: datetime) -> corrections.Right:
    """Return the dossier as it should be; raise MoveNotAllowed where the correction cannot be made any more."""
    if "version" in data:
        return _require_procedure(locked, data)
    if "received_at" in data:
        _require_receipt(locked.dossier, datetime.fromisoformat(data["received_at"]), at)
    else:
        _case(locked, int(data["case"]))
    return corrections.right_of(locked.dossier, data)


def _before(dossier: Dossier) -> dict[str, Any]:
    """Return what the dossier was received as, for its event."""
    return {
        "before": dossier.due_at.isoformat() if dossier.due_at else "",
        "case_before": dossier.case_id,
        "version_before": dossier.version_id,
        "received_before": dossier.received_at.isoformat() if dossier.received_at else "",
        "answers_before": dossier.answers,
        "form_before": dossier.form_data,
        "units_before": [dossier.competent_unit_id, dossier.resolving_unit_id],
    }


def _drop_extension(dossier: Dossier, at: datetime) -> None:
    """Close an extension that waits: without a term it would lengthen nothing."""
    for waiting in dossier.proposals.filter(OPEN_PROPOSAL, kind=Proposal.Kind.EXTEND):
        waiting.decided_at, waiting.is_granted = at, False
        change_row(waiting, "decided_at", "is_granted")


def _take_procedure(locked: Locked, right: corrections.Right, at: datetime) -> None:
    """Bring papers, charges, result and process of the locked dossier to the right procedure."""
    dossier = locked.dossier
    if right.competent is not None:
        dossier.calendar = calendar_version_for(right.competent, dossier.received_at or at)
    _place_papers(dossier, right)
    settle_papers(dossier, corrections.needed_by(right), at)
    _settle_fees(dossier, right, at)
    Result.objects.filter(dossier=dossier).delete()  # drafted for the wrong procedure, and unsigned
    dossier.position = {}
    dossier.process = None
    if dossier.status == Status.PROCESSING:
        steps.forget_branches(dossier)
        steps.follow_process(dossier, local_day(at))


def _place_papers(dossier: Dossier, right: corrections.Right) -> None:
    """Let papers both procedures ask for stand where the right one has them; what else was given is kept beside them."""
    papers = list(dossier.papers.select_related("requirement"))
    found = corrections.papers_of_both(papers, corrections.needed_by(right))
    kept = {paper.pk for paper in found.values()}
    beside = [paper for paper in papers if paper.pk not in kept and paper.source in corrections.GIVEN]
    gone = [paper for paper in papers if paper.pk not in kept and paper not in beside]
    dossier.papers.filter(pk__in=[paper.pk for paper in gone]).delete()
    for number, paper in enumerate([*found.values(), *beside]):
        paper.position = AWAY + number
        paper.save(update_fields=["position"])
    for requirement, paper in found.items():
        paper.requirement, paper.name, paper.position = requirement, requirement.name, position_of(requirement)
        paper.save(update_fields=["requirement", "name", "position"])
    first = next_extra_position(dossier) if not beside else 9000
    for number, paper in enumerate(beside):
        paper.requirement, paper.position = None, first + number
        paper.save(update_fields=["requirement", "position"])


def _settle_fees(dossier: Dossier, right: corrections.Right, at: datetime) -> None:
    """Keep what was paid; of the right procedure's fees only what they are more is still to be paid."""
    charges = list(dossier.charges.all())
    fees = corrections.fees_of(dossier, right, charges, at)
    dossier.charges.filter(paid_at__isnull=True).delete()
    if not fees.paid_vnd:
        settle_charges(dossier, at)
    elif fees.costs_vnd is None or fees.owed_vnd > 0:
        with translation.override("vi"):
            name = _("Thu thêm do sửa thủ tục")
        owed = fees.owed_vnd if fees.costs_vnd is not None else None
        Charge.objects.create(dossier=dossier, name=name, kind="charge", amount_vnd=owed)


def _require_procedure(locked: Locked, data: Mapping[str, Any]) -> corrections.Right:
    dossier = locked.dossier
    right = corrections.right_of(dossier, data)
    if right.version.procedure_id == dossier.version.procedure_id or not right.version.is_fileable:
        raise MoveNotAllowed(_("Hãy chọn một thủ tục khác đang áp dụng và nhận được hồ sơ. Chưa có gì thay đổi."))
    if lacking := corrections.papers_lacking(dossier, right):
        raise MoveNotAllowed(
            _(
                "Thủ tục đúng còn cần: %(names)s. Chưa có gì thay đổi; hãy nhận thêm các giấy tờ này, ghi đúng tên, rồi đề xuất lại."
            )
            % {"names": "; ".join(lacking)}
        )
    _require_nothing_under_way(locked)
    return right


def _require_nothing_under_way(locked: Locked) -> None:
    """Refuse another procedure where work of the wrong one binds others: signed, sent elsewhere, or an appointment made."""
    dossier = locked.dossier
    if Result.objects.filter(dossier=dossier, signed_at__isnull=False).exists():
        raise MoveNotAllowed(
            _("Kết quả đã ký nên không sửa thủ tục được nữa. Chưa có gì thay đổi; hãy chuyển trả trước.")
        )
    if dossier.is_part or open_legs(dossier).exists() or dossier.visits.filter(OPEN_VISIT).exists():
        raise MoveNotAllowed(
            _("Hồ sơ còn phần liên thông hoặc buổi hẹn chưa xong nên chưa sửa thủ tục được. Chưa có gì thay đổi.")
        )


def _require_receipt(dossier: Dossier, received_at: datetime, at: datetime) -> None:
    reckoning = deadlines.reckoning_of(dossier)
    first = dossier.submitted_at if dossier.channel == "online" else None
    if received_at > at or (first is not None and received_at < first) or received_at == dossier.received_at:
        raise MoveNotAllowed(
            _("Ngày nhận đúng phải khác ngày đang ghi, không ở tương lai và không trước lúc nộp. Chưa có gì thay đổi.")
        )
    if reckoning.received_at != dossier.clock_started_at:
        raise MoveNotAllowed(
            _("Thời hạn đã tính lại từ đầu sau lần bổ sung nên ngày nhận không còn đổi hẹn trả. Chưa có gì thay đổi.")
        )


def _case(locked: Locked, case_id: int) -> Case:
    case = next((case for case in right_cases(locked.dossier) if case.pk == case_id), None)
    if case is None:
        raise MoveNotAllowed(_("Hãy chọn một trường hợp khác của chính thủ tục này. Chưa có gì thay đổi."))
    return case

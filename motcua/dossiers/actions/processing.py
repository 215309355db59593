"""Processing: give or take a step, complete it, send it back, sign off, issue."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.rows import change_row
from motcua.catalogue.processes.process import Progress
from motcua.documents.models import Document
from motcua.dossiers import steps
from motcua.dossiers.actions.parts import give_back, lock_parent
from motcua.dossiers.actions.sending import require_none_open
from motcua.dossiers.actions.visiting import require_no_visit
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.models import Dossier, Result, Step
from motcua.dossiers.moves import Locked, lock, move
from motcua.people.models import Officer

_NOTHING: Mapping[str, Any] = {}


class NoResultYet(Exception):
    """The next step signs or issues a result that nobody has drafted; the message says what to attach."""


class StepTaken(MoveNotAllowed):
    """Somebody else holds the step than whoever gives or takes it believed; the message names them."""


@transaction.atomic
def assign(*, dossier_id: int, actor: Actor, to: Officer, at: datetime, seen_holder: int | None = None) -> Step:
    """Give the running step to an officer; an officer may take one for themselves (T9).

    `seen_holder` is the officer who held it when this was decided: of two who take a step at once the second is told
    (StepTaken) and does not take it away unawares.
    """
    locked = lock(dossier_id, actor)
    step = _running(locked)
    if step.assignee is not None and step.assignee_id not in {to.pk, seen_holder}:
        raise StepTaken(
            _("%(name)s vừa nhận bước này, bạn chưa nhận. Nếu cần đổi người, hãy mở lại hồ sơ để giao lại.")
            % {"name": step.assignee.full_name}
        )
    move(locked, "assign", actor=actor, at=at, data={"step": step.code, "step_name": step.name, "to": to.pk})
    step.assignee = to
    change_row(step, "assignee_id")
    return step


@transaction.atomic
def complete_step(
    *, dossier_id: int, actor: Actor, at: datetime, note: str = "", facts: Mapping[str, Any] = _NOTHING,
    draft: Document | None = None, unseen: Sequence[int] = (), choose: Collection[str] = (),
) -> Dossier:  # fmt: skip
    """Complete the running work step: the frozen process says what comes next (T9).

    `facts` are the officer's own findings that conditions may look at; `draft` is the drafted result, which must exist
    before a step that signs begins; `unseen` are the papers nobody had judged when the officer chose to go on all the
    same, whose ids the event keeps; `choose` is the way taken where the process leaves it to the officer.
    """
    locked = lock(dossier_id, actor)
    step = _running(locked)
    require_none_open(locked.dossier, step)
    require_no_visit(locked, step)
    progress = steps.after(locked, step, findings=facts, choose=choose)
    signs = any(one.plan.kind == Step.Kind.SIGN for one in progress.begins)
    if signs and draft is None and not Result.objects.filter(dossier=locked.dossier).exists():
        raise NoResultYet(
            _(
                "Bước sau là ký, nhưng chưa có dự thảo kết quả. Hãy đính kèm dự thảo rồi chuyển; ghi chú của bạn vẫn còn."
            )
        )
    move(
        locked, "complete_step", actor=actor, at=at,
        data={
            **_onward(locked, step, progress), "note": note, "facts": dict(facts),
            **({"chosen": list(choose)} if choose else {}), **({"unseen_papers": list(unseen)} if unseen else {}),
        },
    )  # fmt: skip
    if draft is not None:
        draft_result(locked.dossier, document=draft, officer_id=actor.officer, at=at)
    steps.go_on(locked, step, progress, at, officer_id=actor.officer_id, note=note)
    return locked.dossier


@transaction.atomic
def send_back(*, dossier_id: int, actor: Actor, at: datetime, reason: str) -> Dossier:
    """Send the dossier back to the work step before, to the officer who did it, with a reason (T9).

    While other branches run beside it, there is no one step before.
    """
    locked = lock(dossier_id, actor)
    step = _running(locked)
    _require_alone(locked, step)
    earlier = steps.previous_work(locked.dossier, step)
    if earlier is None:
        raise MoveNotAllowed(_("Đây là bước đầu tiên nên không có bước trước để chuyển trả. Chưa có gì thay đổi."))
    plan = steps.process_of(locked.dossier).step(earlier.code)
    move(
        locked, "send_back", actor=actor, at=at, reason=reason,
        data={"step": step.code, "step_name": step.name, "next": plan.code, "next_name": plan.name},
    )  # fmt: skip
    Result.objects.filter(dossier=locked.dossier).update(signed_at=None, signed_by=None)
    steps.end(locked, at, officer_id=actor.officer_id, outcome=Step.Outcome.SENT_BACK, note=reason)
    steps.take_up(locked, earlier, at, assignee_id=earlier.done_by_id)
    return locked.dossier


@transaction.atomic
def sign_off(*, dossier_id: int, actor: Actor, at: datetime, note: str = "", choose: Collection[str] = ()) -> Dossier:
    """Sign the drafted result off: the competent person's own act, apart from issuing it (T16; NĐ 30/2020)."""
    locked = lock(dossier_id, actor)
    step = _running(locked)
    result = Result.objects.filter(dossier=locked.dossier).first()
    if result is None:
        raise NoResultYet(_("Chưa có dự thảo kết quả để ký. Hãy chuyển trả chuyên viên."))
    if result.drafted_by_id == actor.officer_id:
        raise MoveNotAllowed(_("Người dự thảo không tự ký kết quả của mình. Chưa có gì thay đổi."))
    progress = steps.after(locked, step, choose=choose)
    move(locked, "sign_off", actor=actor, at=at, data={**_onward(locked, step, progress), "note": note})
    result.signed_at, result.signed_by_id = at, actor.officer_id
    change_row(result, "signed_at", "signed_by_id")
    steps.go_on(locked, step, progress, at, officer_id=actor.officer_id, note=note)
    return locked.dossier


@transaction.atomic
def issue(*, dossier_id: int, actor: Actor, at: datetime, number: str) -> Dossier:
    """Number and issue the signed result: processing ends now, and the counter can return it (T16).

    A part goes back to the dossier that sent it at once (T20).
    """
    lock_parent(dossier_id)
    locked = lock(dossier_id, actor)
    dossier = locked.dossier
    step = _running(locked)
    _require_alone(locked, step)
    result = Result.objects.filter(dossier=dossier, signed_at__isnull=False).first()
    if result is None:
        raise NoResultYet(_("Kết quả chưa được ký nên chưa thể phát hành. Hãy chuyển trả người ký."))
    if not number.strip():
        raise MoveNotAllowed(_("Hãy ghi số của kết quả trước khi phát hành. Chưa có gì thay đổi."))
    if result.signed_by_id == actor.officer_id:
        raise MoveNotAllowed(_("Người ký không tự cấp số, phát hành. Chưa có gì thay đổi."))
    move(
        locked, "issue", actor=actor, at=at, data={"step": step.code, "step_name": step.name, "number": number.strip()}
    )
    result.number, result.issued_at, result.issued_by_id = number.strip(), at, actor.officer_id
    change_row(result, "number", "issued_at", "issued_by_id")
    steps.end(locked, at, officer_id=actor.officer_id, outcome=Step.Outcome.DONE)
    if dossier.is_part:
        give_back(locked, at)
    else:
        steps.begin_return(locked, at)
    return dossier


def draft_result(dossier: Dossier, *, document: Document | None, officer_id: int, at: datetime) -> None:
    """Keep the drafted result; a new draft takes the place of the old one and must be signed anew."""
    titles = [result["name"] for result in dossier.version.results] or [dossier.version.title]
    drafted = {
        "title": titles[0][:500], "document": document, "drafted_at": at, "drafted_by_id": officer_id,
        "signed_at": None, "signed_by_id": None,
    }  # fmt: skip
    # The dossier's row is locked, so nobody else makes one between the two statements.
    if not Result.objects.filter(dossier=dossier).update(**drafted):
        Result.objects.create(dossier=dossier, **drafted)


def _running(locked: Locked) -> Step:
    if locked.step is None:
        raise MoveNotAllowed(_("Hồ sơ không còn bước nào đang chạy. Chưa có gì thay đổi; hãy tải lại trang."))
    return locked.step


def _require_alone(locked: Locked, step: Step) -> None:
    """Refuse what ends every branch while another than `step` runs."""
    beside = [other.name for other in locked.running if other.pk != step.pk]
    if beside:
        raise MoveNotAllowed(
            _("Còn việc chạy song song: %(steps)s. Chưa có gì thay đổi; hãy chờ các việc đó xong.")
            % {"steps": ", ".join(f"«{name}»" for name in beside)}
        )


def _onward(locked: Locked, step: Step, progress: Progress) -> dict[str, Any]:
    """Return what the event tells about where the dossier goes: the steps that begin, or those still waited for.

    Raises MoveNotAllowed where it would go nowhere.
    """
    plans = [one.plan for one in progress.begins]
    waits = [other.name for other in locked.running if other.pk != step.pk and other.token not in progress.ends]
    if not plans and not waits:
        raise MoveNotAllowed(_("Quy trình không có bước tiếp theo. Chưa có gì thay đổi; hãy báo quản trị danh mục."))
    return {
        "step": step.code,
        "step_name": step.name,
        "next": plans[0].code if plans else "",
        "next_name": ", ".join(plan.name for plan in plans),
        **({"waits_for": waits} if waits and not plans else {}),
    }

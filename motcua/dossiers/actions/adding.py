"""Papers a citizen adds unasked, until the deciding signature (docs/rules.md, T6)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.base.rows import add_row
from motcua.documents.models import Document
from motcua.dossiers import steps
from motcua.dossiers.actions.drafts import next_extra_position
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.models import Dossier, Paper, Result, Step
from motcua.dossiers.moves import Locked, lock, move


class SignedAlready(MoveNotAllowed):
    """The deciding signature stands, so nobody would look at another paper."""


class PaperHereAlready(MoveNotAllowed):
    """The very same file lies in the dossier: sent twice, or given before."""


class PaperUnnamed(MoveNotAllowed):
    """Nobody said what the paper is."""


@transaction.atomic
def add_papers(*, dossier_id: int, actor: Actor, at: datetime, name: str, document: Document) -> Paper:
    """Add a paper nobody asked for: whoever appraises the dossier gets it back when it stands further on already.

    The clock runs on. Raises SignedAlready, PaperHereAlready, PaperUnnamed, MoveNotAllowed; then nothing is written.
    """
    locked = lock(dossier_id, actor)
    dossier = locked.dossier
    if not name.strip():
        raise PaperUnnamed(_("Hãy ghi đây là giấy tờ gì để cán bộ biết xem vào đâu. Tệp chưa gửi, hồ sơ chưa đổi gì."))
    require_unsigned(dossier)
    if dossier.papers.filter(document__file_id=document.file_id).exists():
        raise PaperHereAlready(_("Tệp này đã có trong hồ sơ, không cần gửi lại. Chưa có gì thay đổi."))
    paper = Paper(
        dossier=dossier, position=next_extra_position(dossier), name=name.strip(), source=Paper.Source.FILE,
        document=document, given_at=at,
    )  # fmt: skip
    add_row(paper)
    data: dict[str, object] = {"papers": [paper.pk], "paper_names": [paper.name]}
    earlier = returns_to(dossier, locked.running)
    if locked.step is not None and earlier is not None:
        data |= {
            "step": locked.step.code, "step_name": locked.step.name, "next": earlier.code, "next_name": earlier.name,
        }  # fmt: skip
    move(locked, "add_papers", actor=actor, at=at, data=data)
    if earlier is not None:
        _return(locked, earlier, paper, at)
    return paper


def require_unsigned(dossier: Dossier) -> None:
    """Raise SignedAlready when the result was signed."""
    if Result.objects.filter(dossier=dossier, signed_at__isnull=False).exists():
        raise SignedAlready(
            _("Kết quả đã được ký nên hồ sơ không nhận thêm giấy tờ. Chưa có gì thay đổi; bạn nhận kết quả như đã hẹn.")
        )


def returns_to(dossier: Dossier, running: Sequence[Step]) -> Step | None:
    """Return the appraisal a dossier goes back to when a paper is added while these run; None where it stays."""
    found = [steps.last_appraisal(dossier, step) for step in running]
    return found[0] if found and all(found) else None


def _return(locked: Locked, earlier: Step, paper: Paper, at: datetime) -> None:
    with translation.override("vi"):
        note = _("Người dân nộp thêm giấy: %(name)s") % {"name": paper.name}
    steps.end(locked, at, officer_id=None, outcome=Step.Outcome.SENT_BACK, note=note)
    steps.take_up(locked, earlier, at, assignee_id=earlier.done_by_id)

"""What waits for a leader on a dossier's page: what is proposed, by whom, why, since when, and the two acts that decide it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base import words
from motcua.dossiers import clock, deadlines
from motcua.dossiers.actions.extending import CannotExtend, Extension, extended_due
from motcua.dossiers.actions.proposals import GRANTED_BY, can_be_granted
from motcua.dossiers.corrections import fields_blank, right_of, told
from motcua.dossiers.faults import asked_of
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Delay, Paper, Proposal
from motcua.people.models import Agency
from motcua.web.desk.access import Opened

Kind = Proposal.Kind
Button = Mapping[str, Any]
Fact = tuple[str, str]

TURNED_DOWN_BY: Mapping[str, str] = {**dict.fromkeys(GRANTED_BY, "turn_down"), Kind.WITHDRAW: "refuse_withdrawal"}
"""Which act says no to a proposal of each kind."""
DECIDING = frozenset({*GRANTED_BY.values(), *TURNED_DOWN_BY.values()})
"""The acts that decide a proposal: they stand with it and not in the bar."""


@dataclass(frozen=True)
class Shown:
    """A proposal as drawn. `facts`: label and words of its data; `wait` says who decides where the reader does not."""

    kind: str
    title: str
    who: str
    since: datetime
    reason: str
    facts: list[Fact]
    grant: Button | None
    refuse: Button | None
    wait: str


def shown(opened: Opened, buttons: Mapping[str, Button]) -> list[Shown]:
    """Return what waits for a decision; `buttons` are the acts open to the reader, by name."""
    return [_shown(opened, proposal, buttons) for proposal in opened.proposals]


def _shown(opened: Opened, proposal: Proposal, buttons: Mapping[str, Button]) -> Shown:
    is_own = proposal.made_by_id == opened.sitting.officer.pk
    acts = {} if is_own else buttons
    grant, refuse = acts.get(GRANTED_BY[proposal.kind]), acts.get(TURNED_DOWN_BY[proposal.kind])
    return Shown(
        kind=proposal.kind,
        title=proposal.get_kind_display(),
        who=_maker(proposal),
        since=proposal.made_at,
        reason=proposal.reason,
        facts=facts_of(opened, proposal),
        grant=grant,
        refuse=refuse,
        wait="" if grant else _wait(opened, proposal, is_own=is_own),
    )


def facts_of(opened: Opened, proposal: Proposal) -> list[Fact]:
    """Return what a proposal says beside its reason, worded by its kind."""
    say = WORDS.get(proposal.kind)
    return say(opened, proposal) if say else []


def _maker(proposal: Proposal) -> str:
    if proposal.made_by:
        return proposal.made_by.full_name
    return _("Người dân, trên cổng") if proposal.kind == Kind.WITHDRAW else _("Hệ thống")


def _wait(opened: Opened, proposal: Proposal, *, is_own: bool) -> str:
    may_decide = By.APPROVER in opened.reach.at_large
    if may_decide and is_own:
        return _("Bạn là người đề xuất nên lãnh đạo khác quyết định.")
    if may_decide and not can_be_granted(proposal.kind, opened.dossier.status):
        return _("Chưa duyệt được khi hồ sơ ở trạng thái «%(status)s».") % {
            "status": opened.dossier.get_status_display()
        }
    return _("Đang chờ lãnh đạo %(unit)s quyết định.") % {"unit": proposal.unit.name}


def correction_of(opened: Opened) -> Mapping[str, Any] | None:
    """Return the data of the correction that waits, if one does."""
    return next((one.data for one in opened.proposals if one.kind == Kind.CORRECT), None)


def _correction(opened: Opened, proposal: Proposal) -> list[Fact]:
    """Say what is wrong and what is right, the due moment that follows, and which fields of the right form are blank."""
    dossier, right = opened.dossier, right_of(opened.dossier, proposal.data)
    term = deadlines.term_of(right.version, right.case, dossier.channel)
    said = [(_("Sửa"), " ".join(told(dossier, proposal.data, opened.sitting.at)))]
    if right.case is not None and "version" in proposal.data:
        said.append((_("Trường hợp"), right.case.name))
    if right.received_at is None:
        said.append((_("Thời hạn"), clock.term_words(term) if term else _("luật không định, không có ngày hẹn trả")))
    blank = fields_blank(right) if "version" in proposal.data else []
    return [*said, (_("Tờ khai còn trống"), ", ".join(blank))] if blank else said


def _asking(opened: Opened, _proposal: Proposal) -> list[Fact]:
    """Say what is asked for, for which time, and what it costs."""
    faulty = opened.dossier.papers.filter(verdict=Paper.Verdict.FAULTY).order_by("position", "pk")
    asked = [asked_of(paper) for paper in faulty]
    number = opened.dossier.supplements.count() + 1
    return [
        (_("Lần yêu cầu"), _("thứ %(n)d; hồ sơ tính là trễ trong Bộ chỉ số 766") % {"n": number}),
        *((one.name, ". ".join(part for part in (one.label, one.words) if part)) for one in asked),
    ]


def _extension(opened: Opened, proposal: Proposal) -> list[Fact]:
    """Say both due moments side by side, by how much, why and which unit made it late."""
    proposed, dossier = Extension.of(proposal.data), opened.dossier
    try:
        due_at = extended_due(dossier, proposed, opened.sitting.at)
    except CannotExtend as refused:
        return [(_("Chưa gia hạn được"), str(refused))]
    late_unit = Agency.objects.filter(pk=proposed.late_unit).values_list("name", flat=True).first() or ""
    return [
        (_("Hẹn trả cũ"), words.moment(dossier.due_at) if dossier.due_at else ""),
        (_("Hẹn trả mới"), words.moment(due_at) if due_at else ""),
        (_("Thêm"), clock.term_words(proposed.term)),
        (_("Nguyên nhân"), str(Delay.Cause(proposed.cause).label)),
        (_("Đơn vị làm chậm"), late_unit),
    ]


WORDS: Mapping[str, Callable[[Opened, Proposal], list[Fact]]] = {
    Kind.CORRECT: _correction,
    Kind.ASK_AGAIN: _asking,
    Kind.EXTEND: _extension,
}
"""Kind → the words of its data. A kind that is missing here says all in its reason."""

"""What is filled in to turn a dossier: proposing to stop or to correct it, and taking it up again."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base import words
from motcua.catalogue.models import Case
from motcua.dossiers import clock, deadlines
from motcua.dossiers.actions.correcting import right_cases
from motcua.dossiers.actions.proposals import can_be_granted
from motcua.dossiers.actions.stopping import STOPS
from motcua.dossiers.corrections import due_when_right
from motcua.dossiers.models import Proposal
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.base import CHANGED, ActForm, ReasonForm, text_field

Kind = Proposal.Kind
# fmt: off
STOP_CHOICES: dict[Kind, Any] = {
    Kind.DECLINE: gettext_lazy("Từ chối giải quyết: hồ sơ không đủ điều kiện theo luật (Mẫu 03)"),
    Kind.STOP:    gettext_lazy("Dừng giải quyết: có quyết định, yêu cầu hoặc việc khác khiến không làm tiếp được (Mẫu 05)"),
}
# fmt: on


class ProposeStopForm(ActForm):
    """Whether to stop or to decline, and why, in words the citizen will read once a leader has agreed."""

    kind = forms.ChoiceField(label=gettext_lazy("Đề xuất"), widget=forms.RadioSelect, error_messages=CHANGED)
    reason = text_field(
        gettext_lazy("Lý do và căn cứ, viết cho người dân đọc"),
        hint=gettext_lazy("Nêu điều luật; lãnh đạo sửa được trước khi gửi người dân."),
    )

    def prepare(self) -> None:
        """Offer what a leader could grant now."""
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [(kind.value, label) for kind, label in STOP_CHOICES.items() if kind in stops(self.opened)]


class ProposeCorrectionForm(ActForm):
    """The right case, with the due moment it would give, and what was wrong."""

    from_address = frozenset({"case"})

    case = forms.ChoiceField(label=gettext_lazy("Trường hợp đúng"), widget=forms.RadioSelect, error_messages=CHANGED)
    reason = text_field(
        gettext_lazy("Sai ở đâu, viết cho người dân đọc"),
        hint=gettext_lazy("Lãnh đạo duyệt rồi giấy hẹn mới mới thay giấy cũ."),
    )

    def prepare(self) -> None:
        """Offer the other cases; say which one stands on the receipt now."""
        dossier = self.opened.dossier
        case = self.fields["case"]
        if isinstance(case, forms.ChoiceField):
            case.choices = [(str(case.pk), _case_words(self.opened, case)) for case in right_cases(dossier)]
        if dossier.case:
            case.help_text = _("Giấy hẹn đang ghi: %(case)s.") % {"case": dossier.case.name}


class AskWithdrawalForm(ActForm):
    """The citizen's own words, for who comes to the counter."""

    reason = text_field(
        gettext_lazy("Lý do người dân nêu"),
        hint=gettext_lazy("Chỉ ghi khi chính người nộp hoặc người được ủy quyền đến quầy đề nghị."),
        required=False,
        rows=2,
    )


class ReopenForm(ReasonForm):
    """Why the result is made anew."""


class RestoreForm(ReasonForm):
    """Why the stop was wrong."""


def stops(opened: Opened) -> list[Kind]:
    """Return which ways of ending the dossier may be proposed now: none once the result is signed or one waits."""
    if opened.is_signed or opened.proposes(*STOPS):
        return []
    return [kind for kind in STOP_CHOICES if can_be_granted(kind, opened.dossier.status)]


def may_correct_more(opened: Opened) -> bool:
    """Return whether another procedure or receipt moment may be proposed: nothing is signed, and no correction waits."""
    dossier = opened.dossier
    is_open = can_be_granted(Kind.CORRECT, dossier.status) and not opened.proposes(Kind.CORRECT)
    return is_open and not opened.is_signed


def may_correct(opened: Opened) -> bool:
    """Return whether a correction may be proposed: there is another case, and none waits."""
    is_open = can_be_granted(Kind.CORRECT, opened.dossier.status) and not opened.proposes(Kind.CORRECT)
    return is_open and bool(right_cases(opened.dossier))


def _case_words(opened: Opened, case: Case) -> str:
    dossier, at = opened.dossier, opened.sitting.at
    term = deadlines.term_of(dossier.version, case, dossier.channel)
    due_at = due_when_right(dossier, {"case": case.pk}, at)
    said = f"{case.name} · {clock.term_words(term) if term else _('luật không định thời hạn')}"
    return _("%(case)s, hẹn trả %(due)s") % {"case": said, "due": words.moment(due_at)} if due_at else said

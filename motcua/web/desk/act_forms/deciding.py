"""What a leader fills in to decide a proposal: the words the citizen reads, the papers handed back, the fees, or why not."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base import words
from motcua.dossiers.models import Paper, Proposal
from motcua.dossiers.queries import papers_to_hand_back
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.base import CHANGED, ActForm, ReasonForm, text_field


class TurnDownForm(ActForm):
    """Which proposal is turned down, asked where several wait, and why, for the colleague who made it."""

    from_address = frozenset({"kind"})
    kind = forms.ChoiceField(label=gettext_lazy("Đề xuất"), widget=forms.RadioSelect, error_messages=CHANGED)
    reason = text_field(
        gettext_lazy("Lý do, viết cho người đề xuất"),
        hint=gettext_lazy("Hồ sơ làm tiếp như trước; người dân không được báo."),
    )

    def prepare(self) -> None:
        """Offer what waits; a single one is not asked about."""
        waiting = [one for one in self.opened.proposals if one.kind != Proposal.Kind.WITHDRAW]
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [(one.kind, one.get_kind_display()) for one in waiting]
        if len(waiting) == 1:
            self.initial["kind"] = waiting[0].kind
            kind.widget = forms.HiddenInput()


class KeepForm(ReasonForm):
    """Why a citizen may not withdraw."""


class GrantForm(ActForm):
    """Words for the citizen, begun with those of the proposal this act grants."""

    grants = ""  # the kind of the proposal
    reason = text_field(
        gettext_lazy("Lý do, viết cho người dân đọc"),
        hint=gettext_lazy("Lời của người đề xuất; bạn sửa cho người dân dễ hiểu."),
    )

    def prepare(self) -> None:
        """Begin with the reason proposed."""
        proposal = waiting(self.opened, self.grants)
        if proposal:
            self.initial.setdefault("reason", proposal.reason)


class HandingBack(ActForm):
    """The papers handed back, originals ticked, and what happens to the charges that were paid."""

    def prepare(self) -> None:
        """Ask only about what there is: papers on paper, charges that were paid."""
        super().prepare()
        papers = papers_on_paper(self.opened)
        if papers:
            self.fields["papers_back"] = forms.MultipleChoiceField(
                label=_("Giấy tờ trả lại"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(str(paper.pk), _paper_words(paper)) for paper in papers],
                help_text=_("Quầy trả theo danh mục này; bản chính đã đánh dấu sẵn."),
            )
            originals = [str(paper.pk) for paper in papers if paper.original_count]
            self.initial.setdefault("papers_back", originals)
        paid = [charge for charge in self.opened.dossier.charges.all() if charge.paid_at and charge.amount_vnd]
        if paid:
            total = words.vnd(sum(charge.amount_vnd or 0 for charge in paid))
            names = "; ".join(charge.name for charge in paid)
            self.fields["refund"] = text_field(
                _("Khoản đã thu, viết cho người dân đọc"),
                hint=_("Đã thu %(total)s (%(names)s). Ghi hoàn lại thế nào, hoặc vì sao không hoàn.")
                % {"total": total, "names": names},
                rows=2,
            )

    def handed_back(self) -> dict[str, Any]:
        """Return what the actions take: ids of papers, and the words about the charges."""
        ids: Sequence[str] = self.cleaned_data.get("papers_back") or ()
        return {"papers_back": [int(pk) for pk in ids], "refund": self.cleaned_data.get("refund", "")}


class HandBackForm(ActForm):
    """Which papers of the notice are handed back now, and to whom: the number is typed from the card shown."""

    identity = forms.CharField(label=gettext_lazy("Số giấy tờ người nhận lại"), max_length=20)
    name = forms.CharField(label=gettext_lazy("Họ tên người nhận lại"), max_length=200)
    relation = forms.CharField(
        label=gettext_lazy("Quan hệ với người nộp"), max_length=100, required=False,
        help_text=gettext_lazy("Để trống khi chính người nộp nhận."),
    )  # fmt: skip

    def prepare(self) -> None:
        """List what still waits, all ticked, and expect who filed."""
        waiting = papers_to_hand_back(self.opened.dossier)
        self.fields["papers"] = forms.MultipleChoiceField(
            label=_("Giấy tờ trả lại lần này"), widget=forms.CheckboxSelectMultiple, error_messages=CHANGED,
            choices=[(str(paper.pk), _paper_words(paper)) for paper in waiting],
        )  # fmt: skip
        filer = self.opened.dossier.applicant.get("full_name") or self.opened.dossier.filed_by.full_name
        self.initial = {"papers": [str(paper.pk) for paper in waiting], "name": filer} | dict(self.initial)
        self.order_fields(["papers", "identity", "name", "relation"])


class GrantWithdrawalForm(HandingBack):
    """Letting the citizen withdraw: the reason is their own."""


class StopForm(HandingBack, GrantForm):
    """Stopping as proposed."""

    grants = Proposal.Kind.STOP


class DeclineForm(HandingBack, GrantForm):
    """Declining as proposed."""

    grants = Proposal.Kind.DECLINE


class CorrectForm(GrantForm):
    """Correcting as proposed."""

    grants = Proposal.Kind.CORRECT


def waiting(opened: Opened, kind: str) -> Proposal | None:
    """Return the proposal of a kind that waits."""
    return next((one for one in opened.proposals if one.kind == kind), None)


def grantable(opened: Opened, kind: str) -> bool:
    """Return whether a leader may grant what waits of a kind: it does wait, and another one made it."""
    proposal = waiting(opened, kind)
    return proposal is not None and proposal.made_by_id != opened.sitting.officer.pk


def papers_on_paper(opened: Opened) -> list[Paper]:
    """Return the papers of the dossier that came on paper, hence can be handed back."""
    given = opened.dossier.papers.order_by("position")
    return [paper for paper in given if paper.original_count or paper.copy_count]


def _paper_words(paper: Paper) -> str:
    counts = [
        _("%(n)d bản chính") % {"n": paper.original_count} if paper.original_count else "",
        _("%(n)d bản sao") % {"n": paper.copy_count} if paper.copy_count else "",
    ]
    return f"{paper.name} ({', '.join(count for count in counts if count)})"

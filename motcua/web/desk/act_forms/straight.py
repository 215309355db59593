"""What an officer fills in on the straight way."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.base.text import fold
from motcua.base.words import masked_identity
from motcua.dossiers.models import Paper
from motcua.dossiers.papers import are_examined_at, unseen_papers
from motcua.dossiers.queries import open_request
from motcua.people.identity import IDENTITY_DIGITS, OLD_CARD_DIGITS, digits_of
from motcua.people.models import Citizen
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.base import ActForm, file_field, text_field
from motcua.web.desk.act_forms.onward import finding_field, finding_label, open_findings, way_field
from motcua.web.desk.giving import as_choices, may_hold, may_hold_next

MOST_NAMED = 5  # papers named in a question; the whole list stands beside it
NAME_SHOWN = 80  # characters of a paper's name


class AskForm(ActForm):
    """What to mend, beyond what is said of each paper."""

    reason = text_field(
        gettext_lazy("Cần bổ sung gì, viết cho người dân đọc"),
        hint=gettext_lazy("Lời của từng giấy tờ chưa đạt được gửi kèm. Yêu cầu một lần cho đủ."),
    )


class SendBackForm(ActForm):
    """Why a colleague should look again."""

    reason = text_field(gettext_lazy("Lý do chuyển trả, viết cho đồng nghiệp"))


class WithdrawForm(ActForm):
    """The citizen's own words, if there were any."""

    reason = text_field(gettext_lazy("Lý do người dân nêu"), required=False, rows=2)


class NoteForm(ActForm):
    """A note for the next colleague."""

    note = text_field(gettext_lazy("Ghi chú cho bước sau"), required=False, rows=3)


class ExaminingForm(ActForm):
    """Asks once, where papers are examined and some were judged by nobody, whether to go on all the same."""

    examines = True
    unseen: list[int]  # ids of the papers nobody has judged; empty where that is not asked

    def prepare(self) -> None:
        """Ask, when there is something to ask."""
        step, dossier = self.opened.step, self.opened.dossier
        papers = unseen_papers(dossier) if step and are_examined_at(step, dossier) else []
        self.unseen = [paper.pk for paper in papers]
        if papers:
            self.fields["unseen"] = _unseen_field(papers)

    @property
    def unseen_field(self) -> BoundField | None:
        """Return the field that asks, if it does."""
        return self["unseen"] if "unseen" in self.fields else None


class CompleteForm(ExaminingForm, NoteForm):
    """A note, the drafted result, and findings on which the process branches and which nobody has answered.

    A head whose own unit does the next step may also give it to one of her officers.
    """

    draft = file_field(gettext_lazy("Dự thảo kết quả (PDF)"))

    def prepare(self) -> None:
        """Ask for each fact that the exits of the running step look at and that the dossier does not answer yet.

        While one is open nobody knows which step comes next, so it can be given to nobody yet.
        """
        findings = open_findings(self.opened)
        colleagues = [] if findings else may_hold_next(self.opened)
        if colleagues:
            self.fields["to"] = _next_holder_field(as_choices(self.opened, colleagues))
            self.order_fields(["to"])
        for key, choices in findings.items():
            self.fields[f"finding.{key}"] = finding_field(finding_label(self.opened, key), choices)
        self.fields |= way_field(self.opened)
        super().prepare()

    def findings(self) -> dict[str, str]:
        """Return what the officer found."""
        marked = [name for name in self.cleaned_data if name.startswith("finding.")]
        return {name.removeprefix("finding."): self.cleaned_data[name] for name in marked}


class SignForm(NoteForm):
    """A note, and the way onward where the process leaves it to who signs."""

    def prepare(self) -> None:
        """Ask for the way where there are several."""
        self.fields |= way_field(self.opened)
        super().prepare()


class AssignForm(ActForm):
    """To whom the step goes: an officer for themselves, a head to anybody of the step's role."""

    to = forms.ChoiceField(label=gettext_lazy("Giao cho"), widget=forms.RadioSelect)
    holder = forms.IntegerField(required=False, widget=forms.HiddenInput)  # who held it when the panel was drawn

    def prepare(self) -> None:
        """Offer those who may hold the step, and say who holds it."""
        choices = self.fields["to"]
        holder = self.opened.step.assignee if self.opened.step else None
        if holder:
            choices.help_text = _("Hiện %(name)s giữ bước này.") % {"name": holder.full_name}
            self.initial["holder"] = holder.pk
        if isinstance(choices, forms.ChoiceField):
            choices.choices = as_choices(self.opened, may_hold(self.opened))
        self.initial.setdefault("to", str(self.opened.sitting.officer.pk))


class IssueForm(ActForm):
    """The number of the result."""

    number = forms.CharField(
        label=gettext_lazy("Số, ký hiệu của kết quả"), max_length=60, help_text=gettext_lazy("Ví dụ: 12/GPXD")
    )


class ReturnForm(ActForm):
    """Who takes the result. The number is typed from the card shown: filled in, it would say a check nobody made."""

    identity = forms.CharField(label=gettext_lazy("Số giấy tờ người nhận"), max_length=20)
    name = forms.CharField(label=gettext_lazy("Họ tên người nhận"), max_length=200)
    relation = forms.CharField(
        label=gettext_lazy("Quan hệ với chủ hồ sơ"), max_length=100, required=False,
        help_text=gettext_lazy("Để trống khi chính chủ nhận; người khác nhận phải có giấy ủy quyền."),
    )  # fmt: skip

    def prepare(self) -> None:
        """Expect the owner; of an organisation whoever represents it, if that is known."""
        person = self._expected()
        self.initial = {"name": person.full_name if person else ""} | dict(self.initial)
        number = masked_identity(person.identity_number) if person and person.identity_number else ""
        self.fields["identity"].help_text = (
            _("Gõ theo thẻ người nhận đưa. Số của %(name)s: %(number)s.") % {"name": self._whose(), "number": number}
            if number
            else _("Gõ theo thẻ người nhận đưa.")
        )
        if organisation := self.opened.dossier.owner_organisation:
            self.fields["relation"].help_text = _(
                "Chủ hồ sơ là %(name)s. Để trống khi chính người đại diện nhận; người khác nhận phải có giấy giới thiệu."
            ) % {"name": organisation.name}

    def clean(self) -> dict[str, Any]:
        """Refuse a number that is cut short, and another person's under the owner's own name. A passport has letters."""
        said = super().clean() or self.cleaned_data
        person, number = self._expected(), digits_of(said.get("identity", ""))
        if number and len(number) not in {IDENTITY_DIGITS, OLD_CARD_DIGITS}:
            self.add_error(
                "identity",
                _("Số căn cước có 12 chữ số, chứng minh cũ có 9; bạn gõ %(n)d. Xem lại thẻ.") % {"n": len(number)},
            )
        if person is None:
            if not said.get("relation"):
                self.add_error(
                    "relation", _("Chủ hồ sơ là tổ chức: hãy ghi người nhận là ai trong tổ chức, ví dụ: giám đốc.")
                )
            return said
        if fold(said.get("name", "")) != fold(person.full_name) and not said.get("relation") and "name" in said:
            self.add_error(
                "relation",
                _("Người nhận không phải %(whose)s %(name)s: hãy ghi quan hệ, và xem giấy ủy quyền.")
                % {"whose": self._whose(), "name": person.full_name},
            )
        is_another = len(number) == IDENTITY_DIGITS and person.identity_number and number != person.identity_number
        if is_another and not said.get("relation") and said.get("name") == person.full_name:
            self.add_error(
                "identity",
                _(
                    "Số này không phải số định danh của %(name)s. Xem lại thẻ; nếu người khác nhận thay, "
                    "ghi họ tên của họ và quan hệ với chủ hồ sơ."
                )
                % {"name": self._whose()},
            )
        return said

    def _expected(self) -> Citizen | None:
        """Return whose own result it is; of an organisation its representative, None while nobody knows them."""
        organisation = self.opened.dossier.owner_organisation
        return organisation.representative if organisation else self.opened.dossier.owner

    def _whose(self) -> str:
        return _("người đại diện") if self.opened.dossier.owner_organisation else _("chủ hồ sơ")


class SupplyForm(ActForm):
    """A new file for each paper asked for, brought to the counter."""

    def prepare(self) -> None:
        """Ask for each paper of the open request."""
        for paper in asked_papers(self.opened):
            self.fields[f"paper.{paper.pk}"] = file_field(paper.name, hint=paper.fault)

    def given(self) -> dict[int, Any]:
        """Return the files given: paper id → upload."""
        given = {name: value for name, value in self.cleaned_data.items() if name.startswith("paper.") and value}
        return {int(name.removeprefix("paper.")): value for name, value in given.items()}


def asked_papers(opened: Opened) -> list[Paper]:
    """Return the papers of the open request for supplement."""
    supplement = open_request(opened.dossier)
    ids = [item["paper"] for item in supplement.items] if supplement else []
    return list(opened.dossier.papers.select_related("requirement").filter(pk__in=ids).order_by("position"))


def _next_holder_field(choices: list[tuple[str, str]]) -> forms.ChoiceField:
    """Return the box with those who may have the next step; left as it is, nobody is named."""
    return forms.ChoiceField(
        label=_("Giao luôn cho"), required=False, choices=[("", _("Chưa giao ai")), *choices],
        help_text=_("Chưa giao ai thì bước sau chờ người trong đơn vị nhận."),
    )  # fmt: skip


def _unseen_field(papers: Sequence[Paper]) -> forms.BooleanField:
    """Return the box to tick for going on although nobody has judged these papers."""
    number = len(papers)
    left = ngettext("Còn %(n)d giấy tờ chưa xem", "Còn %(n)d giấy tờ chưa xem", number) % {"n": number}
    names = [Truncator(paper.name).chars(NAME_SHOWN) for paper in papers[:MOST_NAMED]]
    if number > MOST_NAMED:
        names.append(_("và %(n)d giấy tờ khác") % {"n": number - MOST_NAMED})
    return forms.BooleanField(
        label=_("%(left)s, tôi vẫn đi tiếp; điều này được ghi vào diễn biến") % {"left": left},
        help_text=_("Chưa ai bấm Đạt hay Chưa đạt ở phần Kiểm tra: %(names)s.") % {"names": "; ".join(names)},
        error_messages={
            "required": _("%(left)s. Chưa có gì thay đổi: bạn xem ở phần Kiểm tra, hoặc đánh dấu ô này rồi bấm lại.")
            % {"left": left}
        },
    )

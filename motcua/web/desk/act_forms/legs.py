"""What is filled in for liên thông: sending a part to another agency or a letter to a central one, and what came back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.words import local_day
from motcua.catalogue.models import Case, Procedure, ProcedureVersion
from motcua.dossiers import policy
from motcua.dossiers.legs import agencies_reached, open_legs, papers_to_send, versions_resolved_by
from motcua.dossiers.models import Leg
from motcua.people.models import Agency
from motcua.web.desk.act_forms.base import CHANGED, ActForm, ReasonForm, file_field, text_field

MOST_DAYS = 180
DAYS = frozenset({Case.Unit.WORKING_DAYS, Case.Unit.DAYS})
REQUIRED = gettext_lazy("Phải có kết quả này mới xong bước đang làm")

Choices = list[tuple[str, str]]


class PapersForm(ActForm):
    """The papers that go along: all of them, unless some are left out."""

    def offer_papers(self) -> None:
        """Offer what lies with the dossier; the other side reads the same papers, nothing is copied."""
        papers = papers_to_send(self.opened.dossier)
        if papers:
            self.fields["papers"] = forms.MultipleChoiceField(
                label=_("Giấy tờ gửi kèm"), required=False, widget=forms.CheckboxSelectMultiple, error_messages=CHANGED,
                choices=[(str(paper.pk), paper.name) for paper in papers],
            )  # fmt: skip
            self.initial.setdefault("papers", [str(paper.pk) for paper in papers])

    def papers(self) -> list[int]:
        """Return the ids of the papers chosen."""
        return [int(paper) for paper in self.cleaned_data.get("papers", [])]


class SendLegForm(PapersForm):
    """First which agency; then which of its procedures, what is asked, which papers, until when, and whether one must wait.

    Posted with an agency alone it asks for the rest: no error was made.
    """

    unit = forms.ChoiceField(label=gettext_lazy("Gửi đến cơ quan"), error_messages=CHANGED)
    button: Promise | None = None  # what the button says while the rest is still to be asked

    def prepare(self) -> None:
        """Offer the agencies; once one is chosen, what it resolves."""
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Chọn cơ quan")), *_agencies(self)]
        chosen = self._agency()
        if chosen is None:
            self.button = gettext_lazy("Chọn thủ tục")
            return
        if self.is_bound and "version" not in self.data:
            self.is_bound, self.initial = False, {**self.initial, "unit": str(chosen.pk)}
        self._ask_the_rest(chosen)

    def version(self) -> ProcedureVersion:
        """Return the procedure chosen."""
        return ProcedureVersion.objects.get(pk=self.cleaned_data["version"])

    def agency(self) -> Agency:
        """Return the agency chosen."""
        return Agency.objects.get(pk=self.cleaned_data["unit"])

    def days(self) -> int:
        """Return the term typed, else that of the procedure's first case, else the usual one."""
        return self.cleaned_data["days"] or _days_of(self.version()) or policy.leg_days()

    def _agency(self) -> Agency | None:
        chosen = str((self.data if self.is_bound else self.initial).get("unit", ""))
        on = local_day(self.opened.sitting.at)
        return agencies_reached(on).filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 10 else None

    def _ask_the_rest(self, agency: Agency) -> None:
        self.fields["version"] = forms.ChoiceField(
            label=_("Thủ tục ở nơi nhận"), choices=[("", _("Chọn thủ tục")), *_versions(agency)],
            error_messages={"invalid_choice": _("Thủ tục này không thuộc cơ quan bạn vừa chọn. Chọn lại.")},
        )  # fmt: skip
        self.fields["reason"] = text_field(_("Nhờ làm gì, viết cho nơi nhận"), rows=3)
        self.offer_papers()
        self.fields["days"] = forms.IntegerField(
            label=_("Trả về trong, ngày làm việc"), required=False, min_value=1, max_value=MOST_DAYS,
            help_text=_("Để trống: theo thời hạn của thủ tục, không có thì %(days)d ngày.") % {"days": policy.leg_days()},
        )  # fmt: skip
        self.fields["is_required"] = forms.BooleanField(label=str(REQUIRED), required=False)
        self.initial.setdefault("is_required", True)


class SendCentralForm(PapersForm):
    """A letter to a central agency that no system links to: number, contents, until when, or why nobody knows."""

    to_name = forms.CharField(label=gettext_lazy("Gửi đến bộ, cơ quan trung ương"), max_length=250)
    number = forms.CharField(label=gettext_lazy("Số văn bản gửi đi"), max_length=60)
    reason = text_field(gettext_lazy("Nội dung gửi"), rows=3)
    expected = forms.DateField(
        label=gettext_lazy("Dự kiến trả lời ngày"), required=False, input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("Ngày viết như 22/12/2026.")},
    )  # fmt: skip
    unknown_why = text_field(
        gettext_lazy("Chưa biết ngày trả lời: vì sao, viết cho người dân đọc"), required=False, rows=2,
        hint=gettext_lazy("Phải có ngày dự kiến hoặc lý do này."),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer the papers of the dossier."""
        self.offer_papers()
        self.fields["is_required"] = forms.BooleanField(label=str(REQUIRED), required=False)
        self.initial.setdefault("is_required", True)

    def clean(self) -> dict[str, Any]:
        """Ask for the day or the reason, and for a day to come."""
        said = super().clean() or self.cleaned_data
        expected = said.get("expected")
        if "expected" in said and not expected and not said.get("unknown_why"):
            self.add_error("unknown_why", _("Ghi ngày dự kiến ở trên, hoặc vì sao chưa biết."))
        if expected and expected < local_day(self.opened.sitting.at):
            self.add_error("expected", _("Ngày này đã qua. Chọn ngày từ hôm nay."))
        return said


class LegForm(ActForm):
    """A form about one open leg, which a link on the page names."""

    from_address = frozenset({"leg"})
    leg = forms.ChoiceField(label=gettext_lazy("Phần liên thông"), error_messages=CHANGED)
    systems: Sequence[str] = Leg.System.values

    def prepare(self) -> None:
        """Offer the open legs."""
        field = self.fields["leg"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (str(leg.pk), _("số %(n)d, %(to)s") % {"n": leg.number, "to": leg.to_name})
                for leg in open_legs(self.opened.dossier)
                if leg.to_system in self.systems
            ]


class RecallLegForm(LegForm):
    """Why it is not waited for any more: whoever has it reads it."""

    reason = text_field(gettext_lazy("Vì sao không cần nữa, viết cho nơi đang giữ"), rows=3)


class CentralReplyForm(LegForm):
    """What the central agency replied, with its letter."""

    systems = (Leg.System.CENTRAL.value,)
    number = forms.CharField(label=gettext_lazy("Số văn bản trả lời"), max_length=60)
    reason = text_field(gettext_lazy("Tóm tắt nội dung trả lời"), rows=3)
    document = file_field(gettext_lazy("Văn bản trả lời (PDF)"))


class RefuseLegForm(ReasonForm):
    """Why the agency does not take it: the colleague who sent it reads it."""

    reason = text_field(
        gettext_lazy("Vì sao không nhận, viết cho nơi gửi"),
        hint=gettext_lazy("Nêu việc này thuộc cơ quan nào, hoặc còn thiếu gì để nơi gửi làm lại."),
    )


def _agencies(form: SendLegForm) -> Sequence[tuple[str, Choices]]:
    """Return the agencies a leg may go to, grouped by kind, without the one that resolves the dossier."""
    on = local_day(form.opened.sitting.at)
    own = form.opened.dossier.competent_unit_id
    rows = [agency for agency in agencies_reached(on).order_by("name") if agency.pk != own]
    groups: dict[str, Choices] = {str(Agency.Type(kind).label): [] for kind in _ORDER}
    for agency in rows:
        groups[agency.get_type_display()].append((str(agency.pk), agency.name))
    return [(title, choices) for title, choices in groups.items() if choices]


def _versions(agency: Agency) -> Choices:
    """Return what the agency resolves, its inner procedures first, each with its term."""
    versions = list(versions_resolved_by(agency).prefetch_related("cases"))
    versions.sort(key=lambda version: version.procedure.type != Procedure.Type.INTERNAL)
    return [(str(version.pk), _named(version)) for version in versions]


def _named(version: ProcedureVersion) -> str:
    days = _days_of(version)
    return _("%(name)s (%(days)d ngày)") % {"name": version.title, "days": days} if days else version.title


def _days_of(version: ProcedureVersion) -> int:
    """Return the term of the procedure's first case in days; 0 where it has none or counts otherwise."""
    case = next(iter(version.cases.all()), None)
    if case is None or case.term_quantity is None or case.term_unit not in DAYS:
        return 0
    return int(case.term_quantity)


_ORDER = (Agency.Type.DEPARTMENT, Agency.Type.VERTICAL, Agency.Type.COMMUNE, Agency.Type.MINISTRY)

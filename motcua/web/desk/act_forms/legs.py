"""What is filled in for liên thông: sending a part to another agency or a letter to a central one, and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.words import local_day
from motcua.catalogue.forms import shown
from motcua.catalogue.models import Case, Procedure, ProcedureVersion
from motcua.dossiers import policy
from motcua.dossiers.legs import Stated, agencies_reached, open_legs, papers_to_send, versions_resolved_by
from motcua.dossiers.likely import Likely, likely_destinations, matching
from motcua.dossiers.models import Leg
from motcua.people.models import Agency
from motcua.web.desk.access import Opened, at_step_of
from motcua.web.desk.act_forms.base import CHANGED, ActForm, Advice, ReasonForm, file_field, text_field

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


@dataclass(frozen=True)
class Shortcut:
    """A destination one click away: what it is called, and what the address of the panel says for it."""

    text: str
    more: str
    query: str


class SendLegForm(PapersForm):
    """First which agency; then which of its procedures, what is asked, what goes along, until when, and whether one must wait.

    The agency is a likely one (a link), one found by a part of its name, or one of the list. Posted with an agency alone,
    or with words to find one, it asks for the rest: no error was made.
    """

    from_address = frozenset({"unit", "version"})
    unit = forms.ChoiceField(label=gettext_lazy("Hoặc chọn trong danh sách"), error_messages=CHANGED)
    button: Promise | None = None  # what the button says while the rest is still to be asked
    shortcuts: Sequence[Shortcut] = ()
    advice: Advice | None = None

    def prepare(self) -> None:
        """Offer the agencies; once one is chosen, what it resolves."""
        on = local_day(self.opened.sitting.at)
        own = self.opened.dossier.competent_unit_id
        reached = [agency for agency in agencies_reached(on).order_by("name") if agency.pk != own]
        find = str(self.data.get("find", "")) if self.is_bound else ""
        matches = matching(find, reached) if find.strip() else reached
        chosen = self._agency(reached) or (matches[0] if len(matches) == 1 else None)
        if chosen is None:
            self._ask_which(matches or reached, find if not matches else "", on)
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

    def stated(self) -> set[str]:
        """Return the fields of the form whose groups were ticked."""
        ticked = self.cleaned_data.get("stated", [])
        return set().union(*(names for title, names in stated_groups_of(self.opened.stated) if title in ticked))

    def _agency(self, reached: Sequence[Agency]) -> Agency | None:
        chosen = str((self.data if self.is_bound else self.initial).get("unit", ""))
        return next((agency for agency in reached if str(agency.pk) == chosen), None)

    def _ask_which(self, offered: Sequence[Agency], found_nothing: str, on: date) -> None:
        """Offer the likely ones as links, a box to find by name, and the list; what was found nothing for is said."""
        if self.is_bound:  # it was only looked for: nothing is wrong yet
            self.is_bound, self.initial = False, {"find": str(self.data.get("find", ""))}
        hint = _("Một phần tên, không cần dấu. Chỉ còn một cơ quan thì mở luôn.")
        if found_nothing:
            hint = _("Không có cơ quan nào tên có «%(words)s». Thử ít chữ hơn, hoặc chọn trong danh sách.")
            hint %= {"words": found_nothing}
        find = forms.CharField(label=_("Tìm cơ quan"), max_length=100, help_text=hint)
        self.fields, self.use_required_attribute = {"find": find, "unit": self.fields["unit"]}, False  # one is enough
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Chọn cơ quan (%(n)d)") % {"n": len(offered)}), *_by_kind(offered)]
        self.button = gettext_lazy("Tiếp tục")
        self.shortcuts = [_shortcut(self.opened, one) for one in likely_destinations(self.opened.dossier, on)]

    def _ask_the_rest(self, agency: Agency) -> None:
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(agency.pk), agency.name)]
        field.widget = forms.HiddenInput()
        url = reverse("desk:act", args=[self.opened.dossier.code, "send_leg"]) + at_step_of(self.opened)
        self.advice = Advice(_("Gửi đến %(unit)s.") % {"unit": agency.name}, url, _("Chọn cơ quan khác"))
        offered = _versions(agency)
        if len(offered) == 1:
            self.initial.setdefault("version", offered[0][0])
        self.fields["version"] = forms.ChoiceField(
            label=_("Thủ tục ở nơi nhận"), choices=[("", _("Chọn thủ tục")), *offered],
            error_messages={"invalid_choice": _("Thủ tục này không thuộc cơ quan bạn vừa chọn. Chọn lại.")},
        )  # fmt: skip
        self.fields["reason"] = text_field(_("Nhờ làm gì, viết cho nơi nhận"), rows=3)
        self.offer_papers()
        self._offer_stated()
        self.fields["days"] = forms.IntegerField(
            label=_("Trả về trong, ngày làm việc"), required=False, min_value=1, max_value=MOST_DAYS,
            help_text=_("Để trống: theo thời hạn của thủ tục, không có thì %(days)d ngày.") % {"days": policy.leg_days()},
        )  # fmt: skip
        self.fields["is_required"] = forms.BooleanField(label=str(REQUIRED), required=False)
        self.initial.setdefault("is_required", True)
        self.fields["unit"] = self.fields.pop("unit")  # hidden: the first field is where typing begins
        if self.initial.get("version"):  # chosen already: so it begins with what is asked
            self.order_fields(["reason", "version"])

    def _offer_stated(self) -> None:
        """Offer what the citizen stated, group by group: all of it goes along unless some is left out."""
        titles = [title for title, _names in stated_groups_of(self.opened.stated)]
        if titles:
            self.fields["stated"] = forms.MultipleChoiceField(
                label=_("Dữ liệu tờ khai gửi kèm"), required=False, widget=forms.CheckboxSelectMultiple,
                error_messages=CHANGED, choices=[(title, title) for title in titles],
                help_text=_("Nơi nhận chỉ xem. Bỏ phần việc nhờ làm không cần đến."),
            )  # fmt: skip
            self.initial.setdefault("stated", titles)


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


def stated_groups_of(stated: Stated) -> list[tuple[str, frozenset[str]]]:
    """Return the groups of the form of which anything was stated and may be read: title, and the names of those fields."""
    version = stated.root.version
    groups = shown(version.form_schema, version.form_ui, stated.root.form_data)
    found = [(group.title or _("Tờ khai"), {name for name, _label, value in group.rows if value}) for group in groups]
    return [(title, frozenset(names & stated.fields)) for title, names in found if names & stated.fields]


def _shortcut(opened: Opened, likely: Likely) -> Shortcut:
    query = {"unit": likely.agency.pk}
    if likely.version is not None:
        query["version"] = likely.version.pk
    if opened.step is not None and opened.beside:
        query["buoc"] = opened.step.seq
    return Shortcut(likely.agency.name, likely.version.title if likely.version else "", urlencode(query))


def _by_kind(agencies: Sequence[Agency]) -> Sequence[tuple[str, Choices]]:
    """Return agencies as a list to open, grouped by kind."""
    groups: dict[str, Choices] = {str(Agency.Type(kind).label): [] for kind in _ORDER}
    for agency in agencies:
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

"""The small forms of a draft's rows: a case, a group of papers, a paper, a fee."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.databases import DATABASES
from motcua.catalogue.models import Case, FeeRule, PaperGroup, PaperRequirement, ProcedureVersion
from motcua.catalogue.version_words import CHANNELS
from motcua.web.desk.procedures.conditions import ConditionMixin, needs_condition
from motcua.web.desk.procedures.lines import DayField, MoneyField, NumberField


class CaseForm(ConditionMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A case and its terms."""

    term_quantity = NumberField(
        label=gettext_lazy("Thời hạn"),
        required=False,
        help_text=gettext_lazy("Ví dụ: 7 hoặc 0,5. Trống nếu luật không ghi."),
    )
    online_term_quantity = NumberField(
        label=gettext_lazy("Thời hạn khi nộp trực tuyến"), required=False, help_text=gettext_lazy("Trống nếu như trên.")
    )

    class Meta:
        model = Case
        fields = ("name", "term_quantity", "term_unit", "online_term_quantity")
        labels = {"name": gettext_lazy("Tên trường hợp"), "term_unit": gettext_lazy("Tính bằng")}

    def __init__(self, version: ProcedureVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_condition(version, self.instance.condition)

    def clean(self) -> dict[str, Any]:
        """Refuse a term without a unit, and one of nothing."""
        said = super().clean() or self.cleaned_data
        for name in ("term_quantity", "online_term_quantity"):
            if said.get(name) == 0:
                self.add_error(name, _("Thời hạn phải lớn hơn 0."))
            elif said.get(name) is not None and not said.get("term_unit") and "term_unit" not in self.errors:
                self.add_error("term_unit", _("Có thời hạn thì phải chọn nó tính bằng gì."))
        return said


class GroupForm(ConditionMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A group of papers: all, one of them, or only under a condition."""

    class Meta:
        model = PaperGroup
        fields = ("rule", "title", "why_not")
        labels = {"rule": gettext_lazy("Nộp thế nào"), "title": gettext_lazy("Tiêu đề người dân đọc")}
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, version: ProcedureVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_condition(version, self.instance.condition)

    def clean(self) -> dict[str, Any]:
        """Refuse «only if» without an if."""
        said = super().clean() or self.cleaned_data
        if said.get("rule") == PaperGroup.Rule.IF and (fault := needs_condition(said)):
            self.add_error("rule", fault)
        return said


class PaperForm(forms.ModelForm):  # type: ignore[type-arg]
    """A paper, and the group it stands in."""

    replaced_by_data = forms.ChoiceField(
        label=gettext_lazy("Không phải nộp vì cơ quan tự tra"), required=False,
        help_text=gettext_lazy("NĐ 309/2026/NĐ-CP Điều 2"),
    )  # fmt: skip

    class Meta:
        model = PaperRequirement
        fields = (
            "name", "hint", "group", "kind", "required", "original_count", "copy_count", "electronic", "from_form",
            "replaced_by_data", "code",
        )  # fmt: skip
        labels = {"name": gettext_lazy("Tên giấy tờ"), "code": gettext_lazy("Mã thành phần")}
        help_texts = {"code": gettext_lazy("Để trống thì hệ thống đặt.")}
        widgets = {"name": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, version: ProcedureVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        group.queryset, group.empty_label = version.paper_groups.all(), None
        self.fields["code"].required = False
        used = self.instance.replaced_by_data
        named = {code: str(words) for code, words in DATABASES.items()} | (
            {used: used} if used not in DATABASES else {}
        )
        data: Any = self.fields["replaced_by_data"]
        data.choices = [("", _("phải nộp")), *((code, words) for code, words in named.items() if code)]
        self._codes = {
            paper.code
            for one in version.paper_groups.all()
            for paper in one.papers.all()
            if paper.pk != self.instance.pk
        }

    def clean_code(self) -> str:
        """Return the code, or one made up where none was written; refuse one in use."""
        code = str(self.cleaned_data["code"]).strip()
        if code in self._codes:
            raise forms.ValidationError(_("Mã “%(code)s” đã dùng cho một giấy tờ khác.") % {"code": code})
        return code or next(made for n in range(1, 1000) if (made := f"GT{n:02}") not in self._codes)


class FeeForm(ConditionMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What is paid, by which channel, under which answers, from when to when."""

    amount_vnd = MoneyField(
        label=gettext_lazy("Số tiền (đồng)"), required=False,
        help_text=gettext_lazy("Ví dụ: 8.000. Không thu thì viết 0; để trống là chưa rõ."),
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=gettext_lazy("Kênh nộp"), required=False, choices=[("", gettext_lazy("mọi kênh")), *CHANNELS.items()]
    )
    valid_from = DayField(label=gettext_lazy("Từ ngày"), required=False, help_text=gettext_lazy("Ví dụ: 01/12/2026"))
    valid_to = DayField(label=gettext_lazy("Đến hết ngày"), required=False)

    class Meta:
        model = FeeRule
        fields = ("name", "kind", "amount_vnd", "per", "channel", "valid_from", "valid_to", "basis", "note")
        labels = {"name": gettext_lazy("Khoản"), "note": gettext_lazy("Lời văn gốc, hoặc vì sao miễn")}
        help_texts = {"per": gettext_lazy("bản, trang, người…; trống là một hồ sơ")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, version: ProcedureVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_condition(version, self.instance.condition)

    def clean(self) -> dict[str, Any]:
        """Refuse a window that ends before it begins."""
        said = super().clean() or self.cleaned_data
        first, last = said.get("valid_from"), said.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày cuối không được trước ngày đầu."))
        return said

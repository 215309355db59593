"""The small forms of a draft's questions and of its own form: a question, a group of fields, a field."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.form_edits import KINDS, NUMBERS, SOURCES, FieldSaid, Form
from motcua.catalogue.question_edits import Choice
from motcua.web.desk.procedures.choices import ChoiceRow, posted, rows_of
from motcua.web.desk.procedures.lines import NumberField

LONGEST_LABEL = 300


class WithChoices(forms.Form):
    """A form with lines of choices below its fields."""

    choices_for = ""
    """What the lines are, told above them."""

    def __init__(self, said: QueryDict | None = None, *, choices: Iterable[Choice] = (), **options: Any) -> None:
        super().__init__(said, **options)
        self.choices = posted(said) if said is not None else tuple(choices)

    def choice_rows(self) -> list[ChoiceRow]:
        """Return the lines, for the template."""
        return rows_of(self.choices)


class QuestionForm(WithChoices):
    """A question about the citizen's own case."""

    label = forms.CharField(label=gettext_lazy("Câu hỏi"), max_length=LONGEST_LABEL)
    hint = forms.CharField(label=gettext_lazy("Chỉ dẫn"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a question with fewer than two answers."""
        if len(self.choices) < 2:
            self.add_error(None, _("Câu hỏi cần ít nhất hai câu trả lời. Bạn viết thêm ở “Câu trả lời”."))
        return super().clean() or self.cleaned_data


class FieldGroupForm(forms.Form):
    """A group of the form: one screen, or part of one."""

    title = forms.CharField(label=gettext_lazy("Tiêu đề nhóm"), max_length=LONGEST_LABEL)
    is_about_filer = forms.BooleanField(
        label=gettext_lazy("Hỏi cùng thông tin người nộp, ở màn hình đầu"), required=False
    )


class FieldForm(WithChoices):
    """A field of the form."""

    label = forms.CharField(label=gettext_lazy("Nhãn của ô"), max_length=LONGEST_LABEL)
    kind = forms.ChoiceField(label=gettext_lazy("Kiểu"), choices=[(name, kind.label) for name, kind in KINDS.items()])
    group = forms.ChoiceField(label=gettext_lazy("Nhóm"), required=False)
    hint = forms.CharField(label=gettext_lazy("Chỉ dẫn"), max_length=500, required=False)
    source = forms.ChoiceField(
        label=gettext_lazy("Điền sẵn từ"), required=False,
        choices=[("", gettext_lazy("không điền sẵn")), *SOURCES.items()],
    )  # fmt: skip
    least = NumberField(label=gettext_lazy("Số nhỏ nhất"), required=False)
    most = NumberField(label=gettext_lazy("Số lớn nhất"), required=False)
    required = forms.BooleanField(label=gettext_lazy("Bắt buộc điền"), required=False)
    is_past = forms.BooleanField(label=gettext_lazy("Ngày đã qua (ngày sinh, ngày mất)"), required=False)

    def __init__(self, form: Form, said: QueryDict | None = None, **options: Any) -> None:
        super().__init__(said, **options)
        group: Any = self.fields["group"]
        groups = [(str(one["key"]), str(one["title"])) for one in form.ui.get("groups") or []]
        group.choices = [*groups, ("", _("chưa xếp nhóm"))]

    def clean(self) -> dict[str, Any]:
        """Refuse a choice of nothing, limits the wrong way round, a birthday filled into words."""
        said = super().clean() or self.cleaned_data
        least, most = said.get("least"), said.get("most")
        if said.get("kind") == "choice" and len(self.choices) < 2:
            self.add_error(None, _("Ô chọn trong danh sách cần ít nhất hai lựa chọn. Bạn viết thêm ở “Lựa chọn”."))
        if least is not None and most is not None and most < least:
            self.add_error("most", _("Số lớn nhất không được nhỏ hơn số nhỏ nhất."))
        if said.get("source") == "citizen.birth_on" and said.get("kind") != "date":
            self.add_error("source", _("Ngày sinh chỉ điền sẵn được vào ô kiểu Ngày."))
        return said

    def said(self) -> FieldSaid:
        """Return what was said; only of a valid form."""
        clean = self.cleaned_data
        least, most = (_plain(clean[name]) if clean["kind"] in NUMBERS else None for name in ("least", "most"))
        words = {name: clean[name] for name in ("label", "kind", "hint", "group", "required", "is_past", "source")}
        return FieldSaid(**words, least=least, most=most, choices=self.choices)


def _plain(value: Decimal | None) -> float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)

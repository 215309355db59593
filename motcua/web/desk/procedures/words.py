"""The columns of a draft that are words and policies, in sections with a small form each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.models import ReturnMethod
from motcua.people.subjects import subject_choices, subject_in_words
from motcua.web.desk.procedures.lines import LinesField


@dataclass(frozen=True)
class Section:
    """One small form: its address, its title, its columns."""

    key: str
    title: str | Promise
    columns: tuple[str, ...]


# fmt: off
SECTIONS = (
    Section("ten",       gettext_lazy("Tên và lời cho người dân"), ("name", "plain_name", "desk_name", "summary", "description", "requirements")),
    Section("noi-lam",   gettext_lazy("Nơi giải quyết"),           ("levels", "competent_subject", "authority", "executing", "coordinating", "promulgated_by")),
    Section("nop",       gettext_lazy("Nộp và trả"),               ("online_level", "partial_reason", "non_territorial", "returning_methods", "subject_types")),
    Section("tinh-han",  gettext_lazy("Cách tính hạn"),            ("no_legal_term", "same_day", "granularity", "after_pause")),
)
# fmt: on
TICKS: Mapping[str, list[tuple[str, Any]]] = {
    "levels": [one for one in ProcedureVersion.Level.choices if one[0] != ProcedureVersion.Level.UNDETERMINED],
    "returning_methods": ReturnMethod.choices,
}
LONG_TEXT = {
    "description": 5,
    "requirements": 5,
    "summary": 2,
    "name": 2,
    "authority": 2,
    "executing": 2,
    "coordinating": 2,
}


class WordsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The columns of one section."""

    class Meta:
        model = ProcedureVersion
        fields = [column for section in SECTIONS for column in section.columns]

    def __init__(self, section: Section, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in section.columns]:
            del self.fields[name]
        for name in section.columns:
            self.fields[name] = _field(name, self.fields[name], self.instance)

    def said(self) -> dict[str, Any]:
        """Return the columns as said; only of a valid form."""
        return dict(self.cleaned_data)


def said_in(version: ProcedureVersion, section: Section) -> list[tuple[str, str]]:
    """Return what a version says in a section, as (what, in words); what is empty is left out."""
    said = [(capfirst(_name(column)), _words(version, column)) for column in section.columns]
    return [(what, words) for what, words in said if words]


def _words(version: ProcedureVersion, column: str) -> str:
    value = getattr(version, column)
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if column == "competent_subject":
        return subject_in_words(value)
    if column in TICKS:
        known = dict(ProcedureVersion.Level.choices) | dict(ReturnMethod.choices)
        return ", ".join(str(known.get(one, one)) for one in value)
    if isinstance(value, list):
        return ", ".join(value)
    shown = getattr(version, f"get_{column}_display", None)
    return str(shown()) if shown and value else str(value)


def _name(column: str) -> str:
    field: Any = ProcedureVersion._meta.get_field(column)
    return str(field.verbose_name)


def _field(name: str, field: forms.Field, version: ProcedureVersion) -> forms.Field:
    common: dict[str, Any] = {"label": field.label, "required": field.required}
    if name in TICKS:
        return forms.MultipleChoiceField(choices=TICKS[name], widget=forms.CheckboxSelectMultiple, **common)
    if name == "subject_types":
        return LinesField(help_text=_("Mỗi dòng một đối tượng, như “Công dân Việt Nam”."), **common)
    if name == "competent_subject":
        return forms.ChoiceField(
            choices=subject_choices(version.competent_subject), help_text=field.help_text, **common
        )
    if name in LONG_TEXT:
        field.widget = forms.Textarea(attrs={"rows": LONG_TEXT[name]})
    return field

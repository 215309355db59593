"""A screen of filing drawn by the components: a Django form that shows values and faults found elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import gettext as _

from motcua.web.portal.screens import Question, Screen

# fmt: off
_WIDTHS = {"date": 10, "number": 10, "identity": 20, "phone": 20, "tax_code": 20}
_ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "date":     {"inputmode": "numeric", "autocomplete": "off"},
    "number":   {"inputmode": "decimal", "autocomplete": "off"},
    "identity": {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"},
    "phone":    {"inputmode": "tel", "type": "tel"},
    "tax_code": {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"},
    "email":    {"inputmode": "email", "type": "email"},
    "textarea": {"rows": "3"},
}
# fmt: on


@dataclass(frozen=True)
class Row:
    """One field of the screen with how wide its control is."""

    field: BoundField
    width: int | str
    inline: bool
    note: str
    lang: str
    hint_lang: str
    shown_for: str


class Radios(forms.RadioSelect):
    """Radios of which some let other questions appear (`Question.reveals`)."""

    def __init__(self, reveals: Mapping[str, str]) -> None:
        super().__init__()
        self.reveals = reveals

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say on the option what it reveals."""
        option = super().create_option(name, value, *args, **kwargs)
        if names := self.reveals.get(str(value)):
            option["attrs"]["reveals"] = names
        return option


class ScreenForm(forms.Form):
    """Shows `values`; its errors are the `faults` given, because judging is done on the saved draft."""

    def __init__(self, screen: Screen, values: Mapping[str, str], faults: Mapping[str, str]) -> None:
        super().__init__(data=values)
        self._faults = faults
        self._screen = screen
        for question in screen.questions:
            self.fields[question.name] = _field(question)

    def full_clean(self) -> None:
        """Take the faults as the form's errors instead of judging again."""
        self.cleaned_data: dict[str, Any] = {}
        self._errors = ErrorDict({name: ErrorList([fault]) for name, fault in self._faults.items()})

    def rows(self) -> list[Row]:
        """Return the fields in order, ready to be drawn."""
        return [_row(self[question.name], question) for question in self._screen.questions]


def _row(field: BoundField, question: Question) -> Row:
    lang = "vi" if question.is_of_catalogue else ""
    width = _WIDTHS.get(question.kind, "")
    return Row(
        field, width, _is_short(question), question.note, lang, lang if question.hint else "", question.shown_for
    )


def _field(question: Question) -> forms.Field:
    hint = question.hint or (_example_of_day(question) if question.kind == "date" else "")
    common: dict[str, Any] = {"label": question.label, "help_text": hint, "required": question.required}
    if question.kind == "check":
        return forms.BooleanField(widget=forms.CheckboxInput(attrs={"value": "true"}), **common)
    if question.kind == "radios":
        return forms.ChoiceField(widget=Radios(question.reveals), choices=question.choices, **common)
    if question.kind == "select":
        return forms.ChoiceField(choices=[("", _("Chọn trong danh sách")), *question.choices], **common)
    attrs = dict(_ATTRIBUTES.get(question.kind, {}))
    if question.autocomplete:
        attrs["autocomplete"] = question.autocomplete
    widget = forms.Textarea(attrs=attrs) if question.kind == "textarea" else forms.TextInput(attrs=attrs)
    return forms.CharField(widget=widget, **common)


def _example_of_day(question: Question) -> str:
    return _("Ví dụ: 05/06/1990") if question.is_past else _("Ví dụ: 20/11/2026")


def _is_short(question: Question) -> bool:
    """Return whether the choices stand side by side: few and short ones."""
    return len(question.choices) <= 3 and sum(len(label) for _value, label in question.choices) <= 40

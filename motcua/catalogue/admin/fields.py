"""How columns that a text box serves badly are asked for: lists by line, choices by tick, JSON set out to be read."""

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import Field, JSONField
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.life_events import LIFE_EVENTS
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.shapes import EXAMPLES, SHAPES, faults_in_shape
from motcua.people.subjects import subject_choices

RETURNING = [("counter", _("Tại quầy")), ("postal", _("Qua bưu chính")), ("electronic", _("Bản điện tử"))]
CHANNELS = [("", _("mọi kênh")), ("online", _("trực tuyến")), ("counter", _("tại quầy")), ("postal", _("bưu chính"))]


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        return [" ".join(line.split()) for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), (data or "").replace("\r\n", "\n")))


class SetOutJson(forms.JSONField):
    """JSON with a line for every part; a column with a shape is held to it."""

    def __init__(self, *, column: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.column = column

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str | forms.fields.InvalidJSONInput):
            return value
        return json.dumps(value, ensure_ascii=False, indent=2 if value else None)

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        if said is None:
            return [] if SHAPES.get(self.column, {}).get("type") == "array" else {}
        if self.column in SHAPES:
            faults = list(faults_in_shape(self.column, said))
            if faults:
                example = _("Khuôn đúng: %(example)s") % {"example": EXAMPLES[self.column]}
                raise ValidationError([*faults, example])
        return said


def _ticks(choices: Any) -> Callable[..., FormField]:
    def asked(**options: Any) -> FormField:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **options)

    return asked


# fmt: off
ASKED: dict[str, Callable[..., FormField]] = {
    "aliases":           LinesField,
    "subject_types":     LinesField,
    "life_events":       _ticks([(event.slug, event.title) for event in LIFE_EVENTS]),
    "levels":            _ticks(ProcedureVersion.Level.choices),
    "returning_methods": _ticks(RETURNING),
}
# fmt: on


class WellAsked(BaseModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A page whose columns are asked for as above."""

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        """Return the form's field of a column."""
        common: dict[str, Any] = {"label": capfirst(str(db_field.verbose_name)), "required": not db_field.blank}
        if db_field.name in ASKED:
            return ASKED[db_field.name](help_text=_help(db_field), **common)
        if isinstance(db_field, JSONField):
            rows = 12 if isinstance(self, ModelAdmin) else 3
            widget = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField", "spellcheck": "false"})
            return SetOutJson(column=db_field.name, widget=widget, help_text=_help(db_field), **common)
        if db_field.name == "competent_subject":
            used = ProcedureVersion.objects.order_by().values_list(db_field.name, flat=True).distinct()
            return forms.ChoiceField(choices=subject_choices(*used), help_text=db_field.help_text, **common)
        if db_field.name == "channel":
            return forms.ChoiceField(choices=CHANNELS, **common)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def _help(db_field: "Field[Any, Any]") -> Any:
    if db_field.name in EXAMPLES:
        return _("Ví dụ: %(example)s") % {"example": EXAMPLES[db_field.name]}
    if db_field.name == "condition":
        return _('Câu hỏi và những câu trả lời được nhận, ví dụ {"work": ["xay_moi"]}; {} là luôn đúng.')
    return _("Mỗi dòng một mục.") if ASKED.get(db_field.name) is LinesField else db_field.help_text

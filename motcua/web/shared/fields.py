"""A Django form field as the components draw it: what stands in the label, the hint, the error and the control."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.forms import CheckboxInput, CheckboxSelectMultiple, Field, FileInput, RadioSelect, Select, Textarea, Widget
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.widgets import ChoiceWidget
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

# fmt: off
CONTROL_CLASSES = (  # the first that fits; anything else is one line of text
    (Textarea,  "govuk-textarea"),
    (Select,    "govuk-select"),
    (FileInput, "govuk-file-upload"),
)
UNANSWERED = (  # said instead of Django's "this field is required", which does not say which; the first that fits
    (FileInput,     _("Bạn chưa gửi “%(label)s”")),
    (CheckboxInput, _("Bạn chưa đánh dấu “%(label)s”")),
    (ChoiceWidget,  _("Bạn chưa chọn “%(label)s”")),
    (Widget,        _("Bạn chưa điền “%(label)s”")),
)
# fmt: on


@dataclass(frozen=True)
class FieldView:
    """One field ready to be drawn. `kind` is line, radios, checkboxes or check; `choices` are for the middle two."""

    kind: str
    id: str
    label: str
    hint: str
    errors: list[str]
    optional: str
    control: SafeString
    choices: list[BoundWidget]
    described_by: str
    label_size: str
    inline: bool
    small: bool
    lang: str
    hint_lang: str

    @property
    def hint_id(self) -> str:
        return f"{self.id}-hint"

    @property
    def error_id(self) -> str:
        return f"{self.id}-error"


def view_of(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    note: str = "",
    width: int | str = "",
    size: str = "",
    inline: bool = False,
    small: bool = False,
    lang: str = "",
    hint_lang: str = "",
) -> FieldView:
    """Return `bound` as the components draw it.

    `note` stands after the label in place of «(không bắt buộc)»; `width` is GOV.UK's input width (2, 3, 4, 5, 10, 20, 30); `size` the label's (s, m, l); `inline` and `small` are for
    radios and checkboxes; `lang` and `hint_lang` say that label and choices, or the hint, are in another language than
    the page.
    """
    kind = _kind(bound)
    field_id = bound.auto_id
    hint = hint or str(bound.help_text)
    errors = errors_of(bound)
    described_by = " ".join(_ids(field_id, hint, errors))
    return FieldView(
        kind=kind,
        id=field_id,
        label=label or str(bound.label),
        hint=hint,
        errors=errors,
        optional=note or ("" if bound.field.required or kind == "check" else str(_("(không bắt buộc)"))),
        control=_control(bound, kind, described_by, bool(errors), width),
        choices=list(bound.subwidgets) if kind in {"radios", "checkboxes"} else [],
        described_by=described_by,
        label_size=size,
        inline=inline,
        small=small,
        lang=lang,
        hint_lang=hint_lang,
    )


def first_control_id(bound: BoundField) -> str:
    """Return the id an error links to: the control, or the first choice of radios and checkboxes."""
    return f"{bound.auto_id}_0" if _kind(bound) in {"radios", "checkboxes"} else bound.auto_id


def errors_of(bound: BoundField) -> list[str]:
    """Return the errors of the field as said to people; an unanswered question is named."""
    return [text for error in bound.errors.as_data() for text in _said(bound, error)]


def _said(bound: BoundField, error: ValidationError) -> list[str]:
    if error.code == "required" and error.message == Field.default_error_messages["required"]:
        words = next(words for widget, words in UNANSWERED if isinstance(bound.field.widget, widget))
        return [str(words % {"label": bound.label})]
    return list(error.messages)


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, RadioSelect):
        return "radios"
    return "check" if isinstance(widget, CheckboxInput) else "line"


def _ids(field_id: str, hint: str, errors: list[str]) -> Iterable[str]:
    if hint:
        yield f"{field_id}-hint"
    if errors:
        yield f"{field_id}-error"


def _control(bound: BoundField, kind: str, described_by: str, wrong: bool, width: int | str) -> SafeString:
    if kind in {"radios", "checkboxes"}:
        return SafeString("")
    attrs: dict[str, str | bool] = {"class": _classes(bound, kind, wrong, width)}
    if described_by:
        attrs["aria-describedby"] = described_by
    if wrong:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs=attrs)


def _classes(bound: BoundField, kind: str, wrong: bool, width: int | str) -> str:
    if kind == "check":
        return "govuk-checkboxes__input"
    base = next((name for widget, name in CONTROL_CLASSES if isinstance(bound.field.widget, widget)), "govuk-input")
    classes = [base]
    if wrong:
        classes.append(f"{base}--error")
    if width:
        classes.append(f"{base}--width-{width}")
    return " ".join(classes)

"""What the counter asks, drawn from JSON Schema: the person, the case's questions, the procedure's form, the return."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.catalogue.forms import TODAY, Data, Schema, clean, fields_in_order, label_of, written
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.models import ReturnMethod
from motcua.people.models import Citizen

LONGEST = 2000  # characters of one field

# fmt: off
_ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "date":     {"inputmode": "numeric", "placeholder": "22/11/2026"},
    "number":   {"inputmode": "decimal"},
    "identity": {"inputmode": "numeric", "spellcheck": "false"},
    "phone":    {"inputmode": "tel"},
    "email":    {"inputmode": "email"},
}
_SHORT = {"date", "number", "phone", "identity"}
# fmt: on


@dataclass(frozen=True)
class Group:
    """Fields that stand under one title."""

    title: str
    fields: list["Cell"]


@dataclass(frozen=True)
class Cell:
    """A field, whether it takes the room that is left in its line, and what its label says in place of «(không bắt buộc)»."""

    field: BoundField
    grows: bool
    note: str = ""


class SchemaForm(forms.Form):
    """The fields of a schema holding `values` (typed, as `clean` gives them); `faults` are its errors, judged elsewhere.

    Choices are select boxes, quick by the keyboard, but for those named in `radios`. `required` are the fields that must be
    answered as things stand; without it those that always must.
    """

    def __init__(
        self,
        schema: Schema,
        ui: Mapping[str, Any],
        *,
        prefix: str,
        values: Data,
        faults: Mapping[str, str] | None = None,
        radios: Sequence[str] = (),
        required: Collection[str] | None = None,
    ) -> None:
        self.schema, self.ui = schema, ui
        self.names = fields_in_order(schema, ui)
        raw = {f"{prefix}-{name}": as_typed(schema, name, values.get(name)) for name in self.names}
        super().__init__(data=raw, prefix=prefix)
        self._faults = faults or {}
        for name in self.names:
            must = name in (schema.get("required") or () if required is None else required)
            self.fields[name] = _field(schema, ui, name, must, as_radios=name in radios)

    def full_clean(self) -> None:
        """Take the faults as the form's errors instead of judging again."""
        self.cleaned_data: dict[str, Any] = {}
        self._errors = ErrorDict(
            {name: ErrorList([text]) for name, text in self._faults.items() if name in self.fields}
        )

    def cells(self, names: Sequence[str] | None = None) -> list[Cell]:
        """Return the fields of these names, all by default, in the order of the form."""
        chosen = self.names if names is None else names
        return [Cell(self[name], self._grows(name), _view(self.ui, name).get("note", "")) for name in chosen]

    def groups(self) -> list[Group]:
        """Return the fields by the form's groups, those of no group last and without a title.

        A group whose answers fill in other boxes comes first, so that nobody types what follows from them.
        """
        deciding = {name for rule in self.ui.get("filled_when") or [] for name in rule["when"]}
        ordered = sorted(self.ui.get("groups") or [], key=lambda group: deciding.isdisjoint(group["fields"]))
        groups = [Group(group["title"], self.cells(group["fields"])) for group in ordered]
        placed = {name for group in ordered for name in group["fields"]}
        rest = [name for name in self.names if name not in placed]
        return [*groups, Group("", self.cells(rest))] if rest else groups

    def _grows(self, name: str) -> bool:
        kind = self.schema["properties"][name]
        return "enum" not in kind and _widget(self.schema, self.ui, name) not in _SHORT


def without(schema: Schema, ui: Mapping[str, Any], names: Collection[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a form without some of its fields; a group left empty is left out."""
    left = {name: kind for name, kind in schema["properties"].items() if name not in names}
    groups = [
        group | {"fields": [name for name in group["fields"] if name not in names]} for group in ui.get("groups") or []
    ]
    rules = [rule for rule in ui.get("filled_when") or [] if left.keys() >= set(rule["when"])]
    shown = {**ui, "groups": [group for group in groups if group["fields"]], "filled_when": rules}
    required = [name for name in schema.get("required") or () if name in left]
    return {**schema, "properties": left, "required": required}, shown


def read(schema: Schema, posted: QueryDict, prefix: str) -> dict[str, Any]:
    """Return the values posted for the fields of `schema`, typed where they can be read."""
    return clean(schema, {name: posted.get(f"{prefix}-{name}", "")[:LONGEST] for name in schema["properties"]})


def person_schema() -> dict[str, Any]:
    """Return what is asked of a person nobody here knows yet."""
    return {
        "type": "object",
        "required": ["full_name"],
        "properties": {
            "full_name": {"type": "string", "title": _("Họ và tên"), "maxLength": 200},
            "identity_number": {"type": "string", "title": _("Số định danh")},
            "birth_on": {"type": "string", "format": "date", "title": _("Ngày sinh")},
            "gender": {"type": "string", "enum": list(Citizen.Gender.values), "title": _("Giới tính")},
            "phone": {"type": "string", "title": _("Điện thoại")},
            "email": {"type": "string", "format": "email", "title": _("Thư điện tử")},
            "address": {"type": "string", "maxLength": 250, "title": _("Nơi cư trú")},
        },
    }


def person_ui() -> dict[str, Any]:
    """Return how the person is asked."""
    genders = {value: str(label) for value, label in Citizen.Gender.choices}
    kinds = {"identity_number": "identity", "birth_on": "date", "phone": "phone", "email": "email"}
    fields: dict[str, dict[str, Any]] = {name: {"widget": kind} for name, kind in kinds.items()}
    fields["birth_on"]["not_after"] = TODAY
    fields["identity_number"]["note"] = _("(hoặc điện thoại)")
    fields["phone"]["note"] = _("(hoặc số định danh)")
    return {"fields": fields | {"gender": {"labels": genders}}}


def questions_schema(version: ProcedureVersion) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the questions about the case as a schema and its UI."""
    properties, fields = {}, {}
    for question in version.questions:
        labels = {str(option["value"]): option["label"] for option in question["options"]}
        properties[question["key"]] = {"type": "string", "enum": list(labels), "title": question["label"]}
        fields[question["key"]] = {"labels": labels}
    keys = list(properties)
    schema = {"type": "object", "properties": properties, "required": keys}
    return schema, {"groups": [{"key": "case", "title": "", "fields": keys}], "fields": fields}


def return_schema(version: ProcedureVersion | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return how the result may be fetched as a schema and its UI."""
    offered = (version.returning_methods if version else None) or ReturnMethod.values
    labels = {value: str(label) for value, label in ReturnMethod.choices if value in offered}
    properties = {
        "method": {"type": "string", "enum": list(labels), "title": _("Nhận kết quả")},
        "address": {"type": "string", "maxLength": 250, "title": _("Gửi bưu chính về")},
    }
    return {"type": "object", "properties": properties, "required": ["method"]}, {
        "groups": [{"key": "return", "title": "", "fields": ["method", "address"]}],
        "fields": {"method": {"labels": labels}},
    }


def _field(schema: Schema, ui: Mapping[str, Any], name: str, required: bool, *, as_radios: bool) -> forms.Field:
    kind = schema["properties"][name]
    common: dict[str, Any] = {"label": label_of(schema, name), "required": required}
    widget = _widget(schema, ui, name)
    if choices := _choices(kind, ui, name):
        if as_radios:
            return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **common)
        return forms.ChoiceField(choices=[("", "…"), *choices], **common)
    if "const" in kind:
        return forms.BooleanField(widget=forms.CheckboxInput(attrs={"value": "true"}), **common)
    attrs = {"autocomplete": "off", **_ATTRIBUTES.get(widget, {})}
    if widget == "textarea":
        return forms.CharField(widget=forms.Textarea(attrs=attrs | {"rows": "1"}), **common)
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **common)


def _choices(kind: Mapping[str, Any], ui: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    labels = _view(ui, name).get("labels") or {}
    if "enum" in kind:
        return [(str(value), str(labels.get(str(value), value))) for value in kind["enum"]]
    if kind.get("type") == "boolean" and "const" not in kind:
        return [("true", _("Có")), ("false", _("Không"))]
    return []


def _widget(schema: Schema, ui: Mapping[str, Any], name: str) -> str:
    """Return how a field is typed; what its type and format say wins over a widget that cannot hold it."""
    kind = schema["properties"][name]
    if kind.get("format") in ("date", "email"):
        return str(kind["format"])
    if kind.get("type") in ("integer", "number"):
        return "number"
    return str(_view(ui, name).get("widget") or "text")


def _view(ui: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return what the form's UI says of one field."""
    return (ui.get("fields") or {}).get(name) or {}


def as_typed(schema: Schema, name: str, value: Any) -> str:
    """Return a value as a person would type it: 22/11/2026, 1.250,5, the value of a choice."""
    kind = schema["properties"][name]
    if isinstance(value, bool):
        return "true" if value else "false"
    if "enum" in kind:
        return "" if value is None else str(value)
    return written(schema, {}, name, value)

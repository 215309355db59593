"""A procedure's form as data: reading what was typed, what is filled in already, what is wrong, and showing it again.

The form is JSON Schema 2020-12 of one flat object. Values are stored typed: days ISO, numbers as numbers, and a field
left empty is absent. People write days 22/11/2026 and numbers 1.250,5. What hangs on an answer stands in the UI
description: `required_when` and `empty_when` [{"when": condition, "fields": [..]}] and `filled_when` [{"when":
condition, "fields": {field: source}}]; a condition is the catalogue's (conditions.py), on the case's answers and the form's own fields.
A day that lies in the past (of birth, of death) has `not_after`: «today» among its field's own descriptions there.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from motcua.base import words
from motcua.catalogue.conditions import Facts, holds
from motcua.people.models import Citizen

Schema = Mapping[str, Any]
Data = Mapping[str, Any]

BINDINGS: dict[str, Callable[[Citizen], str | None]] = {
    "citizen.full_name": lambda citizen: citizen.full_name,
    "citizen.identity_number": lambda citizen: citizen.identity_number,
    "citizen.birth_on": lambda citizen: citizen.birth_on.isoformat() if citizen.birth_on else None,
    "citizen.gender": lambda citizen: citizen.gender,
    "citizen.phone": lambda citizen: citizen.phone,
    "citizen.email": lambda citizen: citizen.email,
    "citizen.address": lambda citizen: citizen.address,
}

TODAY = "today"
"""What `not_after` of a day's field may say: the day may not lie after the one on which it is declared."""

# fmt: off
_LIMITS: dict[str, Promise] = {
    "enum":             gettext_lazy("“%(label)s” phải là một trong các lựa chọn có sẵn"),
    "const":            gettext_lazy("Bạn chưa đánh dấu “%(label)s”"),
    "minLength":        gettext_lazy("“%(label)s” phải có ít nhất %(limit)s ký tự"),
    "maxLength":        gettext_lazy("“%(label)s” chỉ được dài tối đa %(limit)s ký tự"),
    "minimum":          gettext_lazy("“%(label)s” phải từ %(limit)s trở lên"),
    "maximum":          gettext_lazy("“%(label)s” không được quá %(limit)s"),
    "exclusiveMinimum": gettext_lazy("“%(label)s” phải lớn hơn %(limit)s"),
    "exclusiveMaximum": gettext_lazy("“%(label)s” phải nhỏ hơn %(limit)s"),
    "multipleOf":       gettext_lazy("“%(label)s” phải là bội số của %(limit)s"),
    "additionalProperties": gettext_lazy("Tờ khai này không có ô “%(label)s”"),
}
# fmt: on

_FORMATS = FormatChecker(["date", "email"])
_WRITTEN_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_BARE_DAY = re.compile(r"(\d{2})(\d{2})(\d{4})")  # a telephone's number pad may have no stroke, point or space
_WRITTEN_NUMBER = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")
_POINTED_NUMBER = re.compile(r"-?\d+\.(\d{1,2}|\d{4,})")  # a point that cannot stand between thousands
_YES, _NO = {"true", "on", "1", "co", "có"}, {"false", "off", "0", "khong", "không"}


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group of the form as read: rows of (field, label, value in words); a field left empty shows an empty value."""

    key: str
    title: str
    rows: tuple[tuple[str, str, str], ...]


def clean(schema: Schema, raw: Mapping[str, str]) -> dict[str, Any]:
    """Return the typed values of what was typed; what cannot be read stays as typed, for `errors_in` to explain.

    Fields the schema does not have are dropped: nobody can add any by hand.
    """
    values = {name: _typed(field, str(raw.get(name, "")).strip()) for name, field in _fields(schema).items()}
    return {name: value for name, value in values.items() if value != ""}


def defaults(schema: Schema) -> dict[str, Any]:
    """Return what the form assumes until somebody answers: the fields that have a JSON Schema «default»."""
    return {name: field["default"] for name, field in _fields(schema).items() if "default" in field}


def prefill(bindings: Mapping[str, str], citizen: Citizen) -> dict[str, Any]:
    """Return the fields the citizen's own record fills in; what it does not know is left out."""
    values = {field: BINDINGS[source](citizen) for field, source in bindings.items()}
    return {field: value for field, value in values.items() if value}


def required_in(schema: Schema, ui: Mapping[str, Any], facts: Facts) -> set[str]:
    """Return the fields that must be answered: always, and because of the answers given (`facts`)."""
    rules = [rule["fields"] for rule in ui.get("required_when") or [] if holds(rule["when"], facts)]
    companions = [others for field, others in _companions(schema) if facts.get(field) not in (None, "")]
    return set(schema.get("required") or ()).union(*rules, *companions)


def sometimes_required(schema: Schema, ui: Mapping[str, Any]) -> set[str]:
    """Return the fields that only some answers make compulsory."""
    rules = [rule["fields"] for rule in ui.get("required_when") or []]
    companions = [others for _field, others in _companions(schema)]
    return set[str]().union(*rules, *companions) - set(schema.get("required") or ())


def unwanted_in(ui: Mapping[str, Any], facts: Facts) -> list[str]:
    """Return the fields that are filled in although an answer given (`facts` has both) says they must be empty."""
    rules = [rule["fields"] for rule in ui.get("empty_when") or [] if holds(rule["when"], facts)]
    return [field for field in chain.from_iterable(rules) if facts.get(field) not in (None, "")]


def needed_with(schema: Schema, field: str) -> str:
    """Return the label of the field that needs `field` as its companion once it is filled in; empty when none does."""
    return next((label_of(schema, other) for other, needed in _companions(schema) if field in needed), "")


def filled_in(ui: Mapping[str, Any], facts: Facts, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the answers given let us fill in: «I am the mother» fills the mother's boxes.

    `known` are the sources: applicant.full_name, citizen.birth_on, …; what is not known is left out.
    """
    rules = [rule["fields"] for rule in ui.get("filled_when") or [] if holds(rule["when"], facts)]
    return {field: known[source] for fields in rules for field, source in fields.items() if known.get(source)}


def errors_in(
    schema: Schema, ui: Mapping[str, Any], data: Data, facts: Facts | None = None, *, today: date
) -> dict[str, str]:
    """Return one Vietnamese sentence for each field of `data` that is wrong, in the order of the form.

    `facts` are the answers to the case's questions, which may make a field compulsory; `today` is the day on which it
    is declared.
    """
    found: dict[str, str] = {}
    asked = {**schema, "required": sorted(required_in(schema, ui, {**data, **(facts or {})}))}
    for error in Draft202012Validator(asked, format_checker=_FORMATS).iter_errors(dict(data)):
        for field in _fields_of(error, asked, data):
            found.setdefault(field, _sentence(error, field, schema, ui))
    found |= {field: _too_late(label_of(schema, field), today) for field in _days_after(today, ui, data)}
    found |= {field: _unwanted(label_of(schema, field)) for field in unwanted_in(ui, {**data, **(facts or {})})}
    order = fields_in_order(schema, ui)
    return dict(sorted(found.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))


def fields_in_order(schema: Schema, ui: Mapping[str, Any]) -> list[str]:
    """Return every field in the order of the form's groups, those of no group last.

    The schema itself has no order: PostgreSQL's jsonb sorts the keys of an object.
    """
    grouped = [field for group in ui.get("groups") or [] for field in group["fields"]]
    return grouped + [field for field in _fields(schema) if field not in grouped]


def is_past(ui: Mapping[str, Any], field: str) -> bool:
    """Return whether the field is a day that may not lie in the future."""
    return bool(_ui(ui, field).get("not_after") == TODAY)


def label_of(schema: Schema, field: str) -> str:
    """Return the label of a field: its title, or its name where it has none."""
    return str(_fields(schema).get(field, {}).get("title") or field)


def written(schema: Schema, ui: Mapping[str, Any], field: str, value: Any) -> str:
    """Return a stored value in words: 22/11/2026, 1.250,5, «Có», or the label of a choice."""
    labels = _ui(ui, field).get("labels") or {}
    kind = _fields(schema).get(field, {})
    if value is None or value == "":
        return ""
    if str(value) in labels:
        return str(labels[str(value)])
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if kind.get("format") == "date":
        return _written_day(str(value))
    if isinstance(value, int | float):
        return _written_number(value)
    return str(value)


def shown(schema: Schema, ui: Mapping[str, Any], data: Data) -> list[ShownGroup]:
    """Return the whole form as people read it, group by group; fields of no group come last."""
    groups = list(ui.get("groups") or [])
    placed = {field for group in groups for field in group["fields"]}
    rest = [field for field in _fields(schema) if field not in placed]
    if rest:
        groups.append({"key": "other", "title": _("Thông tin khác") if groups else "", "fields": rest})
    return [
        ShownGroup(
            key=group["key"],
            title=group["title"],
            rows=tuple(
                (name, label_of(schema, name), written(schema, ui, name, data.get(name))) for name in group["fields"]
            ),
        )
        for group in groups
    ]


def _companions(schema: Schema) -> Iterable[tuple[str, list[str]]]:
    needed: Mapping[str, list[str]] = schema.get("dependentRequired") or {}
    return needed.items()


def _fields(schema: Schema) -> Mapping[str, Mapping[str, Any]]:
    fields: Mapping[str, Mapping[str, Any]] = schema.get("properties") or {}
    return fields


def _ui(ui: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    view: Mapping[str, Any] = (ui.get("fields") or {}).get(field) or {}
    return view


def _typed(field: Mapping[str, Any], text: str) -> Any:
    if field.get("type") in ("integer", "number"):
        return _number(text)
    if field.get("type") == "boolean":
        return True if text.lower() in _YES else False if text.lower() in _NO else text
    if field.get("format") == "date" and (day := _WRITTEN_DAY.fullmatch(text) or _BARE_DAY.fullmatch(text)):
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    return text.replace("\r\n", "\n")


def _number(text: str) -> int | float | str:
    if _POINTED_NUMBER.fullmatch(text):
        return float(text)
    if not _WRITTEN_NUMBER.fullmatch(text):
        return text
    number = text.replace(".", "").replace(",", ".")
    return float(number) if "." in number else int(number)


def _written_day(value: str) -> str:
    """Return the day in words; one that does not exist is shown as it stands, so that a person can mend it."""
    try:
        return words.day(date.fromisoformat(value))
    except ValueError:
        return value


def _written_number(value: float) -> str:
    whole, _point, part = f"{value:,}".partition(".")
    return whole.replace(",", ".") + (f",{part}" if part.strip("0") else "")


def _days_after(today: date, ui: Mapping[str, Any], data: Data) -> list[str]:
    """Return the fields with a day after `today` that may have none; what is no day is told otherwise."""
    return [field for field, value in data.items() if is_past(ui, field) and _is_day_after(today, value)]


def _is_day_after(today: date, value: Any) -> bool:
    try:
        return date.fromisoformat(str(value)) > today
    except ValueError:
        return False


def _unwanted(label: str) -> str:
    return _("Theo câu trả lời của bạn thì “%(label)s” phải để trống. Bạn xóa ô này, hoặc đổi câu trả lời.") % {
        "label": label
    }


def _too_late(label: str, today: date) -> str:
    return _("“%(label)s” không thể ở tương lai: hôm nay là %(today)s. Bạn xem lại ngày, tháng, năm.") % {
        "label": label,
        "today": words.day(today),
    }


def _fields_of(error: ValidationError, schema: Schema, data: Data) -> list[str]:
    """Return the fields an error is about; missing and unknown fields are reported on the whole object."""
    if error.absolute_path:
        return [str(error.absolute_path[0])]
    if error.validator == "required":
        return [field for field in schema["required"] if field not in data]
    if error.validator == "dependentRequired":
        needed = chain.from_iterable(others for field, others in schema["dependentRequired"].items() if field in data)
        return [field for field in needed if field not in data]
    if error.validator == "additionalProperties":
        return [field for field in data if field not in _fields(schema)]
    return [""]


def _sentence(error: ValidationError, field: str, schema: Schema, ui: Mapping[str, Any]) -> str:
    kind = _fields(schema).get(field, {})
    label = {"label": label_of(schema, field)}
    keyword = str(error.validator)
    if keyword in ("required", "dependentRequired"):
        return _unanswered(kind) % label
    if keyword == "type":
        return _wrong_type(str(error.validator_value)) % (label | {"example": _example(kind)})
    if keyword == "format":
        return _wrong_format(str(error.validator_value)) % label
    if keyword in _LIMITS:
        return str(_LIMITS[keyword]) % (label | {"limit": written({}, {}, "", error.validator_value)})
    hint = str(_ui(ui, field).get("hint") or "")
    return " ".join(part for part in (_("“%(label)s” viết chưa đúng.") % label, hint) if part)


def _unanswered(kind: Mapping[str, Any]) -> str:
    if "const" in kind:
        return _("Bạn chưa đánh dấu “%(label)s”")
    if "enum" in kind or kind.get("type") == "boolean":
        return _("Bạn chưa chọn “%(label)s”")
    return _("Bạn chưa điền “%(label)s”")


def _wrong_type(kind: str) -> str:
    if kind == "integer":
        return _("“%(label)s” phải là một số nguyên, viết bằng chữ số, ví dụ %(example)s")
    if kind == "number":
        return _("“%(label)s” phải là một số, ví dụ %(example)s")
    if kind == "boolean":
        return _("“%(label)s” chỉ trả lời có hoặc không")
    return _("“%(label)s” phải là chữ")


def _example(kind: Mapping[str, Any]) -> str:
    """Return a number the field would take: the schema's own example, else a usual one within its limits."""
    if kind.get("examples"):
        return _written_number(kind["examples"][0])
    usual = 2 if kind.get("type") == "integer" else 120.5
    step = kind.get("multipleOf", 1)
    above = kind["exclusiveMinimum"] + step if "exclusiveMinimum" in kind else None
    below = kind["exclusiveMaximum"] - step if "exclusiveMaximum" in kind else None
    lowest, highest = kind.get("minimum", above), kind.get("maximum", below)
    if "multipleOf" in kind:
        usual = step
    if lowest is not None and usual < lowest:
        usual = lowest
    return _written_number(highest if highest is not None and usual > highest else usual)


def _wrong_format(name: str) -> str:
    if name == "date":
        return _("“%(label)s” phải là một ngày có thật, viết như 22/11/2026")
    return _("“%(label)s” phải là một địa chỉ thư điện tử, ví dụ ten@vidu.vn")

"""Changes of a procedure's form as an officer makes them: pure functions from a form to a form.

A field is of one of KINDS, which says its JSON Schema and how it is asked. What a field carries beyond what is said
here (a pattern, an example, rules that hang on an answer) stays as long as its kind stays.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.forms import TODAY
from motcua.catalogue.question_edits import Choice, PartGone, free_key, place_of, swapped, valued

Object = dict[str, Any]
LONGEST_LINE, LONGEST_TEXT = 200, 1000


@dataclass(frozen=True, slots=True)
class Form:
    """The three columns a form stands in (forms.py tells their shapes)."""

    schema: Mapping[str, Any]
    ui: Mapping[str, Any]
    bindings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of field: its words, the schema it begins with, its widget."""

    label: Promise
    schema: Mapping[str, Any]
    widget: str


# fmt: off
KINDS: Mapping[str, Kind] = {
    "text":     Kind(_("Một dòng chữ"),                {"type": "string", "minLength": 1, "maxLength": LONGEST_LINE}, "text"),
    "textarea": Kind(_("Nhiều dòng chữ"),              {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}, "textarea"),
    "choice":   Kind(_("Chọn một trong danh sách"),    {"type": "string"},                                            "radios"),
    "yes_no":   Kind(_("Có hoặc không"),               {"type": "boolean"},                                           "radios"),
    "integer":  Kind(_("Số nguyên"),                   {"type": "integer"},                                           "number"),
    "number":   Kind(_("Số, có thể lẻ"),               {"type": "number"},                                            "number"),
    "date":     Kind(_("Ngày"),                        {"type": "string", "format": "date"},                          "date"),
    "identity": Kind(_("Số định danh cá nhân"),        {"type": "string", "pattern": "^[0-9]{12}$"},                  "identity"),
    "phone":    Kind(_("Số điện thoại"),               {"type": "string", "pattern": "^0[0-9]{9}$"},                  "phone"),
    "email":    Kind(_("Thư điện tử"),                 {"type": "string", "format": "email", "maxLength": 254},       "email"),
    "check":    Kind(_("Ô phải đánh dấu (cam đoan)"),  {"type": "boolean", "const": True},                            "check"),
}
# fmt: on
SOURCES: Mapping[str, Promise] = {
    "citizen.full_name": _("Họ và tên của người nộp"),
    "citizen.identity_number": _("Số định danh của người nộp"),
    "citizen.birth_on": _("Ngày sinh của người nộp"),
    "citizen.gender": _("Giới tính của người nộp"),
    "citizen.phone": _("Số điện thoại của người nộp"),
    "citizen.email": _("Thư điện tử của người nộp"),
    "citizen.address": _("Nơi ở của người nộp"),
}
"""forms.BINDINGS in words."""

NUMBERS = ("integer", "number")


@dataclass(frozen=True, slots=True)
class FieldSaid:
    """What is said of one field. `group` is a group's key, empty for none; `source` a key of forms.BINDINGS or empty."""

    label: str
    kind: str
    hint: str = ""
    group: str = ""
    required: bool = False
    is_past: bool = False
    choices: tuple[Choice, ...] = ()
    least: float | None = None
    most: float | None = None
    source: str = ""


def kind_of(schema: Mapping[str, Any], view: Mapping[str, Any]) -> str:
    """Return of which kind a field is, from its schema first, then from its widget."""
    if "enum" in schema:
        return "choice"
    if schema.get("type") == "boolean":
        return "check" if "const" in schema else "yes_no"
    if schema.get("type") in NUMBERS:
        return str(schema["type"])
    if schema.get("format") in ("date", "email"):
        return str(schema["format"])
    widget = str(view.get("widget") or "")
    return widget if widget in ("textarea", "identity", "phone") else "text"


def said_of(form: Form, name: str) -> FieldSaid:
    """Return what a form says of a field. Raises PartGone."""
    schema, view = _fields(form).get(name), _view(form, name)
    if schema is None:
        raise PartGone
    labels, for_another = view.get("labels") or {}, {str(value) for value in view.get("for_another") or ()}
    values = [str(value) for value in schema.get("enum") or ()]
    return FieldSaid(
        label=str(schema.get("title") or name),
        kind=kind_of(schema, view),
        hint=str(view.get("hint") or ""),
        group=next((str(group["key"]) for group in form.ui.get("groups") or () if name in group["fields"]), ""),
        required=name in (form.schema.get("required") or ()),
        is_past=view.get("not_after") == TODAY,
        choices=tuple(Choice(value, str(labels.get(value, value)), value in for_another) for value in values),
        least=schema.get("minimum", schema.get("exclusiveMinimum")),
        most=schema.get("maximum", schema.get("exclusiveMaximum")),
        source=form.bindings.get(name, ""),
    )


def changed_field(form: Form, name: str, said: FieldSaid) -> Form:
    """Return the form with a field said anew; one that changes its group comes last there. Raises PartGone."""
    before = said_of(form, name)
    told = replace(said, choices=tuple(valued(said.choices)) if said.kind == "choice" else ())
    schema, ui = _copy(form.schema), _copy(form.ui)
    schema["properties"][name] = _schema(schema["properties"][name], before, told)
    ui.setdefault("fields", {})[name] = _described(_view(form, name), before, told)
    required = [one for one in schema.get("required") or () if one != name]
    schema["required"] = [*required, name] if told.required else required
    if before.required and told.required:
        schema["required"] = list(form.schema["required"])
    if told.group != before.group:
        _place(ui, name, told.group)
    bindings = {field: source for field, source in form.bindings.items() if field != name}
    return Form(schema, ui, bindings | ({name: told.source} if told.source else {}))


def added_field(form: Form, said: FieldSaid, *, taken: Iterable[str] = ()) -> tuple[Form, str]:
    """Return the form with a new field last in its group, and the name it got, which is none of `taken`."""
    name = free_key(said.label, {*taken, *_fields(form)})
    schema: Object = {"type": "object", "additionalProperties": False, **_copy(form.schema)}
    schema.setdefault("properties", {})[name] = dict(KINDS[said.kind].schema)
    ui: Object = {"groups": [], "fields": {}, **_copy(form.ui)}
    ui["fields"][name] = {"widget": KINDS[said.kind].widget}
    return changed_field(Form(schema, ui, form.bindings), name, said), name


def without_field(form: Form, name: str) -> Form:
    """Return the form without a field, nor any rule that names it. Raises PartGone."""
    said_of(form, name)
    schema, ui = _copy(form.schema), _copy(form.ui)
    schema["properties"].pop(name)
    schema["required"] = [one for one in schema.get("required") or () if one != name]
    companions = {
        one: [other for other in needed if other != name] for one, needed in _companions(schema) if one != name
    }
    if "dependentRequired" in schema:
        schema["dependentRequired"] = {one: needed for one, needed in companions.items() if needed}
    ui.get("fields", {}).pop(name, None)
    _place(ui, name, "")
    for rules in ("required_when", "empty_when", "filled_when"):
        if rules in ui:
            ui[rules] = [rule for rule in (_without(rule, name) for rule in ui[rules]) if rule["fields"]]
    return Form(schema, ui, {field: source for field, source in form.bindings.items() if field != name})


def moved_field(form: Form, name: str, by: int) -> Form:
    """Return the form with a field one place higher (`by` -1) or lower (1) in its group. Raises PartGone."""
    key = said_of(form, name).group
    ui = _copy(form.ui)
    for group in ui.get("groups") or []:
        if group["key"] == key:
            swapped(group["fields"], group["fields"].index(name), by)
    return replace(form, ui=ui)


def changed_group(form: Form, key: str, *, title: str, is_about_filer: bool) -> Form:
    """Return the form with a group called otherwise. Raises PartGone."""
    ui = _copy(form.ui)
    group = ui["groups"][place_of(ui.get("groups") or [], key)]
    group["title"] = title
    group.pop("about", None)
    if is_about_filer:
        group["about"] = "applicant"
    return replace(form, ui=ui)


def added_group(form: Form, *, title: str, is_about_filer: bool) -> Form:
    """Return the form with a new group last."""
    ui: Object = {"groups": [], "fields": {}, **_copy(form.ui)}
    key = free_key(title, [str(group["key"]) for group in ui["groups"]])
    ui["groups"].append({"key": key, "title": title, "fields": []})
    return changed_group(replace(form, ui=ui), key, title=title, is_about_filer=is_about_filer)


def moved_group(form: Form, key: str, by: int) -> Form:
    """Return the form with a group one place higher (`by` -1) or lower (1). Raises PartGone."""
    ui = _copy(form.ui)
    groups = ui.get("groups") or []
    swapped(groups, place_of(groups, key), by)
    return replace(form, ui=ui)


def without_group(form: Form, key: str) -> Form:
    """Return the form without a group; its fields stay, in no group. Raises PartGone."""
    ui = _copy(form.ui)
    groups = ui.get("groups") or []
    groups.pop(place_of(groups, key))
    return replace(form, ui=ui)


def _schema(before: Mapping[str, Any], was: FieldSaid, said: FieldSaid) -> Object:
    """Return the schema of a field: what it carried while its kind stays, else what the kind begins with."""
    schema = dict(before) if was.kind == said.kind else dict(KINDS[said.kind].schema)
    schema["title"] = said.label
    if said.kind == "choice":
        own = {str(value): value for value in before.get("enum") or ()}
        schema["enum"] = [own.get(choice.value, choice.value) for choice in said.choices]
        if schema.get("default") not in schema["enum"]:
            schema.pop("default", None)
    if said.kind in NUMBERS:
        _bound(schema, ("minimum", "exclusiveMinimum"), was.least, said.least)
        _bound(schema, ("maximum", "exclusiveMaximum"), was.most, said.most)
    return schema


def _bound(schema: Object, names: tuple[str, str], was: float | None, now: float | None) -> None:
    """Write a limit where it is other than before, so that «greater than 0» stays so while nobody touches it."""
    if was == now and any(name in schema for name in names):
        return
    for name in names:
        schema.pop(name, None)
    if now is not None:
        schema[names[0]] = now


def _described(before: Mapping[str, Any], was: FieldSaid, said: FieldSaid) -> Object:
    dropped = {"hint", "not_after", "labels", "for_another"} | (set() if was.kind == said.kind else {"widget"})
    view = {key: value for key, value in before.items() if key not in dropped}
    view.setdefault("widget", KINDS[said.kind].widget)
    if said.hint:
        view["hint"] = said.hint
    if said.is_past and said.kind == "date":
        view["not_after"] = TODAY
    if said.kind == "choice":
        view["labels"] = {choice.value: choice.label for choice in said.choices}
        if for_another := [choice.value for choice in said.choices if choice.for_another]:
            view["for_another"] = for_another
    return view


def _place(ui: Object, name: str, key: str) -> None:
    """Put a field last into a group; into none without a key."""
    for group in ui.get("groups") or []:
        group["fields"] = [one for one in group["fields"] if one != name]
        if group["key"] == key:
            group["fields"].append(name)


def _without(rule: Mapping[str, Any], name: str) -> Object:
    fields = rule["fields"]
    kept = (
        {k: v for k, v in fields.items() if k != name} if isinstance(fields, dict) else [f for f in fields if f != name]
    )
    return {**rule, "fields": kept}


def _companions(schema: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    return list((schema.get("dependentRequired") or {}).items())


def _fields(form: Form) -> Mapping[str, Mapping[str, Any]]:
    fields: Mapping[str, Mapping[str, Any]] = form.schema.get("properties") or {}
    return fields


def _view(form: Form, name: str) -> Mapping[str, Any]:
    view: Mapping[str, Any] = (form.ui.get("fields") or {}).get(name) or {}
    return view


def _copy(part: Mapping[str, Any]) -> Object:
    return deepcopy(dict(part))

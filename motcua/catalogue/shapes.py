"""The shape of what a version keeps as JSON, so that nothing an administrator types by hand can break a page later."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from motcua.catalogue.models import ProcedureVersion

Schema = Mapping[str, Any]
TEXT: Schema = {"type": "string"}


def _object(required: str, **optional: Schema) -> Schema:
    """Return the schema of an object whose `required` keys, said in one string, are texts unless told otherwise."""
    names = required.split()
    return {"type": "object", "required": names, "properties": {name: TEXT for name in names} | optional}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_OPTIONS = _list(
    {
        "type": "object",
        "required": ["value", "label"],
        "properties": {"label": TEXT, "for_another": {"type": "boolean"}},
    }
)
_PLACED = _object("key title", fields=_list(TEXT))

# fmt: off
SHAPES: Mapping[str, Schema] = {
    "execution_steps": _list(_object("name", description=TEXT)),
    "channels":        _list(_object("method", description=TEXT)),
    "results":         _list(_object("name", code=TEXT)),
    "legal_bases":     _list(_object("name", code=TEXT)),
    "questions":       _list(_object("key label options", options=_OPTIONS)),
    "form_schema":     {"type": "object", "properties": {"properties": {"type": "object", "additionalProperties": {"type": "object"}}}},
    "form_ui":         {"type": "object", "properties": {"groups": _list(_PLACED), "fields": {"type": "object", "additionalProperties": {"type": "object"}}}},
    "form_bindings":   {"type": "object", "additionalProperties": TEXT},
    "process":         {"type": "object", "properties": {"steps": _list(_object("code name", next=_list(_object("to"))))}},
}
EXAMPLES: Mapping[str, str] = {
    "execution_steps": '[{"name": "Kiểm tra hồ sơ", "description": "Xem giấy tờ đã đủ chưa."}]',
    "channels":        '[{"method": "online", "quantity": "7", "unit": "ngày làm việc", "description": "Nộp ngay tại đây."}]',
    "results":         '[{"code": "1.013225.KQ01", "name": "Giấy phép xây dựng"}]',
    "legal_bases":     '[{"code": "50/2014/QH13", "name": "Luật Xây dựng"}]',
    "questions":       '[{"key": "work", "label": "Bạn xây mới hay sửa?", "hint": "", "options": [{"value": "moi", "label": "Xây mới"}]}]',
    "form_schema":     '{"type": "object", "required": ["owner"], "properties": {"owner": {"type": "string", "title": "Họ và tên"}}}',
    "form_ui":         '{"groups": [{"key": "you", "title": "Về bạn", "fields": ["owner"]}], "fields": {"owner": {"hint": "Viết đủ dấu"}}}',
    "form_bindings":   '{"owner": "citizen.full_name"}',
    "process":         '{"steps": [{"code": "review", "name": "Thẩm định", "kind": "work", "unit": "resolving", "role": "specialist", "hours": 8, "next": [{"to": "sign"}]}]}',
}
# fmt: on

_TYPES = {
    "array": "một danh sách [ ]",
    "object": "các cặp khóa và giá trị { }",
    "string": "chữ trong nháy kép",
    "boolean": "true hoặc false",
}


def shape_faults(version: ProcedureVersion) -> list[str]:
    """Return what is out of shape in the JSON of `version`, as Vietnamese sentences."""
    named = {field.name: str(field.verbose_name) for field in ProcedureVersion._meta.concrete_fields}
    return [
        _("Mục “%(column)s”: %(fault)s") % {"column": named[column], "fault": fault}
        for column in SHAPES
        for fault in faults_in_shape(column, getattr(version, column))
    ]


def faults_in_shape(column: str, value: object) -> Iterator[str]:
    """Yield what is out of shape in one column's `value`, each a Vietnamese sentence."""
    errors = Draft202012Validator(SHAPES[column]).iter_errors(value)
    told = [_("Ở %(place)s %(wrong)s.") % {"place": _place(error), "wrong": _wrong(error)} for error in errors]
    yield from dict.fromkeys(told)  # a place that lacks two keys is told once


def _place(error: ValidationError) -> str:
    parts = [f"dòng {part + 1}" if isinstance(part, int) else f"“{part}”" for part in error.absolute_path]
    return ", ".join(parts) or "ngoài cùng"


def _wrong(error: ValidationError) -> str:
    if error.validator == "required":
        missing = [name for name in cast(Any, error.validator_value) if name not in cast(Any, error.instance)]
        return "thiếu " + ", ".join(f"“{name}”" for name in missing)
    return f"phải là {_TYPES[str(error.validator_value)]}"

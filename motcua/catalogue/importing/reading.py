"""Reading a file of national records, one JSON object a line: the portal's list, or its full records.

A line that cannot be taken is rejected with its number and a sentence, and the rest goes on.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from motcua.catalogue.content import ProcedureContent, hash_of
from motcua.catalogue.importing.converting import content_of
from motcua.catalogue.importing.record import BadRecord, CaseTime, Channel, Details, Fee, Item, Record
from motcua.catalogue.models import Procedure

Row = Mapping[str, Any]
T = TypeVar("T")

TYPES = {
    "STANDARD": Procedure.Type.STANDARD,
    "SPECIFIC": Procedure.Type.SPECIFIC,
    "STANDARD_INTERNAL": Procedure.Type.INTERNAL,
}
LONGEST = {"code": 40, "name": 2000}


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; its text is a Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line not taken, and why."""

    line: int
    reason: str


@dataclass(slots=True)
class Reading:
    """What a file holds."""

    records: list[ProcedureContent] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.records) + len(self.rejected)


def read(path: Path) -> Reading:
    """Read the records of `path`. Raises UnreadableFile when there is no such file of lines of JSON."""
    reading = Reading()
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        try:
            content = _content(line)
            if first := seen.get(content.code):
                raise BadRecord(_("Mã %(code)s đã có ở dòng %(line)s.") % {"code": content.code, "line": first})
        except BadRecord as error:
            reading.rejected.append(Rejected(number, str(error)))
        else:
            seen[content.code] = number
            reading.records.append(content)
    return reading


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Return the numbered lines that are not empty."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UnreadableFile(_("Tệp %(path)s không phải là văn bản UTF-8.") % {"path": path}) from error
    except OSError as error:
        raise UnreadableFile(
            _("Không mở được tệp %(path)s. Hãy kiểm tra đường dẫn và quyền đọc.") % {"path": path}
        ) from error
    if lines[0].lstrip().startswith("["):
        raise UnreadableFile(
            _("Tệp %(path)s là một mảng JSON. Lệnh này cần mỗi dòng một bản ghi (.jsonl).") % {"path": path}
        )
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _content(line: str) -> ProcedureContent:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadRecord(_("Dòng này không phải là JSON (ký tự thứ %(at)s).") % {"at": error.pos + 1}) from error
    if not isinstance(row, Mapping):
        raise BadRecord(_("Dòng này không phải là một bản ghi."))
    if "\\u0000" in line:
        raise BadRecord(_("Bản ghi có ký tự rỗng, không lưu được."))
    return content_of(_record(row), hash_of(row))


def _record(row: Row) -> Record:
    if "channels" in row or "checklist_raw" in row:
        return _full(row)
    if "departments" in row or "codeNotation" in row:
        return _listed(row)
    raise BadRecord(_("Không nhận ra dạng bản ghi: không có cách thức thực hiện, cũng không có cơ quan thực hiện."))


def _listed(row: Row) -> Record:
    """Read a line of the portal's list."""
    fields = _texts(row, "categories")
    return Record(
        code=_needed(row, "code"),
        name=_needed(row, "name"),
        national_id=_text(row, "id"),
        type=TYPES.get(_text(row, "type"), Procedure.Type.STANDARD),
        field_code="",  # the list has the portal's own ids of fields, not their codes
        field_name=next(iter(fields), ""),
        promulgated_by=_text(row, "departmentPromulgate"),
        executing=_texts(row, "departments"),
        subject_types=_texts(row, "formalityTargetType"),
        details=None,
    )


def _full(row: Row) -> Record:
    """Read a full record."""
    category = row.get("category") or {}
    if not isinstance(category, Mapping):
        raise BadRecord(_wrong("category"))
    promulgated_by = _text(row, "promulgating_agency")
    return Record(
        code=_needed(row, "code"),
        name=_needed(row, "name"),
        national_id=_text(row, "source_id"),
        type=Procedure.Type.SPECIFIC if promulgated_by.startswith("UBND") else Procedure.Type.STANDARD,
        field_code=_text(category, "code"),
        field_name=_text(category, "name"),
        promulgated_by=promulgated_by,
        executing=tuple(part.strip() for part in _text(row, "executing_agency").split(";") if part.strip()),
        subject_types=_texts(row, "subject_types"),
        details=Details(
            requirements=_text(row, "requirements"),
            results=_texts(row, "results"),
            channels=_objects(row, "channels", _channel),
            cases=_objects(row, "processing_cases", _case),
            legal_bases=_objects(row, "legal_basis", lambda basis: (_text(basis, "code"), _text(basis, "name"))),
            steps=_objects(row, "steps_raw", lambda step: (_text(step, "name"), _text(step, "text"))),
            items=tuple(item for items in _objects(row, "checklist_raw", _items) for item in items),
        ),
    )


def _channel(row: Row) -> Channel:
    time = row.get("processing") or {}
    if not isinstance(time, Mapping):
        raise BadRecord(_wrong("processing"))
    return Channel(
        method=_text(row, "method"),
        quantity=_written(time.get("qty")),
        unit=_text(time, "unit"),
        note=_text(row, "note"),
        fees=_objects(row, "fees", _fee),
    )


def _fee(row: Row) -> Fee:
    value = row.get("value_vnd")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
        raise BadRecord(_wrong("value_vnd"))
    return Fee(type=_text(row, "type"), value=None if value is None else round(value), text=_text(row, "text"))


def _case(row: Row) -> CaseTime:
    return CaseTime(code=_text(row, "case_code"), quantity=_written(row.get("qty")), unit=_text(row, "unit"))


def _items(row: Row) -> tuple[Item, ...]:
    group = _text(row, "group")
    return _objects(
        row,
        "items",
        lambda item: Item(
            group=group,
            code=_text(item, "code"),
            name=_text(item, "name"),
            originals=_count(item, "original_qty"),
            copies=_count(item, "copy_qty"),
        ),
    )


def _needed(row: Row, key: str) -> str:
    text = " ".join(_text(row, key).split())
    if not text:
        raise BadRecord(_("Bản ghi thiếu “%(key)s”.") % {"key": key})
    if len(text) > LONGEST[key]:
        raise BadRecord(_("“%(key)s” dài quá %(longest)s ký tự.") % {"key": key, "longest": LONGEST[key]})
    return text


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRecord(_wrong(key))
    return _composed(value)


def _texts(row: Row, key: str) -> tuple[str, ...]:
    values = row.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str | None) for value in values):
        raise BadRecord(_wrong(key))
    return tuple(dict.fromkeys(_composed(value) for value in values if value and value.strip()))


def _composed(text: str) -> str:
    """Return the text with composed accents: some records have them apart, which no pattern and no search expects."""
    return unicodedata.normalize("NFC", text).strip()


def _objects(row: Row, key: str, of: Callable[[Row], T]) -> tuple[T, ...]:
    values = row.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, Mapping) for value in values):
        raise BadRecord(_wrong(key))
    return tuple(of(value) for value in values)


def _count(row: Row, key: str) -> int:
    value = row.get(key) or 0
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 999:
        raise BadRecord(_wrong(key))
    return value


def _written(value: object) -> str:
    """Return a quantity as the source writes it: a number, or a sentence."""
    if value is not None and (isinstance(value, bool) or not isinstance(value, str | int | float)):
        raise BadRecord(_wrong("qty"))
    return "" if value is None else _composed(str(value))


def _wrong(key: str) -> str:
    return _("“%(key)s” không đúng kiểu.") % {"key": key}

"""The starter catalogue: `starter/<field>.json`, an array of procedures a province can begin with.

Facts of law are the national ones; plain names, questions, forms and processes are this product's own. Its format is
told in docs/howto/starter-catalogue.md.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from motcua.catalogue.content import GroupContent, ProcedureContent, hash_of
from motcua.catalogue.models import Case, FeeRule, PaperGroup, PaperRequirement

FOLDER = Path(__file__).parent / "starter"

Record = Mapping[str, Any]

_OF_VERSION = (
    "name", "plain_name", "desk_name", "summary", "description", "requirements", "subject_types", "promulgated_by",
    "authority", "executing", "coordinating", "levels", "competent_subject", "decision_number", "online_level",
    "partial_reason", "non_territorial", "returning_methods", "execution_steps", "channels", "results", "legal_bases",
    "questions", "process", "no_legal_term", "same_day", "granularity", "after_pause",
)  # fmt: skip
_OF_PAPER = (
    "code", "name", "hint", "kind", "original_count", "copy_count", "required", "electronic", "from_form",
    "replaced_by_data",
)  # fmt: skip
_OF_FEE = ("name", "kind", "amount_vnd", "per", "channel", "condition", "basis", "note")


class BadStarter(ValueError):
    """A record of the starter files cannot be read."""


def contents(folder: Path = FOLDER) -> list[ProcedureContent]:
    """Return every procedure of the starter files, in the order of their file names."""
    return [content_of(record) for _path, record in records(folder)]


def records(folder: Path = FOLDER) -> Iterator[tuple[Path, Record]]:
    """Read the records as they stand, each with the file it comes from."""
    for path in sorted(folder.glob("*.json")):
        for record in json.loads(path.read_text(encoding="utf-8")):
            yield path, record


def content_of(record: Record) -> ProcedureContent:
    """Return one record as rows. Raises BadStarter naming the procedure and the key that is missing or wrong."""
    try:
        return _content_of(record)
    except (KeyError, TypeError, ValueError) as error:
        raise BadStarter(f"{record.get('code')}: {error!r}") from error


def _content_of(record: Record) -> ProcedureContent:
    return ProcedureContent(
        code=record["code"],
        field_code=record["field"]["code"],
        field_name=record["field"]["name"],
        type=record.get("type", "standard"),
        local_code=record.get("local_code", ""),
        aliases=tuple(record.get("aliases", ())),
        life_events=tuple(record.get("life_events", ())),
        version=_present(record, _OF_VERSION) | _form(record.get("form") or {}),
        content_hash=hash_of(record),
        cases=tuple(_case(case) for case in record.get("cases", ())),
        groups=tuple(_group(group) for group in record.get("paper_groups", ())),
        fees=tuple(_fee(fee) for fee in record.get("fees", ())),
    )


def _present(record: Record, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: record[key] for key in keys if record.get(key) is not None}


def _form(form: Record) -> dict[str, Any]:
    return {
        "form_schema": form.get("schema", {}),
        "form_ui": form.get("ui", {}),
        "form_bindings": form.get("bindings", {}),
    }


def _case(case: Record) -> Case:
    quantity, unit = _term(case.get("term"))
    online, online_unit = _term(case.get("online_term"))
    if online is not None and online_unit != unit:
        raise ValueError(f"online_term of {case['code']} counts in another unit")
    return Case(
        code=case["code"],
        name=case["name"],
        condition=case.get("condition") or {},
        term_quantity=quantity,
        term_unit=unit,
        online_term_quantity=online,
    )


def _term(text: str | None) -> tuple[Decimal | None, str]:
    """Return «5 working_days» as its quantity and unit."""
    if not text:
        return None, ""
    quantity, unit = text.split()
    return Decimal(quantity), Case.Unit(unit).value


def _group(group: Record) -> GroupContent:
    row = PaperGroup(**_present(group, ("rule", "title", "condition", "why_not")))
    return GroupContent(row, tuple(PaperRequirement(**_present(paper, _OF_PAPER)) for paper in group["papers"]))


def _fee(fee: Record) -> FeeRule:
    return FeeRule(valid_from=_day(fee.get("valid_from")), valid_to=_day(fee.get("valid_to")), **_present(fee, _OF_FEE))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

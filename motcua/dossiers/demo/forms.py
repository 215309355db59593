"""Filling a form plausibly from its own schema: every value is invented and passes the form's rules."""

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from motcua.catalogue.for_another import answers_for_another
from motcua.catalogue.forms import is_past
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.demo import agreeing
from motcua.dossiers.demo.words import OTHERWISE, TEXTS

USUAL = {"nationality": "VN", "by_decision": "khong", "mortgaged": "khong", "debts": "khong", "disputed": "no"}
"""What almost everybody answers, by a part of the field's name."""


def fill(version: ProcedureVersion, rng: Random, on: date) -> dict[str, Any]:
    """Return data for every field of the version's form, as somebody filing on the day `on` would."""
    fields, ui = version.form_schema["properties"], version.form_ui
    data = {name: _value(name, field, rng, on, is_past=is_past(ui, name)) for name, field in fields.items()}
    return agreeing.agree(data, rng)


def for_oneself(version: ProcedureVersion, data: Mapping[str, Any], rng: Random) -> dict[str, Any]:
    """Return the data with another choice wherever the one made means filing for somebody else."""
    fields, changed = version.form_schema["properties"], dict(data)
    for name, meant in answers_for_another(version).items():
        own = [value for value in fields.get(name, {}).get("enum", ()) if value not in meant]
        if changed.get(name) in meant and own:
            changed[name] = rng.choice(own)
    return changed


def answer(question: Mapping[str, Any], rng: Random) -> str:
    """Return an answer to a question of the case, as somebody who files for themselves would give it."""
    own = [option for option in question["options"] if not option.get("for_another")]
    return str(rng.choice(own)["value"])


def _value(name: str, field: Mapping[str, Any], rng: Random, on: date, *, is_past: bool) -> Any:
    if "enum" in field:
        usual = next((value for part, value in USUAL.items() if part in name), None)
        return field.get("default") or (usual if usual in field["enum"] else rng.choice(field["enum"]))
    if field["type"] in {"integer", "number"}:
        return agreeing.number(name, field, rng)
    if field["type"] == "boolean":
        return rng.random() < 0.5
    if field.get("format") == "date":
        return agreeing.day(name, rng, on, is_past=is_past).isoformat()
    return _text(name, field, rng, on)


def _text(name: str, field: Mapping[str, Any], rng: Random, on: date) -> str:
    make = next((make for part, make in TEXTS if part in name), None)
    text = make(rng, on) if make else rng.choice(OTHERWISE)
    if len(text) > field.get("maxLength", len(text)):
        text = text[: field["maxLength"]].strip()
    return text

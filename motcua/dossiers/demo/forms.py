"""Filling a form plausibly from its own schema: every value is invented and passes the form's rules."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from motcua.catalogue.for_another import answers_for_another
from motcua.catalogue.models import ProcedureVersion
from motcua.people.demo.names import invent_name

STREETS = (
    "Lâm Hoằng",
    "Nguyễn Sinh Cung",
    "Chi Lăng",
    "Tuy Lý Vương",
    "Hàn Mặc Tử",
    "Đặng Văn Ngữ",
    "Mai Thúc Loan",
    "Nguyễn Chí Diểu",
)
SENTENCES = (
    "Theo giấy tờ kèm theo, gia đình xin làm đúng như đã khai.",
    "Nội dung khớp với giấy tờ gốc mang theo khi nhận kết quả.",
    "Thông tin đã được chủ hộ xem và đồng ý.",
)

Maker = Callable[[Random, date], Any]


def fill(schema: Mapping[str, Any], rng: Random, on: date) -> dict[str, Any]:
    """Return data for every field of `schema`, as somebody filing on the day `on` would."""
    return {name: _value(name, field, rng, on) for name, field in schema["properties"].items()}


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


def _value(name: str, field: Mapping[str, Any], rng: Random, on: date) -> Any:
    if "enum" in field:
        return field.get("default") or rng.choice(field["enum"])
    if field["type"] in {"integer", "number"}:
        return _number(field, rng)
    if field["type"] == "boolean":
        return rng.random() < 0.5
    if field.get("format") == "date":
        return _day(name, rng, on).isoformat()
    return _text(name, field, rng, on)


def _number(field: Mapping[str, Any], rng: Random) -> int | float:
    lowest = field.get("minimum", field.get("exclusiveMinimum", 0))
    highest = min(field.get("maximum", lowest + 5), lowest + 5)
    if field["type"] == "integer":
        return rng.randint(int(lowest) + ("exclusiveMinimum" in field), int(highest))
    return round(rng.uniform(float(lowest) + 0.5, float(highest)), 1) if highest > lowest + 0.5 else float(highest)


def _day(name: str, rng: Random, on: date) -> date:
    if "birth" in name and "child" not in name:
        return on - timedelta(days=rng.randint(20 * 365, 70 * 365))
    return on - timedelta(days=rng.randint(2, 40))


# The first key that the field's name contains says how its text is made.
# fmt: off
_TEXTS: tuple[tuple[str, Maker], ...] = (
    ("email",           lambda rng, _on: f"nguoidan{rng.randint(1, 999)}@vidu.vn"),
    ("phone",           lambda rng, _on: f"0912{rng.randint(0, 999999):06}"),
    ("identity_number", lambda rng, _on: f"0462{rng.randint(0, 99999999):08}"),
    ("tax_code",        lambda rng, _on: f"33{rng.randint(0, 99999999):08}"),
    ("full_name",       lambda rng, _on: invent_name(rng)[0]),
    ("business_name",   lambda rng, _on: f"Hộ kinh doanh {invent_name(rng)[0]}"),
    ("organisation_name", lambda rng, _on: f"Công ty TNHH {invent_name(rng)[0].split()[-1]} Huế"),
    ("ethnicity",       lambda _rng, _on: "Kinh"),
    ("nationality",     lambda _rng, _on: "Việt Nam"),
    ("hometown",        lambda _rng, _on: "Thành phố Huế"),
    ("birth_place",     lambda _rng, _on: "Bệnh viện Trung ương Huế"),
    ("address",         lambda rng, _on: _address(rng)),
    ("residence",       lambda rng, _on: _address(rng)),
    ("place",           lambda rng, _on: _address(rng)),
    ("map_sheet",       lambda rng, _on: str(rng.randint(1, 40))),
    ("parcel",          lambda rng, _on: str(rng.randint(1, 600))),
    ("number",          lambda rng, _on: f"{rng.randint(1, 999)}/2026"),
    ("code",            lambda rng, _on: f"{rng.randint(10000000, 99999999)}"),
    ("account",         lambda rng, _on: f"{rng.randint(10**9, 10**10 - 1)}"),
    ("bank",            lambda _rng, _on: "Ngân hàng mẫu, chi nhánh Huế"),
    ("hour",            lambda rng, _on: f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}"),
)
# fmt: on


def _text(name: str, field: Mapping[str, Any], rng: Random, on: date) -> str:
    make = next((make for part, make in _TEXTS if part in name), None)
    text = str(make(rng, on)) if make else rng.choice(SENTENCES)
    if "maxLength" in field and len(text) > field["maxLength"]:
        text = text[: field["maxLength"]].strip()
    return text.ljust(field.get("minLength", 0), "a") if len(text) < field.get("minLength", 0) else text


def _address(rng: Random) -> str:
    return f"{rng.randint(1, 120)} {rng.choice(STREETS)}, thành phố Huế"

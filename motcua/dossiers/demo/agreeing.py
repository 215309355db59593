"""Numbers and days that people would write, and fields of one form that agree with one another."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from motcua.people.models import Citizen

Data = dict[str, Any]
YEAR = 365
PARENTS = ("mother", "father")
MILLION = 1_000_000

# Field → least, most, in steps of; the first key that the field's name contains.
# fmt: off
NUMBERS: tuple[tuple[str, int, int, int], ...] = (
    ("floor_count",        1,   4, 1),
    ("ground_area",       45, 140, 1),
    ("work_area",         12,  80, 1),
    ("parcel_area",       90, 420, 1),
    ("residential_area",  60, 200, 1),
    ("floor_area",        40, 300, 5),
    ("land_area",        200, 900, 10),
    ("house_year",      1985, 2018, 1),
    ("household_size",     2,   6, 1),
    ("occupants",          1,   5, 1),
    ("monthly_income", 2 * MILLION, 6 * MILLION, 200_000),
    ("capital",       50 * MILLION, 900 * MILLION, 10 * MILLION),
    ("price",        450 * MILLION, 3_500 * MILLION, 50 * MILLION),
    ("duration_years",    10,  50, 5),
    ("extension_months",   3,  12, 3),
    ("new_parcel",         2,   3, 1),
    ("vehicle",            2,  12, 1),
    ("worker",             1,  12, 1),
    ("festival_scale",   300, 6_000, 100),
    ("school_capacity",   40, 160, 10),
    ("capacity_tonnes",    5,  60, 5),
    ("page_count",         1,  12, 1),
    ("times",              1,   1, 1),
    ("copies",             1,   4, 1),
    ("count",              1,   4, 1),
)
# Field → how many days before the filing: least, most; negative ones are to come.
DAYS: tuple[tuple[str, int, int], ...] = (
    ("child_birth",         3, 50),
    ("claimed_birth",  1 * YEAR, 12 * YEAR),
    ("ward_birth",     5 * YEAR, 15 * YEAR),
    ("father_birth",  24 * YEAR, 44 * YEAR),
    ("mother_birth",  22 * YEAR, 40 * YEAR),
    ("groom_birth",   23 * YEAR, 38 * YEAR),
    ("bride_birth",   21 * YEAR, 36 * YEAR),
    ("deceased_birth", 58 * YEAR, 90 * YEAR),
    ("birth",         22 * YEAR, 68 * YEAR),
    ("died",                4, 12),
    ("registered",     8 * YEAR, 30 * YEAR),
    ("certificate_issued", 2 * YEAR, 9 * YEAR),
    ("permit_issued",     60, 350),
    ("permit_expires",   -60, -10),
    ("approval",          60, 400),
    ("contract",           2, 40),
    ("lost",               5, 60),
    ("festival_from",    -60, -35),
    ("from",              -6, -1),
    ("started",           -9, -1),
    ("closed",            -9, -1),
)
# fmt: on
Rule = Callable[[Data, Random], None]


def number(name: str, field: Mapping[str, Any], rng: Random) -> int | float:
    """Return a number somebody would write into the field, within its bounds."""
    least, most, step = next((row[1:] for row in NUMBERS if row[0] in name), (1, 5, 1))
    value = rng.randrange(least, most + 1, step)
    low, high = field.get("minimum", field.get("exclusiveMinimum", 0)), field.get("maximum", value)
    value = min(max(value, int(low) + ("exclusiveMinimum" in field)), int(high))
    return value if field["type"] == "integer" else float(value)


def day(name: str, rng: Random, on: date, *, is_past: bool) -> date:
    """Return a day that fits the field; one to come only where the form takes it."""
    least, most = next((row[1:] for row in DAYS if row[0] in name), (2, 40))
    if is_past and least < 0:
        least, most = 2, 40
    return on - timedelta(days=rng.randint(least, most))


def agree(data: Data, rng: Random) -> Data:
    """Return the data with the fields that depend on others made to fit them."""
    agreed = dict(data)
    for rule in _RULES:
        rule(agreed, rng)
    return agreed


def as_filed_by(data: Data, citizen: Citizen) -> Data:
    """Return the data so that who files is who the form says they are: this parent, or the person it is about."""
    agreed, relation = dict(data), data.get("requester_relation")
    whose = {"self": "subject" if "subject_full_name" in data else "person"}.get(str(relation), "")
    if relation in PARENTS:
        whose = PARENTS[citizen.gender != "female"]
        agreed["requester_relation"] = whose
    for part, value in (
        ("full_name", citizen.full_name), ("identity_number", citizen.identity_number), ("residence", citizen.address),
        ("birth_on", citizen.birth_on.isoformat() if citizen.birth_on else ""), ("gender", citizen.gender),
    ):  # fmt: skip
        if value and whose and f"{whose}_{part}" in agreed:
            agreed[f"{whose}_{part}"] = value
    _families(agreed)
    return agreed


def _families(data: Data) -> None:
    """Let a child bear the father's family name, or else the mother's."""
    named = data.get("father_full_name") or data.get("mother_full_name")
    if named and data.get("child_full_name"):
        data["child_full_name"] = " ".join([named.split()[0], *data["child_full_name"].split()[1:]])


def _building(data: Data, rng: Random) -> None:
    floors, ground, parcel = data.get("floor_count"), data.get("ground_area_m2"), data.get("parcel_area_m2")
    if ground and parcel:
        data["ground_area_m2"] = ground = min(ground, float(round(parcel * 0.7)))
    if floors and "height_m" in data:
        data["height_m"] = round(floors * rng.choice((3.4, 3.5, 3.6)) + 0.6, 1)
    if floors and ground and "total_floor_area_m2" in data:
        data["total_floor_area_m2"] = ground * floors
    if parcel and "residential_area_m2" in data:
        data["residential_area_m2"] = min(data["residential_area_m2"], parcel)
    if "total_floor_area_m2" in data and not ground:
        data["total_floor_area_m2"] = float(rng.randrange(60, 130) * (floors or 1))


def _spans(data: Data, rng: Random) -> None:
    """Let what ends end after it began."""
    for first, last, least, most in (
        ("died_on", "buried_on", 1, 3), ("festival_from_on", "festival_to_on", 1, 3), ("from_on", "to_on", 30, 180),
    ):  # fmt: skip
        if first in data and last in data:
            data[last] = (date.fromisoformat(data[first]) + timedelta(days=rng.randint(least, most))).isoformat()


def _genders(data: Data, _rng: Random) -> None:
    """Let a person's gender be that of their name."""
    for name in [name for name in data if name.endswith("_gender")]:
        full_name = data.get(name.replace("_gender", "_full_name"), "")
        if full_name:
            data[name] = "female" if set(full_name.split()[1:]) & FEMALE else "male"


_RULES: tuple[Rule, ...] = (_building, _spans, _genders)
FEMALE = frozenset({"Thị", "Ngọc", "Diệu", "Khánh"})
"""Middle names of women (people.demo.names)."""

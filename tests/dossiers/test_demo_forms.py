"""What the demo's people write into the forms of the starter set: allowed by the form, and what somebody might write."""

from datetime import date
from random import Random
from typing import Any

import pytest

from motcua.catalogue import starter
from motcua.catalogue.forms import errors_in, unwanted_in
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.demo import words
from motcua.dossiers.demo.agreeing import as_filed_by
from motcua.dossiers.demo.forms import answer, fill
from motcua.people.models import Citizen

ON = date(2026, 11, 20)
SEEDS = 12
RECORDS = [record for _path, record in starter.records() if record.get("form")]
EACH = pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["code"])


def filled(record: dict[str, Any], seed: int) -> dict[str, Any]:
    form, rng = record["form"], Random(seed)
    version = ProcedureVersion(form_schema=form["schema"], form_ui=form["ui"])
    data = fill(version, rng, ON)
    answers = {question["key"]: answer(question, rng) for question in record["questions"]}
    for name in unwanted_in(form["ui"], {**data, **answers}):
        del data[name]
    assert errors_in(form["schema"], form["ui"], data, {**data, **answers}, today=ON) == {}
    return data


@EACH
def test_the_form_takes_it(record: dict[str, Any]) -> None:
    for seed in range(SEEDS):
        filled(record, seed)


def test_who_files_is_the_parent_the_form_says() -> None:
    mother = Citizen(full_name="Lê Thị Hoa", gender="female", identity_number="046190000001", address="1 Chi Lăng")
    form = {
        "requester_relation": "father", "mother_full_name": "Trần Thị Lan", "mother_residence": "", "child_full_name": "La Gia Bảo",
        "father_full_name": "Mai Hữu Vinh",
    }  # fmt: skip

    agreed = as_filed_by(form, mother)

    assert agreed == form | {
        "requester_relation": "mother", "mother_full_name": "Lê Thị Hoa", "mother_residence": "1 Chi Lăng",
        "child_full_name": "Mai Gia Bảo",
    }  # fmt: skip


@EACH
def test_every_text_is_made_for_its_field(record: dict[str, Any]) -> None:
    said = set(filled(record, 1).values())

    assert said.isdisjoint(words.OTHERWISE)


@EACH
def test_buildings_stand_on_their_land_and_days_follow_one_another(record: dict[str, Any]) -> None:
    for seed in range(SEEDS):
        data = filled(record, seed)
        floors, ground = data.get("floor_count", 1), data.get("ground_area_m2")
        assert ground is None or 30 <= ground <= data.get("parcel_area_m2", ground)
        assert 3 <= data.get("height_m", floors * 3) / floors <= 5
        assert data.get("total_floor_area_m2", (ground or 60) * floors) >= (ground or 40) * floors
        for first, last in (("died_on", "buried_on"), ("from_on", "to_on"), ("festival_from_on", "festival_to_on")):
            assert data.get(first, "") <= data.get(last, "9")

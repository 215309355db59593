"""Huế before and after 1 July 2025: nine districts and 133 communes become forty; the facts stand in hue_2025.json."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from motcua.people.actions import load_places
from motcua.people.actions.agencies import open_agencies
from motcua.people.actions.places import TWO_LEVELS_FROM
from motcua.people.models import Agency, Officer, Place, Post, User, WorkingCalendar
from motcua.people.roles import Role

LAST_DAY = date(2025, 6, 30)
ROOT = "H57"
T = Agency.Type


class Commune(NamedTuple):
    """A commune until June 2025, and the code of the one it lies in since."""

    code: str
    name: str
    since: str


@cache
def facts() -> list[dict[str, Any]]:
    """Return the districts with their communes."""
    districts: list[dict[str, Any]] = json.loads(Path(__file__).with_suffix("").with_name("hue_2025.json").read_text())[
        "districts"
    ]
    return [{**district, "communes": [Commune(*row) for row in district["communes"]]} for district in districts]


def communes() -> list[Commune]:
    return [commune for district in facts() for commune in district["communes"]]


def make_june(calendar: WorkingCalendar) -> None:
    """Make the places and agencies of June 2025, with a receptionist and a specialist in every one that works."""
    load_places()
    city = Place.objects.create(code="46", name="Thành phố Huế", level="province", valid_to=LAST_DAY)
    districts = Place.objects.bulk_create(
        Place(code=row["code"], name=row["name"], level="district", parent=city, valid_to=LAST_DAY) for row in facts()
    )
    places = Place.objects.bulk_create(
        Place(code=one.code, name=one.name, level="commune", parent=place, valid_to=LAST_DAY)
        for place, row in zip(districts, facts(), strict=True)
        for one in row["communes"]
    )
    top = Agency(code=ROOT, name="UBND thành phố Huế", short_name="UBND thành phố", type=T.PROVINCE, calendar=calendar)
    agencies = [top, *_of_city(top)]
    for district in districts:
        agencies += _unit(
            f"{ROOT}.Q{district.code}", district, top, T.DISTRICT, T.DISTRICT_CENTRE, "economy", "agriculture"
        )
    for place in places:
        above = next(one for one in agencies if place.parent and one.code == f"{ROOT}.Q{place.parent.code}")
        agencies += _unit(f"{ROOT}.X{place.code}", place, above, T.COMMUNE, T.COMMUNE_CENTRE, "office")
    open_agencies(agencies=agencies)
    _seat(agencies)


def _of_city(top: Agency) -> Iterator[Agency]:
    yield Agency(code=f"{ROOT}.30", name="Trung tâm PVHCC thành phố", type=T.PROVINCE_CENTRE, parent=top)
    yield Agency(code=f"{ROOT}.02", name="Sở Xây dựng", type=T.DEPARTMENT, subject="construction", parent=top)
    yield Agency(code=f"{ROOT}.03", name="Sở NN và MT", type=T.DEPARTMENT, subject="agriculture", parent=top)


def _unit(code: str, place: Place, above: Agency, type_: str, centre: str, *subjects: str) -> Iterator[Agency]:
    unit = Agency(code=code, name=f"UBND {place.name}", type=type_, place=place, parent=above)
    yield unit
    yield Agency(code=f"{code}.1", name=f"Một cửa {place.name}", type=centre, place=place, parent=unit)
    for number, subject in enumerate(subjects, start=2):
        yield Agency(
            code=f"{code}.{number}", name=f"Phòng {subject} {place.name}", type=T.DIVISION, subject=subject, place=place,
            parent=unit,
        )  # fmt: skip


def _seat(agencies: list[Agency]) -> None:
    roles = {True: Role.RECEPTIONIST, False: Role.SPECIALIST}
    working = [unit for unit in agencies if unit.is_centre or unit.type == T.DIVISION]
    users = User.objects.bulk_create(User(email=f"{unit.code.lower()}@vidu.vn") for unit in working)
    officers = Officer.objects.bulk_create(Officer(user=user, full_name=f"Cán bộ {user.email}") for user in users)
    Post.objects.bulk_create(
        Post(officer=officer, unit=unit, role=roles[unit.is_centre], valid_from=date(2025, 1, 1))
        for officer, unit in zip(officers, working, strict=True)
    )


def plan_of_july() -> dict[str, Any]:
    """Return the plan: forty communes open, every old one ends into the one it lies in, the districts' work is shared out."""
    new = Place.objects.valid_on(TWO_LEVELS_FROM).filter(level="commune", parent__code="46").order_by("code")
    ends: list[dict[str, Any]] = [
        {"unit": f"{ROOT}.X{one.code}", "into": f"{ROOT}.31.{one.since}"} for one in communes()
    ]
    for row in facts():
        district = f"{ROOT}.Q{row['code']}"
        ends += [
            {"unit": district, "into": ROOT, "by_place": True},
            {"unit": f"{district}.1", "into": f"{ROOT}.30", "by_place": True},
            {"unit": f"{district}.2", "into": f"{ROOT}.02", "by_place": True},
            {"unit": f"{district}.3", "into": f"{ROOT}.03"},
        ]
    return {
        "decision": "Nghị quyết 1675/NQ-UBTVQH15", "on": "2025-07-01", "end": ends,
        "open": [_opened(place) for place in new],
    }  # fmt: skip


def _opened(place: Place) -> dict[str, Any]:
    code = f"{ROOT}.31.{place.code}"
    divisions = {"office": "Văn phòng", "economy": "Phòng Kinh tế", "culture": "Phòng Văn hóa – Xã hội"}
    return {
        "code": code, "name": f"UBND {place.name}", "type": "commune", "parent": ROOT, "place": place.code,
        "children": [
            {"code": f"{code}.1", "name": f"Trung tâm PVHCC {place.name}", "type": "commune_centre"},
            *(
                {"code": f"{code}.{number}", "name": f"{name} {place.name}", "type": "division", "subject": subject}
                for number, (subject, name) in enumerate(divisions.items(), start=2)
            ),
        ],
    }  # fmt: skip

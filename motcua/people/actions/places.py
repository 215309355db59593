"""The administrative units of the country since 1 July 2025: 34 provinces, 3,321 communes, wards and special zones."""

import json
from datetime import date
from typing import Any

from django.db import transaction
from vietnam_provinces import NESTED_DIVISIONS_JSON_PATH

from motcua.people.models import Place

TWO_LEVELS_FROM = date(2025, 7, 1)  # Luật Tổ chức chính quyền địa phương 2025; districts end on 30 June


@transaction.atomic
def load_places() -> int:
    """Add the units of today that are missing and return how many were; older units with their periods stay beside them."""
    divisions = json.loads(NESTED_DIVISIONS_JSON_PATH.read_text(encoding="utf-8"))
    known = set(Place.objects.filter(valid_from=TWO_LEVELS_FROM).values_list("level", "code"))
    level = Place.Level
    missing = [_place(level.PROVINCE, row, 2, None) for row in divisions]
    made = Place.objects.bulk_create(place for place in missing if (place.level, place.code) not in known)
    provinces = {place.code: place for place in Place.objects.filter(level=level.PROVINCE, valid_from=TWO_LEVELS_FROM)}
    communes = [
        _place(level.COMMUNE, row, 5, provinces[f"{province['code']:02}"])
        for province in divisions
        for row in province["wards"]
    ]
    made += Place.objects.bulk_create(place for place in communes if (place.level, place.code) not in known)
    return len(made)


def _place(level: Place.Level, row: dict[str, Any], digits: int, parent: Place | None) -> Place:
    """Return the unsaved place of one row; the statistics office's codes are written with leading zeros."""
    return Place(
        code=f"{row['code']:0{digits}}", name=row["name"], level=level, parent=parent, valid_from=TWO_LEVELS_FROM
    )


def keep_place(*, place: Place) -> Place:
    """Save an administrative unit as an administrator filled it in."""
    place.save()
    return place

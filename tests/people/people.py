"""A commune with its centre and divisions, and three people who recur: An, Bình and Chi. Made through the actions."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from motcua.people.actions import appoint, load_national_calendar, open_agency
from motcua.people.models import Agency, Officer, Place, Post, User
from motcua.people.roles import Role

LONG_AGO = datetime(2025, 6, 30, 17, tzinfo=UTC)
SINCE = date(2025, 7, 1)
TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 2, 10, tzinfo=UTC)


@dataclass
class Tree:
    """A province with one department and one commune."""

    province: Agency
    department: Agency
    commune: Agency
    centre: Agency
    division: Agency
    city: Place
    ward: Place


def make_tree() -> Tree:
    """Open the agencies of a small province that keeps the national calendar."""
    calendar = load_national_calendar(at=LONG_AGO)
    city = Place.objects.create(code="46", name="Thành phố Huế", level="province", valid_from=SINCE)
    ward = Place.objects.create(code="19777", name="Phường Vỹ Dạ", level="commune", parent=city, valid_from=SINCE)
    province = open_agency(code="H57", name="UBND thành phố Huế", type="province", place=city, calendar=calendar)
    department = open_agency(
        code="H57.02", name="Sở Xây dựng", type="department", place=city, parent=province, subject="construction"
    )
    commune = open_agency(
        code="H57.31.12", name="UBND phường Vỹ Dạ", type="commune", place=ward, parent=province, valid_from=SINCE
    )
    centre = open_agency(
        code="H57.31.12.01", name="Trung tâm Phục vụ hành chính công phường Vỹ Dạ", type="commune_centre", place=ward,
        parent=commune,
    )  # fmt: skip
    division = open_agency(
        code="H57.31.12.03", name="Phòng Kinh tế, Hạ tầng và Đô thị", type="division", place=ward, parent=commune,
        subject="economy",
    )  # fmt: skip
    return Tree(province, department, commune, centre, division, city, ward)


def make_officer(full_name: str, email: str) -> Officer:
    """Make an officer with an account and no post."""
    user = User.objects.create_user(email=email, full_name=full_name)
    return Officer.objects.create(user=user, full_name=full_name)


def make_post(full_name: str, email: str, unit: Agency, role: Role) -> Post:
    """Make an officer who has held a role in a unit since July 2025."""
    return appoint(officer=make_officer(full_name, email), unit=unit, role=role, valid_from=SINCE)

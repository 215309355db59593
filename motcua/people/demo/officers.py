"""The officers of the demo: who sits where, by a table of teams."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from motcua.people.actions.places import TWO_LEVELS_FROM
from motcua.people.demo.agencies import Unit
from motcua.people.demo.names import invent_name
from motcua.people.demo_accounts import DOMAIN, PASSWORD
from motcua.people.models import Agency, Officer, Post, User
from motcua.people.roles import Role


class Seat(NamedTuple):
    """One seat of a team: role, what the address begins with, title."""

    role: Role
    address: str
    title: str


R = Role


def _division(name: str) -> tuple[Seat, ...]:
    """Return the seats of a division whose addresses carry `name`."""
    return (
        Seat(R.DIVISION_HEAD, f"truong{name}", "Trưởng phòng"),
        Seat(R.SPECIALIST, f"{name}1", "Chuyên viên"),
        Seat(R.SPECIALIST, f"{name}2", "Chuyên viên"),
    )


def _leadership(title: str) -> tuple[Seat, ...]:
    """Return who signs, with the title that stands under the signature, and who numbers."""
    return (Seat(R.SIGNER, "kyduyet", title), Seat(R.CLERK, "vanthu", "Văn thư"))


# fmt: off
CENTRE = (
    Seat(R.CENTRE_HEAD,          "giamdoc",      "Giám đốc Trung tâm"),
    Seat(R.RECEPTIONIST,         "tiepnhan",     "Công chức một cửa"),
    Seat(R.RETURNER,             "traketqua",    "Công chức một cửa"),
)
TEAMS: dict[str, tuple[Seat, ...]] = {
    "commune":      _leadership("Phó Chủ tịch"),
    "department":   _leadership("Phó Giám đốc"),
    "centre":       CENTRE,
    "large_centre": (
        *CENTRE,
        Seat(R.GUIDE,                "huongdan",     "Cán bộ hướng dẫn"),
        Seat(R.DIGITISER,            "sohoa",        "Cán bộ số hóa"),
        Seat(R.CASHIER,              "thuphi",       "Cán bộ thu phí"),
    ),
    "division":     _division("chuyenvien"),
    "office":       _division("vanphong"),
    "economy":      _division("kinhte"),
    "culture":      _division("vanhoa"),
    "police": (
        Seat(R.SIGNER,               "congan.ky",    "Phó Trưởng Công an"),
        Seat(R.CLERK,                "congan.vanthu", "Văn thư"),
        *_division("congan"),
    ),
    "vertical":     (*_leadership("Phó Thủ trưởng"), *_division("chuyenvien")),
    "city": (
        *_leadership("Phó Chủ tịch"),
        Seat(R.UNIT_ADMIN,           "donvi",        "Quản trị đơn vị"),
    ),
    "city_office": (
        *_division("chuyenvien"),
        Seat(R.SUPERVISOR,           "giamsat",      "Giám sát điều hành"),
        Seat(R.SUPERVISOR,           "lanhdao",      "Lãnh đạo thành phố, xem điều hành"),
        Seat(R.PROCEDURE_CONTROLLER, "kiemsoat",     "Phòng Kiểm soát thủ tục hành chính"),
        Seat(R.CATALOGUE_ADMIN,      "danhmuc",      "Quản trị danh mục"),
        Seat(R.SYSTEM_ADMIN,         "quantri",      "Quản trị hệ thống"),
    ),
}
EXTRA = {  # seats beyond the team, for the two wards people try first
    "H57.31.11":    (Seat(R.UNIT_ADMIN, "donvi", "Quản trị đơn vị"),),
    "H57.31.12":    (Seat(R.UNIT_ADMIN, "donvi", "Quản trị đơn vị"),),
    "H57.31.12.01": TEAMS["large_centre"][len(CENTRE):],
}
NAMED = {  # the people of the design's pages
    "tiepnhan.vyda":          "Trần Quốc Bình",
    "traketqua.vyda":         "Tôn Thất Minh Hoàng",
    "kinhte1.vyda":           "Hoàng Thị Mỹ Linh",
    "kinhte2.vyda":           "Lê Đức Hải",
    "truongkinhte.vyda":      "Đỗ Thị Ngọc Ánh",
    "kyduyet.vyda":           "Võ Đình Khải",
    "vanthu.vyda":            "Phan Thu Trang",
    "giamdoc.phubai":         "Nguyễn Quang Sơn",
    "giamdoc.thuanhoa":       "Lê Đình Duy",
    "truongchuyenvien.sonongnghiep": "Trương Thị Huệ",
    "giamsat.thanhpho":       "Phan Thị Ái Nhân",
    "kiemsoat.thanhpho":      "Lê Thị Hoài Thu",
    "quantri.thanhpho":       "Hồ Kim Thành",
}
# fmt: on


def load_officers(agencies: Mapping[Unit, Agency], rng: Random) -> None:
    """Give every seat of every unit an account, an officer and a post. Three statements; one password, hashed once."""
    seats = [(seat, unit, agency) for unit, agency in agencies.items() for seat in _seats(unit)]
    password = make_password(PASSWORD)
    users = [_account(seat, unit, password, rng) for seat, unit, _agency in seats]
    User.objects.bulk_create(users)
    officers = Officer.objects.bulk_create(
        Officer(user=user, full_name=user.full_name, title=seat.title)
        for user, (seat, _unit, _agency) in zip(users, seats, strict=True)
    )
    Post.objects.bulk_create(
        Post(officer=officer, unit=agency, role=seat.role, valid_from=TWO_LEVELS_FROM)
        for officer, (seat, _unit, agency) in zip(officers, seats, strict=True)
    )


def _seats(unit: Unit) -> Iterator[Seat]:
    yield from TEAMS[unit.team]
    yield from EXTRA.get(unit.code, ())


def _account(seat: Seat, unit: Unit, password: str, rng: Random) -> User:
    name = f"{seat.address}.{unit.slug}"
    return User(
        email=f"{name}@{DOMAIN}",
        full_name=NAMED.get(name) or invent_name(rng)[0],
        password=password,
    )

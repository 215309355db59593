"""The citizens and organisations of the demo, all invented, living in the wards and communes of Huế."""

from collections.abc import Sequence
from datetime import date, datetime
from random import Random
from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from motcua.base.text import fold
from motcua.base.words import local_day
from motcua.people.actions.places import TWO_LEVELS_FROM
from motcua.people.demo.agencies import PROVINCE
from motcua.people.demo.names import invent_name
from motcua.people.demo_accounts import DOMAIN, PASSWORD
from motcua.people.models import Citizen, Organisation, Place, User

CITIZENS, WITH_ACCOUNT_EVERY = 200, 5
YOUNGEST, OLDEST = 18, 84
STREETS = (
    "Lâm Hoằng",
    "Nguyễn Chí Diểu",
    "Bạch Đằng",
    "Chi Lăng",
    "Lê Lợi",
    "Ngự Bình",
    "Phạm Văn Đồng",
    "Tùng Thiện Vương",
)


class Known(NamedTuple):
    """A person of the design's pages. `tail` ends the phone and identity numbers; `account` is the name of the e-mail."""

    full_name: str
    gender: str
    born_on: date
    tail: int
    address: str
    commune: str
    account: str = ""


# fmt: off
KNOWN = (
    Known("Nguyễn Hoài An",       "female", date(1990, 5, 18),  486, "8 kiệt 84 Lâm Hoằng",   "Phường Vỹ Dạ",   "an"),
    Known("Phạm Thị Quỳnh Như",   "female", date(1996, 3, 12),  371, "27 Nguyễn Chí Diểu",    "Phường Phú Xuân", "nhu"),
    Known("Lê Hữu Tuấn",          "male",   date(1994, 8, 2),   372, "27 Nguyễn Chí Diểu",    "Phường Phú Xuân"),
    Known("Hồ Đắc Thiện",         "male",   date(1958, 11, 3),  373, "12/5 kiệt 84 Lâm Hoằng", "Phường Vỹ Dạ"),
    Known("Đặng Thị Thanh Tâm",   "female", date(1988, 1, 22),  374, "5 Tùng Thiện Vương",    "Phường Vỹ Dạ"),
    Known("Hồ Viết Thông",        "male",   date(1979, 6, 9),   375, "41 Lâm Hoằng",          "Phường Vỹ Dạ"),
    Known("Cao Thị Bích Ngọc",    "female", date(1991, 12, 30), 376, "7 Phạm Văn Đồng",       "Phường Vỹ Dạ"),
    Known("Phan Trọng Nghĩa",     "male",   date(1985, 4, 14),  377, "88 Phạm Văn Đồng",      "Phường Vỹ Dạ"),
    Known("Tôn Nữ Diệu Hiền",     "female", date(1966, 9, 27),  378, "16 Tùng Thiện Vương",   "Phường Vỹ Dạ"),
    Known("Huỳnh Công Danh",      "male",   date(1993, 2, 5),   379, "102 Phạm Văn Đồng",     "Phường Vỹ Dạ"),
    Known("Lê Nguyễn Phước Lộc",  "male",   date(1997, 7, 19),  380, "3 kiệt 12 Lâm Hoằng",   "Phường Vỹ Dạ"),
    Known("Bùi Thị Cẩm Vân",      "female", date(1982, 10, 8),  381, "19 Lâm Hoằng",          "Phường Vỹ Dạ"),
    Known("Trương Minh Quân",     "male",   date(1999, 3, 25),  382, "64 Phạm Văn Đồng",      "Phường Vỹ Dạ"),
    Known("Mai Thị Xuân Lan",     "female", date(1975, 2, 17),  383, "22 Tùng Thiện Vương",   "Phường Vỹ Dạ"),
    Known("Võ Văn Phúc",          "male",   date(1971, 5, 6),   384, "9 kiệt 30 Lâm Hoằng",   "Phường Vỹ Dạ"),
    Known("Trần Lê Bảo Trân",     "female", date(2001, 6, 21),  385, "35 Lâm Hoằng",          "Phường Vỹ Dạ"),
    Known("Ngô Đức Trí",          "male",   date(1987, 8, 11),  386, "50 Tùng Thiện Vương",   "Phường Vỹ Dạ"),
    Known("Hoàng Phủ Gia Hân",    "female", date(2000, 1, 13),  387, "77 Phạm Văn Đồng",      "Phường Vỹ Dạ"),
    Known("Lương Thị Hạnh",       "female", date(1969, 12, 2),  388, "6 kiệt 51 Lâm Hoằng",   "Phường Vỹ Dạ"),
    Known("Đoàn Ngọc Khánh",      "male",   date(1990, 9, 15),  389, "28 Lâm Hoằng",          "Phường Vỹ Dạ"),
    Known("Phạm Thị Kim Chi",     "female", date(1984, 11, 28), 390, "14 Tùng Thiện Vương",   "Phường Vỹ Dạ"),
)
# fmt: on
ORGANISATIONS = (
    "Công ty TNHH Gốm Phước Tích",
    "Công ty TNHH Mộc Kim Bồng Huế",
    "Công ty Cổ phần Nón Lá Sông Hương",
    "Công ty TNHH Mè Xửng Đông Ba",
    "Hợp tác xã Nông nghiệp Thanh Trà",
    "Công ty TNHH Du thuyền Trăng Rằm",
    "Công ty Cổ phần Xây lắp Cầu Gỗ",
    "Công ty TNHH Tranh Giấy Làng Sình",
    "Hợp tác xã Rau sạch Bờ Phá",
    "Công ty TNHH Trà Sen Hồ Tịnh",
    "Doanh nghiệp tư nhân May Áo Tím",
    "Công ty TNHH Bánh Lọc Bà Năm",
    "Công ty Cổ phần Vận tải Đầm Sáng",
    "Công ty TNHH Thiết kế Nhà Rường",
    "Hợp tác xã Hoa giấy Ven Sông",
    "Công ty TNHH Thực phẩm Muối Sả",
    "Công ty TNHH Phần mềm Bến Xuân",
    "Trung tâm Ngoại ngữ Cây Long Não",
    "Công ty TNHH Dược liệu Núi Chúa",
    "Hợp tác xã Thủy sản Đầm Chuồn Mới",
)  # fmt: skip


def load_citizens(rng: Random, at: datetime) -> list[Citizen]:
    """Make the citizens: those of the design's pages first, then invented ones; every fifth and the named have accounts."""
    communes = list(Place.objects.filter(parent__code=PROVINCE, valid_from=TWO_LEVELS_FROM).order_by("code"))
    by_name = {commune.name: commune for commune in communes}
    year = local_day(at).year
    known = [_citizen(person, by_name[person.commune], at) for person in KNOWN]
    invented = [_invented(number, rng, communes, year, at) for number in range(1, CITIZENS - len(known) + 1)]
    accounts = {id(citizen): person.account for citizen, person in zip(known, KNOWN, strict=True) if person.account}
    accounts |= {id(citizen): f"congdan{number:03}" for number, citizen in enumerate(invented[::WITH_ACCOUNT_EVERY], 1)}
    citizens = known + invented
    _open_accounts([(citizen, accounts[id(citizen)]) for citizen in citizens if id(citizen) in accounts])
    return Citizen.objects.bulk_create(citizens)


def load_organisations(citizens: Sequence[Citizen], at: datetime) -> None:
    """Make the organisations, each represented by a citizen. Their tax codes begin 33999, which is not given out."""
    Organisation.objects.bulk_create(
        Organisation(
            name=name,
            tax_code=f"33999{number:05}",
            representative=citizen,
            address=citizen.address,
            phone=citizen.phone,
            met_at=at,
        )
        for number, (name, citizen) in enumerate(zip(ORGANISATIONS, citizens[-len(ORGANISATIONS) :], strict=True), 1)
    )


def _invented(number: int, rng: Random, communes: Sequence[Place], year: int, at: datetime) -> Citizen:
    full_name, gender = invent_name(rng)
    born_on = date(year - rng.randint(YOUNGEST + 1, OLDEST), rng.randint(1, 12), rng.randint(1, 28))
    commune = rng.choice(communes)
    address = (
        f"{rng.randint(1, 199)} {rng.choice(STREETS)}"
        if commune.name.startswith("Phường")
        else f"Thôn {rng.randint(1, 9)}"
    )
    return _citizen(Known(full_name, gender, born_on, number, address, commune.name), commune, at)


def _citizen(person: Known, commune: Place, at: datetime) -> Citizen:
    """Return the unsaved citizen. Numbers end in six or five invented digits that begin with zeros."""
    century = 2 * (person.born_on.year // 100 - 19) + (person.gender == "female")
    return Citizen(
        full_name=person.full_name,
        folded_name=fold(person.full_name),
        birth_on=person.born_on,
        gender=person.gender,
        identity_number=f"0{PROVINCE}{century}{person.born_on.year % 100:02}{person.tail:06}",
        phone=f"09000{person.tail:05}",
        address=f"{person.address}, {commune.name[0].lower()}{commune.name[1:]}, thành phố Huế",
        place=commune,
        met_at=at,
    )


def _open_accounts(wanted: Sequence[tuple[Citizen, str]]) -> None:
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(email=f"{name}@{DOMAIN}", phone=citizen.phone, full_name=citizen.full_name, password=password)
        for citizen, name in wanted
    )
    for user, (citizen, _name) in zip(users, wanted, strict=True):
        citizen.user, citizen.email = user, user.email or ""

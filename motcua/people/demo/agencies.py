"""The agencies of the demo: the city's committee, its departments and centre, 40 wards and communes, vertical agencies."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from motcua.base.text import fold
from motcua.people.actions.calendars import NATIONAL, WITH_SATURDAY
from motcua.people.actions.places import TWO_LEVELS_FROM
from motcua.people.models import Agency, Place, WorkingCalendar

PROVINCE, ROOT = "46", "H57"
FIRST_COMMUNE = 11  # so that Vỹ Dạ, the second by the statistics office's code, is H57.31.12

# fmt: off
DEPARTMENTS = (  # subject, short name, name, its division, in e-mail addresses
    ("construction",  "Sở Xây dựng",    "Sở Xây dựng",                   "Phòng Quản lý xây dựng",             "soxaydung"),
    ("agriculture",   "Sở NN và MT",    "Sở Nông nghiệp và Môi trường",  "Phòng Quản lý đất đai",              "sonongnghiep"),
    ("finance",       "Sở Tài chính",   "Sở Tài chính",                  "Phòng Đăng ký kinh doanh",           "sotaichinh"),
    ("home",          "Sở Nội vụ",      "Sở Nội vụ",                     "Phòng Lao động, Việc làm",           "sonoivu"),
    ("justice",       "Sở Tư pháp",     "Sở Tư pháp",                    "Phòng Hành chính tư pháp",           "sotuphap"),
    ("health",        "Sở Y tế",        "Sở Y tế",                       "Phòng Nghiệp vụ y",                  "soyte"),
    ("education",     "Sở GD và ĐT",    "Sở Giáo dục và Đào tạo",        "Phòng Quản lý chất lượng",           "sogiaoduc"),
    ("industry",      "Sở Công Thương", "Sở Công Thương",                "Phòng Quản lý thương mại",           "socongthuong"),
    ("culture_sport", "Sở VHTT",        "Sở Văn hóa và Thể thao",        "Phòng Quản lý văn hóa",              "sovanhoa"),
    ("science",       "Sở KH và CN",    "Sở Khoa học và Công nghệ",      "Phòng Quản lý khoa học",             "sokhoahoc"),
    ("tourism",       "Sở Du lịch",     "Sở Du lịch",                    "Phòng Quản lý lữ hành",              "sodulich"),
)
VERTICAL = (
    ("police",           "Công an thành phố Huế",        "congan"),
    ("tax",              "Thuế thành phố Huế",           "thue"),
    ("social_insurance", "Bảo hiểm xã hội thành phố Huế", "bhxh"),
)
COMMUNE_DIVISIONS = {  # subject: (in a ward, in a commune)
    "office":  ("Văn phòng HĐND và UBND",             "Văn phòng HĐND và UBND"),
    "economy": ("Phòng Kinh tế, Hạ tầng và Đô thị",   "Phòng Kinh tế"),
    "culture": ("Phòng Văn hóa – Xã hội",             "Phòng Văn hóa – Xã hội"),
}
# fmt: on


@dataclass(frozen=True)
class Unit:
    """An agency to open. `team` names a row of officers.TEAMS; `slug` is what its people's addresses end in."""

    code: str
    name: str
    type: Agency.Type
    place: Place
    team: str
    slug: str
    short_name: str = ""
    subject: str = ""
    parent: str = ""
    calendar: str = ""
    address: str = ""
    phone: str = ""


def load_agencies() -> dict[Unit, Agency]:
    """Open every agency of the demo and return them by their unit, parents first. One statement."""
    units = list(_units())
    calendars = {calendar.code: calendar for calendar in WorkingCalendar.objects.all()}
    opened: dict[str, Agency] = {}
    for unit, key in zip(units, _next_keys(len(units)), strict=True):
        parent = opened.get(unit.parent)
        opened[unit.code] = Agency(
            id=key, code=unit.code, name=unit.name, short_name=unit.short_name or unit.name, type=unit.type,
            subject=unit.subject, parent=parent, path=[*(parent.path if parent else []), key], place=unit.place,
            calendar=calendars.get(unit.calendar), address=unit.address, phone=unit.phone, valid_from=TWO_LEVELS_FROM,
        )  # fmt: skip
    Agency.objects.bulk_create(opened.values())
    return dict(zip(units, opened.values(), strict=True))


def slug_of(place: Place) -> str:
    """Return a commune's name as it stands in addresses: «Phường Vỹ Dạ» → «vyda», «Xã A Lưới 1» → «aluoi1»."""
    return "".join(letter for letter in fold(place.name.split(" ", 1)[1]) if letter.isalnum())


def _next_keys(count: int) -> list[int]:
    """Take `count` primary keys, so that paths are known before the rows are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('people_agency', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [key for (key,) in cursor.fetchall()]


def _units() -> Iterator[Unit]:
    city = Place.objects.get(level=Place.Level.PROVINCE, code=PROVINCE, valid_from=TWO_LEVELS_FROM)
    yield Unit(ROOT, "UBND thành phố Huế", Agency.Type.PROVINCE, city, "city", "thanhpho", calendar=NATIONAL)
    yield from _city_units(city)
    for number, commune in enumerate(city.children.order_by("code"), start=FIRST_COMMUNE):
        yield from _commune_units(f"{ROOT}.31.{number}", commune)


def _city_units(city: Place) -> Iterator[Unit]:
    office, types = f"{ROOT}.01", Agency.Type
    yield Unit(
        office, "Văn phòng UBND thành phố Huế", types.DEPARTMENT, city, "city_office", "thanhpho",
        short_name="Văn phòng UBND thành phố", subject="office", parent=ROOT,
    )  # fmt: skip
    for number, (subject, short_name, name, division, slug) in enumerate(DEPARTMENTS, start=2):
        code = f"{ROOT}.{number:02}"
        yield Unit(code, name, types.DEPARTMENT, city, "department", slug, short_name, subject, ROOT)
        yield Unit(f"{code}.01", division, types.DIVISION, city, "division", slug, "", subject, code)
    yield Unit(
        f"{ROOT}.30", "Trung tâm Phục vụ hành chính công thành phố Huế", types.PROVINCE_CENTRE, city, "large_centre",
        "thanhpho", "Trung tâm PVHCC thành phố Huế", "", ROOT, "", "1 đường Một Cửa, thành phố Huế", "0234 000 0001",
    )  # fmt: skip
    for number, (subject, name, slug) in enumerate(VERTICAL, start=41):
        yield Unit(f"{ROOT}.{number}", name, types.VERTICAL, city, "vertical", slug, "", subject, ROOT)


def _commune_units(code: str, commune: Place) -> Iterator[Unit]:
    types, slug = Agency.Type, slug_of(commune)
    name = commune.name[0].lower() + commune.name[1:]
    number = int(code[-2:])
    yield Unit(code, f"UBND {name}", types.COMMUNE, commune, "commune", slug, parent=ROOT)
    yield Unit(
        f"{code}.01", f"Trung tâm Phục vụ hành chính công {name}", types.COMMUNE_CENTRE, commune, "centre", slug,
        f"Trung tâm PVHCC {name}", "", code, "", f"{number} đường Một Cửa, {name}", f"0234 000 00{number}",
    )  # fmt: skip
    is_ward = commune.name.startswith("Phường")
    for order, (subject, (in_ward, in_commune)) in enumerate(COMMUNE_DIVISIONS.items(), start=2):
        division = in_ward if is_ward else in_commune
        yield Unit(
            f"{code}.{order:02}", f"{division} {name}", types.DIVISION, commune, subject, slug, division, subject, code
        )
    yield Unit(
        f"{code}.05", f"Công an {name}", types.VERTICAL, commune, "police", slug, "", "police", code, WITH_SATURDAY
    )

"""What people write into the fields of forms, by the field's name: invented, and fitting what the field asks."""

from collections.abc import Callable
from datetime import date
from random import Random

from motcua.people.demo.names import invent_name

Maker = Callable[[Random, date], str]

STREETS = (
    "Lâm Hoằng", "Nguyễn Sinh Cung", "Chi Lăng", "Tuy Lý Vương", "Hàn Mặc Tử", "Đặng Văn Ngữ", "Mai Thúc Loan",
    "Nguyễn Chí Diểu",
)  # fmt: skip
WARDS = ("Vỹ Dạ", "Phú Xuân", "Thuận Hóa", "An Cựu", "Kim Long", "Thủy Xuân")
OTHERWISE = (
    "Theo giấy tờ kèm theo, gia đình xin làm đúng như đã khai.",
    "Nội dung khớp với giấy tờ gốc mang theo khi nhận kết quả.",
    "Thông tin đã được chủ hộ xem và đồng ý.",
)


def person(rng: Random, gender: str = "") -> str:
    """Return an invented name, of that gender if one is given."""
    while True:
        name, is_of = invent_name(rng)
        if gender in {"", is_of}:
            return name


def address(rng: Random) -> str:
    return f"{rng.randint(1, 120)} {rng.choice(STREETS)}, phường {rng.choice(WARDS)}, thành phố Huế"


def _one_of(*texts: str) -> Maker:
    return lambda rng, _on: rng.choice(texts)


def _numbered(form: str, least: int, most: int) -> Maker:
    return lambda rng, _on: form.format(rng.randint(least, most))


def _register(rng: Random, on: date) -> str:
    year = on.year - rng.randint(2, 30)
    return f"Số {rng.randint(1, 180)}, quyển 01/{year}, ngày {rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{year}"


def _committee(rng: Random, _on: date) -> str:
    return f"UBND phường {rng.choice(WARDS)}"


def _neighbours(rng: Random, _on: date) -> str:
    number = rng.randint(3, 110)
    return f"{number - 2} và {number + 2} {rng.choice(STREETS)}"


# The first key that the field's name contains says how its text is made: the narrower ones stand first.
# fmt: off
TEXTS: tuple[tuple[str, Maker], ...] = (
    ("email",             _numbered("nguoidan{}@vidu.vn", 1, 999)),
    ("phone",             lambda rng, _on: f"0912{rng.randint(0, 999999):06}"),
    ("identity_number",   lambda rng, _on: f"0462{rng.randint(0, 99999999):08}"),
    ("tax_code",          lambda rng, _on: f"33{rng.randint(0, 99999999):08}"),
    ("father_full_name",  lambda rng, _on: person(rng, "male")),
    ("groom_full_name",   lambda rng, _on: person(rng, "male")),
    ("mother_full_name",  lambda rng, _on: person(rng, "female")),
    ("bride_full_name",   lambda rng, _on: person(rng, "female")),
    ("full_name",         lambda rng, _on: person(rng)),
    ("added_names",       lambda rng, _on: person(rng)),
    ("giver_name",        lambda rng, _on: person(rng)),
    ("other_party_name",  lambda rng, _on: person(rng)),
    ("operator_name",     lambda rng, _on: person(rng)),
    ("founder_name",      lambda rng, _on: person(rng)),
    ("chief_designer",    lambda rng, _on: f"KTS {person(rng)}"),
    ("child_guardian",    lambda rng, _on: f"Bà nội: {person(rng, 'female')}"),
    ("business_name",     lambda rng, _on: f"Hộ kinh doanh {person(rng)}"),
    ("company_short",     lambda rng, _on: f"Cty {person(rng).split()[-1]} Huế"),
    ("company_name",      lambda rng, _on: f"Doanh nghiệp tư nhân {person(rng).split()[-1]} Huế"),
    ("organisation_name", lambda rng, _on: f"Công ty TNHH {person(rng).split()[-1]} Huế"),
    ("organiser_name",    _committee),
    ("designer_name",     lambda rng, _on: f"Công ty Tư vấn thiết kế {person(rng).split()[-1]}"),
    ("facility_name",     lambda rng, _on: f"Cơ sở bún bò {person(rng).split()[-1]}"),
    ("premises_name",     lambda rng, _on: f"Quán cơm {person(rng).split()[-1]}"),
    ("school_name",       _one_of("Trường mầm non Hoa Sen Vỹ Dạ", "Trường mầm non Ánh Dương Huế")),
    ("school_address",    lambda rng, _on: address(rng)),
    ("project_name",      _one_of("Khu nhà ở và dịch vụ ven sông", "Xưởng may gia công", "Nhà kho nông sản")),
    ("festival_name",     _one_of("Lễ hội đền làng", "Lễ hội cầu ngư", "Ngày hội áo dài")),
    ("festival_programme", _one_of("Rước lễ, dâng hương, hội bài chòi, đua thuyền trên sông.")),
    ("bank_name",         _one_of("Ngân hàng mẫu, chi nhánh Huế")),
    ("hospital",          _one_of("Trạm y tế phường Vỹ Dạ", "Trung tâm Y tế thành phố")),
    ("document_name",     _one_of("Giấy khai sinh", "Bằng tốt nghiệp đại học", "Hợp đồng thuê nhà", "Học bạ")),
    ("ethnicity",         _one_of("Kinh")),
    ("nationality",       _one_of("Việt Nam")),
    ("hometown",          _one_of("Thành phố Huế", "Quảng Trị", "Quảng Nam")),
    ("birth_place",       _one_of("Bệnh viện Trung ương Huế", "Trung tâm Y tế thành phố Huế")),
    ("died_at_place",     _one_of("Tại nhà", "Bệnh viện Trung ương Huế")),
    ("burial_place",      _one_of("Nghĩa trang phía Nam thành phố", "Đài hóa thân phía Bắc thành phố")),
    ("festival_place",    _one_of("Sân đình làng", "Công viên bờ sông Hương")),
    ("registered_at_place", _committee),
    ("issued_by",         _one_of("Trường Đại học mẫu Huế", "UBND phường Vỹ Dạ")),
    ("degree_school",     _one_of("Trường Đại học mẫu Huế", "Trường Cao đẳng mẫu Huế")),
    ("degree_major",      _one_of("Kỹ thuật xây dựng", "Kiến trúc", "Thú y", "Kinh tế xây dựng")),
    ("disability_since",  _one_of("Từ nhỏ", "Từ năm 2015, sau tai nạn", "Từ năm 2020")),
    ("lived_elsewhere",   _one_of("Không, từ trước đến nay chỉ ở thành phố Huế.")),
    ("neighbour_numbers", _neighbours),
    ("death_cause",       _one_of("Tuổi già", "Bệnh tim", "Tai nạn giao thông")),
    ("death_paper",       _numbered("Giấy báo tử số {}", 1, 400)),
    ("died_hour",         lambda rng, _on: f"{rng.randint(0, 23):02}:{rng.choice((0, 10, 15, 20, 30, 45)):02}"),
    ("register_number",   _register),
    ("registered_number", _register),
    ("claimed_birth_certificate", _register),
    ("rules_number",      _numbered("{}/QĐ-CT", 1, 40)),
    ("approval_number",   _numbered("{}/QĐ-UBND", 100, 2900)),
    ("permit_number",     _numbered("{}/GPXD", 10, 900)),
    ("certificate",       _numbered("CN {}", 100000, 999999)),
    ("head_relation",     _one_of("Vợ", "Chồng", "Con", "Cháu")),
    ("guardian_relation", _one_of("Bà ngoại", "Chú ruột", "Chị ruột")),
    ("guardian_reason",   _one_of("Cha mẹ đều đã mất, cháu đang ở với bà.", "Cha mẹ đi làm ăn xa, không liên lạc được.")),
    ("adopter_job",       _one_of("Giáo viên, 12 triệu đồng mỗi tháng", "Buôn bán nhỏ, 9 triệu đồng mỗi tháng")),
    ("address",           lambda rng, _on: address(rng)),
    ("residence",         lambda rng, _on: address(rng)),
    ("house_location",    lambda rng, _on: address(rng)),
    ("place",             lambda rng, _on: address(rng)),
    ("map_sheet",         _numbered("{}", 1, 40)),
    ("parcel",            _numbered("{}", 1, 600)),
    ("business_lines",    _one_of("Bán tạp hóa, nước giải khát", "Bán đồ ăn sáng, cà phê", "Sửa xe máy", "May mặc, sửa quần áo")),
    ("products",          _one_of("Bún bò, bánh canh, nước uống", "Mè xửng, bánh in", "Mắm ruốc, nước mắm")),
    ("business_plan",     _one_of("Chở khách tuyến Huế – Đà Nẵng, mỗi ngày hai chuyến.", "Chở hàng vật liệu xây dựng trong thành phố.")),
    ("practice_description", _one_of("Thiết kế nhà ở và công trình dân dụng.", "Khám, chữa bệnh cho gia súc, gia cầm tại nhà.")),
    ("work_description",  _one_of("Thay mái tôn, xây lại bếp, lát nền phòng khách.", "Nâng nền, thay cửa, sơn lại toàn bộ nhà.")),
    ("change_description", _one_of("Sửa năm sinh của chủ sổ cho khớp thẻ căn cước.", "Đổi số nhà theo quyết định mới của phường.")),
    ("change_reason",     _one_of("Giấy tờ cũ ghi khác thẻ căn cước.", "Đổi theo giấy tờ mới được cấp.")),
    ("close_reason",      _one_of("Chuyển nghề.", "Trả mặt bằng cho chủ nhà.")),
    ("pause_reason",      _one_of("Sửa cửa hàng hai tháng.", "Người nhà ốm, phải nghỉ bán.")),
    ("current_use",       _one_of("Đất ở và vườn, có nhà cấp bốn đang ở.", "Trồng lúa hai vụ.")),
    ("land_history",      _one_of("Cha mẹ để lại năm 1988, ở liên tục đến nay, không tranh chấp.")),
    ("land_use_plan",     _one_of("Làm nhà ở cho con, phần còn lại giữ vườn.", "Xây xưởng và sân phơi.")),
    ("dispute_description", _one_of("Hàng rào nhà bên lấn sang khoảng nửa mét từ năm 2022.")),
    ("loss_description",  _one_of("Thất lạc khi chuyển nhà, đã báo công an phường.", "Ngập lụt làm hỏng, chữ nhòe không đọc được.")),
    ("loss_reason",       _one_of("Mất trong đợt lụt năm 2020.", "Thất lạc khi chuyển nhà.")),
    ("error_reason",      _one_of("Nhập sai từ đơn cũ.", "Không rõ, thấy sai khi đi vay ngân hàng.")),
    ("extension_reason",  _one_of("Chưa đủ tiền khởi công, xin lùi sang năm sau.", "Mùa mưa kéo dài nên chưa đào móng được.")),
    ("request_reason",    _one_of("Nhà mới xây, chưa có số.", "Biển số nhà cũ bị mất.")),
    ("reason",            _one_of("Để bổ sung hồ sơ xin việc.", "Để làm hồ sơ cho con đi học.", "Theo nguyện vọng của gia đình.")),
    ("purpose",           _one_of("Bổ sung hồ sơ xin việc", "Làm hồ sơ cho con đi học", "Làm thủ tục vay vốn")),
    ("old_text",          _one_of("Nguyễn Văn An, sinh năm 1968")),
    ("wrong_text",        _one_of("Nguyễn Văn An, sinh năm 1968")),
    ("new_text",          _one_of("Nguyễn Văn An, sinh năm 1969")),
    ("right_text",        _one_of("Nguyễn Văn An, sinh năm 1969")),
    ("old_content",       _one_of("Bán tạp hóa tại 12 Chi Lăng")),
    ("new_content",       _one_of("Bán tạp hóa và đồ ăn sáng tại 12 Chi Lăng")),
    ("value_before",      _one_of("Nguyễn Thị Lan Huơng")),
    ("value_after",       _one_of("Nguyễn Thị Lan Hương")),
    ("split_description", _one_of("Thửa thứ nhất 120 m², thửa thứ hai 95 m².")),
    ("will_summary",      _one_of("Nhà và đất đang ở, để lại cho hai người con.")),
    ("rules_summary",     _one_of("Thời giờ làm việc, nghỉ phép, kỷ luật; thêm mục làm việc từ xa.")),
    ("status_basis",      _one_of("Quyết định ly hôn số 45/2019", "Giấy chứng tử của chồng số 12/2021")),
    ("disability_description", _one_of("Đi lại phải có người dìu, tay phải yếu.", "Nghe kém hai tai, phải nói to.")),
    ("other_allowance",   _one_of("Không")),
    ("situation",         _one_of("Sống một mình, không có lương hưu.", "Đang ở với con, con làm công nhân.")),
    ("hardship",          _one_of("Chồng ốm lâu ngày, hai con đang đi học.", "Nhà hư hỏng sau bão, chưa có tiền sửa.")),
    ("commitment",        _one_of("Gia đình cam kết chăm sóc, nuôi dạy cháu như con đẻ và thông báo đúng hạn.")),
    ("case_summary",      _one_of("Hàng xóm kiện đòi lối đi chung, tòa đã gửi giấy triệu tập.", "Bị chủ cũ nợ ba tháng lương, đã đòi nhiều lần.")),
    ("wish",              _one_of("Mong được trả lại ranh giới cũ.", "Mong có người giúp làm đơn và đi cùng.")),
    ("number",            lambda rng, on: f"{rng.randint(1, 999)}/{on.year}"),
    ("code",              lambda rng, _on: f"{rng.randint(10000000, 99999999)}"),
    ("account",           lambda rng, _on: f"{rng.randint(10**9, 10**10 - 1)}"),
)
# fmt: on

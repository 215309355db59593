"""Sample slips of invented persons, one of each form."""

from motcua.dossiers.slips.data import (
    Apology04,
    Control06,
    HandOverRow,
    Letterhead,
    MissingRow,
    PaperRow,
    Person,
    Receipt01,
    Refusal03,
    Register07,
    RegisterRow,
    Slip,
    Stop05,
    SupplementRequest02,
    Tracking,
)

AT = "2026-11-27T09:34:00+07:00"
CODE = "H57.36.05-261127-0017"
URL = f"https://motcua.example.vn/tra-cuu/{CODE}?ma=8FQ2"
HEAD = Letterhead(
    "Ủy ban nhân dân phường Phú Xuân",
    "Trung tâm Phục vụ hành chính công",
    "Phú Xuân, ngày 27 tháng 11 năm 2026",
    "0123/TNHS",
)
TRACKING = Tracking(CODE, URL, "motcua.example.vn/tra-cuu, mã tra cứu 8FQ2", "1900 0000 (giờ hành chính)")
NHU = Person(
    "Phạm Thị Quỳnh Như",
    "số định danh 046196000214",
    "27 Nguyễn Chí Diểu, phường Phú Xuân, thành phố Huế",
    "0900 000 371",
    "quynhnhu@example.vn",
)
REQUEST = "Đăng ký khai sinh (cha mẹ có đăng ký kết hôn, trẻ sinh tại cơ sở y tế)"
OFFICER = "Trần Quốc Bình"
CONTACT = f"ông {OFFICER}, số điện thoại 0900 000 123"

RECEIPT = Receipt01(
    AT,
    HEAD,
    TRACKING,
    NHU,
    REQUEST,
    (
        PaperRow("Tờ khai đăng ký khai sinh", 1, 0),
        PaperRow("Giấy chứng sinh", 1, 0),
        PaperRow("Giấy tờ tùy thân của người đi đăng ký", 0, 0, "Thay bằng dữ liệu"),
        PaperRow("Giấy chứng nhận kết hôn của cha mẹ, số 41/2025", 0, 0, "Thay bằng dữ liệu"),
        PaperRow("Thông tin cư trú của cha mẹ", 0, 0, "Thay bằng dữ liệu"),
    ),
    1,
    "trong ngày làm việc",
    "09 giờ 34 phút, thứ Sáu ngày 27/11/2026",
    "17 giờ 00 phút, thứ Sáu ngày 27/11/2026",
    "Quầy 3, Trung tâm Phục vụ hành chính công phường Phú Xuân",
    OFFICER,
    channel="Trực tiếp tại quầy",
    owner=Person("Lê Phạm Minh Khôi", "", "27 Nguyễn Chí Diểu, phường Phú Xuân, thành phố Huế"),
    charges="0 đ (miễn, Thông tư 117/2026/TT-BTC)",
    register_entry="Quyển số 01, số thứ tự 0123",
    note="Kèm 2 bản sao trích lục khai sinh.",
)

SUPPLEMENT = SupplementRequest02(
    AT,
    HEAD,
    TRACKING,
    NHU,
    REQUEST,
    (
        MissingRow(
            "Giấy chứng sinh",
            1,
            0,
            "Bản đã gửi mờ dòng ngày sinh.",
            "Luật Hộ tịch 2014, Điều 16",
            "Mờ, không đọc được",
            "Chụp lại đủ bốn góc, đọc được mọi chữ.",
        ),
        MissingRow(
            "Văn bản ủy quyền", 1, 1, "Người nộp không phải cha, mẹ của trẻ.", "Thông tư 04/2020/TT-BTP, Điều 2"
        ),
    ),
    "Hồ sơ thiếu một giấy tờ và có một giấy tờ không đọc được.",
    OFFICER,
    deadline="17 giờ 00 phút, thứ Ba ngày 08/12/2026",
    after="Thời hạn giải quyết tạm dừng từ hôm nay, tính tiếp khi ông (bà) nộp đủ.",
    contact=CONTACT,
    request_round="thứ 1, trước tiếp nhận",
)

REFUSAL = Refusal03(
    AT,
    HEAD,
    TRACKING,
    NHU,
    REQUEST,
    "Trẻ đã được đăng ký khai sinh ngày 25/11/2026 tại Ủy ban nhân dân phường Thuận Hóa, số 215/2026.",
    OFFICER,
    submitted="20 giờ 15 phút, thứ Năm ngày 26/11/2026, trực tuyến",
    basis="Luật Hộ tịch 2014, Điều 12",
    next_step="Ông (bà) có thể xin bản sao trích lục khai sinh tại bất kỳ Ủy ban nhân dân cấp xã nào.",
    contact=CONTACT,
)

CONTROL = Control06(
    AT,
    HEAD,
    TRACKING,
    NHU,
    REQUEST,
    "09 giờ 34 phút, ngày 27/11/2026",
    "17 giờ 00 phút, ngày 27/11/2026",
    "Phòng Văn hóa – Xã hội",
    (
        HandOverRow(
            "Trung tâm Phục vụ hành chính công",
            "Phòng Văn hóa – Xã hội",
            "10 giờ 05 phút, ngày 27/11/2026",
            OFFICER,
            "Hồ Thị Lan Chi",
            "Đúng hạn",
        ),
        HandOverRow(
            "Phòng Văn hóa – Xã hội",
            "Lãnh đạo Ủy ban nhân dân phường",
            "14 giờ 20 phút, ngày 27/11/2026",
            "Hồ Thị Lan Chi",
            "Nguyễn Đức An",
            "Trước hạn",
            "Trình ký",
        ),
        HandOverRow(
            "Lãnh đạo Ủy ban nhân dân phường",
            "Trung tâm Phục vụ hành chính công",
            "15 giờ 10 phút, ngày 27/11/2026",
            "Nguyễn Đức An",
            OFFICER,
            "Trước hạn",
        ),
    ),
    coordinating_agencies="Công an phường Phú Xuân",
)

REGISTER = Register07(
    AT,
    HEAD,
    "Từ ngày 01/11/2026 đến ngày 30/11/2026",
    tuple(
        RegisterRow(
            number,
            f"H57.36.05-261127-{number:04}",
            "Đăng ký khai sinh",
            1,
            "Lê Phạm Minh Khôi",
            "27 Nguyễn Chí Diểu, phường Phú Xuân",
            "0900 000 371",
            "27/11/2026",
            "27/11/2026",
            "27/11/2026",
            OFFICER,
            "Phạm Thị Quỳnh Như",
            OFFICER,
        )
        for number in range(1, 41)
    ),
    book="Quyển số 01",
)

APOLOGY = Apology04(
    AT,
    HEAD,
    TRACKING,
    NHU,
    "Cấp giấy phép xây dựng nhà ở riêng lẻ",
    "10 giờ 05 phút, thứ Hai ngày 16/11/2026",
    "17 giờ 00 phút, thứ Sáu ngày 27/11/2026",
    "17 giờ 00 phút, thứ Tư ngày 02/12/2026",
    "Trung tâm Phục vụ hành chính công phường Phú Xuân",
    "Phòng Kinh tế, Hạ tầng và Đô thị",
    "Việc xác minh ranh giới với hộ liền kề kéo dài vì mưa lũ.",
    "Nguyễn Đức An",
)

STOP = Stop05(
    AT,
    HEAD,
    TRACKING,
    NHU,
    "Cấp giấy phép xây dựng nhà ở riêng lẻ",
    "Phạm Thị Quỳnh Như đề nghị rút hồ sơ trên cổng dịch vụ công lúc 10 giờ 05 phút, thứ Hai ngày 16/11/2026",
    "Thẩm định, Phòng Kinh tế, Hạ tầng và Đô thị",
    "Gia đình chưa xây nhà trong năm nay.",
    (PaperRow("Bản vẽ thiết kế xây dựng", 2, 0), PaperRow("Bản cam kết an toàn công trình liền kề", 1, 1)),
    "đã thu 75.000 đ; hoàn trả tại quầy.",
    "Nguyễn Đức An",
    "Khi cần, ông (bà) có thể nộp hồ sơ mới.",
)

# fmt: off
SLIPS: dict[str, Slip] = {
    "01": RECEIPT,
    "02": SUPPLEMENT,
    "03": REFUSAL,
    "04": APOLOGY,
    "05": STOP,
    "06": CONTROL,
    "07": REGISTER,
}
# fmt: on

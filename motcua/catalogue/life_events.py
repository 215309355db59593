"""The eight occasions in a family's life that lead to procedures, as the home page shows them (look.md)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """An occasion: its slug in addresses and in `Procedure.life_events`, its words, and its icon in the sprite."""

    slug: str
    title: Promise
    description: Promise
    icon: str


# fmt: off
LIFE_EVENTS = (
    LifeEvent("sinh-con",       _("Sinh con"),          _("Khai sinh, thẻ bảo hiểm y tế, thường trú cho bé"),   "baby"),
    LifeEvent("ket-hon",        _("Kết hôn"),           _("Đăng ký kết hôn, xác nhận tình trạng hôn nhân"),     "heart"),
    LifeEvent("dat-dai",        _("Đất đai"),           _("Tách thửa, cấp đổi, sang tên giấy chứng nhận"),      "map-pin"),
    LifeEvent("xay-nha",        _("Xây, sửa nhà"),      _("Giấy phép xây dựng, số nhà"),                        "house"),
    LifeEvent("kinh-doanh",     _("Kinh doanh"),        _("Mở hộ kinh doanh, an toàn thực phẩm"),               "store"),
    LifeEvent("hoc-hanh",       _("Học hành"),          _("Chuyển trường, chứng thực bản sao"),                 "graduation-cap"),
    LifeEvent("suc-khoe",       _("Sức khỏe, trợ cấp"), _("Trợ cấp xã hội, giấy khuyết tật, thẻ bảo hiểm"),     "stethoscope"),
    LifeEvent("co-nguoi-mat",   _("Khi có người mất"),  _("Khai tử, hỗ trợ mai táng, xóa thường trú"),          "flower"),
)
# fmt: on

BY_SLUG = {event.slug: event for event in LIFE_EVENTS}

"""The databases that answer in place of a paper (NĐ 309/2026/NĐ-CP Điều 2), by the code a paper names."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# fmt: off
DATABASES: Mapping[str, Promise] = {
    "csdl_dan_cu":       _("Cơ sở dữ liệu quốc gia về dân cư"),
    "csdl_ho_tich":      _("Cơ sở dữ liệu hộ tịch điện tử"),
    "csdl_dat_dai":      _("Cơ sở dữ liệu đất đai"),
    "csdl_doanh_nghiep": _("Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp"),
    "csdl_bhxh":         _("Cơ sở dữ liệu quốc gia về bảo hiểm"),
    "csdl_y_te":         _("Cơ sở dữ liệu của ngành y tế"),
}
# fmt: on

"""How procedures are called by their codes: nationally, as a province's own, between agencies (domain: mã thủ tục).

Codes that an import brings are what their source says, and are not looked at here.
"""

import re
from collections.abc import Collection

from django.utils.translation import gettext as _

from motcua.catalogue.models import Procedure

_NATIONAL = re.compile(r"[1-9]\.\d{6}")
_OF_PROVINCE = re.compile(r"[1-9]\.\d{6}(?:(?:\.\d{3}\.\d{2}\.\d{2})?\.(H\d{2}))?")
_INNER = re.compile(r"NB(?:\.[A-Z0-9]{1,12}){1,3}")


def code_fault(code: str, kind: str, provinces: Collection[str]) -> str:
    """Return what is wrong with the code of a new procedure, in Vietnamese; empty when it is well formed.

    `provinces` are the codes a province's own procedure may end with (H57); none known means any.
    """
    if kind == Procedure.Type.INTERNAL:
        return "" if _INNER.fullmatch(code) else _("Mã thủ tục nội bộ viết như NB.XD.01: NB, rồi chữ hoa và số.")
    if kind == Procedure.Type.STANDARD:
        return "" if _NATIONAL.fullmatch(code) else _("Mã toàn quốc viết như 1.013225: một số, dấu chấm, sáu số.")
    found = _OF_PROVINCE.fullmatch(code)
    if found is None:
        return _("Mã đặc thù địa phương viết như 1.115685, 1.012783.H57 hoặc 1.001193.000.00.00.H57.")
    if found[1] and provinces and found[1] not in provinces:
        return _("Mã này mang đuôi %(other)s, mà tỉnh mình là %(own)s.") % {
            "other": found[1], "own": ", ".join(sorted(provinces)),
        }  # fmt: skip
    return ""

"""The codes new procedures may have."""

import pytest

from motcua.catalogue.codes import code_fault
from motcua.catalogue.models import Procedure

Type = Procedure.Type


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("1.013225", Type.STANDARD),
        ("1.115685", Type.SPECIFIC),
        ("1.012783.H57", Type.SPECIFIC),
        ("1.001193.000.00.00.H57", Type.SPECIFIC),
        ("NB.XD.01", Type.INTERNAL),
    ],
)
def test_codes_as_each_kind_writes_them_are_taken(code: str, kind: str) -> None:
    assert code_fault(code, kind, {"H57"}) == ""


@pytest.mark.parametrize(
    ("code", "kind", "why"),
    [
        ("1.013225.H57", Type.STANDARD, "Mã toàn quốc viết như 1.013225"),
        ("13225", Type.SPECIFIC, "Mã đặc thù địa phương viết như"),
        ("1.012783.H61", Type.SPECIFIC, "Mã này mang đuôi H61, mà tỉnh mình là H57."),
        ("moi", Type.INTERNAL, "Mã thủ tục nội bộ viết như NB.XD.01"),
    ],
)
def test_other_codes_are_told_how_they_are_written(code: str, kind: str, why: str) -> None:
    assert code_fault(code, kind, {"H57"}).startswith(why)


def test_where_no_province_is_known_any_may_end_a_code() -> None:
    assert code_fault("1.012783.H61", Type.SPECIFIC, set()) == ""

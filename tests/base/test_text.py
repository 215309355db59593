import pytest

from motcua.base.text import fold


@pytest.mark.parametrize(
    "written, folded",
    [
        ("Đường Lê Lợi", "duong le loi"),
        ("NGUYỄN HOÀI AN", "nguyen hoai an"),
        ("  Tôn   Nữ\u00a0Diệu Hiền ", "ton nu dieu hien"),
        ("Giấy phép số 12/UBND", "giay phep so 12/ubnd"),
        ("đĐ ưƠ ăÂ", "dd uo aa"),
        ("", ""),
    ],
)
def test_text_is_folded_to_plain_small_letters(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_composed_and_decomposed_letters_fold_alike() -> None:
    assert fold("V\u1ef9 D\u1ea1") == fold("Vy\u0303 Da\u0323") == "vy da"


def test_folding_twice_changes_nothing_more() -> None:
    once = fold("Phạm Thị Quỳnh Như")

    assert fold(once) == once

import json
import re
import subprocess
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from motcua.dossiers.slips.render import CURRENT, FormUnknown, render_slip
from tests.dossiers.slips.samples import CODE, RECEIPT, REGISTER, SLIPS, URL


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.fixture(scope="module")
def slips() -> dict[str, bytes]:
    return {form: render_slip(form, CURRENT[form], slip.to_json()) for form, slip in SLIPS.items()}


def test_every_form_has_a_sample() -> None:
    assert set(SLIPS) == set(CURRENT)


@pytest.mark.parametrize("form", SLIPS)
def test_a_slip_is_tagged_pdf_a_with_its_title(slips: dict[str, bytes], form: str) -> None:
    with pikepdf.open(BytesIO(slips[form])) as pdf:
        with pdf.open_metadata() as facts:
            declared = (facts.pdfa_status, facts["pdfuaid:part"], facts["dc:title"])
        has_tree = "/StructTreeRoot" in pdf.Root

    assert declared == ("2A", "1", SLIPS[form].to_json()["title"])
    assert has_tree


@pytest.mark.parametrize("form", ["01", "02", "03", "04", "05", "06"])
def test_a_slip_of_usual_length_is_one_page_with_both_codes(slips: dict[str, bytes], form: str) -> None:
    with pypdfium2.PdfDocument(slips[form]) as pdf:
        pages = len(pdf)
        picture = pdf[0].render(scale=2).to_pil()

    assert pages == 1
    assert {code.text for code in zxingcpp.read_barcodes(picture)} == {CODE, URL}


@pytest.mark.parametrize("form", SLIPS)
def test_every_word_of_the_data_stands_on_the_slip(slips: dict[str, bytes], form: str) -> None:
    # In the order of the content and without spaces, because a long cell is broken where its column ends.
    raw = subprocess.run(["pdftotext", "-raw", "-", "-"], input=slips[form], capture_output=True, check=True)
    on_paper = "".join(raw.stdout.decode().split()).upper()
    never_printed = {"issued_at", "lookup_url"} | ({"lookup_shown", "hotline"} if form == "06" else set())

    missing = [
        text for text in _texts(SLIPS[form].to_json(), never_printed) if "".join(text.split()).upper() not in on_paper
    ]

    assert missing == []


def test_the_receipt_says_when_it_is_due(slips: dict[str, bytes]) -> None:
    text = text_of(slips["01"])

    assert "5. Thời gian trả kết quả: 17 giờ 00 phút, thứ Sáu ngày 27/11/2026" in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text


def test_the_register_repeats_its_head_on_every_page(slips: dict[str, bytes]) -> None:
    with pypdfium2.PdfDocument(slips["07"]) as pdf:
        heads = [page.get_textpage().get_text_range().count("Mã hồ sơ") for page in pdf]

    assert len(heads) > 1
    assert heads == [1] * len(heads)


def test_no_row_of_the_register_is_cut_over_a_page() -> None:
    data = REGISTER.to_json()
    long = "giấy tờ, văn bản do cơ quan có thẩm quyền của Việt Nam cấp hoặc chứng nhận " * 2
    data["rows"] = [
        row | {"request": f"Đầu-{number:03} {long * (number % 4)} cuối-{number:03}"}
        for number, row in enumerate(data["rows"])
    ]

    with pypdfium2.PdfDocument(render_slip("07", CURRENT["07"], data)) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]

    assert len(pages) > 2
    assert [set(re.findall(r"Đầu-(\d{3})", page)) for page in pages] == [
        set(re.findall(r"cuối-(\d{3})", page)) for page in pages
    ]


def test_a_month_of_two_hundred_dossiers_is_a_register_of_ten_pages() -> None:
    data = REGISTER.to_json()
    data["rows"] = data["rows"] * 5

    with pypdfium2.PdfDocument(render_slip("07", CURRENT["07"], data)) as pdf:
        assert len(pdf) <= 10


def test_the_same_data_gives_the_same_bytes_also_after_being_kept_as_json(slips: dict[str, bytes]) -> None:
    kept = json.loads(json.dumps(RECEIPT.to_json()))

    assert render_slip("01", CURRENT["01"], kept) == slips["01"]


@pytest.mark.parametrize("version", range(1, CURRENT["01"] + 1))
def test_a_receipt_kept_from_an_earlier_version_still_prints(version: int) -> None:
    assert text_of(render_slip("01", version, RECEIPT.to_json())).count("Thành phần hồ sơ nộp gồm:") == 1


def test_a_receipt_without_papers_says_so_in_words_and_draws_no_table() -> None:
    data = RECEIPT.to_json() | {"papers": [], "no_papers": "không phải nộp giấy tờ nào."}

    text = text_of(render_slip("01", CURRENT["01"], data))

    assert "1. Thành phần hồ sơ nộp: không phải nộp giấy tờ nào. 2. Số lượng hồ sơ: 01 (bộ)" in text
    assert "Tên giấy tờ" not in text


@pytest.mark.parametrize("version", range(1, CURRENT["02"] + 1))
def test_a_request_kept_from_an_earlier_version_still_prints(version: int) -> None:
    new = {"request_round"}
    kept = {name: value for name, value in SLIPS["02"].to_json().items() if version > 1 or name not in new}

    text = text_of(render_slip("02", version, kept))

    assert "Bản đã gửi mờ dòng ngày sinh." in text
    assert ("Cách sửa: Chụp lại đủ bốn góc" in text) == (version > 1)


def test_a_slip_before_there_is_a_code_has_no_bars() -> None:
    data = SLIPS["03"].to_json() | {"tracking": {"code": "", "lookup_url": "", "lookup_shown": "", "hotline": ""}}

    pdf = render_slip("03", 1, data)

    with pypdfium2.PdfDocument(pdf) as document:
        assert zxingcpp.read_barcodes(document[0].render(scale=2).to_pil()) == []


def test_a_receipt_of_sixty_papers_runs_over_pages_and_numbers_them() -> None:
    data = RECEIPT.to_json()
    data["papers"] = [data["papers"][3]] * 60

    pdf = render_slip("01", 1, data)

    with pypdfium2.PdfDocument(pdf) as document:
        pages = len(document)
    assert pages > 1
    assert f"Trang {pages}/{pages}" in text_of(pdf)


@pytest.mark.parametrize("form, version", [("01", 0), ("01", 3), ("05", 2), ("08", 1), ("../01", 1)])
def test_a_form_or_version_that_does_not_exist_is_named(form: str, version: int) -> None:
    with pytest.raises(FormUnknown):
        render_slip(form, version, RECEIPT.to_json())


def _texts(value: object, never_printed: set[str]) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, dict):
        inner = [item for key, item in value.items() if key not in never_printed]
    else:
        inner = list(value) if isinstance(value, list | tuple) else []
    return [text for item in inner for text in _texts(item, never_printed)]

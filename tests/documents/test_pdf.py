import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from motcua.documents.codes import CodeNotPossible, code128_svg, qr_svg
from motcua.documents.pdf import BOX, NOT_DRAWN, FontsMissing, TemplateFault, render

AT = datetime(2026, 11, 27, 2, 34, tzinfo=UTC)
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "Thử")
#set page(paper: "a4")
#set text(font: "Tinos", lang: "vi", fallback: false)
= Thử
#data.text
#if "svg" in data {
  image(bytes(data.svg), format: "svg", width: 84mm, height: data.height * 1mm, fit: "stretch", alt: "mã")
}
"""
LETTERS = "".join(
    base + tone
    for base in ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y")
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
)
COMPOSED = (
    "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đĐ 1.250.000 đ – “Điều 8”"
)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "thu_v1.typ"
    path.write_text(TEMPLATE)
    return path


def extracted(pdf: bytes) -> str:
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return " ".join(text.split())


def picture_of(pdf: bytes) -> object:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=3).to_pil()


def test_vietnamese_text_extracts_exactly(template: Path) -> None:
    assert extracted(render(template, {"text": COMPOSED}, at=AT)) == f"Thử {COMPOSED}"


def test_decomposed_letters_are_composed(template: Path) -> None:
    assert extracted(render(template, {"text": LETTERS}, at=AT)) == (
        "Thử aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
    )


def test_a_sign_the_font_lacks_becomes_a_box_and_stops_nothing(template: Path) -> None:
    assert extracted(render(template, {"text": "Chúc mừng 🎉 中"}, at=AT)) == f"Thử Chúc mừng {BOX} {BOX}"


def test_every_sign_that_is_let_through_can_be_drawn(template: Path) -> None:
    drawn = " ".join(chr(code) for code in range(0x20, 0x2700) if not NOT_DRAWN.match(chr(code)))

    assert render(template, {"text": drawn}, at=AT).startswith(b"%PDF-")


def test_the_pdf_says_it_is_a_2a_and_ua_1_and_is_tagged(template: Path) -> None:
    with pikepdf.open(BytesIO(render(template, {"text": "x"}, at=AT))) as pdf:
        with pdf.open_metadata() as facts:
            declared = (facts.pdfa_status, facts["pdfuaid:part"])
        marked, language = bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)
        has_tree = "/StructTreeRoot" in pdf.Root

    assert (declared, marked, has_tree, language) == (("2A", "1"), True, True, "vi")


def test_the_same_data_and_moment_give_the_same_bytes(template: Path) -> None:
    assert render(template, {"text": "một"}, at=AT) == render(template, {"text": "một"}, at=AT)


def test_a_folder_without_the_font_is_named(template: Path, tmp_path: Path) -> None:
    with pytest.raises(FontsMissing):
        render(template, {"text": "x"}, at=AT, fonts=tmp_path)


def test_a_fault_in_a_template_is_named(template: Path) -> None:
    with pytest.raises(TemplateFault, match="dictionary does not contain key"):
        render(template, {}, at=AT)


def test_data_cannot_become_markup(template: Path) -> None:
    text = '#eval("1+1") *đậm* $x$ #read("/etc/passwd")'

    assert extracted(render(template, {"text": text}, at=AT)) == f"Thử {text}"


@pytest.mark.parametrize("text", ["H57.36.05-261127-0017", "000.00.01.H57-261127-0001", "G09.20-20260609-0092637"])
def test_bars_are_read_back(template: Path, text: str) -> None:
    picture = picture_of(render(template, {"text": "x", "svg": code128_svg(text), "height": 12}, at=AT))

    found = zxingcpp.read_barcodes(picture)

    assert [(code.format, code.text) for code in found] == [(zxingcpp.BarcodeFormat.Code128, text)]


def test_a_qr_code_is_read_back(template: Path) -> None:
    url = "https://motcua.example.vn/tra-cuu/H57.36.05-261127-0017?ma=8FQ2&ten=Như"
    picture = picture_of(render(template, {"text": "x", "svg": qr_svg(url), "height": 60}, at=AT))

    found = zxingcpp.read_barcodes(picture)

    assert [(code.format, code.text) for code in found] == [(zxingcpp.BarcodeFormat.QRCode, url)]


@pytest.mark.parametrize("text", ["", "Như", "a\nb"])
def test_a_text_bars_cannot_hold_is_named(text: str) -> None:
    with pytest.raises(CodeNotPossible):
        code128_svg(text)


def test_the_codes_carry_no_inline_style_or_script() -> None:
    for drawing in (qr_svg("https://motcua.example.vn"), code128_svg("H57")):
        assert drawing.startswith("<svg xmlns=")
        assert "style" not in drawing
        assert "<?xml" not in drawing
        assert "DOCTYPE" not in drawing

import random
import tracemalloc
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from motcua.documents.inspection import Inspection, inspect, is_blank
from motcua.documents.problems import Fault, Problem
from motcua.documents.sniff import Kind
from tests.documents import files

LIMIT = 20 * 1024 * 1024


def look(content: bytes) -> Inspection:
    return inspect(BytesIO(content), limit_bytes=LIMIT)


def faults(content: bytes) -> list[Fault]:
    return [problem.fault for problem in look(content).problems]


def test_a_good_pdf_has_its_pages_counted_and_no_problem() -> None:
    content = files.pdf([files.LETTER, files.LETTER])

    assert look(content) == Inspection(Kind.PDF, len(content), 2, ())


def test_an_empty_file_is_refused() -> None:
    assert faults(b"") == [Fault.EMPTY]


def test_200_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    huge = tmp_path / "giay-to.pdf"
    with huge.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(200 * 1024 * 1024)

    tracemalloc.start()
    with huge.open("rb") as file:
        inspection = inspect(file, limit_bytes=LIMIT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert inspection.problems == (Problem(Fault.TOO_LARGE, size_bytes=200 * 1024 * 1024, limit=LIMIT),)
    assert inspection.problems[0].sentence == (
        "Tệp nặng 200 MB, quá mức cho phép là 20 MB nên chưa được nhận. "
        "Bạn quét lại ở mức 150–200 dpi, hoặc chụp từng trang rồi gửi ảnh. Những gì bạn đã nhập vẫn còn."
    )
    assert peak < 1024 * 1024


@pytest.mark.parametrize("head", [b"\x7fELF\x02\x01\x01", b"MZ\x90\x00"])
def test_a_program_is_refused_whatever_its_name(head: bytes) -> None:
    assert faults(head + bytes(500)) == [Fault.EXECUTABLE]


def test_a_word_document_is_told_to_be_saved_as_pdf() -> None:
    inspection = look(b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml" + bytes(200))

    assert inspection.problems[0].fault is Fault.WRONG_TYPE
    assert inspection.problems[0].sentence.startswith(
        "Xét theo nội dung, tệp này là tài liệu văn phòng (Word, Excel…); hãy lưu thành PDF"
    )


def test_a_pdf_with_a_password_is_refused() -> None:
    locked = files.pdf(encryption=pikepdf.Encryption(owner="chu", user="mo"))

    assert faults(locked) == [Fault.ENCRYPTED]


def test_a_pdf_that_only_forbids_printing_is_accepted() -> None:
    restricted = files.pdf(encryption=pikepdf.Encryption(owner="chu", user=""))

    assert faults(restricted) == []


def test_a_pdf_cut_off_in_the_middle_is_refused() -> None:
    whole = files.pdf([files.LETTER] * 3)

    assert faults(whole[: len(whole) // 2]) == [Fault.TRUNCATED]


def test_a_broken_pdf_is_refused() -> None:
    assert faults(b"%PDF-1.7\n" + b"nothing here\n" * 50 + b"%%EOF") == [Fault.UNREADABLE]


def test_a_pdf_with_a_wrong_cross_reference_table_is_read_all_the_same() -> None:
    content = files.pdf()
    start = content.rindex(b"startxref")

    assert faults(content[:start] + b"startxref\n7\n%%EOF\n") == []


def test_blank_pages_are_told_by_number_and_do_not_refuse() -> None:
    inspection = look(files.pdf([files.LETTER, b"", files.LETTER, b""]))

    assert [problem.page for problem in inspection.problems] == [2, 4]
    assert inspection.problems[0].sentence == (
        "Trang 2 có vẻ là trang trắng. Bạn xem lại; nếu đúng là mặt sau để trống thì cứ gửi."
    )
    assert not inspection.is_refused
    assert inspection.blank_pages == [2, 4]


def test_a_file_of_blank_pages_only_is_told_once() -> None:
    inspection = look(files.pdf([b"", b""]))

    assert [problem.fault for problem in inspection.problems] == [Fault.BLANK_FILE]
    assert inspection.blank_pages == [1, 2]


def test_a_blank_photograph_is_told() -> None:
    assert faults(files.jpeg(Image.new("RGB", (600, 800), (235, 233, 228)))) == [Fault.BLANK_FILE]


def test_scanner_noise_and_a_speck_of_dust_are_still_blank() -> None:
    sheet = Image.effect_noise((1654, 2339), 10).point(lambda level: level + 110)
    ImageDraw.Draw(sheet).ellipse((700, 900, 704, 904), fill=90)

    assert is_blank(sheet)


def test_faint_pencil_is_not_blank() -> None:
    sheet = Image.new("L", (1654, 2339), 245)
    ImageDraw.Draw(sheet).line((300, 500, 900, 500), fill=170, width=3)

    assert not is_blank(sheet)


def test_a_lone_page_number_is_not_blank() -> None:
    assert faults(files.pdf([b"BT /F1 10 Tf 290 40 Td (2) Tj ET"])) == []
    drawn_as_a_line = b"0.8 w 290 40 m 290 48 l 294 48 l 294 40 l S"
    assert faults(files.pdf([drawn_as_a_line])) == []


def test_broken_photographs_are_refused() -> None:
    cut = files.jpeg(files.paper((1200, 1600)))

    assert faults(cut[: len(cut) // 2]) == [Fault.UNREADABLE]
    assert faults(files.png()[:60]) == [Fault.UNREADABLE]
    assert faults(files.heic()[:400]) == [Fault.UNREADABLE]


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded() -> None:
    assert faults(_png_that_claims((60_000, 60_000))) == [Fault.TOO_MANY_PIXELS]
    assert faults(_png_that_claims((7_000, 7_000))) == [Fault.TOO_MANY_PIXELS]


def test_a_picture_inside_a_pdf_that_would_fill_the_memory_is_refused() -> None:
    with pikepdf.new() as document:
        page = document.add_blank_page()
        bomb = pikepdf.Stream(document, zlib.compress(bytes(1000)), Subtype=pikepdf.Name.Image)
        bomb.Width, bomb.Height, bomb.BitsPerComponent = 50_000, 50_000, 8
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Bomb=bomb))
        out = BytesIO()
        document.save(out)

    assert faults(out.getvalue()) == [Fault.TOO_MANY_PIXELS]


def test_every_fault_has_a_sentence_with_all_its_facts_filled_in() -> None:
    for fault in Fault:
        for found in Kind:
            sentence = Problem(fault, page=2, size_bytes=5_000_000, limit=40, found=found).sentence
            assert sentence.endswith(".")
            assert "%(" not in sentence


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # Pillow warns of broken EXIF, which is thrown away anyway
@pytest.mark.parametrize("whole", [files.pdf(), files.jpeg(exif=files.exif(6)), files.png(), files.heic()])
def test_a_damaged_file_is_accepted_or_refused_but_never_breaks_the_inspection(whole: bytes) -> None:
    chance = random.Random(20261127)

    for _ in range(60):
        damaged = bytearray(whole)
        for position in chance.sample(range(len(whole)), chance.choice([1, 3, 10, 60])):
            damaged[position] = chance.randrange(256)
        inspection = look(bytes(damaged))
        assert inspection.is_refused == (inspection.pages == 0)


def _png_that_claims(size: tuple[int, int]) -> bytes:
    """Make a small PNG whose header promises a huge picture."""
    content = bytearray(files.png())
    content[16:24] = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    return bytes(content)

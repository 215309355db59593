from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from motcua.documents.photographs import LONG_SIDE, PhotographRefused, bound, upright
from motcua.documents.problems import Fault
from motcua.documents.sniff import Kind
from tests.documents import files


def turned(content: bytes, kind: Kind) -> Image.Image:
    return upright(BytesIO(content), kind)


@pytest.mark.parametrize("orientation, transpose", [
    (1, None),
    (2, Image.Transpose.FLIP_LEFT_RIGHT),
    (3, Image.Transpose.ROTATE_180),
    (4, Image.Transpose.FLIP_TOP_BOTTOM),
    (5, Image.Transpose.TRANSPOSE),
    (6, Image.Transpose.ROTATE_90),
    (7, Image.Transpose.TRANSVERSE),
    (8, Image.Transpose.ROTATE_270),
])  # fmt: skip
def test_a_photograph_is_turned_as_its_exif_says(orientation: int, transpose: Image.Transpose | None) -> None:
    as_held = files.paper() if transpose is None else files.paper().transpose(transpose)

    picture = turned(files.jpeg(as_held, exif=files.exif(orientation)), Kind.JPEG)

    assert picture.size == (300, 400)
    assert files.is_red(picture.getpixel((150, 40)))
    assert not files.is_red(picture.getpixel((150, 300)))
    assert files.is_blue(picture.getpixel((20, 300)))


def test_a_heic_photograph_stands_upright() -> None:
    sideways = files.paper().transpose(Image.Transpose.ROTATE_90)

    picture = turned(files.heic(sideways, exif=files.exif(6)), Kind.HEIC)

    assert picture.size == (300, 400)
    assert files.is_red(picture.getpixel((150, 40)))


def test_nothing_of_the_metadata_survives() -> None:
    tagged = files.jpeg(exif=files.exif(1))
    assert b"Telephone" in tagged

    content = bound([turned(tagged, Kind.JPEG)])

    with pikepdf.open(BytesIO(content)) as pdf:
        inside = pdf.pages[0].Resources.XObject.Paper.read_raw_bytes()
    assert b"Telephone" not in content
    assert b"Exif" not in inside
    assert dict(Image.open(BytesIO(inside)).getexif()) == {}


def test_a_large_photograph_is_scaled_down_and_a_small_one_left() -> None:
    large = turned(files.jpeg(files.paper((3000, 4000))), Kind.JPEG)
    small = turned(files.jpeg(files.paper((300, 400))), Kind.JPEG)

    assert large.size == (LONG_SIDE * 3 // 4, LONG_SIDE)
    assert small.size == (300, 400)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_grey_or_colour(mode: str) -> None:
    if mode == "I;16":
        sheet = Image.new("I;16", (40, 40), 65535)
    else:
        sheet = Image.new("RGBA", (40, 40), (0, 0, 0, 0)) if "A" in mode else Image.new("RGB", (40, 40), "white")
        sheet = sheet.convert(mode)

    picture = turned(files.png(sheet), Kind.PNG)

    assert picture.mode in ("L", "RGB")
    assert picture.convert("L").getpixel((20, 20)) == 255


def test_a_grey_of_16_bits_keeps_its_tone() -> None:
    picture = turned(files.png(Image.new("I;16", (40, 40), 257 * 100)), Kind.PNG)

    assert picture.getpixel((20, 20)) == 100


def test_a_printers_colours_are_converted() -> None:
    picture = turned(files.jpeg(files.paper().convert("CMYK")), Kind.JPEG)

    assert picture.mode == "RGB"
    assert files.is_red(picture.getpixel((150, 40)))


def test_several_photographs_become_one_pdf_of_a4_pages_as_they_lie() -> None:
    tall, wide = files.paper((300, 400)), files.paper((400, 300))

    content = bound([tall, wide])

    with pikepdf.open(BytesIO(content)) as pdf:
        boxes = [[round(float(number)) for number in page.mediabox] for page in pdf.pages]
    assert boxes == [[0, 0, 595, 842], [0, 0, 842, 595]]


def test_the_same_photographs_give_the_same_bytes() -> None:
    content = files.jpeg()

    first, second = (bound([turned(content, Kind.JPEG)]) for _ in range(2))

    assert first == second


def test_a_broken_photograph_is_refused() -> None:
    with pytest.raises(PhotographRefused) as refusal:
        turned(b"\xff\xd8\xff\xe0" + bytes(100), Kind.JPEG)

    assert refusal.value.fault is Fault.UNREADABLE

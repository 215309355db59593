"""Real files, made on the spot: no binary fixture lies in the tree."""

from io import BytesIO

import pikepdf
from PIL import Image, ImageDraw
from pillow_heif import from_pillow

LETTER = b"BT /F1 24 Tf 72 700 Td (Giay chung sinh) Tj ET"


def pdf(pages: list[bytes] | None = None, **save: object) -> bytes:
    """Make a PDF with a page per content stream; an empty stream is a blank page."""
    with pikepdf.new() as document:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for content in pages or [LETTER]:
            page = document.add_blank_page(page_size=(595, 842))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.Contents = pikepdf.Stream(document, content)
        out = BytesIO()
        document.save(out, deterministic_id=not save, **save)
    return out.getvalue()


def paper(size: tuple[int, int] = (300, 400)) -> Image.Image:
    """Draw a white sheet with a red top third, a blue left edge and a line, so that turning or mirroring it shows."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, size[0] // 10, size[1]), fill=(20, 20, 200))
    draw.rectangle((0, 0, size[0], size[1] // 3), fill=(200, 20, 20))
    draw.line((10, size[1] - 20, size[0] - 10, size[1] - 20), fill="black", width=4)
    return picture


def encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def jpeg(picture: Image.Image | None = None, **options: object) -> bytes:
    return encoded(picture or paper(), "JPEG", quality=90, **options)


def png(picture: Image.Image | None = None) -> bytes:
    return encoded(picture or paper(), "PNG")


def heic(picture: Image.Image | None = None, **options: object) -> bytes:
    out = BytesIO()
    from_pillow(picture or paper()).save(out, quality=80, **options)
    return out.getvalue()


def exif(orientation: int) -> bytes:
    """Return EXIF with an orientation and a place where the photograph was taken."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = "Telephone"
    tags.get_ifd(0x8825).update({1: "N", 2: (16.0, 27.0, 48.0), 3: "E", 4: (107.0, 35.0, 24.0)})
    return tags.tobytes()


def is_red(colour: tuple[int, ...]) -> bool:
    return colour[0] > 150 and colour[1] < 80 and colour[2] < 80


def is_blue(colour: tuple[int, ...]) -> bool:
    return colour[2] > 150 and colour[0] < 80 and colour[1] < 80

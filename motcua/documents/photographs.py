"""Photographs of papers: turned upright, freed of metadata, scaled down and bound into one PDF of A4 pages."""

import struct
from collections.abc import Sequence
from io import BytesIO
from typing import IO

import pikepdf
from PIL import Image
from pillow_heif import register_heif_opener

from motcua.documents.problems import Fault
from motcua.documents.sniff import Kind

LONG_SIDE = 2000  # pixels; on A4 that is 170 dpi, where print of 8 pt is still read easily
JPEG_QUALITY = 82
A4 = (595.276, 841.89)  # points
MARGIN = 14.17  # points, 5 mm: what printers cannot reach

# fmt: off
MOST_PIXELS = {                # what one decode may hold in memory
    Kind.JPEG: 110_000_000,    # decoded at a fraction of its size (`draft`), so phones' 108 megapixels pass
    Kind.PNG:   40_000_000,
    Kind.HEIC:  60_000_000,
}
# fmt: on
_FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.HEIC: "HEIF"}
_DECODER_ERRORS = (OSError, SyntaxError, ValueError, TypeError, EOFError, RuntimeError, struct.error)  # of broken bytes
_ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
register_heif_opener()


class PhotographRefused(Exception):
    """The photograph cannot be used; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def upright(file: IO[bytes], kind: Kind) -> Image.Image:
    """Decode a photograph, turn it as its EXIF says and scale it to `LONG_SIDE`; no metadata is carried over.

    Returns a grey (`L`) or colour (`RGB`) picture. Raises PhotographRefused for broken bytes and for pictures of more
    than `MOST_PIXELS`, which is seen in the header before anything is decoded.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=[_FORMATS[kind]]) as photograph:
            if photograph.width * photograph.height > MOST_PIXELS[kind]:
                raise PhotographRefused(Fault.TOO_MANY_PIXELS)
            photograph.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
            turn = _TURNS.get(photograph.getexif().get(_ORIENTATION, 1))
            turned = _on_white(photograph if turn is None else photograph.transpose(turn))
            bare = Image.new(turned.mode, turned.size)
            bare.paste(turned)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotographRefused(Fault.TOO_MANY_PIXELS) from error
    except _DECODER_ERRORS as error:
        raise PhotographRefused(Fault.UNREADABLE) from error
    return bare


def bound(photographs: Sequence[Image.Image]) -> bytes:
    """Bind upright pictures into one PDF, an A4 page each, portrait or landscape as the picture lies.

    The same pictures give the same bytes, so a paper sent twice is kept once.
    """
    with pikepdf.new() as pdf:
        for photograph in photographs:
            _add_page(pdf, photograph)
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """Reduce every mode to L or RGB, with transparent parts on white."""
    if picture.mode in ("L", "RGB") and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith("I"):  # 16 bits a pixel: a plain conversion would cut it off at 255
        return picture.convert("I").point(lambda level: level / 257).convert("L")
    if picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        sheet = Image.new("RGBA", layer.size, "white")
        sheet.alpha_composite(layer)
        return sheet.convert("RGB")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _add_page(pdf: pikepdf.Pdf, photograph: Image.Image) -> None:
    jpeg = BytesIO()
    photograph.save(jpeg, "JPEG", quality=JPEG_QUALITY)
    sheet = A4 if photograph.height >= photograph.width else A4[::-1]
    scale = min((side - 2 * MARGIN) / pixels for side, pixels in zip(sheet, photograph.size, strict=True))
    width, height = (pixels * scale for pixels in photograph.size)
    left, bottom = (sheet[0] - width) / 2, (sheet[1] - height) / 2

    page = pdf.add_blank_page(page_size=sheet)
    picture = pikepdf.Stream(
        pdf,
        jpeg.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=photograph.width,
        Height=photograph.height,
        ColorSpace=pikepdf.Name.DeviceGray if photograph.mode == "L" else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Paper=picture))
    drawing = f"q {width:.3f} 0 0 {height:.3f} {left:.3f} {bottom:.3f} cm /Paper Do Q"
    page.Contents = pikepdf.Stream(pdf, drawing.encode())

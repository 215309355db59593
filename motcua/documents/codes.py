"""Codes a machine reads, as SVG for pages and slips: QR for an address, Code 128 for a dossier's code."""

import re
from io import BytesIO

import segno
import zxingcpp

BAR_HEIGHT = 24  # modules


class CodeNotPossible(Exception):
    """The text cannot be written in this code."""


def qr_svg(text: str) -> str:
    """Draw a QR code (ISO/IEC 18004, correction level M) with its quiet zone, sized by where it is placed."""
    code = segno.make(text, error="m", micro=False, boost_error=False)
    drawing = BytesIO()
    code.save(drawing, kind="svg", xmldecl=False, nl=False, omitsize=True, svgclass=None, lineclass=None)
    return drawing.getvalue().decode()


def code128_svg(text: str) -> str:
    """Draw a Code 128 (ISO/IEC 15417) with its quiet zone. Raises CodeNotPossible unless `text` is ASCII.

    The width is that of the bars, one unit a module; the height is stretched by where it is placed.
    """
    if not text or not (text.isascii() and text.isprintable()):
        raise CodeNotPossible(text)
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    drawing = zxingcpp.write_barcode_to_svg(barcode, add_quiet_zones=True)
    width, bars = _bars(drawing)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {BAR_HEIGHT}" preserveAspectRatio="none">'
        f'<path d="{bars}"/></svg>'
    )


def _bars(drawing: str) -> tuple[int, str]:
    """Take width and bars, in modules, out of the writer's SVG, which carries a document type and a size of its own."""
    width = int(re.findall(r'<svg width="(\d+)"', drawing)[0])
    bars = re.findall(r"M(\d+) 0h(\d+)v\d+h-\d+Z", drawing)
    return width, "".join(f"M{left} 0h{wide}v{BAR_HEIGHT}h-{wide}z" for left, wide in bars)

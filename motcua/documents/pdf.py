"""PDFs this system makes: Typst templates filled with data, as tagged PDF/A-2a that also meets PDF/UA-1.

The same template, data and moment give the same bytes.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

FONTS = Path(__file__).resolve().parents[1] / "web" / "assets" / "built" / "fonts"  # Tinos, put there at set-up
FONT = "Tinos"

# Tinos draws these; an emoji in somebody's form must not stop their receipt, so others become the box below.
NOT_DRAWN = re.compile("[^\n\u0020-\u007e\u00a0-\u024f\u0300-\u0304\u0306\u0309\u031b\u0323\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9"
                        "\u0410-\u044f\u1e80-\u1e85\u1ea0-\u1ef9\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030"
                        "\u20ab\u20ac\u2212\u2264\u2265]")  # fmt: skip
BOX = "□"


class FontsMissing(Exception):
    """The folder of fonts holds no Tinos: the front-end assets have not been built."""


class TemplateFault(Exception):
    """A template could not be typeset cleanly; the messages are the typesetter's."""


def render(template: Path, data: Mapping[str, Any], *, at: datetime, fonts: Path = FONTS) -> bytes:
    """Typeset a template with `data`, which it reads as JSON from `sys.inputs.data`; `at` becomes the PDF's date.

    Text is composed (NFC) so that it extracts exactly, and signs the font lacks become a box. Raises FontsMissing, and
    TemplateFault when the template has a fault or gives a warning.
    """
    compiler = typst.Compiler(root=str(template.parent), font_paths=_fonts(fonts))
    try:
        pdf, warnings = compiler.compile_with_warnings(
            input=str(template),
            format="pdf",
            sys_inputs={"data": json.dumps(_drawable(data), ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=_pdf_date(at),
        )
    except typst.TypstError as error:
        raise TemplateFault(error.diagnostic) from error
    if warnings:
        raise TemplateFault(*(str(warning) for warning in warnings))
    return cast(bytes, pdf)


def _pdf_date(at: datetime) -> datetime:
    """Return the moment as PDF dates have it: whole seconds, at a fixed offset instead of in a zone."""
    return at.astimezone(timezone(at.utcoffset() or timedelta())).replace(microsecond=0)


@cache
def _fonts(folder: Path) -> typst.Fonts:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    if FONT not in fonts.families():
        raise FontsMissing(folder)
    return fonts


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return NOT_DRAWN.sub(BOX, unicodedata.normalize("NFC", value))
    if isinstance(value, Mapping):
        return {key: _drawable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(inner) for inner in value]
    return value

"""Slips from their data: the versioned template, the codes a machine reads, and the PDF."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from motcua.documents.codes import code128_svg, qr_svg
from motcua.documents.pdf import render

CURRENT = {"01": 2, "02": 2, "03": 1, "04": 1, "05": 1, "06": 1, "07": 1}
"""Form → the version new slips are made from."""

_FOLDER = Path(__file__).resolve().parent


class FormUnknown(Exception):
    """There is no template of this form and version."""


def render_slip(form: str, version: int, data: Mapping[str, Any]) -> bytes:
    """Make the PDF of a slip from what `to_json()` of its dataclass gave. The same data gives the same bytes.

    Raises FormUnknown, and what `documents.pdf.render` raises.
    """
    if not 1 <= version <= CURRENT.get(form, 0):
        raise FormUnknown(form, version)
    template = _FOLDER / f"mau_{form}_v{version}.typ"
    return render(template, {**data, **_codes(data)}, at=datetime.fromisoformat(data["issued_at"]))


def render_confirmation(data: Mapping[str, Any]) -> bytes:
    """Make the PDF that confirms a dossier was filed online. It is no form of the law, so nothing of it is kept."""
    return render(_FOLDER / "xac_nhan.typ", {**data, **_codes(data)}, at=datetime.fromisoformat(data["issued_at"]))


def render_bundle(data: Mapping[str, Any]) -> bytes:
    """Make the PDF that names every dossier of a bundle with its code. It is no form of the law either."""
    return render(_FOLDER / "xac_nhan_bo.typ", dict(data), at=datetime.fromisoformat(data["issued_at"]))


def render_hand_over(data: Mapping[str, Any]) -> bytes:
    """Make the PDF of the hand-over slip. It is no form of the law either."""
    return render(_FOLDER / "ban_giao.typ", dict(data), at=datetime.fromisoformat(data["issued_at"]))


def _codes(data: Mapping[str, Any]) -> dict[str, str]:
    """Draw the dossier's code and the address to look it up; an absent one is an empty string."""
    tracking = data.get("tracking", {})
    url, code = tracking.get("lookup_url", ""), tracking.get("code", "")
    return {"qr": qr_svg(url) if url else "", "bars": code128_svg(code) if code else ""}

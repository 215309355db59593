"""Slips per second: Mẫu 01 with its codes, beside an empty page typeset under the same PDF standards."""

from collections.abc import Iterator
from pathlib import Path

from bench.measuring import Bench, Line, beside, median_seconds
from bench.province import a_receipt
from motcua.documents.pdf import render
from motcua.dossiers.slips.render import render_slip

EMPTY = Path(__file__).with_name("empty.typ")
ROUNDS = 15


def measure(_bench: Bench) -> Iterator[Line]:
    slip = a_receipt()
    ours = median_seconds(lambda: render_slip(slip.form, slip.template_version, slip.data), rounds=ROUNDS)
    floor = median_seconds(lambda: render(EMPTY, {}, at=slip.issued_at), rounds=ROUNDS)
    yield beside("slips", 1 / ours, 1 / floor, aim=0.5, limit="an empty page", ours_ms=round(ours * 1000, 1))

"""The national records that a workplace may hold beside the project; they are not part of it."""

from pathlib import Path

import pytest

from motcua.catalogue.content import ProcedureContent
from motcua.catalogue.importing.reading import read

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def national_file(name: str) -> Path:
    """Return a file of real records; without it the calling test is skipped, saying so."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"Không có {name}: bản ghi thật của cơ sở dữ liệu quốc gia để ở shared/data, ngoài dự án.")
    return path


def national_list() -> list[ProcedureContent]:
    """Return the national list as contents, or skip."""
    return read(national_file("national-catalogue.jsonl")).records

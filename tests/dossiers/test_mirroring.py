"""The mirror of what other systems run: read whole or not at all, watched, and never counted among ours."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from motcua.dossiers.mirroring import BadMirror, read
from motcua.dossiers.models import Dossier, Mirrored
from tests.world import World

ONE: dict[str, Any] = {
    "code": "BCA-2026-77", "procedure_code": "1.004222", "procedure_name": "Đăng ký thường trú", "unit": "H57.31.12",
    "unit_name": "Công an phường Vỹ Dạ", "status": "Đang xác minh", "received_at": "2026-11-16T08:00+07:00",
    "due_at": "2026-11-25T17:00+07:00", "finished_at": None,
}  # fmt: skip


def said(*dossiers: object, read_at: str = "2026-11-20T08:00+07:00") -> dict[str, Any]:
    return {"system": "Cư trú, Bộ Công an", "read_at": read_at, "dossiers": list(dossiers)}


def load(tmp_path: Path, data: object) -> str:
    path, out = tmp_path / "mirror.json", StringIO()
    path.write_text(json.dumps(data), encoding="utf-8")
    call_command("mirror", str(path), stdout=out)
    return out.getvalue().strip()


def test_what_a_system_says_is_kept_and_replaced_and_nothing_of_ours_is_touched(world: World, tmp_path: Path) -> None:
    first = load(tmp_path, said(ONE))
    second = load(tmp_path, said(ONE | {"status": "Đã có kết quả"}, read_at="2026-11-21T08:00+07:00"))
    older = load(tmp_path, said(ONE, read_at="2026-11-19T08:00+07:00"))

    row = Mirrored.objects.get()
    assert (row.unit, row.status, Dossier.objects.count()) == (world.commune, "Đã có kết quả", 0)
    assert [text.split(": ")[1][:13] for text in (first, second, older)] == [
        "1 hồ sơ mới, ",
        "0 hồ sơ mới, ",
        "0 hồ sơ mới, ",
    ]
    assert older.endswith("1 giữ nguyên vì đã có bản đọc sau.")


def test_a_file_with_faults_writes_nothing_and_names_them_all(world: World, tmp_path: Path) -> None:
    bad = said(ONE, ONE | {"code": "", "due_at": "mai"}, "x", ONE)

    with pytest.raises(CommandError) as refused:
        load(tmp_path, bad | {"system": ""})

    words = str(refused.value)
    assert Mirrored.objects.count() == 0
    for fault in ("Thiếu “system”", "Hồ sơ thứ 2: thiếu “code”", "“due_at” phải như", "Hồ sơ thứ 3", "đứng hai lần"):
        assert fault in words


@pytest.mark.parametrize("data", [[], {"dossiers": {}}, None, {"system": "x", "dossiers": []}])
def test_what_is_no_mirror_is_refused(data: object) -> None:
    with pytest.raises(BadMirror):
        read(data)

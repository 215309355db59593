"""`motcua reorganise` says in words what moves, and refuses with every fault."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from motcua.base.words import day, local_day
from motcua.catalogue.actions import publish_process
from motcua.people.models import Agency
from tests.merging import full_communes, plan_with
from tests.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    made = make_world()
    full_communes(made)
    return made


def run(folder: Path, said: object, *options: str) -> str:
    path, out = folder / "plan.json", StringIO()
    path.write_text(json.dumps(said), encoding="utf-8")
    call_command("reorganise", str(path), *options, stdout=out)
    return out.getvalue()


def test_a_rehearsal_then_the_thing_itself_then_nothing(world: World, tmp_path: Path) -> None:
    said = plan_with(on=local_day(timezone.now()).isoformat())
    publish_process(
        procedure=world.version.procedure, unit=world.commune, content=world.version.process, at=timezone.now(),
        effective_from=local_day(timezone.now()), actor=None,
    )  # fmt: skip

    rehearsed, figures = run(tmp_path, said, "--dry-run"), json.loads(run(tmp_path, said, "--dry-run", "--json"))
    opened = Agency.objects.filter(code="H57.31.60").exists()
    done, again = run(tmp_path, said), run(tmp_path, said)

    today = day(timezone.now())
    assert (
        rehearsed.splitlines()[0]
        == f"XEM TRƯỚC, chưa ghi gì. Nghị quyết 12/NQ-HĐND, từ {today}: 11 hồ sơ đang mở đổi đơn vị."
    )
    assert rehearsed.splitlines()[3:5] == [
        "  H57.31.12 UBND phường Vỹ Dạ → H57.31.60 UBND phường Thuận Hóa",
        "      Yêu cầu bổ sung giấy tờ 1, Yêu cầu thực hiện nghĩa vụ tài chính 1, Đã xử lý xong 1, "
        "Yêu cầu bổ sung trước tiếp nhận 1, Đang xử lý 3, Được tiếp nhận 1, Mới đăng ký 1, Đang xét yêu cầu rút hồ sơ 1",
    ]
    assert "Bước đang chạy, theo vai trò" in rehearsed
    assert "  Chuyển đơn vị do sắp xếp bộ máy  11" in rehearsed.splitlines()
    assert rehearsed.splitlines()[-1] == "  H57.31.60 UBND phường Thuận Hóa  11"
    assert "  1.013225  H57.31.12 → H57.31.60" in rehearsed.splitlines()
    assert (figures["lists"], figures["processes"][0]["follows"]) == ({"H57.31.60": 11}, True)
    assert (figures["dry_run"], figures["letters"], opened) == (True, {"reassign_unit": 11}, False)
    assert done.splitlines()[0].startswith("ĐÃ THỰC HIỆN. Nghị quyết 12/NQ-HĐND")
    assert again == "Nghị quyết 12/NQ-HĐND đã thực hiện rồi. Lần này không có gì thay đổi.\n"


def test_a_plan_with_faults_says_them_all_and_writes_nothing(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        run(tmp_path, plan_with(decision="", end=[{"unit": "X", "into": "H57.31.60"}]))

    assert str(refused.value).splitlines() == [
        "Phương án chưa thực hiện được, chưa có gì thay đổi. Cần sửa:",
        "  decision: còn thiếu.",
        "  on: 09/11/2026 đã qua. Bạn chọn từ hôm nay trở đi.",
        "  end[0].unit: không có cơ quan nào mang mã «X».",
    ]


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không đọc được"):
        call_command("reorganise", str(tmp_path / "khong-co.json"))

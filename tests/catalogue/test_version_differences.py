"""How a version differs from another, in the words of an officer."""

from typing import Any

import pytest

from motcua.catalogue import actions
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import version_numbered
from motcua.catalogue.version_differences import version_differences
from tests.catalogue.samples import BOAT, MONDAY, drafted, published

pytestmark = pytest.mark.django_db


def said(old: ProcedureVersion, new: ProcedureVersion) -> dict[str, list[str]]:
    return {section.key: [change.words for change in section.changes] for section in version_differences(old, new)}


def read(version: ProcedureVersion) -> ProcedureVersion:
    found = version_numbered(version.procedure.code, version.number)
    assert found is not None
    return found


def test_a_copy_says_nothing_else() -> None:
    first = published()

    copy = actions.draft_next(procedure=first.procedure, at=MONDAY)

    assert said(read(first), read(copy)) == {}


def test_every_section_says_what_is_other() -> None:
    first: Any = BOAT
    form, process = first["form"], first["process"]
    old = read(published())
    new = read(
        drafted(
            plain_name="Thả thuyền", online_level="partial", requirements="Trời lặng gió",
            questions=[
                {**first["questions"][0], "options": [{"value": "big", "label": "Sông to"}, {"value": "lake", "label": "Hồ"}]},
                {"key": "night", "label": "Thả ban đêm?", "hint": "", "options": [{"value": "yes", "label": "Có"}]},
            ],
            cases=[
                {"code": "9.1", "name": "Sông lớn", "condition": {"river": ["big"]}, "term": "7 working_days"},
                {"code": "9.3", "name": "Hồ", "condition": {}, "term": "2 days"},
            ],
            paper_groups=[
                {"rule": "all_of", "title": "Phải nộp", "papers": [
                    {"code": "DON", "name": "Đơn đề nghị", "from_form": True},
                    {"code": "BV", "name": "Bản vẽ thuyền", "copy_count": 2},
                    {"code": "ANH", "name": "Ảnh thuyền"},
                ]},
            ],
            fees=[
                {"name": "Lệ phí", "kind": "charge", "amount_vnd": 8000, "basis": "Nghị quyết vui"},
                {"name": "Phí đêm", "kind": "fee", "amount_vnd": None},
            ],
            form={
                "schema": {**form["schema"], "required": ["owner"], "properties": {
                    "owner": form["schema"]["properties"]["owner"], "sails": {"type": "boolean", "title": "Có buồm"},
                }},
                "ui": {"groups": [{"key": "you", "title": "Về bạn", "fields": ["owner", "sails"]}], "fields": {}},
                "bindings": {},
            },
            process={"steps": [{**process["steps"][0], "hours": 6}, *process["steps"][1:]]},
        )
    )  # fmt: skip

    assert said(old, new) == {
        "ten": ["tên dân hiểu “Xin phép thả thuyền giấy” → “Thả thuyền”", "sửa phần yêu cầu, điều kiện"],
        "cach-lam": ["mức trực tuyến Toàn trình → Một phần"],
        "cau-hoi": [
            "thêm câu hỏi “Thả ban đêm?”",
            "“Bạn thả ở sông nào?”: lựa chọn “Sông lớn” → “Sông to”",
            "“Bạn thả ở sông nào?”: thêm lựa chọn “Hồ”",
            "“Bạn thả ở sông nào?”: bỏ lựa chọn “Sông nhỏ”",
        ],
        "truong-hop": [
            "thêm trường hợp Hồ (2 ngày)",
            "bỏ trường hợp Sông nhỏ (3 ngày làm việc)",
            "Sông lớn: thời hạn 10 → 7 ngày làm việc",
        ],
        "giay-to": [
            "thêm giấy Ảnh thuyền (1 bản chính)",
            "bỏ giấy Lưu ý về gió (1 bản chính)",
            "bỏ giấy Giấy của mẹ (1 bản chính)",
            "bỏ giấy Giấy của cha (1 bản chính)",
            "bỏ giấy Giấy mua phao (1 bản chính)",
            "Bản vẽ thuyền: số bản 1 bản chính → 1 bản chính, 2 bản sao",
        ],
        "le-phi": ["thêm khoản Phí đêm: chưa rõ số tiền", "Lệ phí: 50.000 đ → 8.000 đ"],
        "to-khai": [
            "thêm ô “Có buồm” (Có hoặc không)",
            "bỏ ô “Số thuyền” (Số nguyên)",
            "ô “Họ và tên”: điền sẵn từ Họ và tên của người nộp → không",
        ],
        "quy-trinh": ["bước “Thẩm định”: bớt 2 giờ"],
    }

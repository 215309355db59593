"""A made-up procedure complete enough to file under, in the starter's format; tests change what they are about."""

from copy import deepcopy
from datetime import UTC, datetime

from motcua.catalogue import actions, starter

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

BOAT = {
    "code": "9.000001",
    "field": {"code": "Z99-01", "name": "Thuyền bè"},
    "name": "Cấp giấy phép thả thuyền giấy",
    "plain_name": "Xin phép thả thuyền giấy",
    "desk_name": "Thả thuyền giấy",
    "summary": "Bạn cần giấy này trước khi thả thuyền giấy trên sông.",
    "levels": ["commune"],
    "competent_subject": "economy",
    "online_level": "full",
    "aliases": ["giấy phép thuyền", "GPTG"],
    "life_events": ["hoc-hanh"],
    "questions": [
        {
            "key": "river", "label": "Bạn thả ở sông nào?", "hint": "",
            "options": [{"value": "big", "label": "Sông lớn"}, {"value": "small", "label": "Sông nhỏ"}],
        },
    ],
    "cases": [
        {"code": "9.1", "name": "Sông lớn", "condition": {"river": ["big"]}, "term": "10 working_days"},
        {"code": "9.2", "name": "Sông nhỏ", "condition": {}, "term": "3 working_days", "online_term": "2 working_days"},
    ],
    "paper_groups": [
        {"rule": "all_of", "title": "Phải nộp", "papers": [
            {"code": "DON", "name": "Đơn đề nghị", "from_form": True},
            {"code": "BV", "name": "Bản vẽ thuyền"},
            {"code": "LY", "name": "Lưu ý về gió", "kind": "note"},
        ]},
        {"rule": "one_of", "title": "Một trong các giấy", "papers": [
            {"code": "A", "name": "Giấy của mẹ"}, {"code": "B", "name": "Giấy của cha"},
        ]},
        {"rule": "if", "title": "Sông lớn", "condition": {"river": ["big"]}, "why_not": "Chỉ sông lớn mới cần.", "papers": [
            {"code": "PHAO", "name": "Giấy mua phao"},
        ]},
    ],
    "fees": [{"name": "Lệ phí", "kind": "charge", "amount_vnd": 50000, "basis": "Nghị quyết vui"}],
    "form": {
        "schema": {
            "type": "object", "additionalProperties": False, "required": ["owner", "boats"],
            "properties": {
                "owner": {"type": "string", "title": "Họ và tên", "minLength": 2},
                "boats": {"type": "integer", "title": "Số thuyền", "minimum": 1, "maximum": 5},
            },
        },
        "ui": {"groups": [{"key": "you", "title": "Về bạn", "fields": ["owner", "boats"]}], "fields": {}},
        "bindings": {"owner": "citizen.full_name"},
    },
    "process": {"steps": [
        {"code": "review", "name": "Thẩm định", "kind": "work", "unit": "resolving", "role": "specialist", "hours": 8,
         "next": [{"to": "sign"}]},
        {"code": "sign", "name": "Ký", "kind": "sign", "unit": "competent", "role": "signer", "hours": 4,
         "next": [{"to": "issue"}]},
        {"code": "issue", "name": "Phát hành", "kind": "issue", "unit": "competent", "role": "clerk", "hours": 1, "next": []},
    ]},
}  # fmt: skip


def record(**changes):
    """Return the record with `changes`; a value of None removes the key."""
    changed = deepcopy(BOAT) | changes
    return {key: value for key, value in changed.items() if value is not None}


def drafted(**changes):
    return actions.draft_version(content=starter.content_of(record(**changes)), at=MONDAY)


def published(**changes):
    return actions.publish_version(version=drafted(**changes), at=MONDAY, actor=None)

"""A draft edited part by part: rows, questions, form; two people do not undo one another; nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client

from motcua.catalogue.models import FeeRule, ProcedureVersion
from motcua.web.desk.procedures.parts import PARTS
from motcua.web.desk.workshop.editing import digest
from tests.web.desk.pages import DESK, words
from tests.world import World

pytestmark = pytest.mark.django_db
DRAFT = f"{DESK}thu-tuc/1.013225/2/"


def at(kind: str, key: object = "") -> str:
    return f"{DRAFT}muc/{kind}/{f'{key}/' if key else ''}"


def was(draft: ProcedureVersion, kind: str, key: object) -> str:
    """Return what the form of a part carries to tell whether somebody changed it since."""
    now = ProcedureVersion.objects.get(pk=draft.pk)
    return digest(dict(PARTS[kind].shown(now, PARTS[kind].find(now, str(key)))))


def again(draft: ProcedureVersion) -> ProcedureVersion:
    return ProcedureVersion.objects.get(pk=draft.pk)


def test_a_case_gets_another_term_under_an_answer(editor: Client, draft: ProcedureVersion) -> None:
    posted = {"name": "Nhà có nhà bên", "term_quantity": "7,5", "term_unit": "working_days", "khi-neighbour": ["yes"]}

    saved = editor.post(at("truong-hop"), posted)

    case, rest = draft.cases.all()
    assert saved.headers["Location"] == f"{DRAFT}#truong-hop"
    assert rest.condition == {}  # what is left over stays last
    assert (case.name, float(case.term_quantity or 0), case.condition, case.code) == (
        "Nhà có nhà bên", 7.5, {"neighbour": ["yes"]}, "1.013225.02",
    )  # fmt: skip
    assert again(draft).changed_by.full_name == "Lê Thị Soạn"  # type: ignore[union-attr]


def test_rows_are_moved_and_removed(editor: Client, draft: ProcedureVersion) -> None:
    first, second = draft.paper_groups.first(), draft.paper_groups.last()
    assert first is not None and second is not None  # noqa: PT018

    editor.post(f"{at('nhom-giay', second.pk)}len/")
    editor.post(f"{at('giay', first.papers.get(code='BV').pk)}bo/")

    assert [group.pk for group in draft.paper_groups.all()] == [second.pk, first.pk]
    assert [paper.code for paper in first.papers.all()] == ["DON"]


def test_a_paper_comes_into_its_group(editor: Client, draft: ProcedureVersion) -> None:
    group = draft.paper_groups.last()
    assert group is not None
    posted = {
        "name": "Ảnh hiện trạng", "group": group.pk, "kind": "submit", "original_count": "0", "copy_count": "2",
        "electronic": "photo", "required": "on",
    }  # fmt: skip

    page = editor.get(f"{at('giay')}?nhom={group.pk}")
    editor.post(at("giay"), posted)

    paper = group.papers.last()
    assert f'<option value="{group.pk}" selected>' in page.content.decode()
    assert (paper.name, paper.copy_count, paper.code, paper.position) == ("Ảnh hiện trạng", 2, "GT01", 1)  # type: ignore[union-attr]


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("truong-hop", {"name": "A", "term_quantity": "bảy"}, "Chưa đọc được số này. Hãy viết một số không âm, như 7 hoặc 7,5."),
    ("truong-hop", {"name": "A", "term_quantity": "7"}, "Có thời hạn thì phải chọn nó tính bằng gì."),
    ("nhom-giay", {"rule": "if", "title": "A"}, "Chọn “Chỉ khi” thì phải đánh dấu ít nhất một câu trả lời ở dưới."),
    ("le-phi", {"name": "A", "kind": "fee", "amount_vnd": "tám nghìn"}, "Chưa đọc được số tiền. Hãy viết số đồng, như 8000 hoặc 8.000."),
    ("le-phi", {"name": "A", "kind": "fee", "valid_from": "02/12/2026", "valid_to": "01/12/2026"}, "Ngày cuối không được trước ngày đầu."),
    ("le-phi", {"name": "A", "kind": "fee", "valid_from": "31/02/2026"}, "Ngày này chưa đọc được. Hãy viết như 01/12/2026."),
    ("cau-hoi", {"label": "A", "lua-chon-0": "Có"}, "Câu hỏi cần ít nhất hai câu trả lời."),
    ("o", {"label": "A", "kind": "choice"}, "Ô chọn trong danh sách cần ít nhất hai lựa chọn."),
    ("o", {"label": "A", "kind": "text", "source": "citizen.birth_on"}, "Ngày sinh chỉ điền sẵn được vào ô kiểu Ngày."),
    ("giay", {"name": "", "code": "BV"}, "Mã “BV” đã dùng cho một giấy tờ khác."),
]  # fmt: skip


def test_what_cannot_be_is_told_and_what_was_typed_stays(editor: Client, draft: ProcedureVersion) -> None:
    for kind, wrong, sentence in WRONG:
        page = editor.post(at(kind), {"basis": "Vừa gõ", "hint": "Vừa gõ", "why_not": "Vừa gõ", **wrong})

        assert sentence in words(page)  # type: ignore[arg-type]
        assert page.content.decode().count("Vừa gõ") == (0 if kind == "truong-hop" else 1)


def test_a_fee_is_written_as_people_write_it(editor: Client, draft: ProcedureVersion) -> None:
    fee = draft.fees.get()
    posted = {
        "name": fee.name, "kind": "charge", "amount_vnd": "8.000 đ", "per": "bản", "channel": "online",
        "valid_from": "01/12/2026", "was": was(draft, "le-phi", fee.pk),
    }  # fmt: skip

    editor.post(at("le-phi", fee.pk), posted)

    now = FeeRule.objects.get(pk=fee.pk)
    assert (now.amount_vnd, now.per, now.channel, str(now.valid_from)) == (8000, "bản", "online", "2026-12-01")
    assert "75.000 đ → 8.000 đ" in words(editor.get(DRAFT))  # type: ignore[arg-type]


def test_a_question_keeps_its_key_and_values(editor: Client, draft: ProcedureVersion) -> None:
    posted = {
        "label": "Nhà bên sát vách?", "lua-chon-0": "Có, sát vách", "gia-tri-0": "yes", "lua-chon-1": "Không",
        "gia-tri-1": "no", "lua-chon-2": "Chưa rõ", "gia-tri-2": "", "was": was(draft, "cau-hoi", "neighbour"),
    }  # fmt: skip

    editor.post(at("cau-hoi", "neighbour"), posted)

    question = again(draft).questions[0]
    assert (question["key"], [one["value"] for one in question["options"]]) == ("neighbour", ["yes", "no", "chua_ro"])


def test_a_field_is_added_bound_ordered_and_removed(editor: Client, draft: ProcedureVersion) -> None:
    posted = {"label": "Ngày sinh chủ nhà", "kind": "date", "group": "building", "required": "on", "is_past": "on", "source": "citizen.birth_on"}  # fmt: skip
    editor.post(at("o"), posted)
    editor.post(f"{at('o', 'ngay_sinh_chu_nha')}len/")
    editor.post(f"{at('o', 'floors')}bo/")

    now = again(draft)
    assert now.form_ui["groups"][0]["fields"] == ["address", "ngay_sinh_chu_nha"]
    assert now.form_schema["properties"]["ngay_sinh_chu_nha"]["format"] == "date"
    assert (now.form_bindings, now.form_schema["required"]) == (
        {"ngay_sinh_chu_nha": "citizen.birth_on"},
        ["address", "ngay_sinh_chu_nha"],
    )


def test_words_and_places_are_sections_of_their_own(editor: Client, draft: ProcedureVersion) -> None:
    posted = {
        "levels": ["commune", "province"], "competent_subject": "construction", "authority": "UBND xã",
        "was": was(draft, "loi", "noi-lam"),
    }  # fmt: skip

    editor.post(at("loi", "noi-lam"), posted)

    assert (again(draft).levels, again(draft).competent_subject) == (["commune", "province"], "construction")


def test_who_comes_second_sees_it_and_decides(editor: Client, draft: ProcedureVersion) -> None:
    case = draft.cases.get()
    mine = {"name": "Của tôi", "term_quantity": "4", "term_unit": "days", "was": was(draft, "truong-hop", case.pk)}
    editor.post(at("truong-hop", case.pk), mine | {"name": "Của người khác"})

    told = editor.post(at("truong-hop", case.pk), mine)
    shown = draft.cases.get().name
    editor.post(at("truong-hop", case.pk), mine | {"was": told.context["was"]})

    assert "Ai đó vừa sửa mục này" in words(told)  # type: ignore[arg-type]
    assert (shown, draft.cases.get().name) == ("Của người khác", "Của tôi")


def test_a_part_removed_meanwhile_is_offered_as_a_new_one(editor: Client, draft: ProcedureVersion) -> None:
    case = draft.cases.get()
    mine = {"name": "Của tôi", "term_quantity": "4", "term_unit": "days", "was": was(draft, "truong-hop", case.pk)}
    editor.post(f"{at('truong-hop', case.pk)}bo/")

    told = editor.post(at("truong-hop", case.pk), mine)
    editor.post(told.context["url"], mine)

    assert "Ai đó vừa bỏ mục này" in words(told)  # type: ignore[arg-type]
    assert draft.cases.get().name == "Của tôi"


def test_what_was_typed_when_the_session_ended_is_shown_again(world: World, draft: ProcedureVersion) -> None:
    browser = Client()
    browser.post(at("truong-hop"), {"name": "Gõ dở"})
    kept = browser.session["held_post"]
    browser.force_login(world.posts["editor"].officer.user)
    session = browser.session
    session["held_post"] = kept
    session.save()

    page = browser.get(at("truong-hop"))

    assert 'value="Gõ dở"' in page.content.decode()
    assert "Những gì bạn điền vẫn còn" in words(page)  # type: ignore[arg-type]


def test_every_part_draws_its_form(editor: Client, draft: ProcedureVersion) -> None:
    group, fee, case = draft.paper_groups.first(), draft.fees.first(), draft.cases.first()
    assert group is not None
    keys = {
        "loi": "ten", "cau-hoi": "neighbour", "truong-hop": case.pk, "nhom-giay": group.pk,  # type: ignore[union-attr]
        "giay": group.papers.first().pk, "le-phi": fee.pk, "nhom-o": "building", "o": "floors",  # type: ignore[union-attr]
    }  # fmt: skip

    statuses = {kind: editor.get(at(kind, key)).status_code for kind, key in keys.items()}

    assert statuses == dict.fromkeys(PARTS, 200)


def test_a_paper_goes_to_another_group_and_stands_last_there(editor: Client, draft: ProcedureVersion) -> None:
    paper = draft.paper_groups.first().papers.get(code="BV")  # type: ignore[union-attr]
    other = draft.paper_groups.last()
    assert other is not None
    posted = {
        "name": paper.name, "group": other.pk, "kind": "submit", "original_count": "1", "copy_count": "0",
        "electronic": "photo", "code": "BV", "was": was(draft, "giay", paper.pk),
    }  # fmt: skip

    editor.post(at("giay", paper.pk), posted)

    assert [one.code for one in other.papers.all()] == ["CK", "BV"]

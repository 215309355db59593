"""The screens a form becomes: order, kinds, what is not asked twice."""

from types import SimpleNamespace

import pytest

from motcua.catalogue.starter import contents
from motcua.web.portal.screens import screen_where, screens_of

FORM = {
    "type": "object",
    "required": ["name", "number"],
    "properties": {
        "number": {"type": "integer", "title": "Số"}, "name": {"type": "string", "title": "Tên"},
        "on": {"type": "string", "format": "date", "title": "Ngày"}, "few": {"type": "string", "enum": ["a", "b"]},
        "many": {"type": "string", "enum": list("abcdef")}, "yes": {"type": "boolean"}, "sure": {"const": True},
        "filer_name": {"type": "string", "title": "Tên người khai"}, "relation": {"type": "string"},
    },
}  # fmt: skip


def version(groups: list[dict[str, object]], **more: object):
    """Return what screens_of reads of a version."""
    facts = {
        "questions": [], "authority": "", "returning_methods": [], "form_schema": FORM, "form_bindings": {},
        "form_ui": {"groups": groups, "fields": {"few": {"labels": {"a": "Một"}}}},
    }  # fmt: skip
    return SimpleNamespace(**(facts | more))


def form_screens(made) -> list[tuple[str, list[str]]]:
    return [(s.title, [q.key for q in s.questions]) for s in screens_of(made, []) if s.key.startswith("to-khai")]


def test_groups_stand_in_their_own_order_and_fields_of_none_come_last() -> None:
    made = version([{"title": "Hai", "fields": ["number"]}, {"title": "Một", "fields": ["name"]}])

    assert form_screens(made)[:2] == [("Hai", ["number"]), ("Một", ["name"])]
    assert form_screens(made)[2][0] == "Thông tin khác"


def test_more_than_three_groups_are_joined_into_the_third() -> None:
    made = version([{"title": name, "fields": [name]} for name in ("name", "number", "on", "few", "many")])

    assert [fields for _title, fields in form_screens(made)][:2] == [["name"], ["number"]]
    assert form_screens(made)[2][1][:3] == ["on", "few", "many"]
    assert len(screens_of(made, [])) == 7


@pytest.mark.parametrize(
    "field, kind",
    [("number", "number"), ("name", "text"), ("on", "date"), ("few", "radios"), ("many", "select"), ("yes", "radios"), ("sure", "check")],
)  # fmt: skip
def test_a_field_is_asked_the_way_its_type_needs(field: str, kind: str) -> None:
    screens = screens_of(version([{"title": "Tất cả", "fields": list(FORM["properties"])}]), [])

    question = next(q for screen in screens for q in screen.questions if q.key == field)
    assert question.kind == kind


def test_what_a_form_asks_about_the_applicant_is_asked_once() -> None:
    made = version(
        [{"title": "Người khai", "about": "applicant", "fields": ["filer_name", "relation"]}],
        form_bindings={"filer_name": "citizen.full_name"},
    )
    screens = screens_of(made, [])

    asked = [question.name for question in screens[0].questions]
    assert screens[0].mirrors == {"filer_name": "applicant.full_name"}
    assert ("form_data.relation" in asked, "form_data.filer_name" in asked) == (True, False)
    assert screen_where(screens, "form_data.filer_name") is screens[0]


def test_every_starter_procedure_is_filed_in_at_most_seven_screens() -> None:
    forms = [content.version for content in contents() if content.version.get("form_schema")]

    longest = max(
        len(
            screens_of(
                SimpleNamespace(
                    **({"questions": [], "authority": "", "returning_methods": [], "form_bindings": {}} | form)
                ),
                [],
            )
        )
        for form in forms
    )
    assert longest <= 7


@pytest.mark.parametrize(("method", "note"), [("counter", "(cần khi nhận qua bưu chính)"), ("postal", "")])
def test_the_address_for_the_post_is_asked_for_when_the_post_was_chosen(method, note):
    made = version([{"title": "Tất cả", "fields": list(FORM["properties"])}])
    draft = SimpleNamespace(parent=None, return_method=method, form_data={}, answers={}, declared_owner={})

    question = screens_of(made, [], draft)[0].question("return_address")

    assert (question.required, question.note) == (method == "postal", note)


@pytest.mark.parametrize(
    "authority, said",
    [
        (
            "Ủy ban nhân dân cấp xã nơi cư trú của cha hoặc mẹ",
            "Để biết trung tâm nào nhận hồ sơ của bạn. Nơi giải quyết: Ủy ban nhân dân cấp xã nơi cư trú của cha hoặc mẹ.",
        ),
        (
            "Ủy ban nhân dân cấp xã",
            "Để biết trung tâm nào nhận hồ sơ của bạn. Nơi bạn ở, nơi có đất, có nhà, hoặc nơi bạn kinh doanh: tùy việc.",
        ),
    ],
)
def test_the_commune_is_asked_for_with_its_reason_in_the_procedures_words(authority: str, said: str) -> None:
    screens = screens_of(version([], authority=authority), [])

    hints = [q.hint for screen in screens for q in screen.questions if q.name == "answers.commune"]
    assert hints == [said]


def test_only_the_answer_that_means_another_opens_the_boxes_about_them() -> None:
    question = {"key": "who", "label": "Ai nộp?", "options": [{"value": "self", "label": "Tôi"}, {"value": "other", "label": "Người khác", "for_another": True}]}  # fmt: skip
    applicant = screens_of(version([], questions=[question]), [])[0]

    reveals = {asked.name: asked.reveals for asked in applicant.questions if asked.reveals}
    assert reveals == {
        "answers.who": {"other": "owner"},
        "declared_owner.kind": {"person": "person", "organisation": "organisation"},
    }

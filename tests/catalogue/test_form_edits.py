"""A form edited field by field: what nobody touched stays, what is removed leaves no trace."""

from dataclasses import replace

import pytest

from motcua.catalogue.form_edits import (
    KINDS,
    SOURCES,
    FieldSaid,
    Form,
    added_field,
    added_group,
    changed_field,
    changed_group,
    kind_of,
    moved_field,
    moved_group,
    said_of,
    without_field,
    without_group,
)
from motcua.catalogue.forms import BINDINGS
from motcua.catalogue.question_edits import (
    Choice,
    PartGone,
    added_question,
    changed_question,
    moved_question,
    without_question,
)

FORM = Form(
    schema={
        "type": "object",
        "required": ["name", "area"],
        "dependentRequired": {"father": ["kind"]},
        "properties": {
            "name": {"type": "string", "title": "Họ tên", "pattern": "^[A-Z]", "minLength": 2},
            "area": {"type": "number", "title": "Diện tích", "exclusiveMinimum": 0, "maximum": 500},
            "kind": {"type": "string", "title": "Loại", "enum": ["new", "old"], "default": "old"},
            "father": {"type": "string", "title": "Cha"},
        },
    },
    ui={
        "groups": [
            {"key": "a", "title": "A", "fields": ["name", "area"]},
            {"key": "b", "title": "B", "fields": ["kind"]},
        ],
        "fields": {"kind": {"labels": {"new": "Mới", "old": "Cũ"}, "for_another": ["old"], "widget": "radios"}},
        "required_when": [{"when": {"kind": ["new"]}, "fields": ["father"]}],
    },
    bindings={"name": "citizen.full_name"},
)


@pytest.mark.parametrize("name", FORM.schema["properties"])
def test_a_field_said_as_it_is_stays_as_it_is(name: str) -> None:
    again = changed_field(FORM, name, said_of(FORM, name))

    assert (again.schema, again.bindings) == (FORM.schema, FORM.bindings)
    assert again.ui["groups"] == FORM.ui["groups"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known_again(kind: str) -> None:
    said = FieldSaid("Ô mới", kind, choices=(Choice("", "Một"), Choice("", "Hai")))

    form, name = added_field(FORM, said)

    assert kind_of(form.schema["properties"][name], form.ui["fields"][name]) == kind
    assert [choice.value for choice in said_of(form, name).choices] == (["mot", "hai"] if kind == "choice" else [])


def test_a_limit_changes_only_where_it_was_said_otherwise() -> None:
    said = said_of(FORM, "area")

    wider = changed_field(FORM, "area", replace(said, most=900)).schema["properties"]["area"]
    open_below = changed_field(FORM, "area", replace(said, least=None)).schema["properties"]["area"]

    assert (wider["exclusiveMinimum"], wider["maximum"]) == (0, 900)
    assert (open_below.get("exclusiveMinimum"), open_below["maximum"]) == (None, 500)


def test_a_field_goes_to_another_group_and_up_there() -> None:
    moved = changed_field(FORM, "name", replace(said_of(FORM, "name"), group="b"))
    up = moved_field(moved, "name", -1)

    assert [group["fields"] for group in up.ui["groups"]] == [["area"], ["name", "kind"]]


def test_a_field_removed_leaves_no_rule_that_names_it() -> None:
    left = without_field(without_field(FORM, "father"), "name")

    assert list(left.schema["properties"]) == ["area", "kind"]
    assert (left.schema["required"], left.schema["dependentRequired"]) == (["area"], {})
    assert (left.ui["groups"][0]["fields"], left.ui["required_when"], left.bindings) == (["area"], [], {})


def test_groups_are_added_called_ordered_and_removed() -> None:
    form = added_group(FORM, title="Về bạn", is_about_filer=True)
    form = changed_group(moved_group(form, "ve_ban", -1), "a", title="Nhà", is_about_filer=False)
    form = without_group(form, "b")

    assert form.ui["groups"] == [
        {"key": "a", "title": "Nhà", "fields": ["name", "area"]},
        {"key": "ve_ban", "title": "Về bạn", "fields": [], "about": "applicant"},
    ]


def test_questions_keep_their_keys_and_values() -> None:
    questions = added_question([], taken=["khu_vuc"], label="Khu vực", hint="", choices=[Choice("", "Đô thị", True)])
    questions = added_question(questions, taken=[], label="Tầng?", hint="", choices=[Choice("", "Một")])
    key = questions[0]["key"]
    changed = changed_question(
        moved_question(questions, key, 1), key, label="Ở đâu", hint="x", choices=[Choice("do_thi", "Phường")]
    )

    assert key == "khu_vuc_2"
    assert changed[1] == {
        "key": key,
        "label": "Ở đâu",
        "hint": "x",
        "options": [{"value": "do_thi", "label": "Phường"}],
    }
    assert without_question(changed, key) == [changed[0]]


def test_what_is_gone_is_told() -> None:
    with pytest.raises(PartGone):
        said_of(FORM, "nowhere")
    with pytest.raises(PartGone):
        without_question([], "nowhere")


def test_every_source_has_words() -> None:
    assert SOURCES.keys() == BINDINGS.keys()

"""Which answers mean filing for somebody else, and which fields of a form are then about the owner."""

import pytest

from motcua.catalogue.for_another import answers_for_another, bindings_of_owner, fields_of_filer, says_for_another
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.publish_checks import faults_of
from motcua.catalogue.shapes import faults_in_shape
from motcua.catalogue.starter import contents
from tests.world import make_world

QUESTION = {
    "key": "who_files", "label": "Ai đi nộp?",
    "options": [{"value": "self", "label": "Tôi"}, {"value": "other", "label": "Nộp thay", "for_another": True}],
}  # fmt: skip


def version_of(**changed: object) -> ProcedureVersion:
    return ProcedureVersion(**{"questions": [QUESTION], **changed})


@pytest.mark.parametrize(
    ("answers", "expected"), [({}, False), ({"who_files": "self"}, False), ({"who_files": "other"}, True)]
)
def test_an_option_may_mean_filing_for_another(answers: dict[str, str], expected: bool) -> None:
    assert says_for_another(version_of(), answers) is expected


def test_a_choice_of_the_form_may_mean_it_too() -> None:
    version = version_of(questions=[], form_ui={"fields": {"filer": {"for_another": ["nop_thay"]}}})

    assert answers_for_another(version) == {"filer": ["nop_thay"]}
    assert says_for_another(version, {"filer": "nop_thay"}) is True


def test_what_is_not_about_the_filer_is_about_the_owner() -> None:
    version = version_of(
        form_ui={
            "groups": [{"title": "Người nộp", "about": "applicant", "fields": ["me"]}],
            "fields": {"who_files": {}},
        },
        form_bindings={"me": "citizen.full_name", "holder": "citizen.full_name"},
    )

    assert fields_of_filer(version) == ["me"]
    assert bindings_of_owner(version) == {"holder": "citizen.full_name"}


def test_the_mark_of_an_option_is_true_or_false() -> None:
    wrong = [{**QUESTION, "options": [{"value": "a", "label": "A", "for_another": "có"}]}]

    assert len(list(faults_in_shape("questions", wrong))) == 1


@pytest.mark.django_db
def test_a_choice_nobody_offers_cannot_mean_it() -> None:
    version = make_world().version
    version.form_ui = {**version.form_ui, "fields": {"floors": {"for_another": ["nop_thay"]}}}

    assert "Ô “floors” có for_another; nó phải là một danh sách các lựa chọn của chính ô ấy." in faults_of(version)


def test_every_starter_option_that_says_filing_for_another_is_marked() -> None:
    for content in contents():
        for question in content.version.get("questions", ()):
            for option in question["options"]:
                if "nộp thay" in option["label"].lower():
                    assert option.get("for_another") is True, (content.code, option)


def test_a_parent_who_registers_a_birth_does_not_file_for_another() -> None:
    birth = next(content for content in contents() if content.code == "1.001193")

    version = ProcedureVersion(**birth.version)
    assert [says_for_another(version, {"requester_relation": parent}) for parent in ("mother", "father")] == [False] * 2

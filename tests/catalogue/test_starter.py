"""The starter catalogue: every file loads, and everything it names exists."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from motcua.catalogue import actions, starter
from motcua.catalogue.actions import Outcome
from motcua.catalogue.forms import BINDINGS, errors_in, is_past, required_in
from motcua.catalogue.life_events import BY_SLUG
from motcua.catalogue.models import Procedure, ProcedureVersion
from tests.catalogue.samples import BOAT, MONDAY, published, record

TODAY = MONDAY.date()
RECORDS = [record for _path, record in starter.records()]


@pytest.mark.django_db
def test_the_starter_catalogue_covers_a_provinces_common_needs():
    actions.load_starter(at=MONDAY)
    versions = list(ProcedureVersion.objects.select_related("procedure__field"))

    assert {version.state for version in versions} == {"published"}
    assert len(versions) >= 60
    assert len({version.procedure.field.name for version in versions}) >= 12
    assert len([version for version in versions if version.is_fileable]) >= 20
    assert set(BY_SLUG) <= {slug for version in versions for slug in version.procedure.life_events}


@pytest.mark.django_db
def test_loading_twice_changes_nothing():
    first, said = actions.load_starter(at=MONDAY), StringIO()
    call_command("starter", stdout=said)

    assert first == Counter({Outcome.NEW: len(RECORDS)})
    assert said.getvalue().split() == [str(len(RECORDS)), "không", "đổi"]
    assert ProcedureVersion.objects.count() == len(RECORDS)


@pytest.mark.django_db
def test_a_changed_record_becomes_a_new_version():
    def load(**changes):
        return actions.write_contents(contents=[starter.content_of(record(**changes))], origin="starter", at=MONDAY)

    load()
    outcome = load(summary="Câu khác.", aliases=["tên mới"])

    assert outcome == Counter({Outcome.CHANGED: 1})
    assert list(ProcedureVersion.objects.order_by("number").values_list("state", "summary")) == [
        ("retired", BOAT["summary"]), ("published", "Câu khác."),
    ]  # fmt: skip
    assert Procedure.objects.get().aliases == ["tên mới"]


@pytest.mark.django_db
def test_the_starter_leaves_the_provinces_own_version_alone():
    own = published()

    outcome = actions.write_contents(
        contents=[starter.content_of(record(summary="Của bộ khởi đầu."))], origin="starter", at=MONDAY
    )

    assert outcome == Counter({Outcome.KEPT: 1})
    assert ProcedureVersion.objects.get().pk == own.pk


@pytest.mark.django_db
def test_the_starter_does_not_bring_back_what_the_province_withdrew():
    actions.retire_version(version=published(), at=MONDAY)

    outcome = actions.write_contents(contents=[starter.content_of(record())], origin="starter", at=MONDAY)

    assert outcome == Counter({Outcome.KEPT: 1})
    assert [version.state for version in ProcedureVersion.objects.all()] == ["retired"]


@pytest.mark.django_db
def test_a_faulty_starter_record_writes_nothing():
    good, bad = starter.content_of(record()), starter.content_of(record(code="9.000002", desk_name=""))

    with pytest.raises(actions.StarterNotPublishable) as caught:
        actions.write_contents(contents=[good, bad], origin="starter", at=MONDAY)

    assert str(caught.value) == "9.000002: Thủ tục chưa có tên gọn để hiện trong bảng của cán bộ."
    assert ProcedureVersion.objects.count() == 0


@pytest.mark.parametrize(
    "changes", [{"name": None, "field": None}, {"cases": [{"code": "1", "name": "x", "term": "soon"}]}]
)
def test_a_record_that_cannot_be_read_names_its_procedure(changes):
    with pytest.raises(starter.BadStarter, match=r"9\.000001"):
        starter.content_of(record(**changes))


def test_no_birth_lies_in_the_future():
    forms = [record["form"] for _path, record in starter.records() if record.get("form")]
    births = [
        (form, name)
        for form in forms
        for name in form["schema"]["properties"]
        if name.endswith(("birth_on", "died_on"))
    ]

    assert len(births) > 20
    assert [name for form, name in births if not is_past(form["ui"], name)] == []


def test_every_code_stands_once():
    codes = Counter(one["code"] for one in RECORDS)

    assert [code for code, times in codes.items() if times > 1] == []


@pytest.mark.parametrize("one", RECORDS, ids=lambda one: one["code"])
def test_every_name_a_record_uses_exists(one):
    form = one.get("form") or {}

    assert set(one.get("life_events", [])) - set(BY_SLUG) == set()
    assert set((form.get("bindings") or {}).values()) - set(BINDINGS) == set()
    assert len(one["desk_name"]) <= 32
    assert len(one["plain_name"]) <= 80
    assert [alias for alias, times in Counter(one.get("aliases", [])).items() if times > 1] == []


def test_who_registers_a_birth_is_asked_once():
    birth = next(one for one in RECORDS if one["code"] == "1.001193")

    assert "who_files" not in {question["key"] for question in birth["questions"]}
    assert "requester_relation" in birth["form"]["schema"]["required"]
    assert birth["form"]["ui"]["fields"]["requester_relation"]["for_another"] == [
        "authorised"
    ]  # so it is not asked again


@pytest.mark.parametrize("one", [one for one in RECORDS if one.get("form")], ids=lambda one: one["code"])
def test_copies_are_counted_exactly_where_they_are_wanted(one):
    schema, ui = one["form"]["schema"], one["form"]["ui"]
    wants = next((q for q in one["questions"] if q["key"] == "wants_copies"), {"options": []})

    for option in wants["options"]:
        wanted = option["value"] != "no"
        facts = {"wants_copies": option["value"], "copies": 2}
        assert ("copies" in required_in(schema, ui, facts)) is wanted
        assert ("copies" in errors_in(schema, ui, {"copies": 2}, facts, today=TODAY)) is not wanted


@pytest.mark.parametrize(
    "birth_paper, claim, mother, father",
    [
        ("certificate", "father", True, True),
        ("witness", "father", False, True),
        ("commitment", "mother", True, False),
    ],
)
def test_a_birth_with_a_claim_demands_no_parent_who_is_not_known(birth_paper, claim, mother, father):
    form = next(one for one in RECORDS if one["code"] == "1.000689")["form"]

    needed = required_in(form["schema"], form["ui"], {"birth_paper": birth_paper, "claim_kind": claim})

    assert ("mother_full_name" in needed, "father_full_name" in needed) == (mother, father)

"""A unit's own process goes to who takes over from it, unless they have their own."""

from copy import deepcopy
from datetime import date, timedelta

import pytest

from motcua.catalogue import actions
from motcua.catalogue.models import ProcessTemplate, ProcessUse, PublishedProcess
from motcua.catalogue.queries import process_for
from motcua.people.models import Agency
from tests.catalogue.samples import BOAT, MONDAY, published

pytestmark = pytest.mark.django_db

BEFORE, DAY = date(2026, 12, 1), date(2027, 1, 1)


@pytest.fixture
def procedure():
    return published().procedure


@pytest.fixture
def units():
    return [
        Agency.objects.create(code=code, name=f"Xã {code}", short_name=code, type=Agency.Type.COMMUNE)
        for code in ("H1", "H2", "H9")
    ]


def process(procedure, unit, on=BEFORE, hours=3):
    content = deepcopy(BOAT["process"])
    content["steps"][0]["hours"] = hours
    return actions.publish_process(
        procedure=procedure, unit=unit, content=content, effective_from=on, at=MONDAY, actor=None
    )


def inherit(*heirs):
    return actions.inherit_processes(heirs=heirs, decision="Nghị quyết 12", on=DAY, at=MONDAY)


def test_the_heir_follows_it_from_the_day_on(procedure, units):
    old, _other, heir = units
    process(procedure, None)
    process(procedure, old, hours=1)
    own = process(procedure, old, hours=2)

    said = inherit((old, heir))

    found = process_for(procedure.pk, heir.pk, DAY)
    assert said == [("H1", "H9", procedure.code, True)]
    assert (found.content, found.decision_number, found.effective_from) == (own.content, "Nghị quyết 12", DAY)
    assert process_for(procedure.pk, heir.pk, DAY - timedelta(days=1)).unit is None
    assert PublishedProcess.objects.filter(unit=heir).count() == 1  # what it had replaced stays behind


def test_one_to_come_comes_to_the_heir_on_its_own_day(procedure, units):
    old, _other, heir = units
    later = DAY + timedelta(days=30)
    process(procedure, old, on=later)

    inherit((old, heir))

    assert process_for(procedure.pk, heir.pk, DAY) is None
    assert process_for(procedure.pk, heir.pk, later).unit == heir


def test_hours_and_posts_of_its_own_go_along_so_that_the_next_edition_counts(procedure, units):
    old, _other, heir = units
    template = ProcessTemplate.objects.create(code="thuyen", name="Thuyền")
    ProcessUse.objects.create(template=template, procedure=procedure, unit=old, parameters={"review": {"hours": 9}})

    inherit((old, heir))

    use = ProcessUse.objects.get(unit=heir)
    assert (use.template, use.parameters) == (template, {"review": {"hours": 9}})


def test_a_heir_keeps_its_own_and_of_two_that_end_the_first_of_the_plan_counts(procedure, units):
    first, second, heir = units
    process(procedure, first)
    process(procedure, second)

    said = inherit((second, heir), (first, heir))
    again = inherit((first, heir))

    assert [(one.unit, one.follows) for one in said] == [("H2", True), ("H1", False)]
    assert [one.follows for one in again] == [False]

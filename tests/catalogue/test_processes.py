"""Which process counts on a day, and that a published one never changes."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from motcua.catalogue import actions
from motcua.catalogue.models import ProcessEdition, ProcessTemplate, PublishedProcess
from motcua.catalogue.queries import process_for
from motcua.people.models import Agency
from tests.catalogue.samples import BOAT, MONDAY, published

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = date(2026, 12, 1), date(2026, 12, 15), date(2027, 1, 1)


@pytest.fixture
def procedure():
    return published().procedure


@pytest.fixture
def commune():
    return Agency.objects.create(code="H1", name="Xã Một", short_name="Xã Một", type=Agency.Type.COMMUNE)


def process(procedure, unit, on):
    return actions.publish_process(
        procedure=procedure, unit=unit, content=BOAT["process"], effective_from=on, at=MONDAY, actor=None
    )


def test_without_a_published_process_the_versions_own_counts(procedure, commune):
    assert process_for(procedure.pk, commune.pk, FIRST) is None


def test_a_process_counts_from_its_day(procedure, commune):
    first, second = process(procedure, None, FIRST), process(procedure, None, SECOND)

    found = [process_for(procedure.pk, commune.pk, on) for on in (date(2026, 11, 30), FIRST, SECOND, THIRD)]

    assert found == [None, first, second, second]


def test_of_two_from_the_same_day_the_one_published_later_counts(procedure):
    process(procedure, None, FIRST)
    later = process(procedure, None, FIRST)

    assert process_for(procedure.pk, None, FIRST) == later


def test_a_units_own_process_goes_before_that_of_every_unit(procedure, commune):
    own = process(procedure, commune, FIRST)
    everywhere = process(procedure, None, SECOND)
    other = Agency.objects.create(code="H2", name="Xã Hai", short_name="Xã Hai", type=Agency.Type.COMMUNE)

    assert [process_for(procedure.pk, unit, THIRD) for unit in (commune.pk, other.pk, None)] == [
        own, everywhere, everywhere,
    ]  # fmt: skip


def test_one_statement_finds_it(procedure, commune, django_assert_num_queries):
    process(procedure, commune, FIRST)

    with django_assert_num_queries(1):
        process_for(procedure.pk, commune.pk, FIRST)


def test_a_process_with_faults_is_not_published(procedure):
    with pytest.raises(actions.NotPublishable) as refused:
        actions.publish_process(
            procedure=procedure, unit=None, content={"steps": []}, effective_from=FIRST, at=MONDAY, actor=None
        )

    assert refused.value.faults == ["Quy trình chưa có bước nào."]


def test_the_database_refuses_to_change_what_was_published(procedure):
    made = process(procedure, None, FIRST)

    for change in (lambda: PublishedProcess.objects.update(content={}), made.delete):
        with pytest.raises(DatabaseError, match="đã ban hành, không sửa hay xóa được"), transaction.atomic():
            change()


def test_a_published_edition_can_only_be_replaced():
    template = ProcessTemplate.objects.create(code="mau", name="Mẫu")
    edition = ProcessEdition.objects.create(template=template, number=1, created_at=MONDAY)
    rows = ProcessEdition.objects.filter(pk=edition.pk)
    rows.update(content=BOAT["process"], revision=1)
    rows.update(state="published", published_at=MONDAY, effective_from=FIRST)

    for change in (lambda: rows.update(content={}), lambda: rows.update(state="draft", published_at=None), rows.delete):
        with pytest.raises(DatabaseError, match="đã ban hành, không sửa hay xóa được"), transaction.atomic():
            change()

    assert rows.update(state="retired", effective_to=SECOND) == 1

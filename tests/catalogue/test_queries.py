"""Reads of what is published."""

import pytest

from motcua.catalogue import actions
from motcua.catalogue.queries import fields_with_counts, published_version, versions_of
from tests.catalogue.samples import MONDAY, drafted, published

pytestmark = pytest.mark.django_db

INFORMATION = {"form": {}, "process": {}, "cases": [], "paper_groups": [], "fees": []}


def test_a_procedures_version_in_force_comes_with_all_it_computes_with(django_assert_num_queries):
    first = published()

    with django_assert_num_queries(5):
        version = published_version("9.000001")
        rows = [
            *version.cases.all(),
            *version.fees.all(),
            *(p for g in version.paper_groups.all() for p in g.papers.all()),
        ]

    assert (version.pk, len(rows), version.procedure.field.name) == (first.pk, 9, "Thuyền bè")


def test_drafts_and_retired_versions_are_not_in_force():
    drafted()
    assert published_version("9.000001") is None
    version = actions.retire_version(version=published(), at=MONDAY)
    assert (version.state, published_version("9.000001"), published_version("none")) == ("retired", None, None)


def test_fields_count_what_is_published():
    published()
    published(code="9.000002", **INFORMATION)
    drafted(code="9.000003", field={"code": "Z2", "name": "Diều"})

    assert [(field.name, field.procedure_count) for field in fields_with_counts()] == [("Thuyền bè", 2)]


def test_a_procedures_history_is_the_newest_first():
    first = published()
    second = actions.draft_next(procedure=first.procedure, at=MONDAY)

    assert list(versions_of(first.procedure)) == [second, first]

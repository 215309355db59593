"""Reads of what is published."""

import pytest

from motcua.catalogue import actions
from motcua.catalogue.queries import by_level, by_life_event, fields_with_counts, procedures_page, published_version
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


def test_an_occasion_of_life_leads_first_to_what_can_be_filed():
    published(code="9.000002", plain_name="A trước", **INFORMATION)
    published()

    assert [version.procedure.code for version in by_life_event("hoc-hanh")] == ["9.000001", "9.000002"]
    assert by_life_event("ket-hon") == []


def test_procedures_of_a_level():
    published()

    assert [version.procedure.code for version in by_level("commune")] == ["9.000001"]
    assert list(by_level("province")) == []


def test_all_procedures_are_paged_by_code():
    for code in ("9.1", "9.2", "9.3"):
        published(code=code)

    first = procedures_page(size=2)
    second = procedures_page(size=2, after=first.after)

    assert ([v.procedure.code for v in first.versions], first.after) == (["9.1", "9.2"], "9.2")
    assert ([v.procedure.code for v in second.versions], second.after) == (["9.3"], "")
    assert procedures_page(field=first.versions[0].procedure.field, size=3).after == ""

"""Bundles of a life event: what they name exists in the starter catalogue, and nothing is used before it is there."""

from typing import Any

import pytest

from motcua.catalogue import starter
from motcua.catalogue.bundles import BadBundle, Bundle, bundles, bundles_of, read_bundle
from motcua.catalogue.life_events import BY_SLUG

RECORDS = {record["code"]: record for _path, record in starter.records()}


@pytest.mark.parametrize("bundle", bundles().values(), ids=bundles())
def test_everything_a_bundle_names_exists(bundle: Bundle) -> None:
    assert bundle.life_event in BY_SLUG
    for member in bundle.members:
        record: dict[str, Any] = RECORDS[member.procedure]
        fields = record["form"]["schema"]["properties"]
        papers = {paper["code"] for group in record["paper_groups"] for paper in group["papers"]}
        questions = {one["key"]: {option["value"] for option in one["options"]} for one in record["questions"]}
        assert member.fed <= set(fields)
        assert set(member.papers) <= papers
        assert all(value in questions[key] for key, value in member.answers.items())
        for field, (key, source) in member.fields.items():
            given = RECORDS[bundle.member(key).procedure]["form"]["schema"]["properties"][source]
            asked = {name: fields[field].get(name) for name in ("type", "enum", "format", "pattern")}
            assert asked == {name: given.get(name) for name in asked}


@pytest.mark.parametrize("bundle", bundles().values(), ids=bundles())
def test_what_a_bundle_leaves_unasked_may_be_left_empty(bundle: Bundle) -> None:
    for member in bundle.members:
        required = set(RECORDS[member.procedure]["form"]["schema"]["required"])

        assert required & (member.unasked | set(member.numbers)) == set()


def test_a_birth_and_a_death_have_a_bundle() -> None:
    assert [one.code for one in (*bundles_of("sinh-con"), *bundles_of("co-nguoi-mat"))] == ["sinh-con", "co-nguoi-mat"]


def test_a_member_that_uses_what_is_not_there_yet_is_refused() -> None:
    row = {"key": "b", "procedure": "2", "output": "B", "fields": {"name": "a.name"}, "papers": {"P": "a"}}

    with pytest.raises(
        BadBundle, match="b uses a, which does not come before it; b uses the result of a without waiting"
    ):
        read_bundle({"code": "x", "life_event": "sinh-con", "name": "", "summary": "", "members": [row]})

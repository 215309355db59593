"""Searching: what people type finds what they mean."""

from datetime import date, timedelta

import pytest

from motcua.catalogue import actions, starter
from motcua.catalogue.models import Procedure
from motcua.catalogue.search import current_index, search
from motcua.catalogue.search.spellings import sound, variants, without_telex
from tests.catalogue.judged_queries import HOUSE, JUDGED, NATIONAL_ONLY
from tests.catalogue.national import national_list
from tests.catalogue.samples import MONDAY, published, record

pytestmark = pytest.mark.django_db


def codes(query, **wanted):
    return [hit.code for hit in search(query, **wanted)]


def rates(judged):
    """Return the shares of the judged queries with a right answer first, and among the first three."""
    found = [(search(query, limit=3), right) for query, right in judged]
    first = sum(1 for hits, right in found if hits and hits[0].code in right)
    three = sum(1 for hits, right in found if {hit.code for hit in hits} & right)
    return first / len(judged), three / len(judged)


def first_of(queries):
    return {query: codes(query, limit=1) for query in queries}


def test_most_queries_find_their_procedure_first_in_the_starter_catalogue():
    actions.load_starter(at=MONDAY)

    first, three = rates(JUDGED)

    assert len(JUDGED) >= 150
    assert first >= 0.95
    assert three >= 0.98
    assert first_of(HOUSE) == {query: ["1.013225"] for query in HOUSE}


def test_most_queries_find_their_procedure_among_all_of_the_country():
    actions.load_starter(at=MONDAY)
    actions.write_contents(contents=national_list(), origin="national", at=MONDAY)

    first, three = rates(JUDGED + NATIONAL_ONLY)

    assert len(current_index().entries) > 5000
    assert first >= 0.95
    assert three >= 0.96
    assert first_of(HOUSE) == {query: ["1.013225"] for query in HOUSE}


def test_a_query_may_be_limited_to_what_can_be_filed_a_field_or_an_occasion():
    boat = published()
    other = published(code="9.000002", field={"code": "Z1", "name": "Diều"}, form={}, process={}, life_events=[])

    assert set(codes("thả thuyền giấy")) == {"9.000001", "9.000002"}
    assert codes("thả thuyền giấy", only_fileable=True) == ["9.000001"]
    assert codes("thả thuyền giấy", field_id=other.procedure.field_id) == ["9.000002"]
    assert codes("thả thuyền giấy", life_event="hoc-hanh") == [boat.procedure.code]
    assert codes("thả thuyền giấy", limit=1) == ["9.000001"]


def test_a_retired_procedure_is_not_found_from_its_last_day_on():
    boat = published()
    Procedure.objects.filter(pk=boat.procedure_id).update(
        retired_on=date(2026, 12, 1), changed_at=MONDAY + timedelta(1)
    )

    assert codes("thuyền giấy", on=date(2026, 11, 30)) == ["9.000001"]
    assert codes("thuyền giấy", on=date(2026, 12, 1)) == []


def test_a_hit_carries_what_a_list_shows():
    version = published()

    hit = search("thuyen giay")[0]

    assert (hit.version_id, hit.title, hit.desk_name, hit.field, hit.is_fileable) == (
        version.pk, "Xin phép thả thuyền giấy", "Thả thuyền giấy", "Thuyền bè", True,
    )  # fmt: skip


@pytest.mark.parametrize("query", ["", "   ", "!!!", "%_", "\x00"])
def test_a_query_without_words_finds_nothing(query):
    published()

    assert search(query) == []


def test_a_very_long_query_is_answered():
    published()

    assert codes("thuyền giấy " * 500) == ["9.000001"]


def test_what_is_published_retired_or_renamed_is_seen_at_once(django_assert_num_queries):
    assert codes("thuyền giấy") == []
    version = published()
    assert codes("thuyền giấy") == ["9.000001"]
    renamed = starter.content_of(record(plain_name="Xin phép thả bè lục bình"))
    actions.write_contents(contents=[renamed], origin="province", at=MONDAY + timedelta(days=1))
    assert codes("lục bình") == ["9.000001"]
    with django_assert_num_queries(2):
        search("thuyền giấy")
    actions.retire_version(version=version.procedure.versions.get(state="published"), at=MONDAY)
    assert codes("lục bình") == []


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("duwowngf", "duong"), ("giaays", "giay"), ("ddaats", "dat"), ("pheps", "phep"), ("nhaf", "nha")],
)
def test_raw_telex_is_read_without_its_marks(typed, plain):
    assert without_telex(typed) == plain


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("fép", "phép"), ("sây", "xây"), ("chú", "trú"), ("ký", "kí"), ("giấy", "zấy"), ("nghỉ", "ngỉ"), ("quán", "quán")],
)
def test_words_that_sound_alike_have_one_sound(typed, meant):
    assert sound(typed) == sound(meant)


def test_the_sound_keeps_accents_apart():
    assert len({sound(word) for word in ("xây", "xấy", "xay", "cấp", "chấp", "đất", "dất")}) == 7


def test_abbreviations_and_everyday_words_are_also_read_as_official_ones():
    known = {"lam": 1, "so": 9, "do": 9, "khai": 5, "sinh": 5}

    assert variants(["ks"], known) == [["ks"], ["khai", "sinh"]]
    assert variants(["khaisinh"], known) == [["khai", "sinh"]]
    assert variants(["lam", "so", "do"], known) == [
        ["lam", "so", "do"],
        ["lam", "giay", "chung", "nhan", "quyen", "su", "dung", "dat"],
    ]

"""Which agencies are offered first for a leg: those a text names, and those a part of a name finds."""

import pytest

from motcua.dossiers.likely import matching, named_in
from motcua.people.models import Agency

BUILDING, LAND = Agency(name="Sở Xây dựng", short_name="SXD"), Agency(name="Sở Nông nghiệp", short_name="SNN")


@pytest.mark.parametrize(
    "text, found",
    [
        ("Sở nông nghiệp; Sở Xây dựng", [LAND, BUILDING]),
        ("Công an phường", []),
        ("", []),
    ],
)
def test_agencies_are_named_by_their_whole_name_in_the_order_of_the_text(text: str, found: list[Agency]) -> None:
    assert named_in(text, [BUILDING, LAND]) == found


@pytest.mark.parametrize(
    "find, found",
    [("so xay", [BUILDING]), ("SNN", [LAND]), ("sở", [BUILDING, LAND]), ("nghiệp nông", [LAND]), ("kho bạc", [])],
)
def test_an_agency_is_found_by_words_of_its_name_without_marks_and_in_any_order(find: str, found: list[Agency]) -> None:
    assert matching(find, [BUILDING, LAND]) == found

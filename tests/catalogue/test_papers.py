"""Which papers a case needs."""

import pytest

from motcua.catalogue.papers import notes_in, papers_missing, papers_needed, papers_not_needed
from tests.catalogue.samples import drafted

pytestmark = pytest.mark.django_db


def groups():
    return drafted().paper_groups.prefetch_related("papers")


def codes(papers):
    return [paper.requirement.code for paper in papers]


def test_a_case_needs_the_papers_of_the_groups_whose_condition_holds():
    own = groups()

    assert codes(papers_needed(own, {"river": "big"})) == ["DON", "BV", "A", "B", "PHAO"]
    assert codes(papers_needed(own, {"river": "small"})) == ["DON", "BV", "A", "B"]


def test_a_paper_stays_possible_while_its_question_is_unanswered():
    needed = papers_needed(groups(), {})

    assert {paper.requirement.code: paper.is_certain for paper in needed} == {
        "DON": True, "BV": True, "A": True, "B": True, "PHAO": False,
    }  # fmt: skip


def test_a_paper_not_needed_says_why():
    unneeded = papers_not_needed(groups(), {"river": "small"})

    assert [(paper.requirement.code, paper.reason) for paper in unneeded] == [("PHAO", "Chỉ sông lớn mới cần.")]


def test_alternatives_know_one_another():
    mother = next(p for p in papers_needed(groups(), {}) if p.requirement.code == "A")

    assert (mother.rule, [other.code for other in mother.alternatives]) == ("one_of", ["B"])


def test_what_is_missing_counts_one_of_a_group_of_alternatives():
    needed = papers_needed(groups(), {"river": "big"})

    assert codes(papers_missing(needed, ())) == ["DON", "BV", "A", "PHAO"]
    assert codes(papers_missing(needed, {"DON", "BV", "B"})) == ["PHAO"]
    assert codes(papers_missing(needed, {"DON", "BV", "A", "PHAO"})) == []


def test_notes_are_read_not_asked_for():
    assert [note.code for note in notes_in(groups())] == ["LY"]


def test_only_what_the_citizen_has_to_send_is_uploaded():
    needed = papers_needed(groups(), {"river": "small"})

    assert [paper.requirement.code for paper in needed if paper.is_uploaded] == ["BV", "A", "B"]

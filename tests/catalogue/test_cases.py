"""From answers to a case."""

from motcua.catalogue.cases import answers_in, case_for, possible_cases, unanswered
from motcua.catalogue.models import Case
from tests.catalogue.samples import BOAT

BIG, OTHER = Case(code="big", condition={"river": ["big"]}), Case(code="other")


def test_answers_are_options_of_their_questions():
    assert answers_in(BOAT["questions"], {"river": "big", "sea": "x"}) == {"river": "big"}
    assert answers_in(BOAT["questions"], {"river": "moon"}) == {}


def test_questions_without_answer_are_named():
    assert unanswered(BOAT["questions"], {}) == ["river"]
    assert unanswered(BOAT["questions"], {"river": "big"}) == []


def test_the_first_case_that_holds_is_the_citizens():
    assert case_for([BIG, OTHER], {"river": "big"}) is BIG
    assert case_for([BIG, OTHER], {"river": "small"}) is OTHER
    assert case_for([BIG], {"river": "small"}) is None


def test_before_answering_several_cases_are_possible():
    assert possible_cases([BIG, OTHER], {}) == [BIG, OTHER]
    assert possible_cases([BIG, OTHER], {"river": "big"}) == [BIG]
    assert possible_cases([BIG, OTHER], {"river": "small"}) == [OTHER]

"""Which term a dossier's clock gets from its case."""

from decimal import Decimal

from motcua.catalogue.models import Case, ProcedureVersion
from motcua.dossiers.clock import Term, Unit
from motcua.dossiers.deadlines import term_of


def test_a_one_day_case_of_a_same_day_procedure_is_answered_the_same_day():
    case = Case(term_quantity=Decimal(1), term_unit="working_days")

    assert term_of(ProcedureVersion(same_day=True), case, "counter") == Term(Decimal(1), Unit.SAME_DAY)


def test_a_case_to_be_verified_keeps_its_own_term_in_a_same_day_procedure():
    case = Case(term_quantity=Decimal(5), term_unit="working_days")

    assert term_of(ProcedureVersion(same_day=True), case, "counter") == Term(Decimal(5), Unit.WORKING_DAYS)

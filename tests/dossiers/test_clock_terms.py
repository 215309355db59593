"""Reading terms, and saying them."""

from decimal import Decimal

import pytest

from motcua.dossiers.clock import BadTerm, Term, Unit, parse_term, term_words


@pytest.mark.parametrize(
    "text, quantity, unit, words",
    [
        ("3 working_days", "3", Unit.WORKING_DAYS, "3 ngày làm việc"),
        ("7.5 working_days", "7.5", Unit.WORKING_DAYS, "7,5 ngày làm việc"),
        ("7,50 working_days", "7.50", Unit.WORKING_DAYS, "7,5 ngày làm việc"),
        ("  15   days ", "15", Unit.DAYS, "15 ngày"),
        ("8 working_hours", "8", Unit.WORKING_HOURS, "8 giờ làm việc"),
        ("2 months", "2", Unit.MONTHS, "2 tháng"),
        ("same_day", "1", Unit.SAME_DAY, "trong ngày"),
    ],
)
def test_a_term_is_a_number_and_a_unit(text: str, quantity: str, unit: Unit, words: str) -> None:
    term = parse_term(text)

    assert term == Term(Decimal(quantity), unit)
    assert term_words(term) == words
    assert parse_term(str(term)) == term


NOT_UNDERSTOOD = (
    "Không hiểu thời hạn «{}». Hãy ghi một số rồi đơn vị, ví dụ: 3 working_days, 7.5 working_days, 15 days, "
    "8 working_hours, 2 months, same_day."
)
OUT_OF_RANGE = "Thời hạn phải lớn hơn 0 và không quá 10000."


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("", NOT_UNDERSTOOD.format("")),
        ("3", NOT_UNDERSTOOD.format("3")),
        ("three days", NOT_UNDERSTOOD.format("three days")),
        ("3 weeks", NOT_UNDERSTOOD.format("3 weeks")),
        ("3 days 4", NOT_UNDERSTOOD.format("3 days 4")),
        ("0 days", OUT_OF_RANGE),
        ("-1 days", OUT_OF_RANGE),
        ("nan days", OUT_OF_RANGE),
        ("inf days", OUT_OF_RANGE),
        ("1e9 days", OUT_OF_RANGE),
        ("0.001 working_hours", "Thời hạn ngắn hơn một phút."),
        ("1.5 months", "Thời hạn tính theo tháng phải là số tháng tròn, ví dụ «2 months»."),
        ("2 same_day", "Thời hạn «trong ngày» không có số lượng; hãy ghi «same_day»."),
    ],
)
def test_a_term_that_names_no_time_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadTerm) as refused:
        parse_term(text)

    assert str(refused.value) == sentence


def test_a_fraction_of_a_working_day_is_its_share_of_480_minutes() -> None:
    assert parse_term("6.25 working_days").minutes == 3000
    assert parse_term("0.33 working_days").minutes == 158  # 158.4, to the nearest minute

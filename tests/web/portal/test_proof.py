"""What the proof of filing says: the papers, and why the days it names are these."""

from decimal import Decimal

import pytest

from motcua.catalogue.models import Case
from motcua.dossiers.models import Charge, Dossier, Paper
from motcua.web.portal.proof import papers_in_words
from motcua.web.shared.proving import next_things, total_of
from tests.world import World, submitted, vn

FILE, FORM, DATA, NONE = Paper.Source.FILE, Paper.Source.FORM, Paper.Source.DATA, Paper.Source.NONE


@pytest.mark.parametrize(
    "sources, said",
    [
        ([FILE, FORM, DATA, DATA, DATA], "Bạn gửi 1 giấy tờ; 4 giấy tờ khác cơ quan tự tra cứu hoặc lập từ tờ khai."),
        ([FILE, FILE, NONE], "Bạn gửi 2 giấy tờ."),
        ([FORM, DATA], "Bạn không phải gửi giấy tờ nào: cơ quan tự tra cứu hoặc lập từ tờ khai."),
        ([NONE], ""),
    ],
)
def test_papers_the_agency_gets_by_itself_are_not_counted_as_sent(sources: list[str], said: str) -> None:
    assert papers_in_words(sources) == said


def answered_the_same_day(dossier: Dossier) -> Dossier:
    """Return the dossier as one of a procedure answered «trong ngày»; only in memory, a published version is frozen."""
    assert dossier.case is not None
    dossier.version.same_day = True
    dossier.case.term_quantity, dossier.case.term_unit = Decimal(1), Case.Unit.WORKING_DAYS
    return dossier


def test_the_same_day_that_is_a_later_day_says_the_rule_and_the_days_off(world: World) -> None:
    dossier = answered_the_same_day(submitted(world, vn("2026-11-19 15:30")))

    assert next_things(dossier)[2].text == (
        "Nếu được tiếp nhận lúc 15:30 thứ Sáu 20/11/2026: chậm nhất 17:00 thứ Hai 23/11/2026. "
        "Nhận đến 15:00 thì trả trong ngày, sau đó trả trong ngày làm việc tiếp theo. Bỏ qua 2 ngày nghỉ hằng tuần."
    )


def test_the_same_day_that_is_that_day_needs_no_reason(world: World) -> None:
    dossier = answered_the_same_day(submitted(world, vn("2026-11-19 14:32")))

    assert next_things(dossier)[2].text == (
        "Nếu được tiếp nhận lúc 14:32 thứ Sáu 20/11/2026: chậm nhất 17:00 thứ Sáu 20/11/2026."
    )


def test_filed_on_a_day_off_the_answer_counts_from_the_next_opening(world: World) -> None:
    dossier = answered_the_same_day(submitted(world, vn("2026-11-21 10:00")))

    checks, _receipt, result = next_things(dossier)
    assert checks.text == (
        "Chậm nhất 17:00 thứ Hai 23/11/2026. Bạn nộp ngoài giờ làm việc, nên tính từ lúc mở cửa tiếp theo: "
        "07:00 thứ Hai 23/11/2026. Nếu thiếu, họ báo bạn một lần cho đủ."
    )
    assert "Nhận đến 15:00 thì trả trong ngày, sau đó trả trong ngày làm việc tiếp theo." in result.text


@pytest.mark.parametrize(
    "amounts, total",
    [([75000, 24000], 99000), ([75000, 0], None), ([75000], None), ([75000, 24000, None], None), ([], None)],
)
def test_what_is_paid_in_several_charges_is_added_up_where_all_are_known(
    amounts: list[int | None], total: int | None
) -> None:
    assert total_of([Charge(amount_vnd=amount) for amount in amounts]) == total

"""The papers on the counter, in a line."""

from dataclasses import replace

from motcua.catalogue.models import PaperGroup, PaperRequirement
from motcua.catalogue.papers import NeededPaper
from motcua.web.desk.counter.papers import Counted, Row, summary


def test_a_paper_that_hangs_on_an_open_answer_is_not_counted_as_replaced_by_data() -> None:
    requirement = PaperRequirement(name="Giấy chứng sinh điện tử", replaced_by_data="csdl_y_te")
    sure = NeededPaper(requirement, PaperGroup(), "", (), is_certain=True)
    rows = [
        Row(needed, "data", is_given=False, originals=Counted("0"), copies=Counted("0"))
        for needed in (sure, replace(sure, is_certain=False))
    ]

    assert summary(rows) == "1 thay bằng dữ liệu"

"""What the proof of filing says about the papers."""

import pytest

from motcua.dossiers.models import Paper
from motcua.web.portal.proof import papers_in_words

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

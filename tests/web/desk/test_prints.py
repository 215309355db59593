"""Slips and the register as PDF."""

from datetime import date

import pytest

from motcua.web.desk.prints import BadPeriod, period
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import DESK, address, said
from tests.world import World, accepted, in_process

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def test_the_receipt_prints(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = accepted(world, earlier(60), earlier(30))
    slip = dossier.slips.get()

    response = sign_in("receptionist").get(address(dossier, f"phieu/{slip.pk}.pdf"))

    assert response["Content-Type"] == "application/pdf"
    assert response.content[:5] == b"%PDF-"


def test_the_control_slip_prints_what_happened_so_far(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = in_process(world, earlier(60), earlier(30), earlier(10))

    response = sign_in("specialist").get(address(dossier, "phieu-kiem-soat.pdf"))

    assert response.content[:5] == b"%PDF-"
    assert response["Content-Disposition"] == f'inline; filename="mau-06-{dossier.code}.pdf"'


def test_the_register_prints_this_month_unless_asked_otherwise(world: World, sign_in: SignIn, earlier: Moment) -> None:
    accepted(world, earlier(60), earlier(30))

    assert sign_in("receptionist").get(f"{DESK}so-theo-doi.pdf").content[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tu=hôm qua", "Sổ theo dõi: “hôm qua” chưa phải là ngày. Hãy viết như 22/11/2026."),
        ("tu=31/02/2026", "Sổ theo dõi: “31/02/2026” chưa phải là ngày. Hãy viết như 22/11/2026."),
        ("tu=01/01/2020&den=31/12/2025", "Sổ theo dõi in nhiều nhất một năm mỗi lần. Hãy chọn khoảng ngắn hơn."),
        (
            "tu=20/11/2025&den=01/11/2025",
            "Sổ theo dõi: ngày 01/11/2025 đứng trước ngày 20/11/2025. Hãy đổi lại hai ngày.",
        ),
    ],
)
def test_a_period_that_makes_no_sense_is_told(query: str, sentence: str, sign_in: SignIn) -> None:
    browser = sign_in("receptionist")

    browser.get(f"{DESK}so-theo-doi.pdf?{query}")

    assert said(browser, DESK) == [sentence]


def test_a_period_is_read_as_people_write_days() -> None:
    assert period("1/11/2026", " 15/11/2026 ", TODAY) == (date(2026, 11, 1), date(2026, 11, 15))
    assert period("", "", TODAY) == (date(2026, 11, 1), TODAY)


def test_a_period_longer_than_a_year_is_refused() -> None:
    with pytest.raises(BadPeriod):
        period("01/01/2025", "20/11/2026", TODAY)

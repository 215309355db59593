"""What a unit took over: its leaders see every open dossier of it, who has nobody yet, and take it along as a table."""

import csv
import io

import pytest

from motcua.people.models import Reorganisation
from tests.merging import carry_out, full_communes, plan_with
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import DESK, words
from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = f"{DESK}nhan-tu-don-vi-cu/"


def test_the_leader_of_the_heir_sees_what_came_and_takes_it_along(world: World, sign_in: SignIn) -> None:
    full_communes(world)
    carry_out()
    browser = sign_in("signer")

    shown = words(browser.get(PAGE))  # type: ignore[arg-type]
    assert PAGE in browser.get(DESK).content.decode()
    sent = browser.get(f"{PAGE}bang.csv")

    text = b"".join(sent.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert (
        "Theo Nghị quyết 12/NQ-HĐND, từ 09/11/2026, từ: UBND phường Phú Xuân, UBND phường Vỹ Dạ. 11 hồ sơ còn mở"
        in shown
    )
    assert "chưa ai giữ" in shown
    assert len(rows) == 12
    assert rows[0][:3] == ["Mã hồ sơ", "Thủ tục", "Chủ hồ sơ"]
    assert {row[2] for row in rows[1:]} == {"Nguyễn Hoài An"}


def test_where_nothing_was_taken_over_the_page_says_what_stands_here(sign_in: SignIn) -> None:
    browser = sign_in("signer")

    assert "Chưa nhận hồ sơ của đơn vị nào" in words(browser.get(PAGE))  # type: ignore[arg-type]
    assert PAGE not in browser.get(DESK).content.decode()
    assert browser.get(f"{PAGE}bang.csv").status_code == 404


def test_who_leads_nothing_and_another_decision_find_nothing(world: World, sign_in: SignIn) -> None:
    full_communes(world)
    carry_out(plan_with(open=[], places=[], end=[{"unit": "H57.31.13", "into": "H57.31.12"}]))
    record = Reorganisation.objects.get()

    assert sign_in("specialist").get(PAGE).status_code == 403
    assert sign_in("signer").get(f"{PAGE}?phuong-an={record.pk + 1}").status_code == 404


def test_what_people_typed_is_no_formula(world: World, sign_in: SignIn) -> None:
    lives = full_communes(world)
    lives["second"].declared_owner = {"full_name": "=SUM(A1)"}
    lives["second"].save(update_fields=["declared_owner"])
    carry_out()

    sent = sign_in("signer").get(f"{PAGE}bang.csv")

    text = b"".join(sent.streaming_content).decode()  # type: ignore[attr-defined]
    assert ",'=SUM(A1)," in text

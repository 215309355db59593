"""The session ends while an officer works: nothing typed is lost, and nothing is done before they have looked again."""

from typing import Any

import pytest
from django.test import Client

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Charge, Dossier
from tests.web.desk.conftest import Moment
from tests.web.desk.counter.pages import KEYED_IN, URL
from tests.web.desk.pages import address, said, words
from tests.world import World, accepted, in_process, submitted

pytestmark = pytest.mark.django_db
REASON = "Đất đang có tranh chấp theo đơn ngày 10/11."


@pytest.fixture
def new(world: World, earlier: Moment) -> Dossier:
    return submitted(world, earlier(90))


@pytest.fixture
def browser() -> Client:
    return Client()


def sign_in_again(browser: Client, world: World, role: str = "receptionist") -> None:
    browser.force_login(world.posts[role].officer.user)


def test_words_of_an_act_stand_in_its_panel_again_and_nothing_is_done(
    browser: Client, new: Dossier, world: World
) -> None:
    url = address(new, "refuse/")

    sent_away = browser.post(url, {"step": 1, "reason": REASON})
    sign_in_again(browser, world)
    page = words(browser.get(url))  # type: ignore[arg-type]

    new.refresh_from_db()
    assert sent_away["Location"] == f"/dang-nhap/?next={url}"
    assert REASON in page
    assert "Phiên làm việc đã hết lúc bạn bấm nên chưa có gì thay đổi. Những gì bạn gõ vẫn còn dưới đây" in page
    assert new.status == "submitted"
    assert REASON not in words(browser.get(url))  # type: ignore[arg-type]


def test_words_of_an_act_somebody_else_has_made_meanwhile_are_given_back(
    browser: Client, new: Dossier, world: World, earlier: Moment
) -> None:
    url = address(new, "refuse/")
    browser.post(url, {"step": 1, "reason": REASON})
    actions.accept(dossier_id=new.pk, actor=world.actor(By.COUNTER), at=earlier(1))
    sign_in_again(browser, world)

    browser.get(url)

    assert f"Lời bạn đã viết trước khi phiên làm việc hết: “{REASON}”" in said(browser, address(new))


def test_an_act_posted_in_place_leaves_the_page_for_the_door(browser: Client, new: Dossier, world: World) -> None:
    url = address(new, "refuse/")

    response = browser.post(url, {"step": 1, "reason": REASON}, headers={"HX-Request": "true"})
    sign_in_again(browser, world)

    assert response["HX-Redirect"] == f"/dang-nhap/?next={url}"
    assert REASON in words(browser.get(url))  # type: ignore[arg-type]


def test_a_look_at_a_part_only_tells_the_page_that_the_session_has_ended(browser: Client, new: Dossier) -> None:
    response = browser.get(address(new), headers={"HX-Request": "true"})

    assert (response.status_code, response["HX-Trigger"]) == (204, '{"signedOut": {}}')


def test_the_counter_stands_as_it_was_typed_and_files_when_pressed_again(browser: Client, world: World) -> None:
    posted: dict[str, Any] = KEYED_IN | {"act": "take_in", "reason": "ghi chú", "who_was": KEYED_IN["who"]}

    browser.post(URL, posted)
    sign_in_again(browser, world)
    response = browser.get(URL)

    page = response.content.decode()
    assert Dossier.objects.count() == 0
    for value in ('value="046196000214"', 'value="12/7 kiệt 84 Lâm Hoằng"', ">ghi chú</textarea>"):
        assert value in page
    assert 'name="paper-102-given" checked' in page
    assert "Những gì bạn gõ và đã quét vẫn còn dưới đây" in page
    assert browser.post(URL, posted).status_code == 302
    assert Dossier.objects.get().status == "received"


def test_what_was_written_of_a_paper_stands_beside_it_again(browser: Client, world: World, earlier: Moment) -> None:
    dossier = in_process(world, earlier(90), earlier(60), earlier(30))
    paper = dossier.papers.get(requirement=world.promise)
    url = address(dossier, f"giay-to/{paper.pk}/danh-gia/")

    browser.post(url, {"verdict": "faulty", "fault": "Thiếu chữ ký bên trái"})
    sign_in_again(browser, world, "specialist")
    page = words(browser.get(url))  # type: ignore[arg-type]

    paper.refresh_from_db()
    assert "Thiếu chữ ký bên trái" in page
    assert "Phiên làm việc đã hết nên đánh giá chưa được ghi." in page
    assert paper.verdict == ""
    assert browser.get(url)["Location"] == address(dossier)


def test_money_says_it_was_not_taken(browser: Client, world: World, earlier: Moment) -> None:
    dossier = accepted(world, earlier(60), earlier(30))
    charge = Charge.objects.get(dossier=dossier)
    not_done = "Phiên làm việc đã hết lúc bạn bấm nên chưa có gì thay đổi. Bạn bấm lại nhé."

    url = address(dossier, f"khoan-thu/{charge.pk}/")

    browser.post(url)
    sign_in_again(browser, world)

    assert browser.get(url)["Location"] == address(dossier)
    assert said(browser, address(dossier)) == [not_done]
    charge.refresh_from_db()
    assert charge.paid_at is None

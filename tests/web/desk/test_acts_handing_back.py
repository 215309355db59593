"""The counter hands papers back after a withdrawal; desk and citizen see which, to whom and when."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from tests.turning import SECOND, withdrawing
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import address, do, words
from tests.web.pages import text_of
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def stopped(world: World) -> Dossier:
    dossier = withdrawing(world)
    papers = [dossier.papers.get(requirement=one) for one in (world.drawing, world.promise)]
    return actions.grant_withdrawal(
        dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=SECOND, papers_back=[paper.pk for paper in papers]
    )


def test_one_of_two_is_handed_back(world: World, stopped: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("receptionist")
    drawing = stopped.papers.get(requirement=world.drawing)
    before = words(browser.get(address(stopped)))  # type: ignore[arg-type]

    do(browser, stopped, "hand_back", {"papers": [drawing.pk], "identity": "046196000214", "name": "Nguyễn Hoài An"})

    after = words(browser.get(address(stopped)))  # type: ignore[arg-type]
    assert "Bản vẽ thiết kế xây dựng chờ trả lại" in before
    assert "Bản vẽ thiết kế xây dựng đã trả lại Nguyễn Hoài An" in after
    assert "Bản cam kết an toàn công trình liền kề chờ trả lại" in after
    assert "Trả lại giấy tờ n" in after

    an = Client()
    assert world.an.user is not None
    an.force_login(world.an.user)
    page = text_of(an.get(reverse("portal:dossier", args=[stopped.code])))
    assert "Bản vẽ thiết kế xây dựng. Người nhận: Nguyễn Hoài An." in page


def test_nobody_but_the_counter_hands_back(stopped: Dossier, sign_in: SignIn) -> None:
    page = words(sign_in("specialist").get(address(stopped)))  # type: ignore[arg-type]

    assert "Trả lại giấy tờ n" not in page

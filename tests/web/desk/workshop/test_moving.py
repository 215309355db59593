"""Moving open dossiers to the process published since: tried first, one by one, with a report."""

import pytest
from django.test import Client

from motcua.catalogue.models import ProcessUse, PublishedProcess
from motcua.dossiers.models import Dossier
from tests.web.desk.conftest import Moment
from tests.web.desk.pages import words
from tests.web.desk.workshop.pages import PAGE, drafted
from tests.world import PROCESS, World, in_process

pytestmark = pytest.mark.django_db
MOVE = f"{PAGE}doi-ho-so/"
STUDIED = {
    "steps": [
        row | {"code": "study", "name": "Nghiên cứu"} if row["code"] == "appraise" else row for row in PROCESS["steps"]
    ]
}


@pytest.fixture
def dossier(world: World, earlier: Moment) -> Dossier:
    """Return a dossier handed over before another process was published."""
    drafted(world)
    dossier = in_process(world, earlier(90), earlier(60), earlier(30))
    PublishedProcess.objects.create(
        procedure=world.version.procedure, content=STUDIED, effective_from="2020-01-01", published_at=earlier(1)
    )
    assert ProcessUse.objects.exists()
    return dossier


def step_of(dossier: Dossier) -> str:
    return str(dossier.steps.get(done_at=None).code)


def test_the_page_asks_what_becomes_of_each_step_dossiers_stand_at(dossier: Dossier, editor: Client) -> None:
    said = words(editor.get(MOVE))  # type: ignore[arg-type]

    assert "1 hồ sơ còn theo bản cũ" in said
    assert "1 hồ sơ đang ở «Thẩm định» sẽ ở (không bắt buộc) để yên, chưa chuyển Nghiên cứu Kiểm tra" in said


def test_tried_first_nothing_moves_and_each_misfit_says_why(dossier: Dossier, editor: Client) -> None:
    tried = words(editor.post(MOVE, {"reason": "QĐ 12", "xem": "1"}))  # type: ignore[arg-type]
    fits = words(editor.post(MOVE, {"reason": "QĐ 12", "buoc.appraise": "study", "xem": "1"}))  # type: ignore[arg-type]

    assert "bước «Thẩm định» chưa được ánh xạ" in tried
    assert "Chuyển được 1 hồ sơ" in fits
    assert step_of(dossier) == "appraise"


def test_what_fits_is_moved_with_an_event_of_who_decided(dossier: Dossier, world: World, editor: Client) -> None:
    said = words(editor.post(MOVE, {"reason": "QĐ 12", "buoc.appraise": "study", "chuyen": "1"}))  # type: ignore[arg-type]

    event = dossier.events.last()
    assert "Đã chuyển" in said
    assert "Mọi hồ sơ đang chạy đã theo bản mới" in said
    assert step_of(dossier) == "study"
    assert (event.move, event.officer, event.reason) == ("change_process", world.posts["editor"].officer, "QĐ 12")


def test_without_a_reason_nothing_is_moved(dossier: Dossier, editor: Client) -> None:
    editor.post(MOVE, {"buoc.appraise": "study", "chuyen": "1"})

    assert step_of(dossier) == "appraise"

"""«Chạy thử»: a trial with the unit's own people and calendar, the same again for the same number."""

import pytest
from django.test import Client

from motcua.catalogue import actions
from motcua.catalogue.models import ProcessEdition, ProcessTrial, ProcessUse
from motcua.catalogue.processes.table_edits import changed_step, without_step
from motcua.web.desk.workshop import trying
from tests.catalogue.samples import published
from tests.web.desk.pages import words
from tests.web.desk.workshop.pages import PAGE, drafted
from tests.world import World

pytestmark = pytest.mark.django_db
TRIAL = f"{PAGE}chay-thu/"
ASKED = {"procedure": "1.013225", "unit": "H57.31.12", "per_day": "1", "spread": "50", "busy": "20", "seed": "1"}


@pytest.fixture
def edition(world: World, monkeypatch: pytest.MonkeyPatch) -> ProcessEdition:
    monkeypatch.setattr(trying, "COUNT", 300)
    return drafted(world)


def asked(editor: Client, **other: str) -> str:
    return words(editor.post(TRIAL, ASKED | other, follow=True))  # type: ignore[arg-type]


def figures(page: str) -> str:
    return page.partition("Một nửa xong")[2]


def test_a_trial_says_how_long_and_how_many_late(editor: Client, edition: ProcessEdition) -> None:
    first = asked(editor)

    assert "Một nửa xong trong" in first
    assert "Trễ hạn" in first
    assert "Thẩm định · Chuyên viên 1" in first
    assert figures(asked(editor)) == figures(first)
    assert figures(asked(editor, seed="2")) != figures(first)


def test_a_unit_without_people_never_ends(editor: Client, edition: ProcessEdition) -> None:
    page = asked(editor, unit="H57.31.13")

    assert "300 hồ sơ không bao giờ xong: có bước không ai làm" in page
    assert "Trễ hạn 100 %" in page


def test_the_term_is_that_of_the_procedure_chosen(editor: Client, edition: ProcessEdition) -> None:
    short = published(cases=[{"code": "1", "name": "Gấp", "term": "13 working_hours"}]).procedure
    actions.use_template(template=edition.template, procedure=short, unit=None, parameters={})

    own, other = asked(editor), asked(editor, procedure=short.code)

    assert "Trễ hạn 100 %" not in own
    assert "Trễ hạn 100 %" in other


def test_nothing_is_run_before_somebody_asks_and_nonsense_is_told(editor: Client, edition: ProcessEdition) -> None:
    assert "Một nửa xong" not in words(editor.get(TRIAL))  # type: ignore[arg-type]
    assert "Một nửa xong" not in asked(editor, per_day="nhiều")
    assert not ProcessTrial.objects.exists()


def test_the_last_trial_is_kept_until_the_next_and_told_when_the_draft_is_other(
    editor: Client, edition: ProcessEdition
) -> None:
    asked(editor)
    asked(editor, seed="7", per_day="2,5")
    fresh = words(editor.get(TRIAL))  # type: ignore[arg-type]

    actions.edit_draft(edition=edition, change=lambda table: changed_step(table, "appraise", {"hours": 20}))

    kept = ProcessTrial.objects.get()
    assert (kept.setting["seed"], kept.setting["per_day"], kept.outcome["count"]) == (7, 2.5, 300)
    assert "Lê Thị Soạn chạy thử" in fresh
    assert "Bản này đã sửa sau lần chạy thử ấy." not in fresh
    assert "Bản này đã sửa sau lần chạy thử ấy." in words(editor.get(TRIAL))  # type: ignore[arg-type]


def test_what_cannot_run_says_why(editor: Client, edition: ProcessEdition) -> None:
    actions.edit_draft(edition=edition, change=lambda table: without_step(table, "sign"))
    faulty = words(editor.get(TRIAL, follow=True))  # type: ignore[arg-type]
    ProcessUse.objects.all().delete()
    ProcessEdition.objects.update(content={"steps": edition.content["steps"]})

    unused = words(editor.get(TRIAL, follow=True))  # type: ignore[arg-type]

    assert "Chưa chạy thử được vì quy trình còn chỗ phải sửa. Quy trình thiếu bước ký." in faulty
    assert "Chưa chạy thử được vì chưa nơi nào dùng quy trình này." in unused

"""Publishing a draft: at once, or on its day; what keeps it from being published names the place."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from motcua.base.words import day, local_day
from motcua.catalogue import actions
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import published_version
from tests.web.desk.pages import DESK, words
from tests.world import World

pytestmark = pytest.mark.django_db
DRAFT = f"{DESK}thu-tuc/1.013225/2/"
PUBLISH = f"{DRAFT}cong-bo/"
TODAY = local_day(timezone.now())
SOON = TODAY + timedelta(days=3)
DECISION = {"decision_number": "12/QĐ-UBND", "decision_on": day(TODAY - timedelta(days=2))}


def number_in_force() -> int:
    version = published_version("1.013225")
    assert version is not None
    return version.number


def test_a_draft_is_published_by_a_decision(editor: Client, draft: ProcedureVersion) -> None:
    done = editor.post(PUBLISH, {**DECISION, "effective_from": day(TODAY)}, follow=True)

    published = ProcedureVersion.objects.get(pk=draft.pk)
    assert "Đã công bố phiên bản 2" in words(done)  # type: ignore[arg-type]
    assert (number_in_force(), published.decision_number, published.published_by) == (2, "12/QĐ-UBND", draft.changed_by)


def test_a_later_day_waits_and_any_change_takes_it_back(editor: Client, draft: ProcedureVersion) -> None:
    told = words(editor.post(PUBLISH, {**DECISION, "effective_from": day(SOON)}, follow=True))  # type: ignore[arg-type]
    before = number_in_force()
    actions.publish_due(at=timezone.now() + timedelta(days=1))
    day_before = number_in_force()
    at = timezone.now() + timedelta(days=3)
    actions.say_in_draft(version=draft, said={"summary": "Khác"}, at=at, actor=None)
    taken_back = actions.publish_due(at=at)

    assert f"Lê Thị Soạn đã hẹn công bố bản này ngày {day(SOON)}, theo Quyết định 12/QĐ-UBND" in told
    assert (before, day_before, taken_back) == (1, 1, [])


def test_on_its_day_it_is_published_by_itself(editor: Client, draft: ProcedureVersion) -> None:
    editor.post(PUBLISH, {**DECISION, "effective_from": day(SOON)})

    made = actions.publish_due(at=timezone.now() + timedelta(days=3))

    assert [version.pk for version in made] == [draft.pk]
    assert number_in_force() == 2


def test_a_day_set_is_taken_back(editor: Client, draft: ProcedureVersion) -> None:
    editor.post(PUBLISH, {**DECISION, "effective_from": day(SOON)})
    editor.post(f"{DRAFT}huy-hen/")

    assert actions.publish_due(at=timezone.now() + timedelta(days=3)) == []
    assert number_in_force() == 1


def test_a_draft_with_faults_is_not_published_and_the_place_is_named(
    world: World, editor: Client, draft: ProcedureVersion
) -> None:
    draft.cases.all().delete()

    page = words(editor.get(PUBLISH))  # type: ignore[arg-type]
    editor.post(PUBLISH, {**DECISION, "effective_from": day(TODAY)})

    assert "Trường hợp, thời hạn Chưa có trường hợp nào, nên không tính được hạn trả." in page
    assert "còn chỗ phải sửa như trên, nên chưa công bố được" in page
    assert number_in_force() == 1


WRONG: list[tuple[dict[str, str], str]] = [
    ({"decision_on": day(TODAY), "effective_from": day(TODAY - timedelta(days=1))}, "Ngày áp dụng không được trước ngày quyết định."),
    ({"effective_from": "mai"}, "Ngày này chưa đọc được. Hãy viết như 01/12/2026."),
    ({"effective_from": day(TODAY), "decision_number": ""}, "Bạn chưa điền “Số quyết định công bố”"),
]  # fmt: skip


def test_a_decision_that_cannot_be_is_told(editor: Client, draft: ProcedureVersion) -> None:
    for wrong, sentence in WRONG:
        assert sentence in words(editor.post(PUBLISH, {**DECISION, **wrong}))  # type: ignore[arg-type]

    assert number_in_force() == 1

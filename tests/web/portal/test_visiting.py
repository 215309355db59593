"""The citizen and the appointment on site: a time is chosen, or all are declined with a reason; others see nothing."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.base.words import moment
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.web.shared.tracking import tracking_path
from tests.web.pages import text_of
from tests.world import World, in_process

PLACE = "12/7 kiệt 84 Lâm Hoằng"


@pytest.fixture
def times() -> list[datetime]:
    return [timezone.now() + timedelta(days=days) for days in (2, 3)]


@pytest.fixture
def dossier(world: World, times: list[datetime]) -> Dossier:
    now = timezone.now()
    made = in_process(world, *(now - timedelta(minutes=minutes) for minutes in (90, 60, 30)))
    actions.offer_visit(
        dossier_id=made.pk, actor=world.actor(By.OFFICER), at=now - timedelta(minutes=5), times=times, place=PLACE,
        purpose="Xem ranh giới thửa đất",
    )  # fmt: skip
    return made


def url(dossier: Dossier, name: str = "visit") -> str:
    return reverse(f"portal:{name}", args=[dossier.code])


def test_the_citizen_reads_when_where_and_what_for_and_chooses(
    dossier: Dossier, an: Client, times: list[datetime]
) -> None:
    page = text_of(an.get(url(dossier, "dossier")))

    after = text_of(an.post(url(dossier), {"time": times[1].isoformat()}, follow=True))

    assert f"{moment(times[0])} (giữ giờ này khi bạn chưa chọn)" in page
    assert "Xem ranh giới thửa đất" in page
    assert "Bạn không cần làm gì" not in page
    assert dossier.visits.get().planned_at == times[1]
    assert f"Đã chốt giờ: {moment(times[1])}." in after


def test_none_of_the_times_needs_a_reason_and_tells_the_officer(dossier: Dossier, an: Client) -> None:
    without = text_of(an.post(url(dossier), {"time": "khong", "reason": " "}))
    kept = dossier.visits.get().called_off_at

    after = text_of(an.post(url(dossier), {"time": "khong", "reason": "Đi vắng cả tuần"}, follow=True))

    assert "Hãy ghi vì sao bạn không gặp được" in without
    assert kept is None
    assert dossier.visits.get().why_called_off == "Đi vắng cả tuần"
    assert "Đã báo cán bộ." in after


def test_nothing_chosen_or_a_time_nobody_offered_changes_nothing(
    dossier: Dossier, an: Client, times: list[datetime]
) -> None:
    for time in ("", (times[0] + timedelta(hours=1)).isoformat()):
        assert "Bạn chưa chọn giờ nào." in text_of(an.post(url(dossier), {"time": time}))

    assert dossier.visits.get().agreed_at is None


def test_another_citizen_and_the_public_page_see_no_appointment(dossier: Dossier, chi: Client) -> None:
    public = text_of(Client().get(tracking_path(dossier.code or "")))

    assert chi.get(url(dossier)).status_code == 404
    assert "Hẹn bạn một buổi xem tại chỗ" in public
    assert PLACE not in public


def test_without_an_appointment_there_is_nothing_to_choose(dossier: Dossier, world: World, an: Client) -> None:
    actions.call_off_visit(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=timezone.now(), reason="Mưa lũ, đường ngập"
    )

    response = an.get(url(dossier))

    assert response["Location"] == url(dossier, "dossier")
    assert "Mưa lũ, đường ngập" in text_of(an.get(url(dossier, "dossier")))


def test_until_a_time_is_chosen_it_is_among_what_waits_for_the_citizen(
    dossier: Dossier, an: Client, times: list[datetime]
) -> None:
    before = an.get(reverse("portal:my_dossiers"))
    an.post(url(dossier), {"time": times[0].isoformat()})
    after = an.get(reverse("portal:my_dossiers"))

    assert [row.pk for row, _standing in before.context["waiting"]] == [dossier.pk]
    assert f"Chưa chọn thì giữ {moment(times[0])}." in text_of(before)
    assert [row.pk for row, _standing in after.context["dossiers"]] == [dossier.pk]
    assert f"Hẹn gặp bạn tại chỗ lúc {moment(times[0])}." in text_of(after)
    assert "Bạn không cần làm gì" not in text_of(before) + text_of(after)


def test_the_public_page_says_that_there_is_an_appointment_but_not_when_or_where(
    dossier: Dossier, times: list[datetime]
) -> None:
    page = text_of(Client().get(tracking_path(dossier.code or "")))

    assert "Cán bộ có hẹn gặp bạn tại chỗ." in page
    assert "Bạn không cần làm gì" not in page
    assert moment(times[0]) not in page

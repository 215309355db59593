from datetime import date, time

import pytest

from motcua.people.actions import (
    CalendarNotComplete,
    VersionIsPublished,
    copy_calendar_version,
    load_national_calendar,
    load_places,
    publish_calendar_version,
)
from motcua.people.models import CalendarSession, CalendarVersion, Place, WorkingCalendar
from tests.people.people import AT, LONG_AGO

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> CalendarVersion:
    return load_national_calendar(at=LONG_AGO).versions.get()


def test_the_national_calendar_is_in_force_at_once_and_loaded_once(published: CalendarVersion) -> None:
    again = load_national_calendar(at=AT)

    assert (again, published.published_at) == (published.calendar, LONG_AGO)
    assert sorted(WorkingCalendar.objects.values_list("code", flat=True)) == ["vn", "vn-thu-bay"]
    assert CalendarVersion.objects.count() == 2


def test_days_off_name_the_law_they_come_from(published: CalendarVersion) -> None:
    holiday, compensation = published.days.get(on=date(2026, 11, 24)), published.days.get(on=date(2026, 4, 27))

    assert (holiday.kind, holiday.source) == ("holiday", "Bộ luật Lao động 2019, Điều 112")
    assert (compensation.kind, compensation.source) == ("compensation", "Bộ luật Lao động 2019, Điều 111 khoản 3")


def test_a_correction_is_the_next_version_with_the_same_rows(published: CalendarVersion) -> None:
    draft = copy_calendar_version(version=published)

    assert (draft.number, draft.published_at) == (2, None)
    assert draft.sessions.count() == published.sessions.count() == 10
    assert list(draft.days.values_list("on", "kind", "name", "source")) == list(
        published.days.values_list("on", "kind", "name", "source")
    )


def test_a_published_version_is_not_published_again(published: CalendarVersion) -> None:
    with pytest.raises(VersionIsPublished, match="bạn lập phiên bản mới từ nó"):
        publish_calendar_version(version=published, at=AT)


def test_a_calendar_without_hours_is_not_published() -> None:
    calendar = WorkingCalendar.objects.create(code="trong", name="Lịch trống")
    version = CalendarVersion.objects.create(calendar=calendar, number=1)

    with pytest.raises(CalendarNotComplete, match="Lịch chưa có buổi làm việc nào"):
        publish_calendar_version(version=version, at=AT)


def test_overlapping_sessions_are_named_and_not_published(published: CalendarVersion) -> None:
    draft = copy_calendar_version(version=published)
    CalendarSession.objects.create(version=draft, weekday=0, opens=time(11), closes=time(12))

    with pytest.raises(CalendarNotComplete) as refused:
        publish_calendar_version(version=draft, at=AT)

    assert str(refused.value) == (
        "Hai buổi làm việc chồng lên nhau: Hai 07:00–11:30 và Hai 11:00–12:00. Bạn sửa giờ rồi công bố lại."
    )


def test_the_whole_country_is_loaded_once() -> None:
    first, again = load_places(), load_places()

    counted = {level: Place.objects.filter(level=level).count() for level in Place.Level.values}
    assert (first, again) == (34 + 3321, 0)
    assert counted == {"province": 34, "district": 0, "commune": 3321}
    assert Place.objects.get(name="Phường Vỹ Dạ").parent == Place.objects.get(level="province", code="46")
    assert Place.objects.get(name="Thành phố Hà Nội").code == "01"


def test_todays_units_stand_beside_the_old_ones() -> None:
    old = Place.objects.create(code="46", name="Tỉnh Thừa Thiên Huế", level="province", valid_to=date(2025, 6, 30))

    load_places()

    assert Place.objects.valid_on(date(2025, 6, 30)).get(level="province", code="46") == old
    assert Place.objects.valid_on(date(2025, 7, 1)).get(level="province", code="46").name == "Thành phố Huế"

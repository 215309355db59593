"""Working calendars: drafting, publishing, and the national one to start from. A published version is never edited."""

from datetime import datetime, time
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.people.models import CalendarDay, CalendarSession, CalendarVersion, WorkingCalendar
from motcua.people.vietnam_days import OFFICE_WEEK, days_of_vietnam

NATIONAL, WITH_SATURDAY = "vn", "vn-thu-bay"
SATURDAY = 5
SATURDAY_MORNING = (time(7, 30), time(11, 30))

# fmt: off
SOURCES = {  # a swap and its make-up day are decided each year; the day's name tells its pair
    CalendarDay.Kind.HOLIDAY:      "Bộ luật Lao động 2019, Điều 112",
    CalendarDay.Kind.COMPENSATION: "Bộ luật Lao động 2019, Điều 111 khoản 3",
}
# fmt: on


class VersionIsPublished(ValueError):
    """The version is in use already and cannot change any more."""


class CalendarNotComplete(ValueError):
    """The version cannot be published as it is; its words say what is missing."""


@transaction.atomic
def publish_calendar_version(*, version: CalendarVersion, at: datetime) -> CalendarVersion:
    """Put a drafted version in force from `at`; raise VersionIsPublished, CalendarNotComplete."""
    version = CalendarVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if version.published_at is not None:
        raise VersionIsPublished(
            _("Phiên bản này đã công bố. Muốn sửa, bạn lập phiên bản mới từ nó rồi công bố phiên bản mới.")
        )
    sessions = list(version.sessions.order_by("weekday", "opens"))
    if not sessions:
        raise CalendarNotComplete(_("Lịch chưa có buổi làm việc nào. Bạn thêm ít nhất một buổi rồi công bố lại."))
    for one, following in pairwise(sessions):
        if one.weekday == following.weekday and following.opens < one.closes:
            raise CalendarNotComplete(
                _("Hai buổi làm việc chồng lên nhau: %(one)s và %(following)s. Bạn sửa giờ rồi công bố lại.")
                % {"one": one, "following": following}
            )
    version.published_at = at
    version.save(update_fields=["published_at"])
    return version


@transaction.atomic
def copy_calendar_version(*, version: CalendarVersion) -> CalendarVersion:
    """Draft the next version of a calendar with the sessions and days of `version`."""
    calendar = WorkingCalendar.objects.select_for_update(of=("self",)).get(pk=version.calendar_id)
    last = calendar.versions.order_by("-number").values_list("number", flat=True)[0]
    draft = CalendarVersion.objects.create(calendar=calendar, number=last + 1)
    rows = version.sessions.values("weekday", "opens", "closes")
    CalendarSession.objects.bulk_create(CalendarSession(version=draft, **row) for row in rows)
    days = version.days.values("on", "kind", "name", "source")
    CalendarDay.objects.bulk_create(CalendarDay(version=draft, **row) for row in days)
    return draft


@transaction.atomic
def load_national_calendar(*, at: datetime) -> WorkingCalendar:
    """Return the calendar «vn», making it and «vn-thu-bay» with their first versions, in force from `at`, where missing.

    «vn» keeps office hours from Monday to Friday; «vn-thu-bay» adds Saturday morning, as police counters do.
    """
    saturday = {SATURDAY: [SATURDAY_MORNING]}
    national = _load(NATIONAL, "Lịch làm việc chung, thứ Hai đến thứ Sáu", OFFICE_WEEK, at)
    _load(WITH_SATURDAY, "Lịch có làm sáng thứ Bảy", OFFICE_WEEK | saturday, at)
    return national


def _load(code: str, name: str, week: dict[int, list[tuple[time, time]]], at: datetime) -> WorkingCalendar:
    calendar, is_new = WorkingCalendar.objects.get_or_create(code=code, defaults={"name": name})
    if not is_new:
        return calendar
    version = CalendarVersion.objects.create(
        calendar=calendar,
        number=1,
        note="Giờ hành chính và những ngày nghỉ cả nước; ngày hoán đổi cần đối chiếu từng năm.",
    )
    CalendarSession.objects.bulk_create(
        CalendarSession(version=version, weekday=weekday, opens=opens, closes=closes)
        for weekday, sessions in week.items()
        for opens, closes in sessions
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(version=version, on=row.on, kind=row.kind, name=row.name, source=_source(row.kind))
        for row in days_of_vietnam()
    )
    publish_calendar_version(version=version, at=at)
    return calendar


def _source(kind: str) -> str:
    return SOURCES.get(CalendarDay.Kind(kind), "")

"""Working calendars: drafting, publishing, and the national one to start from. A published version is never edited."""

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import pairwise

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from motcua.base.words import day, local_day, start_of
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


class NotFromThen(CalendarNotComplete):
    """A version would count from a day that is past, or from before the one published last."""


@transaction.atomic
def open_calendar(*, calendar: WorkingCalendar, like: WorkingCalendar | None, at: datetime) -> CalendarVersion:
    """Save a new calendar with a draft: the rows of what `like` counts with at `at`, or none."""
    calendar.save(force_insert=True)
    draft = CalendarVersion.objects.create(calendar=calendar, number=1)
    if like is not None:
        published = like.versions.filter(published_at__lte=at).order_by("-number").first()
        if published is not None:
            _copy_rows(published, draft)
    return draft


def keep_calendar(*, calendar: WorkingCalendar) -> WorkingCalendar:
    """Save a calendar's name."""
    calendar.save(update_fields=["name"])
    return calendar


@transaction.atomic
def keep_calendar_draft(*, version: CalendarVersion, rows: Iterable[Model], gone: Iterable[Model]) -> CalendarVersion:
    """Save a draft's note with the sessions and days that are new or changed, without those `gone`.

    Raise VersionIsPublished.
    """
    _draft(version)
    version.save(update_fields=["note"])
    for row in gone:
        row.delete()
    for row in rows:
        row.save()
    return version


@transaction.atomic
def drop_calendar_draft(*, version: CalendarVersion) -> None:
    """Throw a draft away; raise VersionIsPublished."""
    _draft(version).delete()


@transaction.atomic
def publish_calendar_version(
    *, version: CalendarVersion, at: datetime, valid_from: date | None = None
) -> CalendarVersion:
    """Put a drafted version in force from `at`, or from the beginning of a later day.

    Raise VersionIsPublished, CalendarNotComplete, NotFromThen.
    """
    version = _draft(version)
    since = at if valid_from is None or valid_from == local_day(at) else start_of(valid_from)
    _must_follow(version, since, at)
    sessions = list(version.sessions.order_by("weekday", "opens"))
    if not sessions:
        raise CalendarNotComplete(_("Lịch chưa có buổi làm việc nào. Bạn thêm ít nhất một buổi rồi công bố lại."))
    for one, following in pairwise(sessions):
        if one.weekday == following.weekday and following.opens < one.closes:
            raise CalendarNotComplete(
                _("Hai buổi làm việc chồng lên nhau: %(one)s và %(following)s. Bạn sửa giờ rồi công bố lại.")
                % {"one": one, "following": following}
            )
    version.published_at = since
    version.save(update_fields=["published_at"])
    return version


@transaction.atomic
def copy_calendar_version(*, version: CalendarVersion) -> CalendarVersion:
    """Draft the next version of a calendar with the sessions and days of `version`."""
    calendar = WorkingCalendar.objects.select_for_update(of=("self",)).get(pk=version.calendar_id)
    last = calendar.versions.order_by("-number").values_list("number", flat=True)[0]
    draft = CalendarVersion.objects.create(calendar=calendar, number=last + 1)
    _copy_rows(version, draft)
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


def _draft(version: CalendarVersion) -> CalendarVersion:
    """Return the version locked; raise VersionIsPublished."""
    version = CalendarVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if version.published_at is not None:
        raise VersionIsPublished(
            _("Phiên bản này đã công bố. Muốn sửa, bạn lập phiên bản mới từ nó rồi công bố phiên bản mới.")
        )
    return version


def _must_follow(version: CalendarVersion, since: datetime, at: datetime) -> None:
    """Raise NotFromThen unless `since` is neither past at `at` nor before another version begins to count."""
    if since < at:
        raise NotFromThen(
            _("Lịch chỉ tính được từ hôm nay trở đi: hạn của những ngày qua đã hẹn rồi. Bạn chọn ngày khác.")
        )
    others = CalendarVersion.objects.filter(calendar=version.calendar_id, published_at__gt=since)
    if later := others.order_by("-published_at").first():
        raise NotFromThen(
            _("Phiên bản %(n)s đã công bố để tính từ %(on)s. Phiên bản sau phải tính từ ngày đó trở đi.")
            % {"n": later.number, "on": day(later.published_at or since)}
        )


def _copy_rows(version: CalendarVersion, draft: CalendarVersion) -> None:
    rows = version.sessions.values("weekday", "opens", "closes")
    CalendarSession.objects.bulk_create(CalendarSession(version=draft, **row) for row in rows)
    days = version.days.values("on", "kind", "name", "source")
    CalendarDay.objects.bulk_create(CalendarDay(version=draft, **row) for row in days)

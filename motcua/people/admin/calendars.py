"""Working calendars: a draft is edited here and published; a published version is only shown and copied."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Max, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.base.words import local_day
from motcua.people.actions import (
    CalendarNotComplete,
    VersionIsPublished,
    copy_calendar_version,
    publish_calendar_version,
)
from motcua.people.models import CalendarDay, CalendarSession, CalendarVersion, WorkingCalendar


class WhileDraft(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    """Rows of a calendar version that can change until it is published."""

    extra = 0

    def has_add_permission(  # type: ignore[override]  # an inline is asked about its parent too
        self, request: HttpRequest, obj: Model | None
    ) -> bool:
        """Return whether the version is still a draft."""
        return _is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the version is still a draft."""
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the version is still a draft."""
        return _is_draft(obj) and super().has_delete_permission(request, obj)


class SessionInline(WhileDraft):
    """The sessions of a week."""

    model = CalendarSession


class DayInline(WhileDraft):
    """The days that differ from the week."""

    model = CalendarDay
    ordering = ("-on",)
    verbose_name_plural = _("Ngày đặc biệt; bản nháp chỉ mở năm nay và năm sau để sửa, những năm khác giữ nguyên")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CalendarDay]:
        """Return all days of a published version, of a draft those of this year and the next.

        The days of all years are more fields than a server takes in one form, so a draft with them could not be saved.
        """
        year = local_day(timezone.now()).year
        is_near = Q(on__year__gte=year, on__year__lte=year + 1)
        return super().get_queryset(request).filter(Q(version__published_at__isnull=False) | is_near)


@admin.register(WorkingCalendar)
class WorkingCalendarAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Calendars by name."""

    list_display = ("name", "code")
    ordering = ("code",)
    search_fields = ("name", "code")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: deadlines were counted with it."""
        return False


@admin.register(CalendarVersion)
class CalendarVersionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Versions of calendars; two acts: publish a draft, draft the next from any version."""

    fields = ("calendar", "number", "published_at", "note")
    readonly_fields = ("number", "published_at")
    list_display = ("calendar", "number", "published_at", "note")
    list_filter = ("calendar",)
    list_select_related = ("calendar",)
    ordering = ("calendar__code", "-number")
    inlines = (SessionInline, DayInline)
    actions = ("publish", "draft_next")

    @admin.action(description=_("Công bố phiên bản"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[CalendarVersion]) -> None:
        """Put the chosen drafts in force from now."""
        for version in queryset:
            try:
                publish_calendar_version(version=version, at=timezone.now())
            except (VersionIsPublished, CalendarNotComplete) as error:
                self.message_user(request, f"{version}: {error}", messages.ERROR)
            else:
                self.message_user(request, _("%(version)s có hiệu lực từ bây giờ.") % {"version": version})

    @admin.action(description=_("Lập phiên bản mới từ phiên bản này"), permissions=["publish"])
    def draft_next(self, request: HttpRequest, queryset: QuerySet[CalendarVersion]) -> None:
        """Draft the next version with the rows of each chosen one."""
        for version in queryset:
            draft = copy_calendar_version(version=version)
            self.message_user(request, _("Đã lập bản nháp %(draft)s. Bạn sửa rồi công bố.") % {"draft": draft})

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Return whether the person may change calendars at all; publishing is not bound to one draft."""
        return super().has_change_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the version is still a draft."""
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether it is one draft: what was published stays."""
        return obj is not None and _is_draft(obj) and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: CalendarVersion, form: Any, change: bool) -> None:
        """Give a new version the next number of its calendar."""
        if not change:
            obj.number = (obj.calendar.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        super().save_model(request, obj, form, change)


def _is_draft(version: Model | None) -> bool:
    return not isinstance(version, CalendarVersion) or version.published_at is None

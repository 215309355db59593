"""Working calendars: a draft is edited here and published from a day on; a published version is only shown and copied."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.administration import ActsAdmin, act, rows_in
from motcua.base.words import day, local_day, moment
from motcua.people.actions import (
    CalendarNotComplete,
    VersionIsPublished,
    copy_calendar_version,
    drop_calendar_draft,
    keep_calendar,
    keep_calendar_draft,
    open_calendar,
    publish_calendar_version,
)
from motcua.people.admin.scope import units_of
from motcua.people.admin_rights import administers_all_units
from motcua.people.models import CalendarDay, CalendarSession, CalendarVersion, WorkingCalendar
from motcua.people.queries import agencies_keeping, version_in_force

AGENCIES_NAMED = 12


class WhileDraft(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    """Rows of a calendar version that can change until it is published."""

    extra = 0

    def has_add_permission(  # type: ignore[override]  # an inline is asked about its parent too
        self, request: HttpRequest, obj: Model | None
    ) -> bool:
        """Return whether the version is a draft of a calendar the person administers."""
        return _is_open(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return the same."""
        return _is_open(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return the same."""
        return _is_open(request, obj) and super().has_delete_permission(request, obj)


class SessionInline(WhileDraft):
    """The sessions of a week."""

    model = CalendarSession
    verbose_name_plural = _("Giờ làm việc trong tuần")


class DayInline(WhileDraft):
    """The days that differ from the week."""

    model = CalendarDay
    ordering = ("-on",)
    verbose_name_plural = _("Ngày khác thường; bản nháp chỉ mở năm nay và năm sau để sửa, những năm khác giữ nguyên")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CalendarDay]:
        """Return all days of a published version, of a draft those of this year and the next.

        The days of all years are more fields than a server takes in one form, so a draft with them could not be saved.
        """
        year = local_day(timezone.now()).year
        is_near = Q(on__year__gte=year, on__year__lte=year + 1)
        return super().get_queryset(request).filter(Q(version__published_at__isnull=False) | is_near)


class CalendarForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A new calendar may begin as a copy of another."""

    like = forms.ModelChoiceField(
        WorkingCalendar.objects.order_by("code"),
        label=_("chép giờ và ngày nghỉ từ"),
        required=False,
        help_text=_("để trống thì lịch mới chưa có giờ làm việc nào"),
    )


class FromForm(forms.Form):
    """From which day a version counts."""

    valid_from = forms.DateField(
        label=_("Tính từ ngày"),
        widget=AdminDateWidget,
        initial=lambda: local_day(timezone.now()) + timedelta(days=1),
        help_text=_(
            "Từ 0 giờ ngày này; chọn hôm nay thì tính ngay từ bây giờ. Hồ sơ nhận trước đó giữ hạn đã hẹn theo phiên bản cũ."
        ),
    )


@admin.register(WorkingCalendar)
class WorkingCalendarAdmin(ActsAdmin):
    """Calendars by name; what one says is in its versions."""

    form = CalendarForm
    note = _("Mở một lịch để xem đang tính theo phiên bản nào, cơ quan nào theo, và soạn phiên bản mới.")
    list_display = ("name", "code", "counts_now", "kept_by")
    ordering = ("code",)
    search_fields = ("name", "code")
    folded_search = ("name", "code")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:  # noqa: ARG002
        """Ask for the calendar to copy only of a new one."""
        return ["code", "name", "versions", "kept_by"] if obj else ["code", "name", "like"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        return ("code", "versions", "kept_by") if obj else ()

    @admin.display(description=_("đang tính theo"))
    def counts_now(self, calendar: WorkingCalendar) -> str:
        """Return the version in force, and since when."""
        version = version_in_force(calendar, timezone.now())
        return (
            now_("%(version)s, từ %(on)s") % {"version": _number(version), "on": day(version.published_at)}
            if version and version.published_at
            else now_("chưa công bố")
        )

    @admin.display(description=_("các phiên bản"))
    def versions(self, calendar: WorkingCalendar) -> str:
        """Return every version as a link with what it is, the newest first."""
        rows = format_html_join(
            "",
            '<li><a href="{}">{}</a>: {}</li>',
            (
                (reverse("admin:people_calendarversion_change", args=[row.pk]), _number(row), _life(row))
                for row in calendar.versions.order_by("-number")
            ),
        )
        return format_html("<ul>{}</ul>", rows)

    @admin.display(description=_("cơ quan theo lịch này"))
    def kept_by(self, calendar: WorkingCalendar) -> str:
        """Return who keeps the calendar."""
        return _kept_by(calendar)

    def state_of(self, request: HttpRequest, row: WorkingCalendar) -> Any:
        """Say how a calendar is changed."""
        if not _is_mine(request, row):
            return _("Lịch này có cơ quan ngoài phần bạn quản trị đang dùng, nên bạn chỉ xem được. Muốn giờ khác cho đơn vị mình, bạn thêm lịch mới chép từ lịch này, rồi gắn vào đơn vị.")  # fmt: skip
        return _("Đổi giờ, thêm ngày nghỉ, ngày hoán đổi hay ngày làm bù: bạn soạn phiên bản mới, sửa, rồi công bố từ một ngày.")  # fmt: skip

    def acts_open(self, request: HttpRequest, row: WorkingCalendar) -> Iterable[str]:
        """Offer the next version."""
        may = _is_mine(request, row) and request.user.has_perm("people.change_calendarversion")
        return ["soan-phien-ban"] if may and row.versions.exists() else []

    @act(_("Soạn phiên bản mới"), name="soan-phien-ban", is_main=True)
    def draft_next(self, request: HttpRequest, row: WorkingCalendar, said: dict[str, Any]) -> HttpResponse:  # noqa: ARG002
        """Draft the next version from the newest, or go to the draft there is."""
        return _to_draft(self, request, row.versions.order_by("-number")[0])

    def save_model(self, request: HttpRequest, obj: WorkingCalendar, form: Any, change: bool) -> None:  # noqa: ARG002
        """Open the calendar with its first draft, or change its name."""
        if change:
            keep_calendar(calendar=obj)
        else:
            open_calendar(calendar=obj, like=form.cleaned_data["like"], at=timezone.now())

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether every agency that keeps it is the person's to administer."""
        return (obj is None or _is_mine(request, obj)) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: deadlines were counted with it."""
        return False


class StateOfVersion(admin.SimpleListFilter):
    """Drafts and published versions."""

    title = _("tình trạng")
    parameter_name = "tinh-trang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        return [("nhap", _("Bản nháp")), ("cong-bo", _("Đã công bố"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CalendarVersion]) -> QuerySet[CalendarVersion]:  # noqa: ARG002
        return queryset if self.value() is None else queryset.filter(published_at__isnull=self.value() == "nhap")


@admin.register(CalendarVersion)
class CalendarVersionAdmin(ActsAdmin):
    """Versions of calendars: a draft is edited and published, from any version the next is drafted."""

    refusals = (VersionIsPublished, CalendarNotComplete)
    note = _("Mở bản nháp để sửa và công bố. Phiên bản đã công bố không sửa được: mở nó rồi soạn phiên bản mới.")
    fields = ("calendar", "number", "life", "kept_by", "note")
    readonly_fields = ("calendar", "number", "life", "kept_by")
    list_display = ("calendar", "number", "life", "note")
    list_display_links = ("calendar", "number")
    list_filter = (StateOfVersion, "calendar")
    list_select_related = ("calendar",)
    ordering = ("calendar__code", "-number")
    inlines = (SessionInline, DayInline)

    @admin.display(description=_("được tính"))
    def life(self, version: CalendarVersion) -> str:
        """Return from when to when the version counts."""
        return _life(version)

    @admin.display(description=_("cơ quan theo lịch này"))
    def kept_by(self, version: CalendarVersion) -> str:
        """Return who keeps the calendar."""
        return _kept_by(version.calendar)

    def state_of(self, request: HttpRequest, row: CalendarVersion) -> Any:
        """Say whether the version can still be changed, and what to do otherwise."""
        if row.published_at is not None:
            return _("Phiên bản đã công bố thì đóng băng: hạn của hồ sơ đã tính theo nó. Muốn đổi, bạn soạn phiên bản mới từ phiên bản này, sửa rồi công bố từ một ngày.")  # fmt: skip
        if not _is_mine(request, row.calendar):
            return _("Bản nháp của một lịch có cơ quan ngoài phần bạn quản trị đang dùng, nên bạn chỉ xem được.")
        return _("Bản nháp: chưa ai tính theo. Bạn sửa giờ và ngày ở dưới, lưu, rồi công bố. Ngày làm bù làm theo giờ của thứ Hai.")  # fmt: skip

    def acts_open(self, request: HttpRequest, row: CalendarVersion) -> Iterable[str]:
        """Offer to publish a draft, and to draft from what is published."""
        if not _is_mine(request, row.calendar) or not request.user.has_perm("people.change_calendarversion"):
            return []
        return ["cong-bo"] if row.published_at is None else ["soan-phien-ban"]

    @act(_("Công bố"), name="cong-bo", form=FromForm, is_main=True)
    def publish(self, request: HttpRequest, row: CalendarVersion, said: dict[str, Any]) -> None:
        """Put the draft in force from a day on."""
        version = publish_calendar_version(version=row, at=timezone.now(), valid_from=said["valid_from"])
        self.message_user(request, now_("%(version)s: %(life)s.") % {"version": version, "life": _life(version)})

    @act(_("Soạn phiên bản mới từ phiên bản này"), name="soan-phien-ban", is_main=True)
    def draft_next(self, request: HttpRequest, row: CalendarVersion, said: dict[str, Any]) -> HttpResponse:  # noqa: ARG002
        """Draft the next version with the rows of this one, or go to the draft there is."""
        return _to_draft(self, request, row)

    def save_model(self, request: HttpRequest, obj: CalendarVersion, form: Any, change: bool) -> None:
        """Leave it to save_related, which writes the version together with its rows."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool) -> None:  # noqa: ARG002
        """Write all through the action."""
        rows, gone = rows_in(formsets)
        keep_calendar_draft(version=form.instance, rows=rows, gone=gone)

    def delete_model(self, request: HttpRequest, obj: CalendarVersion) -> None:  # noqa: ARG002
        """Drop the draft through the action."""
        drop_calendar_draft(version=obj)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Return no: a version begins as a draft from another, a calendar with its first."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the version is a draft of a calendar the person administers."""
        return _is_open(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether it is one such draft: what was published stays."""
        return obj is not None and _is_open(request, obj) and super().has_delete_permission(request, obj)


def _is_open(request: HttpRequest, version: Model | None) -> bool:
    if not isinstance(version, CalendarVersion):
        return True
    return version.published_at is None and _is_mine(request, version.calendar)


def _is_mine(request: HttpRequest, calendar: WorkingCalendar) -> bool:
    """Return whether every agency that has the calendar is among the person's own."""
    return administers_all_units(request.user) or not calendar.agencies.exclude(pk__in=units_of(request)).exists()


def _to_draft(page: ActsAdmin, request: HttpRequest, version: CalendarVersion) -> HttpResponse:
    draft = CalendarVersion.objects.filter(calendar=version.calendar_id, published_at=None).order_by("-number").first()
    if draft is not None:
        page.message_user(request, _("Lịch này đã có bản nháp đang soạn, chính là trang này."))
    else:
        draft = copy_calendar_version(version=version)
        page.message_user(request, _("Đã lập bản nháp %(draft)s. Bạn sửa rồi công bố.") % {"draft": draft})
    return redirect("admin:people_calendarversion_change", draft.pk)


def _number(version: CalendarVersion) -> str:
    return now_("phiên bản %(n)s") % {"n": version.number}


def _life(version: CalendarVersion) -> str:
    """Return «bản nháp», or from when the version counts and until when: the next one published takes over."""
    if version.published_at is None:
        return now_("bản nháp")
    following = version.calendar.versions.filter(number__gt=version.number, published_at__isnull=False)
    until = following.order_by(F("published_at")).values_list("published_at", flat=True).first()
    said = now_("từ %(since)s") % {"since": moment(version.published_at)}
    return said if until is None else now_("%(said)s đến %(until)s") % {"said": said, "until": moment(until)}


def _kept_by(calendar: WorkingCalendar) -> str:
    own, below = agencies_keeping(calendar, local_day(timezone.now()))
    if not own:
        return now_("chưa cơ quan nào")
    names = ", ".join(agency.name for agency in own[:AGENCIES_NAMED])
    more = now_(" và %(n)s cơ quan khác") % {"n": len(own) - AGENCIES_NAMED} if len(own) > AGENCIES_NAMED else ""
    if not below:
        return names + more
    return now_("%(names)s; cùng %(n)s đơn vị bên dưới không có lịch riêng") % {"names": names + more, "n": below}

"""The tree of agencies and the administrative units they stand in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.administration import ActsAdmin
from motcua.base.words import day, local_day
from motcua.people.actions import (
    AgencyLoop,
    NotASuccessor,
    check_parent,
    check_successors,
    close_agency,
    keep_place,
    place_agency,
)
from motcua.people.admin.scope import ScopedAdmin
from motcua.people.admin_rights import administers_all_units
from motcua.people.models import Agency, Place
from motcua.people.subjects import subject_choices, subject_in_words

KEPT_BY_THE_UNIT = ("short_name", "calendar", "address", "phone")
"""What a unit's own administrator changes; what the unit is and where it stands is decided above it."""


class AgencyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """An agency's page. A day in `valid_to` closes the agency with everything below it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "subject" in self.fields:
            self.fields["subject"].widget = forms.Select(choices=subject_choices(self.instance.subject))

    def clean(self) -> dict[str, Any]:
        """Refuse a loop and an heir that is closed, in the words of the actions."""
        said: dict[str, Any] = super().clean() or {}
        try:
            check_parent(agency=self.instance, parent=said.get("parent"))
        except AgencyLoop as error:
            self.add_error("parent", str(error))
        try:
            if said.get("valid_to"):
                check_successors(
                    agency=self.instance, successors=said.get("successors", ()), closed_on=said["valid_to"]
                )
        except NotASuccessor as error:
            self.add_error("successors", str(error))
        return said


class InForce(admin.SimpleListFilter):
    """Agencies of today, past and future; also administrative units."""

    title = _("thời gian")
    parameter_name = "luc"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        return [("nay", _("Đang hoạt động")), ("sau", _("Sắp hoạt động")), ("truoc", _("Đã thôi"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        today = local_day(timezone.now())
        over, coming = Q(valid_to__lt=today), Q(valid_from__gt=today)
        kept = {"nay": ~over & ~coming, "sau": coming, "truoc": over}
        return queryset.filter(kept.get(self.value() or "", Q()))


class OfSubject(admin.SimpleListFilter):
    """Agencies in charge of a subject."""

    title = _("mảng việc")
    parameter_name = "mang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        used = Agency.objects.exclude(subject="").order_by("subject").values_list("subject", flat=True).distinct()
        return [(subject, subject_in_words(subject)) for subject in used]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Agency]) -> QuerySet[Agency]:  # noqa: ARG002
        return queryset.filter(subject=self.value()) if self.value() else queryset


@admin.register(Agency)
class AgencyAdmin(ScopedAdmin):
    """Agencies in the order of the tree; every save goes through people.actions, which keeps the paths."""

    form = AgencyForm
    refusals = (AgencyLoop, NotASuccessor)
    list_display = ("in_tree", "code", "type", "in_charge_of", "calendar", "life")
    list_filter = (InForce, "type", OfSubject, "calendar")
    list_select_related = ("calendar",)
    list_per_page = 50
    ordering = ("path",)
    search_fields = ("name", "short_name", "code")
    search_help_text = _("Tên có hoặc không dấu, mã định danh")
    folded_search = ("name", "short_name", "code")
    autocomplete_fields = ("parent", "place", "calendar", "successors")
    fieldsets = (
        (None, {"fields": ("code", "name", "short_name", "type", "subject", "parent", "place", "calendar")}),
        (_("Liên hệ"), {"fields": ("address", "phone")}),
        (
            _("Thời gian hoạt động"),
            {
                "fields": ("valid_from", "valid_to", "successors"),
                "description": _(
                    "Ghi ngày kết thúc là giải thể cơ quan: mọi đơn vị bên dưới và mọi vị trí ở đó kết thúc cùng ngày. "
                    "Cơ quan kế thừa là nơi nhận phần việc; hồ sơ đang làm vẫn ở đơn vị cũ đến khi được bàn giao."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agency]:
        """Bring the successors along: the list names them."""
        return super().get_queryset(request).prefetch_related("successors")

    @admin.display(description=_("cơ quan"), ordering="path")
    def in_tree(self, agency: Agency) -> SafeString:
        """Return the name, set in by its depth."""
        return format_html("{}{}", "\u2003" * (len(agency.path) - 1), agency.name)

    @admin.display(description=_("mảng việc"), ordering="subject")
    def in_charge_of(self, agency: Agency) -> str:
        """Return the subject in words."""
        return subject_in_words(agency.subject) or "–"

    @admin.display(description=_("hoạt động"), ordering="valid_to")
    def life(self, agency: Agency) -> str:
        """Return whether the agency exists today, from when or until when, and who took over."""
        said = life_of(agency.valid_from, agency.valid_to)
        heirs = ", ".join(heir.short_name for heir in agency.successors.all())
        return now_("%(said)s, kế thừa: %(heirs)s") % {"said": said, "heirs": heirs} if heirs else said

    def state_of(self, request: HttpRequest, row: Agency) -> str:
        """Say whether the agency exists, and what this person may change of it."""
        said = self.life(row)
        if administers_all_units(request.user):
            return now_("Cơ quan %(life)s.") % {"life": said}
        return now_(
            "Cơ quan %(life)s. Bạn sửa được tên gọn, lịch làm việc, địa chỉ và điện thoại; phần khác do quản trị hệ thống."
        ) % {"life": said}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        """Leave a unit's own administrator what the unit itself decides."""
        if administers_all_units(request.user):
            return ()
        return tuple(name for name in flatten_fieldsets(self.fieldsets) if name not in KEPT_BY_THE_UNIT)

    def save_model(self, request: HttpRequest, obj: Agency, form: AgencyForm, change: bool) -> None:  # noqa: ARG002
        """Save through the action that keeps the paths."""
        place_agency(agency=obj)

    def save_related(self, request: HttpRequest, form: AgencyForm, formsets: Sequence[Any], change: bool) -> None:
        """Close the agency when a last day was set."""
        super().save_related(request, form, formsets, change)
        if "valid_to" in form.changed_data and form.cleaned_data["valid_to"]:
            close_agency(
                agency=form.instance,
                successors=form.cleaned_data["successors"],
                closed_on=form.cleaned_data["valid_to"],
            )

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: an agency is closed, never deleted."""
        return False


@admin.register(Place)
class PlaceAdmin(ActsAdmin):
    """Administrative units of today and of before."""

    list_display = ("name", "code", "level", "parent", "valid_from", "valid_to")
    list_filter = (InForce, "level")
    list_select_related = ("parent",)
    list_per_page = 50
    ordering = ("level", "code")
    search_fields = ("name", "code")
    search_help_text = _("Tên có hoặc không dấu, mã")
    folded_search = ("name", "code")
    autocomplete_fields = ("parent",)

    def save_model(self, request: HttpRequest, obj: Place, form: Any, change: bool) -> None:  # noqa: ARG002
        """Save through the action."""
        keep_place(place=obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: a unit that ends gets its last day."""
        return False


def life_of(valid_from: date | None, valid_to: date | None) -> str:
    """Return «đang hoạt động» with its last day if there is one, «hoạt động từ …» or «đã thôi từ sau …»."""
    today = local_day(timezone.now())
    if valid_to is not None and valid_to < today:
        return now_("đã thôi sau ngày %(on)s") % {"on": day(valid_to)}
    if valid_from is not None and valid_from > today:
        return now_("hoạt động từ %(on)s") % {"on": day(valid_from)}
    if valid_to is not None:
        return now_("đang hoạt động, đến hết %(on)s") % {"on": day(valid_to)}
    return now_("đang hoạt động")

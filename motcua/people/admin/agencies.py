"""The tree of agencies and the administrative units they stand in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from motcua.people.actions import (
    AgencyLoop,
    NotASuccessor,
    check_parent,
    check_successors,
    close_agency,
    place_agency,
)
from motcua.people.models import Agency, Place


class AgencyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """An agency's page. A day in `valid_to` closes the agency with everything below it."""

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


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Agencies in the order of the tree; every save goes through people.actions, which keeps the paths."""

    form = AgencyForm
    list_display = ("in_tree", "code", "type", "subject", "calendar", "valid_from", "valid_to")
    list_filter = ("type", "subject")
    list_select_related = ("calendar",)
    list_per_page = 50
    ordering = ("path",)
    search_fields = ("name", "short_name", "code")
    autocomplete_fields = ("parent", "place", "calendar", "successors")
    fieldsets = (
        (None, {"fields": ("code", "name", "short_name", "type", "subject", "parent", "place", "calendar")}),
        (_("Liên hệ"), {"fields": ("address", "phone")}),
        (
            _("Thời gian hoạt động"),
            {
                "fields": ("valid_from", "valid_to", "successors"),
                "description": _(
                    "Ghi ngày kết thúc là giải thể cơ quan: mọi đơn vị bên dưới và mọi vị trí ở đó kết thúc cùng ngày."
                ),
            },
        ),
    )

    @admin.display(description=_("cơ quan"), ordering="path")
    def in_tree(self, agency: Agency) -> SafeString:
        """Return the name, set in by its depth."""
        return format_html("{}{}", "\u2003" * (len(agency.path) - 1), agency.name)

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
class PlaceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Administrative units of today and of before."""

    list_display = ("name", "code", "level", "parent", "valid_from", "valid_to")
    list_filter = ("level",)
    list_select_related = ("parent",)
    ordering = ("level", "code")
    search_fields = ("name", "code")
    autocomplete_fields = ("parent",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: a unit that ends gets its last day."""
        return False

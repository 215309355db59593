"""Accounts, officers with their posts, and delegations."""

from datetime import date
from itertools import permutations
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from motcua.people.actions import BadPeriod, DutiesNotSeparate, check_lending, keep_duties_apart
from motcua.people.models import Delegation, Officer, Post, User
from motcua.people.roles import Role


class AccountCreationForm(AdminUserCreationForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A new account: e-mail or phone, and a first password."""

    class Meta:
        model = User
        fields = ("email", "phone", "full_name")
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {}

    def clean(self) -> dict[str, Any]:
        """Refuse an account nobody could sign in to."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("email") and not said.get("phone"):
            self.add_error("email", _("Tài khoản cần thư điện tử hoặc số điện thoại để đăng nhập."))
        return said


class AccountChangeForm(UserChangeForm):  # type: ignore[type-arg]
    """An account; the password is changed on its own page."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {}


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]
    """Accounts that sign in. What a person may do at the desk comes from posts, not from here."""

    form = AccountChangeForm
    add_form = AccountCreationForm
    list_display = ("full_name", "email", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    ordering = ("full_name", "pk")
    search_fields = ("full_name", "email", "=phone")
    filter_horizontal = ()
    readonly_fields = ("last_login", "joined_at")
    fieldsets = (
        (None, {"fields": ("email", "phone", "full_name", "password")}),
        (_("Quyền trên trang quản trị"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Thời điểm"), {"fields": ("last_login", "joined_at")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "phone", "full_name", "usable_password", "password1", "password2")}),)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: an account that ends is locked, its history stays."""
        return False


class PostFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """The posts of one officer, none of which may clash with another on the same day."""

    def clean(self) -> None:
        """Refuse duties the law keeps apart, in the words of the actions."""
        super().clean()
        posts = [form.instance for form in self.forms if form.instance.role and form.instance.valid_from]
        for post, other in permutations(posts, 2):
            if not _overlap(post, other):
                continue
            try:
                keep_duties_apart(officer=self.instance, role=Role(post.role), held=[Role(other.role)])
            except DutiesNotSeparate as error:
                raise forms.ValidationError(str(error)) from error


def _overlap(post: Post, other: Post) -> bool:
    return post.valid_from <= (other.valid_to or date.max) and other.valid_from <= (post.valid_to or date.max)


class PostInline(admin.TabularInline):  # type: ignore[type-arg]
    """An officer's posts, past ones too."""

    model = Post
    formset = PostFormSet
    extra = 0
    autocomplete_fields = ("unit",)
    can_delete = False


@admin.register(Officer)
class OfficerAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Officers and their posts."""

    list_display = ("full_name", "title", "user")
    list_select_related = ("user",)
    ordering = ("full_name", "pk")
    search_fields = ("full_name", "user__email")
    autocomplete_fields = ("user",)
    inlines = (PostInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: an officer who leaves has posts that ended."""
        return False


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Posts to look up and to choose from in a delegation; they are edited on the officer's page."""

    list_display = ("officer", "role", "unit", "valid_from", "valid_to")
    list_filter = ("role",)
    list_select_related = ("officer", "unit")
    ordering = ("unit__path", "role", "pk")
    search_fields = ("officer__full_name", "unit__name", "unit__code")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Return no: posts are given on the officer's page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: posts are changed on the officer's page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: a post ends, it is not deleted."""
        return False


class DelegationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A delegation, checked as the action checks it."""

    def clean(self) -> dict[str, Any]:
        """Refuse a wrong period and duties the law keeps apart."""
        said: dict[str, Any] = super().clean() or {}
        names = ("post", "to_officer", "starts_at", "ends_at")
        if all(said.get(name) for name in names):
            try:
                check_lending(**{name: said[name] for name in names})
            except (BadPeriod, DutiesNotSeparate) as error:
                raise forms.ValidationError(str(error)) from error
        return said


@admin.register(Delegation)
class DelegationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Posts lent for a period."""

    form = DelegationForm
    list_display = ("post", "to_officer", "starts_at", "ends_at", "reason")
    list_select_related = ("post__officer", "post__unit", "to_officer")
    ordering = ("-starts_at",)
    search_fields = ("post__officer__full_name", "to_officer__full_name")
    autocomplete_fields = ("post", "to_officer")
    date_hierarchy = "starts_at"

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: a delegation is cut short by its end, so who acted when stays known."""
        return False

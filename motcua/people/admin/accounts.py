"""Accounts that sign in."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from motcua.base.administration import ActsAdmin
from motcua.people.actions import keep_account
from motcua.people.models import User


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

    def clean(self) -> dict[str, Any]:
        """Refuse to leave an account nobody could sign in to."""
        said: dict[str, Any] = super().clean() or {}
        if "email" in self.fields and not said.get("email") and not said.get("phone"):
            self.add_error("email", _("Tài khoản cần thư điện tử hoặc số điện thoại để đăng nhập."))
        return said


class NewPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """A new password an administrator gives to somebody."""

    def save(self, commit: bool = True) -> User:  # noqa: ARG002  # asked for by Django; here it is always saved
        """Save through the action."""
        user: User = super().save(commit=False)
        return keep_account(user=user)


@admin.register(User)
class AccountAdmin(ActsAdmin, UserAdmin):  # type: ignore[type-arg]
    """Accounts. What a person may do comes from posts, not from here; the superuser is for the first day only."""

    form = AccountChangeForm
    add_form = AccountCreationForm
    change_password_form = NewPasswordForm
    list_display = ("full_name", "email", "phone", "is_active", "last_login")
    list_filter = ("is_active",)
    list_per_page = 50
    ordering = ("full_name", "pk")
    search_fields = ("full_name", "email", "=phone")
    search_help_text = _("Họ tên có hoặc không dấu, thư điện tử, số điện thoại đầy đủ")
    folded_search = ("full_name", "email", "phone")
    filter_horizontal = ()
    readonly_fields = ("last_login", "joined_at")
    fieldsets = (
        (None, {"fields": ("email", "phone", "full_name", "password")}),
        (
            _("Đăng nhập"),
            {
                "fields": ("is_active", "is_superuser"),
                "description": _(
                    "Làm được việc gì là do vị trí: vào «Vị trí» để giao. Bỏ «đang dùng» thì người này không đăng nhập được nữa."
                ),
            },
        ),
        (_("Thời điểm"), {"fields": ("last_login", "joined_at")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "phone", "full_name", "usable_password", "password1", "password2")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let only a superuser make one."""
        kept = super().get_readonly_fields(request, obj)
        return kept if getattr(request.user, "is_superuser", False) else (*kept, "is_superuser")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: ARG002
        """Save through the action."""
        keep_account(user=obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return no for a superuser's account, unless to a superuser: else a new password would make one."""
        is_above = obj is not None and obj.is_superuser and not getattr(request.user, "is_superuser", False)
        return not is_above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: an account that ends is locked, its history stays."""
        return False

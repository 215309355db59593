"""allauth's forms in our words. settings.ACCOUNT_FORMS names them."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("Ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt nhất.")


class SignIn(allauth_forms.LoginForm):  # type: ignore[misc]
    """Sign in by phone or email, and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["login"], _("Số điện thoại hoặc thư điện tử"), autocomplete="username")
        _word(self.fields["password"], _("Mật khẩu"))


class SignUp(allauth_forms.SignupForm):  # type: ignore[misc]
    """Make an account: full name, phone or email, a password."""

    full_name = forms.CharField(
        label=_("Họ và tên"),
        max_length=200,
        help_text=_("Viết đủ dấu, như trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("full_name", "phone", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["phone"], _("Số điện thoại"), _("Ví dụ: 0912 345 678. Bạn dùng số này để đăng nhập."))
        _word(self.fields["email"], _("Thư điện tử"), _("Để nhận tin về hồ sơ và đặt lại mật khẩu khi quên."))
        _word(self.fields["password1"], _("Mật khẩu"), PASSWORD_HINT)

    def clean_full_name(self) -> str:
        """Return the name with single spaces."""
        return " ".join(self.cleaned_data["full_name"].split())

    def clean(self) -> dict[str, Any]:
        """Check that there is a way to reach the person."""
        cleaned: dict[str, Any] = super().clean()
        if not self.errors and not cleaned["phone"] and not cleaned["email"]:
            self.add_error("phone", _("Bạn điền số điện thoại, hoặc thư điện tử nếu không có điện thoại."))
        return cleaned

    def _clean_phone(self) -> None:
        """Tell the person that the phone has an account: hiding it, as allauth would, needs a message to the phone."""
        phone = self.cleaned_data.get("phone")
        if phone and get_adapter().get_user_by_phone(phone):
            self.add_error("phone", get_adapter().validation_error("phone_taken"))


class _TypedTwice(forms.Form):
    """Says in our words that the two passwords differ."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Word the one error the second field can have."""
        super().add_error(field, _("Hai lần nhập mật khẩu mới chưa giống nhau.") if field == "password2" else error)


class ChangePassword(_TypedTwice, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """Change the password, knowing the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["oldpassword"], _("Mật khẩu hiện tại"))
        _word_new_password(self.fields)


class ResetPassword(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a link to choose a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["email"], _("Thư điện tử của tài khoản"))


class ResetPasswordFromKey(_TypedTwice, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """Choose a new password by the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_new_password(self.fields)


def _word(field: forms.Field, label: Any, hint: Any = "", **attrs: str) -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def _word_new_password(fields: dict[str, forms.Field]) -> None:
    _word(fields["password1"], _("Mật khẩu mới"), PASSWORD_HINT)
    _word(fields["password2"], _("Nhập lại mật khẩu mới"))

"""How django-allauth signs our people in: by phone or email and a password. Its forms are in sign_in_forms.py."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from motcua.people.actions import set_password, sign_up
from motcua.people.identity import BadPhone, normal_phone, phone_number
from motcua.people.models import User

LOCKED_MINUTES = 5  # the longest of ACCOUNT_RATE_LIMITS["login_failed"]; a test holds the two together
WRONG = _("Số điện thoại, thư điện tử hoặc mật khẩu chưa đúng. Bạn xem lại rồi nhập lại mật khẩu.")

# fmt: off
MESSAGES = {
    "account_inactive":           _("Tài khoản này đang bị khóa. Hãy hỏi Trung tâm Phục vụ hành chính công."),
    "email_password_mismatch":    WRONG,
    "phone_password_mismatch":    WRONG,
    "username_password_mismatch": WRONG,
    "invalid_login":              WRONG,
    "email_taken":                _("Thư điện tử này đã có tài khoản. Bạn đăng nhập, hoặc đặt lại mật khẩu nếu quên."),
    "phone_taken":                _("Số điện thoại này đã có tài khoản. Bạn đăng nhập bằng số này nhé."),
    "enter_current_password":     _("Mật khẩu hiện tại chưa đúng. Bạn nhập lại nhé."),
    "incorrect_password":         _("Mật khẩu chưa đúng. Bạn nhập lại nhé."),
    "invalid_password_reset":     _("Liên kết đặt lại mật khẩu này đã dùng hoặc đã hết hạn. Bạn xin liên kết mới nhé."),
    "too_many_login_attempts":    format_lazy(
        _("Bạn đã nhập sai nhiều lần. Để giữ an toàn cho tài khoản, hãy chờ {minutes} phút rồi thử lại."),
        minutes=LOCKED_MINUTES,
    ),
    "rate_limited":               _("Bạn gửi quá nhanh. Hãy chờ một phút rồi thử lại."),
}
# fmt: on


class PhoneField(forms.CharField):
    """A phone number as people write it, cleaned to bare digits: «+84 912 345 371» → «0912345371»."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            return phone_number(text) if text else ""
        except BadPhone as error:
            raise ValidationError(str(error), code="invalid_phone") from error


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What allauth asks of us. Phones are not verified by message here, so the hooks of that flow stay allauth's own."""

    error_messages = DefaultAccountAdapter.error_messages | MESSAGES

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        """Return the field a phone number is typed into."""
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """Return the account's phone number, never verified by message."""
        return (user.phone, False) if user.phone else None

    def get_user_by_phone(self, phone: str) -> User | None:
        """Return the account of a phone number however it is written."""
        return User.objects.filter(phone=normal_phone(phone)).first()

    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:  # noqa: ARG002
        """Save a new account together with the citizen it belongs to."""
        data = form.cleaned_data
        said = {name: data[name] for name in ("full_name", "phone", "email")}
        sign_up(user=user, password=data["password1"], at=timezone.now(), **said)
        return user

    def set_password(self, user: User, password: str) -> None:
        """Save a password that was changed or forgotten."""
        set_password(user=user, password=password)

    def format_email_subject(self, subject: str) -> str:
        """Return the subject as written: the site's address in brackets helps nobody."""
        return str(subject)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords per account.

        allauth's own key leaves the phone out: five wrong passwords for one phone would lock every phone out.
        """
        phone = credentials.get("phone", "")
        login = credentials.get("email") or credentials.get("username") or (normal_phone(phone) if phone else "")
        return f"{get_current_site(request).domain}:{login.lower()}"

"""What is asked of a password, in words people read."""

from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's rule of the shortest length; its own sentence has no Vietnamese in Django 5.2."""

    def get_error_message(self) -> str:
        """Return what to do about a password that is too short."""
        return _("Mật khẩu cần ít nhất %(count)d ký tự. Một câu ngắn dễ nhớ là tốt nhất.") % {"count": self.min_length}


class NotCommon(CommonPasswordValidator):
    """Django's list of the passwords most used; its own sentence does not say what to do."""

    def get_error_message(self) -> str:
        """Return what to do about a password that everybody uses."""
        return _(
            "Mật khẩu này quá phổ biến nên dễ bị đoán. Hãy chọn mật khẩu khó đoán hơn, ví dụ ghép ba từ không liên quan."
        )

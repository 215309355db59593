"""The door to sign in through, and where it leads."""

import logging
from typing import Any

from allauth.account.views import LoginView, PasswordResetView, SignupView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.people.actions import BadDetails
from motcua.people.demo_accounts import PASSWORD
from motcua.people.queries import demo_officers
from motcua.web.shared.context import Desk

logger = logging.getLogger(__name__)


class SignIn(LoginView):  # type: ignore[misc]
    """allauth's page to sign in; in the demo it lists the invented officers."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo's officers, which exist nowhere else."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMO:
            context |= {"demo_officers": demo_officers(), "demo_password": PASSWORD}
        return context


class SignUp(SignupView):  # type: ignore[misc]
    """allauth's page to make an account; what the records refuse is told on the form."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Make the account and sign in."""
        try:
            response: HttpResponse = super().form_valid(form)
        except BadDetails as error:
            form.add_error("full_name", str(error))
        except IntegrityError:  # the button pressed twice: the other press was faster
            form.add_error(None, _("Tài khoản này vừa được tạo. Bạn đăng nhập bằng mật khẩu vừa đặt nhé."))
        else:
            return response
        refused: HttpResponse = self.form_invalid(form)
        return refused


class ResetPassword(PasswordResetView):  # type: ignore[misc]
    """allauth's page to ask for a link; a letter that cannot leave is told on the form."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Send the letter."""
        try:
            response: HttpResponse = super().form_valid(form)
        except (OSError, ImproperlyConfigured) as fault:  # the mail server is away or refuses; the folder is none
            logger.error("password letter not sent: %s", type(fault).__name__)  # its words may quote the address
        else:
            return response
        form.add_error(
            "email",
            _(
                "Chưa gửi được thư tới địa chỉ này; mật khẩu cũ vẫn dùng được. "
                "Bạn xem lại địa chỉ, hoặc thử lại sau ít phút."
            ),
        )
        refused: HttpResponse = self.form_invalid(form)
        return refused


@login_required
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Send an officer to the desk and anyone else to their dossiers."""
    return redirect("desk:inbox" if Desk(request).officer else "portal:my_dossiers")

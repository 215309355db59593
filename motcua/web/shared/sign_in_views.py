"""The door to sign in through, and where it leads."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from motcua.people.demo_accounts import PASSWORD
from motcua.people.queries import demo_officers
from motcua.web.shared.context import Desk


class SignIn(LoginView):  # type: ignore[misc]
    """allauth's page to sign in; in the demo it lists the invented officers."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo's officers, which exist nowhere else."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMO:
            context |= {"demo_officers": demo_officers(), "demo_password": PASSWORD}
        return context


@login_required
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Send an officer to the desk and anyone else to their dossiers."""
    return redirect("desk:inbox" if Desk(request).officer else "portal:my_dossiers")

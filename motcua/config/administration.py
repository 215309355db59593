"""The administration pages as a whole: who may enter, through which door, and what is listed there."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from motcua.people.admin_rights import administers

OURS = "motcua."


class Administration(AdminSite):
    """Django's administration over our own tables, entered by right of a post."""

    site_header = _("Quản trị một cửa")
    site_title = _("Quản trị một cửa")
    index_title = _("Cơ quan, cán bộ, lịch làm việc, danh mục thủ tục")
    empty_value_display = "–"
    site_url = "/ban-lam-viec/"

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin] | None = None,  # type: ignore[type-arg]  # generic in the stubs only
        **options: Any,
    ) -> None:
        """Take in our own tables only: those of libraries (jobs, groups, e-mail addresses) are kept by the program."""
        models = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        ours = [model for model in models if model.__module__.startswith(OURS)]
        super().register(ours, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether some post of the person administers something; the superuser always enters."""
        return request.user.is_active and administers(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """Send whoever is not signed in to the one door of the program, which counts wrong passwords; others get a 403."""
        wanted = request.GET.get("next") or request.path.removesuffix("login/")
        if self.has_permission(request):
            return redirect(wanted if wanted.startswith(request.path.removesuffix("login/")) else "admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': wanted})}")

    def logout(  # type: ignore[override]  # the stubs know only Django's own page
        self,
        request: HttpRequest,  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Leave through the same door."""
        return redirect("account_logout")

    def password_change(  # type: ignore[override]
        self,
        request: HttpRequest,  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Change the password on the page everybody uses."""
        return redirect("account_change_password")

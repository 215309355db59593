"""Addresses every door shares: how pages are shown, and signing in."""

from django.urls import include, path

from motcua.web.shared.display import choose_display

urlpatterns = [
    path("hien-thi/", choose_display, name="display"),
    path("", include("motcua.web.shared.sign_in_urls")),
]

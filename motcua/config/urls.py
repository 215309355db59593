"""Every address of the program."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("motcua.web.shared.urls")),
    path("", include("motcua.web.portal.urls")),
    path("ban-lam-viec/", include("motcua.web.desk.urls")),
    path("quan-tri/", admin.site.urls),
]

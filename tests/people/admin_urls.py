"""The administration pages alone, without the portal and the desk."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import path

urlpatterns = [path("quan-tri/", admin.site.urls)]


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponseForbidden()

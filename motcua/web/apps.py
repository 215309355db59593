"""The door people walk through: portal and desk."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "motcua.web"
    label = "web"
    verbose_name = "Trang web"

"""How the administration names this package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "motcua.people"
    verbose_name = "Con người và nơi chốn"

"""What is made known to Django when the program starts."""

from django.apps import AppConfig

from motcua.base import any_of


class BaseConfig(AppConfig):
    """`motcua.base`: its lookups are known before anybody asks."""

    name = "motcua.base"

    def ready(self) -> None:
        """Register the lookups."""
        any_of.register()

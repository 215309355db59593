"""What is made known to Django when the program starts."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """`motcua.base`: its lookups are known before anybody asks."""

    name = "motcua.base"

    def ready(self) -> None:
        """Register the lookups."""
        from motcua.base import any_of  # noqa: F401 - it registers itself, which needs Django ready

"""How the administration names this package."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "motcua.documents"
    verbose_name = "Kho giấy tờ điện tử"

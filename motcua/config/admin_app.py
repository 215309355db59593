"""Puts our administration in the place of Django's own. Apart from it, because no model may be imported this early."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's application with our site; each package's `admin` module is found as always."""

    default_site = "motcua.config.administration.Administration"

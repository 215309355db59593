"""What a post may administer: Django's administration asks this backend, so rights there too come from posts."""

from collections.abc import Mapping

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.utils import timezone

from motcua.base.words import local_day
from motcua.people.models import User
from motcua.people.queries import permissions_of
from motcua.people.roles import Permission

UNIT, SYSTEM, CATALOGUE = Permission.MANAGE_UNIT, Permission.MANAGE_SYSTEM, Permission.PUBLISH_PROCEDURE

# fmt: off
ADMINISTERED: Mapping[str, Mapping[Permission, str]] = {
    "people.agency":              {UNIT: "view change",            SYSTEM: "view add change"},
    "people.place":               {                                SYSTEM: "view add change"},
    "people.workingcalendar":     {UNIT: "view add change",        SYSTEM: "view add change"},
    "people.calendarversion":     {UNIT: "view change delete",     SYSTEM: "view change delete"},
    "people.calendarsession":     {UNIT: "view add change delete", SYSTEM: "view add change delete"},
    "people.calendarday":         {UNIT: "view add change delete", SYSTEM: "view add change delete"},
    "people.user":                {                                SYSTEM: "view add change"},
    "people.officer":             {UNIT: "view",                   SYSTEM: "view add change"},
    "people.post":                {UNIT: "view add change",        SYSTEM: "view add change"},
    "people.delegation":          {UNIT: "view add change delete", SYSTEM: "view add change delete"},
    "people.citizen":             {                                SYSTEM: "view"},
    "people.organisation":        {                                SYSTEM: "view"},
    "catalogue.field":            {CATALOGUE: "view add change"},
    "catalogue.procedure":        {CATALOGUE: "view add change"},
    "catalogue.procedureversion": {CATALOGUE: "view change delete"},
    "catalogue.case":             {CATALOGUE: "view add change delete"},
    "catalogue.papergroup":       {CATALOGUE: "view add change delete"},
    "catalogue.paperrequirement": {CATALOGUE: "view add change delete"},
    "catalogue.feerule":          {CATALOGUE: "view add change delete"},
    "documents.storedfile":       {SYSTEM: "view"},
    "documents.document":         {SYSTEM: "view"},
    "notices.sending":            {SYSTEM: "view"},
}
"""Table → what a post with the permission may do there. Which rows (their own units, drafts only) the pages decide."""
# fmt: on
ADMINISTERING = frozenset(permission for granted in ADMINISTERED.values() for permission in granted)
"""What opens the administration pages at all."""


class PostBackend(BaseBackend):
    """Grants the acts of the table to the posts listed for it."""

    def has_perm(
        self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: Model | None = None
    ) -> bool:  # what Django calls it
        """Return whether a post of the user may do `perm`, such as «catalogue.change_procedureversion»."""
        del obj
        app, _dot, name = perm.partition(".")
        act, _line, table = name.partition("_")
        granted = ADMINISTERED.get(f"{app}.{table}", {})
        return any(act in granted[held].split() for held in _held(user_obj) & granted.keys())

    def has_module_perms(self, user_obj: AbstractBaseUser | AnonymousUser, app_label: str) -> bool:
        """Return whether the user administers anything of the application."""
        held = _held(user_obj)
        return any(
            held & granted.keys() for table, granted in ADMINISTERED.items() if table.startswith(f"{app_label}.")
        )


def administers(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether the user may enter the administration pages at all."""
    return isinstance(user, User) and (user.is_superuser or bool(_held(user) & ADMINISTERING))


def administers_all_units(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether the user's administration of people is not bound to units."""
    return isinstance(user, User) and (user.is_superuser or SYSTEM in _held(user))


def _held(user: AbstractBaseUser | AnonymousUser) -> frozenset[Permission]:
    """Return what the user's posts permit, asked once per request: an administration page asks a hundred times."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    held: frozenset[Permission] | None = user.__dict__.get("_held_permissions")
    if held is None:
        at = timezone.now()
        held = user.__dict__["_held_permissions"] = permissions_of(user, local_day(at), at)
    return held

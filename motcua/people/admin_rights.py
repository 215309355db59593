"""What a post may administer: Django's administration asks this backend, so rights there too come from posts."""

from collections.abc import Mapping

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.utils import timezone

from motcua.base.words import local_day
from motcua.people.models import User
from motcua.people.queries import may
from motcua.people.roles import Permission

# The application's tables → the permission a post needs to administer them. Deleting is left to the superuser.
ADMINISTERED: Mapping[str, frozenset[Permission]] = {
    "people": frozenset({Permission.MANAGE_UNIT, Permission.MANAGE_SYSTEM}),
    "catalogue": frozenset({Permission.PUBLISH_PROCEDURE}),
    "documents": frozenset({Permission.MANAGE_SYSTEM}),
    "notices": frozenset({Permission.MANAGE_SYSTEM}),
}
_NEVER = frozenset({"people.add_citizen", "people.change_citizen", "people.add_user", "people.change_user"})


class PostBackend(BaseBackend):
    """Grants view, add and change on an application's tables to the posts listed for it."""

    def has_perm(
        self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: Model | None = None
    ) -> bool:  # what Django calls it
        """Return whether a post of the user may do `perm`, such as «catalogue.change_procedureversion»."""
        del obj
        app, _dot, act = perm.partition(".")
        if not isinstance(user_obj, User) or not user_obj.is_active or act.startswith("delete_"):
            return False
        if perm in _NEVER and not act.startswith("view_"):
            return _holds(user_obj, frozenset({Permission.MANAGE_SYSTEM}))
        return _holds(user_obj, ADMINISTERED.get(app, frozenset()))

    def has_module_perms(self, user_obj: AbstractBaseUser | AnonymousUser, app_label: str) -> bool:
        """Return whether the user administers anything of the application."""
        return (
            isinstance(user_obj, User)
            and user_obj.is_active
            and _holds(user_obj, ADMINISTERED.get(app_label, frozenset()))
        )


def _holds(user: User, permissions: frozenset[Permission]) -> bool:
    at = timezone.now()
    return any(may(user, permission, local_day(at), at) for permission in permissions)

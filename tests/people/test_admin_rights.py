"""Rights in the administration come from posts."""

from datetime import date

import pytest

from motcua.people.models import Agency, Officer, Post, User
from motcua.people.roles import Role

pytestmark = pytest.mark.django_db


def officer(role: str) -> User:
    user = User.objects.create_user(email="can.bo@vidu.vn", password="x", full_name="Cán bộ Mẫu", is_staff=True)
    unit = Agency.objects.create(code="H57", name="UBND thành phố", short_name="UBND", type="province")
    post = Post(
        officer=Officer.objects.create(user=user, full_name="Cán bộ Mẫu"),
        unit=unit,
        role=role,
        valid_from=date(2020, 1, 1),
    )
    post.save()
    return user


# fmt: off
CASES = [
    (Role.CATALOGUE_ADMIN, "catalogue.change_procedureversion", True),
    (Role.CATALOGUE_ADMIN, "people.change_agency",              False),
    (Role.UNIT_ADMIN,      "people.change_post",                True),
    (Role.UNIT_ADMIN,      "people.change_user",                False),
    (Role.UNIT_ADMIN,      "people.delete_post",                False),
    (Role.SYSTEM_ADMIN,    "people.change_user",                True),
    (Role.SYSTEM_ADMIN,    "catalogue.change_procedureversion", False),
    (Role.SPECIALIST,      "people.view_agency",                False),
    (Role.SUPERVISOR,      "dossiers.change_dossier",           False),
]
# fmt: on


@pytest.mark.parametrize(("role", "perm", "allowed"), CASES)
def test_a_post_administers_only_what_its_role_is_for(role: Role, perm: str, allowed: bool) -> None:
    assert officer(role).has_perm(perm) is allowed


def test_a_post_that_ended_administers_nothing() -> None:
    user = officer(Role.CATALOGUE_ADMIN)
    Post.objects.update(valid_to=date(2020, 12, 31))

    assert not user.has_module_perms("catalogue")

"""The database keeps these promises itself, whoever writes: each is broken here in raw SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.people.actions import delegate, meet_citizen, register_organisation
from motcua.people.roles import Role
from tests.people.people import AT, Tree, make_post, make_tree

pytestmark = pytest.mark.django_db

# fmt: off
BROKEN = (
    ("user_email_or_phone",        "UPDATE people_user SET email = NULL, phone = NULL"),
    ("people_user_email_",         "UPDATE people_user SET email = 'khai@vidu.vn'"),
    ("place_period",               "UPDATE people_place SET valid_to = '2000-01-01'"),
    ("place_identity",             "INSERT INTO people_place (code, name, level, valid_from) SELECT code, name, level, valid_from FROM people_place"),
    ("calendar_session_order",     "UPDATE people_calendarsession SET closes = opens"),
    ("calendar_session_weekday",   "UPDATE people_calendarsession SET weekday = 7"),
    ("calendar_day_kind",          "UPDATE people_calendarday SET kind = 'strike'"),
    ("calendar_day_once",          "UPDATE people_calendarday SET \"on\" = '2026-11-24'"),
    ("calendar_version_identity",  "INSERT INTO people_calendarversion (calendar_id, number, note) SELECT calendar_id, number, '' FROM people_calendarversion"),
    ("people_agency_code_",        "UPDATE people_agency SET code = 'H57'"),
    ("agency_period",              "UPDATE people_agency SET valid_from = '2025-07-01', valid_to = '2025-06-30'"),
    ("post_role",                  "UPDATE people_post SET role = 'emperor'"),
    ("post_period",                "UPDATE people_post SET valid_to = '2000-01-01'"),
    ("post_identity",              "INSERT INTO people_post (officer_id, unit_id, role, valid_from) SELECT officer_id, unit_id, role, valid_from FROM people_post"),
    ("delegation_period",          "UPDATE people_delegation SET ends_at = starts_at"),
    ("citizen_identity_number",    "UPDATE people_citizen SET identity_number = '04619600021x'"),
    ("people_citizen_identity_nu", "INSERT INTO people_citizen (full_name, folded_name, gender, identity_number, phone, email, address) SELECT full_name, folded_name, gender, identity_number, phone, email, address FROM people_citizen"),
    ("organisation_tax_code",      "UPDATE people_organisation SET tax_code = '12345'"),
)
# fmt: on


@pytest.fixture
def tree() -> Tree:
    tree = make_tree()
    khai = make_post("Võ Đình Khải", "khai@vidu.vn", tree.commune, Role.SIGNER)
    ve = make_post("Lê Thị Vệ", "ve@vidu.vn", tree.commune, Role.SIGNER)
    delegate(post=khai, to_officer=ve.officer, starts_at=AT, ends_at=AT.replace(hour=9), reason="Họp")
    meet_citizen(full_name="Phạm Thị Quỳnh Như", identity_number="046196000214", at=AT)
    register_organisation(name="Công ty TNHH Gốm Phước Tích", tax_code="3399900001", at=AT)
    return tree


@pytest.mark.parametrize("constraint, sql", BROKEN, ids=[constraint for constraint, _sql in BROKEN])
def test_the_database_refuses(tree: Tree, constraint: str, sql: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert constraint in str(refused.value)


PROTECTED = ("people_agency", "people_officer", "people_place", "people_user", "people_workingcalendar")


@pytest.mark.parametrize("table", PROTECTED)
def test_nothing_that_others_stand_on_is_deleted(tree: Tree, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(f"DELETE FROM {table}")

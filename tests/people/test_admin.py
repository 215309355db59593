"""The administration pages as a system administrator uses them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from motcua.people.actions import copy_calendar_version, delegate, meet_citizen, register_organisation
from motcua.people.models import (
    Agency,
    CalendarVersion,
    Citizen,
    Delegation,
    Officer,
    Organisation,
    Place,
    Post,
    User,
    WorkingCalendar,
)
from motcua.people.roles import Role
from tests.people.people import AT, TODAY, Tree, make_post, make_tree

pytestmark = pytest.mark.django_db

MODELS = (Agency, CalendarVersion, Citizen, Delegation, Officer, Organisation, Place, Post, User, WorkingCalendar)


@pytest.fixture
def tree() -> Tree:
    tree = make_tree()
    khai = make_post("Võ Đình Khải", "khai@vidu.vn", tree.commune, Role.SIGNER)
    ve = make_post("Lê Thị Vệ", "ve@vidu.vn", tree.commune, Role.SIGNER)
    delegate(post=khai, to_officer=ve.officer, starts_at=AT, ends_at=AT + timedelta(days=1), reason="Đi công tác")
    meet_citizen(full_name="Phạm Thị Quỳnh Như", identity_number="046196000214", phone="0912345371", at=AT)
    register_organisation(name="Công ty TNHH Gốm Phước Tích", tax_code="3399900001", at=AT)
    return tree


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(User.objects.create_superuser(email="quantri@vidu.vn"))
    return client


def page(model: type[Model], name: str = "changelist", *args: Any) -> str:
    return reverse(f"admin:people_{model._meta.model_name}_{name}", args=args)


def errors_in(response: HttpResponse) -> list[str]:
    form = response.context["adminform"].form  # type: ignore[attr-defined]
    return [str(error) for errors in form.errors.values() for error in errors]


def said(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def fields_of(agency: Agency, **changes: Any) -> dict[str, Any]:
    names = ("code", "name", "short_name", "type", "subject", "address", "phone")
    kept = {name: getattr(agency, name) for name in names}
    return kept | {"parent": agency.parent_id or "", "place": agency.place_id or ""} | changes


@pytest.mark.parametrize("model", MODELS)
def test_every_list_and_first_row_opens(tree: Tree, client: Client, model: type[Model]) -> None:
    row = model._default_manager.order_by("pk")[0]

    opened = [client.get(page(model)), client.get(page(model, "change", row.pk)), client.get(page(model), {"q": "a"})]

    assert [response.status_code for response in opened] == [200] * 3


@pytest.mark.parametrize("model", [model for model in MODELS if model not in (CalendarVersion, Delegation)])
def test_nothing_is_deleted_here(tree: Tree, client: Client, model: type[Model]) -> None:
    row = model._default_manager.order_by("pk")[0]

    assert client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_agencies_stand_in_the_order_of_the_tree(tree: Tree, client: Client) -> None:
    response = client.get(page(Agency))

    assert list(response.context["cl"].result_list) == [
        tree.province,
        tree.department,
        tree.commune,
        tree.centre,
        tree.division,
    ]


def test_a_moved_agency_keeps_its_path(tree: Tree, client: Client) -> None:
    response = client.post(
        page(Agency, "change", tree.division.pk), fields_of(tree.division, parent=tree.department.pk)
    )

    tree.division.refresh_from_db()
    assert response.status_code == 302
    assert tree.division.path == [tree.province.pk, tree.department.pk, tree.division.pk]


def test_a_new_agency_gets_its_path(tree: Tree, client: Client) -> None:
    new = Agency(code="H57.31.12.04", name="Phòng Văn hóa – Xã hội", short_name="Phòng VHXH", type="division")

    client.post(page(Agency, "add"), fields_of(new, parent=tree.commune.pk))

    made = Agency.objects.get(code="H57.31.12.04")
    assert made.path == [tree.province.pk, tree.commune.pk, made.pk]


def test_a_loop_is_refused_in_words(tree: Tree, client: Client) -> None:
    response = client.post(page(Agency, "change", tree.commune.pk), fields_of(tree.commune, parent=tree.division.pk))

    assert errors_in(response) == [
        "UBND phường Vỹ Dạ không thể nằm dưới chính mình. Bạn chọn một cơ quan cấp trên khác."
    ]


def test_a_last_day_closes_the_agency_with_its_posts(tree: Tree, client: Client) -> None:
    client.post(
        page(Agency, "change", tree.commune.pk),
        fields_of(tree.commune, valid_to="20/11/2026", successors=[tree.department.pk]),
    )

    tree.division.refresh_from_db()
    assert tree.division.valid_to == TODAY
    assert set(Post.objects.values_list("valid_to", flat=True)) == {TODAY}
    assert list(Agency.objects.get(pk=tree.commune.pk).successors.all()) == [tree.department]


def test_an_agency_is_not_its_own_heir(tree: Tree, client: Client) -> None:
    response = client.post(
        page(Agency, "change", tree.commune.pk),
        fields_of(tree.commune, valid_to="20/11/2026", successors=[tree.commune.pk]),
    )

    assert errors_in(response) == ["Cơ quan kế thừa phải là cơ quan khác và còn hoạt động sau ngày giải thể."]


def test_a_draft_copied_from_a_calendar_of_many_years_takes_a_new_holiday(tree: Tree, client: Client) -> None:
    draft = copy_calendar_version(version=CalendarVersion.objects.get(calendar__code="vn"))
    for year in range(2040, 2300):
        draft.days.create(on=date(year, 1, 4), kind="holiday", name="Nghỉ", source="Thử")
    before = draft.days.count()
    shown = client.get(page(CalendarVersion, "change", draft.pk))
    form = dict(shown.context["adminform"].form.initial)
    for inline in shown.context["inline_admin_formsets"]:
        rows = inline.formset
        form |= {f"{rows.management_form.prefix}-{name}": value for name, value in rows.management_form.initial.items()}
        form |= {row.add_prefix(name): row[name].value() for row in rows.initial_forms for name in row.fields}
    at = form["days-TOTAL_FORMS"]
    new = {
        "on": "15/12/2026",
        "kind": form["days-0-kind"],
        "name": "Nghỉ bão",
        "source": "Quyết định 99",
        "id": "",
        "version": draft.pk,
    }
    form |= {f"days-{at}-{name}": value for name, value in new.items()} | {"days-TOTAL_FORMS": at + 1}

    answer = client.post(
        page(CalendarVersion, "change", draft.pk), {k: "" if v is None else v for k, v in form.items()}
    )

    assert answer.status_code == 302
    assert draft.days.count() == before + 1


def test_a_published_version_is_only_shown(tree: Tree, client: Client) -> None:
    published = CalendarVersion.objects.get(calendar__code="vn")
    draft = copy_calendar_version(version=published)

    shown = [client.get(page(CalendarVersion, "change", version.pk)) for version in (published, draft)]

    assert [response.context["has_change_permission"] for response in shown] == [False, True]
    assert client.post(page(CalendarVersion, "change", published.pk), {}).status_code == 403
    assert client.post(page(CalendarVersion, "delete", published.pk), {"post": "yes"}).status_code == 403
    assert client.post(page(CalendarVersion, "delete", draft.pk), {"post": "yes"}).status_code == 302


def test_private_numbers_of_citizens_are_masked(tree: Tree, client: Client) -> None:
    nhu = Citizen.objects.get()

    text = "".join(client.get(url).text for url in (page(Citizen), page(Citizen, "change", nhu.pk)))

    assert ("046196000214" in text, "0912345371" in text) == (False, False)
    assert text.count("046196•••214") == 2


@pytest.mark.parametrize("typed, found", [("046196000214", 1), ("0912345371", 1), ("pham thi", 1), ("Hoa", 0)])
def test_citizens_are_searched_as_at_the_counter(tree: Tree, client: Client, typed: str, found: int) -> None:
    assert client.get(page(Citizen), {"q": typed}).context["cl"].result_count == found


def test_an_account_needs_something_to_sign_in_with(tree: Tree, client: Client) -> None:
    form = {
        "full_name": "Nguyễn Văn Mới",
        "usable_password": "true",
        "password1": "mot-cua-2026",
        "password2": "mot-cua-2026",
    }

    refused = client.post(page(User, "add"), form)
    made = client.post(page(User, "add"), form | {"email": "moi@vidu.vn"})

    assert errors_in(refused) == ["Tài khoản cần thư điện tử hoặc số điện thoại để đăng nhập."]
    assert made.status_code == 302
    assert User.objects.get(email="moi@vidu.vn").check_password("mot-cua-2026")

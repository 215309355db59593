"""Posts are given, ended and lent in the administration, and nobody reaches beyond their own units."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.base.words import day, local_day
from motcua.people.actions import appoint, delegate
from motcua.people.models import Agency, Delegation, Officer, Post, User
from motcua.people.roles import Role
from tests.people.people import SINCE, Tree, make_officer, make_post, make_tree

pytestmark = pytest.mark.django_db

OWN = "Bạn không tự giao vị trí cho mình được. Bạn nhờ một quản trị khác, để quyền của mỗi người luôn có người thứ hai biết."
TODAY = local_day(timezone.now())
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def tree() -> Tree:
    return make_tree()


@pytest.fixture
def unit_admin(tree: Tree) -> Post:
    """Chi administers the commune with what lies below it."""
    return make_post("Trần Thị Chi", "chi@vidu.vn", tree.commune, Role.UNIT_ADMIN)


@pytest.fixture
def client(client: Client, unit_admin: Post) -> Client:
    client.force_login(unit_admin.officer.user)
    return client


def page(model: type[Any], name: str = "changelist", *args: Any) -> str:
    return reverse(f"admin:people_{model._meta.model_name}_{name}", args=args)


def errors_in(response: HttpResponse) -> list[str]:
    form = response.context["adminform"].form  # type: ignore[attr-defined]
    return [str(error) for errors in form.errors.values() for error in errors]


def listed(client: Client, model: type[Any]) -> list[Any]:
    return list(client.get(page(model)).context["cl"].result_list)


def given(officer: Officer, unit: Agency, role: str, since: date = TODAY) -> dict[str, Any]:
    return {"officer": officer.pk, "unit": unit.pk, "role": role, "valid_from": day(since)}


def lent(post: Post, to: Officer) -> dict[str, Any]:
    times = {"starts_at_0": day(TODAY), "starts_at_1": "00:00", "ends_at_0": day(TOMORROW), "ends_at_1": "08:00"}
    return {"post": post.pk, "to_officer": to.pk, "reason": "Nghỉ phép", **times}


def test_a_unit_administrator_gives_a_post_in_their_unit(tree: Tree, client: Client) -> None:
    linh = make_officer("Hoàng Thị Mỹ Linh", "linh@vidu.vn")

    shown = client.post(page(Officer, "act", linh.pk, "giao-vi-tri"), follow=True)
    answer = client.post(page(Post, "add"), given(linh, tree.division, "specialist"))

    [post] = linh.posts.all()
    assert shown.context["adminform"].form.initial["officer"] == str(linh.pk)
    assert answer.status_code == 302
    assert (post.unit, post.role, post.valid_from) == (tree.division, "specialist", TODAY)


def test_duties_the_law_keeps_apart_are_refused_in_words(tree: Tree, client: Client) -> None:
    linh = make_post("Hoàng Thị Mỹ Linh", "linh@vidu.vn", tree.division, Role.SPECIALIST)

    answer = client.post(page(Post, "add"), given(linh.officer, tree.commune, "signer"))

    assert errors_in(answer) == [
        "Hoàng Thị Mỹ Linh đang là chuyên viên nên không thể đồng thời là lãnh đạo ký: "
        "người thẩm định, người ký và người cấp số phải khác nhau."
    ]
    assert linh.officer.posts.count() == 1


@pytest.mark.parametrize("role", ["system_admin", "supervisor", "catalogue_admin", "procedure_controller"])
def test_a_unit_administrator_gives_no_role_that_reaches_beyond_the_unit(tree: Tree, client: Client, role: str) -> None:
    linh = make_officer("Hoàng Thị Mỹ Linh", "linh@vidu.vn")

    answer = client.post(page(Post, "add"), given(linh, tree.division, role))

    assert errors_in(answer) == [f"Không có lựa chọn {role}. Bạn chọn lại trong danh sách."]
    assert not linh.posts.exists()


def test_nobody_gives_a_post_to_themselves(tree: Tree, client: Client, unit_admin: Post) -> None:
    khai = make_post("Võ Đình Khải", "khai@vidu.vn", tree.commune, Role.SIGNER)

    answers = [
        client.post(page(Post, "add"), given(unit_admin.officer, tree.commune, "signer")),
        client.post(page(Delegation, "add"), lent(khai, unit_admin.officer)),
    ]

    assert [errors_in(answer) for answer in answers] == [[OWN], [OWN]]
    assert list(unit_admin.officer.posts.all()) == [unit_admin]


def test_a_post_is_ended_on_its_page(tree: Tree, client: Client) -> None:
    linh = make_post("Hoàng Thị Mỹ Linh", "linh@vidu.vn", tree.division, Role.SPECIALIST)

    shown = client.get(page(Post, "change", linh.pk))
    answer = client.post(page(Post, "act", linh.pk, "ket-thuc"), {"ended_on": day(TOMORROW)})

    linh.refresh_from_db()
    assert [one.name for one, _address in shown.context["acts"]] == ["ket-thuc", "uy-quyen"]
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [
        f"Vị trí kết thúc sau ngày {day(TOMORROW)}."
    ]
    assert linh.valid_to == TOMORROW


def test_a_last_day_before_the_first_is_told_on_the_form(tree: Tree, client: Client) -> None:
    linh = make_post("Hoàng Thị Mỹ Linh", "linh@vidu.vn", tree.division, Role.SPECIALIST)

    answer = client.post(page(Post, "act", linh.pk, "ket-thuc"), {"ended_on": day(SINCE - timedelta(days=1))})

    assert answer.context["form"].non_field_errors() == ["Ngày kết thúc phải nằm trong thời gian giữ vị trí."]


def test_a_post_that_is_over_only_says_so(tree: Tree, client: Client) -> None:
    linh = make_officer("Hoàng Thị Mỹ Linh", "linh@vidu.vn")
    past = appoint(officer=linh, unit=tree.division, role="specialist", valid_from=SINCE, valid_to=SINCE)

    shown = client.get(page(Post, "change", past.pk))

    assert shown.context["acts"] == []
    assert str(shown.context["state"]).startswith("Vị trí này đã kết thúc")


def test_a_post_is_lent_and_the_delegation_ended_at_once(tree: Tree, client: Client) -> None:
    khai = make_post("Võ Đình Khải", "khai@vidu.vn", tree.commune, Role.SIGNER)
    ve = make_post("Lê Thị Vệ", "ve@vidu.vn", tree.commune, Role.SIGNER)

    client.post(page(Delegation, "add"), lent(khai, ve.officer))
    delegation = Delegation.objects.get()
    client.post(page(Delegation, "act", delegation.pk, "ket-thuc"), {"sure": "1"})

    before = delegation.ends_at
    delegation.refresh_from_db()
    assert (delegation.post, delegation.to_officer) == (khai, ve.officer)
    assert delegation.ends_at < before
    assert not delegation.covers(timezone.now())


def test_a_delegation_is_taken_back_only_before_it_begins(tree: Tree, client: Client) -> None:
    khai = make_post("Võ Đình Khải", "khai@vidu.vn", tree.commune, Role.SIGNER)
    ve = make_post("Lê Thị Vệ", "ve@vidu.vn", tree.commune, Role.SIGNER)
    now, one_day = timezone.now(), timedelta(days=1)
    begun, coming = (
        delegate(post=khai, to_officer=ve.officer, starts_at=start, ends_at=now + 2 * one_day, reason="Đi công tác")
        for start in (now - one_day, now + one_day)
    )

    answers = [client.post(page(Delegation, "delete", row.pk), {"post": "yes"}).status_code for row in (begun, coming)]

    assert answers == [403, 302]
    assert list(Delegation.objects.all()) == [begun]


# --- what is outside a unit administrator's units


@pytest.fixture
def elsewhere(tree: Tree) -> Post:
    """Somebody of a department, which lies beside the commune."""
    return make_post("Nguyễn Văn Nơi Khác", "noikhac@vidu.vn", tree.department, Role.SIGNER)


def test_a_unit_administrator_sees_their_units_and_below(tree: Tree, client: Client, elsewhere: Post) -> None:
    own = make_post("Hoàng Thị Mỹ Linh", "linh@vidu.vn", tree.division, Role.SPECIALIST)
    new = make_officer("Lê Mới", "moi@vidu.vn")
    chi = Post.objects.get(role="unit_admin")

    assert listed(client, Agency) == [tree.commune, tree.centre, tree.division]
    assert listed(client, Post) == [chi, own]
    assert set(listed(client, Officer)) == {chi.officer, own.officer, new}


def test_what_is_elsewhere_is_not_opened_by_its_address(tree: Tree, client: Client, elsewhere: Post) -> None:
    delegation = delegate(
        post=elsewhere,
        to_officer=make_officer("Lê Mới", "moi@vidu.vn"),
        starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(days=1),
        reason="Đi công tác",
    )
    rows = (tree.department, elsewhere.officer, elsewhere, delegation)

    for row in rows:
        for name in ("change", "history"):
            answer = client.get(page(type(row), name, row.pk), follow=True)
            assert answer.redirect_chain == [("/quan-tri/", 302)]
    pressed = [client.post(page(Post, "act", elsewhere.pk, name)).status_code for name in ("ket-thuc", "uy-quyen")]
    ended = client.post(page(Delegation, "act", delegation.pk, "ket-thuc")).status_code

    assert (*pressed, ended) == (404, 404, 404)


def test_no_post_is_given_nor_lent_elsewhere_by_a_form_made_by_hand(
    tree: Tree, client: Client, elsewhere: Post
) -> None:
    linh = make_officer("Hoàng Thị Mỹ Linh", "linh@vidu.vn")
    outside = "Không chọn được mục này: không có, hoặc ngoài phần bạn quản trị. Bạn chọn lại trong danh sách."

    answers = [
        client.post(page(Post, "add"), given(linh, tree.department, "specialist")),
        client.post(page(Post, "add"), given(elsewhere.officer, tree.commune, "specialist")),
        client.post(page(Delegation, "add"), lent(elsewhere, linh)),
    ]

    assert [errors_in(answer) for answer in answers] == [[outside]] * 3
    assert (linh.posts.count(), elsewhere.officer.posts.count(), Delegation.objects.count()) == (0, 1, 0)


def test_suggestions_name_nobody_from_elsewhere(client: Client, elsewhere: Post) -> None:
    asked = {"app_label": "people", "model_name": "post", "field_name": "officer", "term": "nguyen van noi khac"}

    assert client.get(reverse("admin:autocomplete"), asked).json()["results"] == []


def test_a_post_in_the_unit_that_reaches_beyond_it_is_not_the_unit_administrators(tree: Tree, client: Client) -> None:
    thanh = make_post("Hồ Kim Thành", "thanh@vidu.vn", tree.commune, Role.SYSTEM_ADMIN)

    assert client.post(page(Post, "act", thanh.pk, "ket-thuc"), {"ended_on": day(TODAY)}).status_code == 404
    assert thanh not in listed(client, Post)


def test_a_unit_administrator_changes_of_an_agency_only_what_it_decides_itself(tree: Tree, client: Client) -> None:
    sent = {"name": "UBND khác", "short_name": "UBND Vỹ Dạ", "phone": "0234", "address": "1 Nguyễn Sinh Cung", "valid_to": day(TODAY)}  # fmt: skip

    client.post(page(Agency, "change", tree.commune.pk), sent)

    kept = Agency.objects.get(pk=tree.commune.pk)
    assert (kept.name, kept.valid_to) == (tree.commune.name, None)
    assert (kept.short_name, kept.phone) == ("UBND Vỹ Dạ", "0234")


@pytest.mark.parametrize("address", ["people/user/", "people/citizen/", "people/place/", "catalogue/procedure/", "notices/sending/"])  # fmt: skip
def test_other_tables_are_closed_to_a_unit_administrator(client: Client, address: str) -> None:
    assert client.get(f"/quan-tri/{address}").status_code == 403


# --- the door


def test_the_door_is_the_programs_own(tree: Tree) -> None:
    answer = Client().get("/quan-tri/people/post/", follow=True)

    assert answer.redirect_chain[-1] == ("/dang-nhap/?next=%2Fquan-tri%2Fpeople%2Fpost%2F", 302)


def test_who_administers_nothing_is_told_so(tree: Tree) -> None:
    browser = Client()
    browser.force_login(make_post("Trần Quốc Bình", "binh@vidu.vn", tree.centre, Role.RECEPTIONIST).officer.user)

    answer = browser.get("/quan-tri/", follow=True)

    assert (answer.status_code, "Bạn không có quyền xem trang này" in answer.content.decode()) == (403, True)


def test_the_administration_lists_only_our_own_tables(client: Client) -> None:
    client.force_login(User.objects.create_superuser(email="toanquyen@vidu.vn"))

    apps = {app["app_label"] for app in client.get("/quan-tri/").context["app_list"]}

    assert apps == {"people", "catalogue", "documents", "notices"}


# --- accounts


def test_a_system_administrator_makes_no_superuser(tree: Tree) -> None:
    browser = Client()
    thanh = make_post("Hồ Kim Thành", "thanh@vidu.vn", tree.province, Role.SYSTEM_ADMIN).officer.user
    above = User.objects.create_superuser(email="toanquyen@vidu.vn", password="mot-cua-2026")
    browser.force_login(thanh)
    new = {"usable_password": "true", "password1": "chiem-quyen-2026", "password2": "chiem-quyen-2026"}

    browser.post(page(User, "change", thanh.pk), {"email": thanh.email, "is_active": "on", "is_superuser": "on"})
    taken = browser.post(reverse("admin:auth_user_password_change", args=[above.pk]), new)

    thanh.refresh_from_db()
    above.refresh_from_db()
    assert (thanh.is_superuser, taken.status_code) == (False, 403)
    assert above.check_password("mot-cua-2026")


def test_a_system_administrator_gives_a_new_password(tree: Tree) -> None:
    browser = Client()
    browser.force_login(make_post("Hồ Kim Thành", "thanh@vidu.vn", tree.province, Role.SYSTEM_ADMIN).officer.user)
    linh = make_officer("Hoàng Thị Mỹ Linh", "linh@vidu.vn").user
    new = {"usable_password": "true", "password1": "mat-khau-moi-2026", "password2": "mat-khau-moi-2026"}

    browser.post(reverse("admin:auth_user_password_change", args=[linh.pk]), new)

    linh.refresh_from_db()
    assert linh.check_password("mat-khau-moi-2026")


def test_the_desks_menu_leads_there_whoever_administers(tree: Tree, client: Client) -> None:
    other = Client()
    other.force_login(make_post("Trần Quốc Bình", "binh@vidu.vn", tree.centre, Role.RECEPTIONIST).officer.user)

    menus = [browser.get("/ban-lam-viec/").content.decode() for browser in (client, other)]

    assert ['href="/quan-tri/"' in menu for menu in menus] == [True, False]

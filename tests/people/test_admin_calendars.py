"""A calendar gets its next version in the administration: drafted, edited, published from a day on."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.base.words import day, local_day, moment, start_of
from motcua.people.actions import copy_calendar_version, publish_calendar_version
from motcua.people.models import Agency, CalendarDay, CalendarVersion, Post, WorkingCalendar
from motcua.people.queries import agencies_keeping, calendar_version_for
from motcua.people.roles import Role
from tests.people.people import Tree, make_post, make_tree

pytestmark = pytest.mark.django_db

TODAY = local_day(timezone.now())
SOON = TODAY + timedelta(days=3)


@pytest.fixture
def tree() -> Tree:
    return make_tree()


@pytest.fixture
def system_admin(tree: Tree) -> Post:
    return make_post("Hồ Kim Thành", "thanh@vidu.vn", tree.province, Role.SYSTEM_ADMIN)


@pytest.fixture
def client(client: Client, system_admin: Post) -> Client:
    client.force_login(system_admin.officer.user)
    return client


@pytest.fixture
def national(tree: Tree) -> WorkingCalendar:
    return WorkingCalendar.objects.get(code="vn")


def page(model: type[Any], name: str, *args: Any) -> str:
    return reverse(f"admin:people_{model._meta.model_name}_{name}", args=args)


def rows_of(client: Client, version: CalendarVersion) -> dict[str, Any]:
    """Return the draft's page as its form would be sent back unchanged."""
    shown = client.get(page(CalendarVersion, "change", version.pk))
    sent = dict(shown.context["adminform"].form.initial)
    for inline in shown.context["inline_admin_formsets"]:
        rows = inline.formset
        sent |= {f"{rows.management_form.prefix}-{name}": value for name, value in rows.management_form.initial.items()}
        sent |= {row.add_prefix(name): row[name].value() for row in rows.initial_forms for name in row.fields}
    return {name: "" if value is None else value for name, value in sent.items()}


def with_day(sent: dict[str, Any], version: CalendarVersion, **new: str) -> dict[str, Any]:
    at = sent["days-TOTAL_FORMS"]
    row = {"id": "", "version": version.pk, "source": "Quyết định 99", **new}
    return sent | {f"days-{at}-{name}": value for name, value in row.items()} | {"days-TOTAL_FORMS": at + 1}


def test_a_make_up_saturday_and_other_hours_count_from_the_day_chosen(
    tree: Tree, client: Client, national: WorkingCalendar
) -> None:
    client.post(page(WorkingCalendar, "act", national.pk, "soan-phien-ban"))
    draft = national.versions.get(published_at=None)
    sent = with_day(rows_of(client, draft), draft, on="19/12/2026", kind="make_up", name="Làm bù")
    client.post(page(CalendarVersion, "change", draft.pk), sent | {"sessions-0-closes": "11:00", "note": "QĐ 99"})

    answer = client.post(page(CalendarVersion, "act", draft.pk, "cong-bo"), {"valid_from": day(SOON)})

    draft.refresh_from_db()
    assert (draft.number, draft.note, draft.published_at) == (2, "QĐ 99", start_of(SOON))
    assert draft.days.get(on=date(2026, 12, 19)).kind == CalendarDay.Kind.MAKE_UP
    assert draft.sessions.order_by("weekday", "opens")[0].closes == time(11)
    assert [str(message) for message in get_messages(answer.wsgi_request)][-1] == (
        f"{draft}: từ {moment(start_of(SOON))}."
    )
    counted = [calendar_version_for(tree.division, start_of(SOON) - timedelta(seconds=past)) for past in (1, 0)]
    assert [version.number for version in counted] == [1, 2]


def test_a_version_says_from_when_to_when_it_counts_and_who_keeps_the_calendar(
    client: Client, national: WorkingCalendar
) -> None:
    first = national.versions.get()
    draft = copy_calendar_version(version=first)
    publish_calendar_version(version=draft, at=timezone.now(), valid_from=SOON)

    text = client.get(page(CalendarVersion, "change", first.pk)).content.decode()

    assert f"từ 00:00 thứ Ba 01/07/2025 đến {moment(start_of(SOON))}" in text
    assert "UBND thành phố Huế; cùng 4 đơn vị bên dưới không có lịch riêng" in text
    assert "Phiên bản đã công bố thì đóng băng" in text


def test_an_agency_with_a_calendar_of_its_own_does_not_keep_the_one_above(tree: Tree) -> None:
    saturday = WorkingCalendar.objects.get(code="vn-thu-bay")
    Agency.objects.filter(pk=tree.commune.pk).update(calendar=saturday)

    kept = {calendar.code: agencies_keeping(calendar, TODAY) for calendar in WorkingCalendar.objects.all()}

    assert kept == {"vn": ([tree.province], 1), "vn-thu-bay": ([tree.commune], 2)}


@pytest.mark.parametrize(
    "days, told",
    [
        (-1, "Lịch chỉ tính được từ hôm nay trở đi: hạn của những ngày qua đã hẹn rồi. Bạn chọn ngày khác."),
        (2, f"Phiên bản 2 đã công bố để tính từ {day(SOON)}. Phiên bản sau phải tính từ ngày đó trở đi."),
    ],
)
def test_a_day_that_cannot_be_is_told_on_the_form(
    client: Client, national: WorkingCalendar, days: int, told: str
) -> None:
    second = copy_calendar_version(version=national.versions.get())
    publish_calendar_version(version=second, at=timezone.now(), valid_from=SOON)
    third = copy_calendar_version(version=second)

    sent = {"valid_from": day(TODAY + timedelta(days=days))}
    answer = client.post(page(CalendarVersion, "act", third.pk, "cong-bo"), sent)

    assert answer.context["form"].non_field_errors() == [told]
    third.refresh_from_db()
    assert third.published_at is None


def test_a_day_written_twice_is_told_and_nothing_is_saved(client: Client, national: WorkingCalendar) -> None:
    draft = copy_calendar_version(version=national.versions.get())
    taken = draft.days.filter(on__year=TODAY.year).order_by("-on")[0]
    sent = with_day(rows_of(client, draft), draft, on=day(taken.on), kind="swap", name="Hoán đổi")

    answer = client.post(page(CalendarVersion, "change", draft.pk), sent)

    days = answer.context["inline_admin_formsets"][1].formset
    assert list(days.non_form_errors()) == ["Có hai dòng ghi trùng nhau, chưa có gì được lưu. Bạn bỏ bớt một dòng."]
    assert draft.days.filter(name="Hoán đổi").count() == 0


def test_a_published_version_leads_to_the_next_draft_and_a_second_press_to_the_same(
    client: Client, national: WorkingCalendar
) -> None:
    first = national.versions.get()
    address = page(CalendarVersion, "act", first.pk, "soan-phien-ban")

    answers = [client.post(address)["Location"] for _press in range(2)]

    draft = national.versions.get(number=2)
    assert answers == [page(CalendarVersion, "change", draft.pk)] * 2
    assert draft.sessions.count() == first.sessions.count()


def test_a_new_calendar_begins_as_a_draft_copied_from_another(client: Client, national: WorkingCalendar) -> None:
    client.post(page(WorkingCalendar, "add"), {"code": "vy-da", "name": "Lịch Vỹ Dạ", "like": national.pk})

    draft = CalendarVersion.objects.get(calendar__code="vy-da")
    assert (draft.number, draft.published_at, draft.sessions.count()) == (1, None, 10)
    assert draft.days.count() == national.versions.get().days.count()


# --- a unit's administrator


@pytest.fixture
def chi(tree: Tree) -> Client:
    """Chi administers the commune, which keeps the province's calendar."""
    browser = Client()
    browser.force_login(make_post("Trần Thị Chi", "chi@vidu.vn", tree.commune, Role.UNIT_ADMIN).officer.user)
    return browser


def test_a_calendar_others_keep_is_only_shown_to_a_unit_administrator(chi: Client, national: WorkingCalendar) -> None:
    draft = copy_calendar_version(version=national.versions.get())
    changing = [
        page(CalendarVersion, "change", draft.pk),
        page(CalendarVersion, "delete", draft.pk),
        page(WorkingCalendar, "change", national.pk),
    ]

    answers = [chi.post(address, {"post": "yes", "name": "Khác"}).status_code for address in changing]
    pressed = chi.post(page(CalendarVersion, "act", draft.pk, "cong-bo"), {"valid_from": day(SOON)})

    assert answers == [403, 403, 403]
    assert pressed.status_code == 302
    draft.refresh_from_db()
    assert draft.published_at is None


def test_a_unit_administrator_gives_the_unit_a_calendar_of_its_own(
    tree: Tree, chi: Client, national: WorkingCalendar
) -> None:
    chi.post(page(WorkingCalendar, "add"), {"code": "vy-da", "name": "Lịch Vỹ Dạ", "like": national.pk})
    draft = CalendarVersion.objects.get(calendar__code="vy-da")
    chi.post(page(CalendarVersion, "act", draft.pk, "cong-bo"), {"valid_from": day(TODAY)})
    sent = {"short_name": "UBND Vỹ Dạ", "calendar": draft.calendar_id, "phone": "", "address": ""}
    chi.post(page(Agency, "change", tree.commune.pk), sent)

    tree.division.refresh_from_db()
    assert calendar_version_for(tree.division, timezone.now()).calendar.code == "vy-da"

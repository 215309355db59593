"""Absence at the desk: who lends which post to whom, seen and ended; what nobody holds is listed for the head."""

from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from motcua.base.words import day, local_day, start_of
from motcua.dossiers.models import Dossier
from motcua.people.actions import end_post
from motcua.people.models import Agency, Delegation, Post
from motcua.people.roles import Role
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import DESK, said, words
from tests.world import World, _post

pytestmark = pytest.mark.django_db
PAGE = f"{DESK}vang-mat/"


@pytest.fixture
def colleague(world: World) -> Post:
    return _post("Ngô Thị Bên Cạnh", world.division, Role.SPECIALIST)


def page(browser: Client, query: str = "") -> str:
    return words(browser.get(PAGE + query))  # type: ignore[arg-type]


def lend(browser: Client, post: Post, deputy: Post, now: datetime, **other: object) -> HttpResponse:
    today = local_day(now)
    said = {"vi-tri": post.pk, "to": deputy.officer_id, "first": day(today), "last": day(today + timedelta(days=3))}
    return browser.post(PAGE, {**said, "reason": "Nghỉ phép", **other})  # type: ignore[return-value]


def test_an_officer_lends_their_post_and_the_work_shows_up_with_the_deputy(
    world: World, colleague: Post, working: Dossier, sign_in: SignIn, now: datetime
) -> None:
    own = _post("Phan Văn Vắng", world.division, Role.DIVISION_HEAD)
    world.posts["head"] = own

    lend(sign_in("head"), own, world.posts["specialist"], now)

    loan = Delegation.objects.get()
    assert (loan.post, loan.to_officer, loan.made_by) == (own, world.posts["specialist"].officer, own.officer)
    assert loan.ends_at == start_of(local_day(now) + timedelta(days=4))
    assert "Bạn đang làm thay Phan Văn Vắng · Lãnh đạo phòng" in page(sign_in("specialist"))
    assert "Giao cho…" in words(sign_in("specialist").get(DESK))  # type: ignore[arg-type]


def test_the_head_lends_a_colleagues_post_and_ends_it(
    world: World, colleague: Post, sign_in: SignIn, now: datetime
) -> None:
    browser = sign_in("division_head")
    lend(browser, world.posts["specialist"], colleague, now)
    shown = page(browser)
    loan = Delegation.objects.get()

    browser.post(f"{PAGE}{loan.pk}/ket-thuc/")

    loan.refresh_from_db()
    assert "Hoàng Thị Mỹ Linh · Chuyên viên Ngô Thị Bên Cạnh" in shown
    assert "đang thay" in shown
    assert (loan.ended_by, loan.ends_at <= datetime.now(tz=now.tzinfo)) == (world.posts["division_head"].officer, True)
    assert "đã hết" in page(browser)


def test_a_post_of_the_ward_itself_is_lent_within_the_ward_though_it_lies_under_the_city(
    world: World, sign_in: SignIn
) -> None:
    city = Agency.objects.create(code="H57", name="UBND thành phố Huế", short_name="UBND thành phố", type="province")
    city.path = [city.pk]
    city.save(update_fields=["path"])
    for agency in Agency.objects.exclude(pk=city.pk):
        Agency.objects.filter(pk=agency.pk).update(path=[city.pk, *agency.path])
    Agency.objects.filter(pk__in=[world.commune.pk, world.elsewhere.pk]).update(parent=city)

    form = page(sign_in("signer"), f"?vi-tri={world.posts['signer'].pk}")

    assert "Lê Đức Hải" in form, "who heads a division of the ward"
    assert "Đỗ Văn Nơi Khác" not in form


def test_a_loan_not_begun_is_taken_back(world: World, colleague: Post, sign_in: SignIn, now: datetime) -> None:
    browser, soon = sign_in("specialist"), local_day(now) + timedelta(days=2)
    lend(browser, world.posts["specialist"], colleague, now, first=day(soon), last=day(soon))

    browser.post(f"{PAGE}{Delegation.objects.get().pk}/ket-thuc/")

    assert not Delegation.objects.exists()
    assert "Đã bỏ lần cho mượn chưa bắt đầu" in " ".join(said(browser, PAGE))


def test_only_those_the_law_lets_stand_in_are_offered(world: World, colleague: Post, sign_in: SignIn) -> None:
    own = page(sign_in("specialist"), f"?vi-tri={world.posts['specialist'].pk}")
    signers = page(sign_in("signer"), f"?vi-tri={world.posts['signer'].pk}")

    assert "Ngô Thị Bên Cạnh · Chuyên viên" in own
    assert "Võ Đình Khải" not in own  # who signs does not appraise
    assert "Lê Đức Hải · Lãnh đạo phòng" in signers
    assert "Hoàng Thị Mỹ Linh · Chuyên viên" not in signers


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"first": "32/11/2026"}, "Ngày này chưa đọc được. Hãy viết như 20/11/2026."),
        ({"first": "01/01/2020"}, "Ngày 01/01/2020 đã qua."),
        ({"last": "01/01/2020"}, "Ngày cuối đứng trước ngày đầu."),
        ({"to": ""}, "Bạn chưa chọn “Người làm thay”"),
        ({"reason": ""}, "Bạn chưa điền “Lý do”"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lent(
    typed: dict[str, str], sentence: str, world: World, colleague: Post, sign_in: SignIn, now: datetime
) -> None:
    response = lend(sign_in("specialist"), world.posts["specialist"], colleague, now, **typed)

    assert sentence in words(response)
    assert not Delegation.objects.exists()


def test_a_loan_beyond_the_end_of_the_post_is_refused_in_words(
    world: World, colleague: Post, sign_in: SignIn, now: datetime
) -> None:
    post = world.posts["specialist"]
    end_post(post=post, ended_on=local_day(now) + timedelta(days=1))

    response = lend(sign_in("specialist"), post, colleague, now)

    assert "Thời gian ủy quyền phải nằm trong thời gian người ủy quyền giữ vị trí." in words(response)


def test_nobody_lends_a_post_of_others_or_ends_their_loans(
    world: World, colleague: Post, sign_in: SignIn, now: datetime, earlier: Moment
) -> None:
    loan = Delegation.objects.create(
        post=world.posts["specialist"],
        to_officer=colleague.officer,
        starts_at=earlier(60),
        ends_at=earlier(-60),
        reason="x",
    )
    browser = sign_in("clerk")

    assert lend(browser, world.posts["specialist"], colleague, now).status_code == 404
    assert browser.post(f"{PAGE}{loan.pk}/ket-thuc/").status_code == 404


def test_a_deputy_does_not_lend_on_what_was_lent_to_them(
    world: World, sign_in: SignIn, colleague: Post, now: datetime, earlier: Moment
) -> None:
    Delegation.objects.create(
        post=world.posts["division_head"], to_officer=world.posts["specialist"].officer, starts_at=earlier(60),
        ends_at=earlier(-600), reason="Đi họp",
    )  # fmt: skip

    assert lend(sign_in("specialist"), world.posts["division_head"], colleague, now).status_code == 404
    assert lend(sign_in("specialist"), colleague, world.posts["specialist"], now).status_code == 404


def test_what_nobody_holds_is_listed_for_the_head_who_gives_it_away(
    world: World, colleague: Post, working: Dossier, sign_in: SignIn, now: datetime
) -> None:
    head = sign_in("division_head")
    before = page(head)
    for post in (world.posts["specialist"], colleague):
        end_post(post=post, ended_on=local_day(now) - timedelta(days=1))

    after = page(head)

    assert "Mọi việc đang chạy đều có người giữ." in before
    assert "1 hồ sơ đứng ở vị trí không còn người." in after
    assert f"{working.code} Xây nhà ở riêng lẻ Nguyễn Hoài An Thẩm định · " in after
    assert "Không ai giữ vị trí chuyên viên ở đây" in after
    assert "không còn ai giữ" not in page(sign_in("clerk"))


def test_a_session_that_ended_keeps_what_was_filled_in(world: World, colleague: Post, now: datetime) -> None:
    browser = Client()
    lend(browser, world.posts["specialist"], colleague, now, reason="Đi học ở Hà Nội")
    browser.force_login(world.posts["specialist"].officer.user)

    shown = browser.get(PAGE).content.decode()

    assert "Những gì bạn điền vẫn còn; bạn xem lại rồi bấm." in shown
    assert 'value="Đi học ở Hà Nội"' in shown
    assert not Delegation.objects.exists()

import html
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.core.internal.ratelimit import parse_rates
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from pytest_django import Settings

from motcua.people.actions import register_citizen
from motcua.people.demo_accounts import PASSWORD as DEMO_PASSWORD
from motcua.people.models import Citizen, Officer, User
from motcua.web.shared.sign_in import LOCKED_MINUTES, WRONG

PASSWORD = "trời xanh mây trắng"


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"trang {request.path}")


portal = ([path("", page, name="home"), path("ho-so/", page, name="my_dossiers")], "portal")
desk = ([path("ban-lam-viec/", page, name="inbox")], "desk")
urlpatterns = [path("", include(portal)), path("", include(desk)), path("", include("motcua.web.shared.urls"))]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def an(**contact: str) -> User:
    user = User.objects.create_user(full_name="Nguyễn Hoài An", password=PASSWORD, **contact)
    register_citizen(
        user=user,
        full_name="Nguyễn Hoài An",
        phone=contact.get("phone", ""),
        email=contact.get("email", ""),
        at=timezone.now(),
    )
    return user


def sign_in(browser: Client, login: str, password: str = PASSWORD) -> HttpResponse:
    return browser.post("/dang-nhap/", {"login": login, "password": password})  # type: ignore[return-value]


def sign_up(browser: Client, **answers: str) -> HttpResponse:
    said = {"full_name": "Nguyễn Hoài An", "phone": "", "email": "", "password1": PASSWORD} | answers
    return browser.post("/dang-ky/", said)  # type: ignore[return-value]


def words(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def signed_in_as(browser: Client) -> str | None:
    return browser.session.get("_auth_user_id")


@pytest.mark.parametrize("written", ["0912345371", "0912 345 371", "+84 912 345 371", "84-912-345-371"])
def test_a_phone_signs_in_however_it_is_written(client: Client, written: str) -> None:
    user = an(phone="0912345371")

    response = sign_in(client, written)

    assert response["Location"] == "/sau-dang-nhap/"
    assert signed_in_as(client) == str(user.pk)


def test_an_email_signs_in_in_any_case(client: Client) -> None:
    user = an(email="an@vidu.vn")

    sign_in(client, "An@ViDu.vn")

    assert signed_in_as(client) == str(user.pk)


def test_the_page_one_came_from_opens_after_sign_in(client: Client) -> None:
    an(phone="0912345371")

    response = client.post("/dang-nhap/", {"login": "0912345371", "password": PASSWORD, "next": "/ho-so/"})

    assert response["Location"] == "/ho-so/"


@pytest.mark.parametrize("login", ["0912345371", "an@vidu.vn", "không phải gì cả"])
def test_a_wrong_password_does_not_say_which_part_was_wrong(client: Client, login: str) -> None:
    an(phone="0912345371", email="an@vidu.vn")

    response = sign_in(client, login, "sai mật khẩu rồi")

    assert "Số điện thoại, thư điện tử hoặc mật khẩu chưa đúng." in words(response)
    assert signed_in_as(client) is None


def test_too_many_wrong_passwords_lock_the_account_and_say_how_long(client: Client) -> None:
    an(phone="0912345371")
    for _ in range(5):
        sign_in(client, "0912345371", "sai mật khẩu rồi")

    response = sign_in(client, "+84912345371")

    assert f"hãy chờ {LOCKED_MINUTES} phút rồi thử lại" in words(response)
    assert signed_in_as(client) is None


def test_wrong_passwords_for_one_phone_do_not_lock_another(client: Client) -> None:
    an(phone="0912345371")
    for _ in range(5):
        sign_in(client, "0987654321", "sai mật khẩu rồi")

    sign_in(client, "0912345371")

    assert signed_in_as(client) is not None


def test_the_wait_that_is_told_is_the_wait_that_is_kept(settings: Settings) -> None:
    longest = max(rate.duration for rate in parse_rates(settings.ACCOUNT_RATE_LIMITS["login_failed"]))

    assert longest == LOCKED_MINUTES * 60


def test_a_locked_out_account_says_whom_to_ask(client: Client) -> None:
    user = an(phone="0912345371")
    user.is_active = False
    user.save()

    response = client.get(sign_in(client, "0912345371")["Location"])

    assert "Tài khoản đang bị khóa" in words(response)


def test_signing_up_by_phone_makes_the_account_and_its_citizen(client: Client) -> None:
    response = sign_up(client, full_name="  Nguyễn  Hoài An ", phone="+84 912 345 371")

    citizen = Citizen.objects.get()
    assert response["Location"] == "/sau-dang-nhap/"
    assert signed_in_as(client) == str(citizen.user_id)
    assert (citizen.full_name, citizen.phone, citizen.email) == ("Nguyễn Hoài An", "0912345371", "")
    assert citizen.user is not None
    assert (citizen.user.full_name, citizen.user.phone, citizen.user.email) == ("Nguyễn Hoài An", "0912345371", None)


def test_signing_up_by_email_alone_is_enough(client: Client) -> None:
    sign_up(client, email="An@ViDu.vn")

    user = User.objects.get()
    assert (user.phone, user.email) == (None, "an@vidu.vn")
    assert signed_in_as(client) == str(user.pk)


@pytest.mark.parametrize(
    "answers, told",
    [
        ({}, "Bạn điền số điện thoại, hoặc thư điện tử nếu không có điện thoại."),
        ({"phone": "12345"}, "Số điện thoại có 10 chữ số"),
        ({"phone": "0912345371"}, "Số điện thoại này đã có tài khoản."),
        ({"email": "an@vidu.vn"}, "Thư điện tử này đã có tài khoản."),
        ({"phone": "0987654321", "full_name": " "}, "Bạn chưa điền “Họ và tên”"),
        ({"phone": "0987654321", "full_name": "1 2"}, "Họ và tên còn thiếu."),
        ({"phone": "0987654321", "password1": "1234567"}, "Mật khẩu"),
    ],
)
def test_a_bad_answer_is_told_beside_its_field_and_nothing_is_made(
    client: Client, answers: dict[str, str], told: str
) -> None:
    an(phone="0912345371", email="an@vidu.vn")

    response = sign_up(client, **answers)

    assert told in words(response)
    assert User.objects.count() == 1
    assert signed_in_as(client) is None


@pytest.mark.django_db(transaction=True)
def test_pressing_the_button_twice_makes_one_account(client: Client) -> None:
    with ThreadPoolExecutor(2) as presses:
        codes = sorted(presses.map(sign_up_in_a_thread, ["0912345371"] * 2))

    assert User.objects.count() == Citizen.objects.count() == 1
    assert codes == [200, 302]


def sign_up_in_a_thread(phone: str) -> int:
    try:
        return sign_up(Client(), phone=phone).status_code
    finally:
        connections.close_all()


def test_a_citizen_lands_at_their_dossiers(client: Client) -> None:
    client.force_login(an(phone="0912345371"))

    assert client.get("/sau-dang-nhap/")["Location"] == "/ho-so/"


def test_an_officer_lands_at_the_desk(client: Client) -> None:
    user = User.objects.create_user(email="binh@vidu.vn", password=PASSWORD, full_name="Trần Quốc Bình")
    Officer.objects.create(user=user, full_name="Trần Quốc Bình")
    client.force_login(user)

    assert client.get("/sau-dang-nhap/")["Location"] == "/ban-lam-viec/"


def test_signing_out_needs_a_press_of_the_button(client: Client) -> None:
    client.force_login(an(phone="0912345371"))

    asked = client.get("/dang-xuat/")
    client.post("/dang-xuat/")

    assert "Ở lại" in words(asked)
    assert signed_in_as(client) is None


def test_a_forgotten_password_is_replaced_by_the_link_in_the_letter(client: Client) -> None:
    user = an(email="an@vidu.vn")
    client.post("/quen-mat-khau/", {"email": "an@vidu.vn"})
    link = re.search(r"http://testserver(/quen-mat-khau/\S+)", mail.outbox[0].body)
    assert link
    form = client.get(link[1])["Location"]

    client.post(form, {"password1": "mật khẩu mới tinh", "password2": "mật khẩu mới tinh"})

    assert mail.outbox[0].subject == "Chọn mật khẩu mới cho tài khoản dịch vụ công"
    user.refresh_from_db()
    assert user.check_password("mật khẩu mới tinh")


def test_the_link_works_once(client: Client) -> None:
    an(email="an@vidu.vn")
    client.post("/quen-mat-khau/", {"email": "an@vidu.vn"})
    link = re.search(r"http://testserver(/quen-mat-khau/\S+)", mail.outbox[0].body)
    assert link
    client.post(client.get(link[1])["Location"], {"password1": PASSWORD + "!", "password2": PASSWORD + "!"})

    response = Client().get(link[1])

    assert "Liên kết này đã dùng hoặc đã hết hạn." in words(response)


def test_an_unknown_address_gets_a_letter_and_the_page_tells_nothing(client: Client) -> None:
    response = client.post("/quen-mat-khau/", {"email": "la@vidu.vn"}, follow=True)

    assert "Nếu địa chỉ ấy có tài khoản, thư đã được gửi đi." in words(response)
    assert [letter.subject for letter in mail.outbox] == ["Địa chỉ thư này chưa có tài khoản dịch vụ công"]


def test_changing_the_password_needs_the_present_one_and_two_equal_new_ones(client: Client) -> None:
    client.force_login(an(phone="0912345371"))

    response = client.post(
        "/tai-khoan/mat-khau/", {"oldpassword": "sai", "password1": "một mật khẩu", "password2": "hai mật khẩu"}
    )

    assert "Mật khẩu hiện tại chưa đúng." in words(response)
    assert "Hai lần nhập mật khẩu mới chưa giống nhau." in words(response)


def test_only_the_demo_lists_whom_to_sign_in_as(client: Client, settings: Settings) -> None:
    User.objects.create_user(email="an@demo.motcua.vn", password=PASSWORD, full_name="Nguyễn Hoài An")

    settings.DEMO = True
    shown = words(client.get("/dang-nhap/"))
    settings.DEMO = False
    hidden = words(client.get("/dang-nhap/"))

    assert f"Mật khẩu chung: {DEMO_PASSWORD}" in shown
    assert "an@demo.motcua.vn" in shown
    assert DEMO_PASSWORD not in hidden
    assert "demo.motcua.vn" not in hidden


@pytest.mark.parametrize("page", ["/dang-nhap/", "/dang-ky/", "/quen-mat-khau/"])
def test_no_english_is_left_on_the_pages(client: Client, page: str) -> None:
    assert (
        re.findall(
            r"\b(?:password|email address|sign in|sign up|phone|remember|forgot)\b", words(client.get(page)), re.I
        )
        == []
    )


@pytest.mark.django_db(transaction=True)
def test_wrong_passwords_sent_at_once_are_counted_one_by_one() -> None:
    an(phone="0912345371")

    with ThreadPoolExecutor(6) as crowd:
        answers = list(crowd.map(guess_in_a_thread, range(12)))

    assert 1 <= sum(str(WRONG) in answer for answer in answers) <= 5  # ACCOUNT_RATE_LIMITS, per account


def guess_in_a_thread(number: int) -> str:
    try:
        return html.unescape(sign_in(Client(), "0912345371", f"mật khẩu đoán {number}").content.decode())
    finally:
        connections.close_all()


def test_whoever_is_asked_to_sign_in_is_told_why_and_led_back(client: Client) -> None:
    told = "Trang bạn mở cần đăng nhập."

    asked = client.get("/dang-nhap/", {"next": "/ho-so/"}).content.decode()

    assert told in asked
    assert '<input type="hidden" name="next" value="/ho-so/">' in asked
    assert told not in client.get("/dang-nhap/").content.decode()


def test_a_sign_up_with_a_common_password_says_what_is_kept_and_what_to_type_again(client: Client) -> None:
    page = html.unescape(sign_up(client, phone="0912345371", password1="1234567890").content.decode())

    assert "Hãy chọn mật khẩu khó đoán hơn, ví dụ ghép ba từ không liên quan." in page
    assert "Những gì bạn đã nhập vẫn được giữ, trừ mật khẩu: vì an toàn, bạn gõ lại mật khẩu." in page
    assert 'value="0912345371"' in page


def test_signing_out_may_lead_on_to_signing_in_as_somebody_else(client: Client) -> None:
    client.force_login(an(phone="0912345371"))
    there = "/dang-nhap/?next=/ho-so/"

    asked = html.unescape(client.get("/dang-xuat/", {"next": there}).content.decode())

    assert f'name="next" value="{there}"' in asked
    assert client.post("/dang-xuat/", {"next": there})["Location"] == there

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path

from motcua.web.shared.display import choose_display
from motcua.web.shared.security import CONTENT_SECURITY_POLICY


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "404.html")


def strict(request: HttpRequest) -> HttpResponse:
    return HttpResponse("một tờ giấy", headers={"Content-Security-Policy": "sandbox"})


portal = ([path("", home, name="home"), path("thu-tuc/", home, name="procedures")], "portal")
urlpatterns = [path("", include(portal)), path("hien-thi/", choose_display, name="display"), path("giay/", strict)]
pytestmark = pytest.mark.urls(__name__)


def test_every_answer_forbids_foreign_and_inline_code() -> None:
    response = Client().get("/")

    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Permissions-Policy"].startswith("camera=(self), microphone=()")


def test_a_stricter_policy_of_a_page_is_kept() -> None:
    assert Client().get("/giay/")["Content-Security-Policy"] == "sandbox"


def test_the_bar_marks_the_page_we_are_on_and_links_only_to_pages_that_exist() -> None:
    html = Client().get("/thu-tuc/").content.decode()

    assert '<a href="/thu-tuc/" aria-current="page">Thủ tục</a>' in html
    assert "Hồ sơ của tôi" not in html


def test_large_print_is_remembered_and_leads_back() -> None:
    browser = Client()

    response = browser.post("/hien-thi/", {"text_size": "large", "next": "/thu-tuc/?q=nha"})

    assert response["Location"] == "/thu-tuc/?q=nha"
    assert '<html lang="vi" class="large">' in browser.get("/").content.decode()


def test_large_print_is_turned_off_again() -> None:
    browser = Client()
    browser.post("/hien-thi/", {"text_size": "large"})

    browser.post("/hien-thi/", {"text_size": "normal"})

    assert '<html lang="vi">' in browser.get("/").content.decode()


def test_the_language_is_remembered() -> None:
    browser = Client()

    browser.post("/hien-thi/", {"language": "en"})

    assert '<html lang="en">' in browser.get("/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://vidu.vn/", "//vidu.vn", "javascript:alert(1)", ""])
def test_choosing_the_display_never_leads_off_the_site(elsewhere: str) -> None:
    assert Client().post("/hien-thi/", {"text_size": "large", "next": elsewhere})["Location"] == "/"


def test_an_unknown_size_or_language_changes_nothing() -> None:
    response = Client().post("/hien-thi/", {"text_size": "huge", "language": "xx"})

    assert dict(response.cookies) == {}


def test_display_is_not_changed_by_a_link() -> None:
    assert Client().get("/hien-thi/").status_code == 405


def test_a_form_that_waited_too_long_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/hien-thi/", {"text_size": "large"})

    assert response.status_code == 403
    assert "Trang này đã mở quá lâu" in response.content.decode()


@pytest.mark.parametrize("page", ["400.html", "500.html"])
def test_pages_for_broken_requests_need_no_context(page: str) -> None:
    assert '<a href="/">Về trang đầu</a>' in render_to_string(page)

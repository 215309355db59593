"""The scripts of the frame in a real browser, against a small server that can also fail."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django import forms
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from playwright.sync_api import Browser, Page, expect

FORM = """{% extends "base_citizen.html" %}{% block title %}Tờ khai{% endblock %}
{% block scripts %}<script type="module" src="{% static "autosave.js" %}"></script>{% endblock %}
{% block content %}{% include "components/saved.html" %}
<form method="post" action="/xong/" data-autosave="/luu/" data-draft="to-khai-1" novalidate>{% csrf_token %}
<input type="hidden" name="revision" value="1"><label for="name">Họ tên</label><input id="name" name="name">
<label><input type="checkbox" name="kin" value="cha">Cha</label><label><input type="checkbox" name="kin" value="me">Mẹ</label>
<button type="submit">Tiếp tục</button></form>{% endblock %}"""
DESK = """{% extends "base_desk.html" %}{% block title %}Hồ sơ{% endblock %}{% block content %}<main id="noi-dung">
<h1>Hồ sơ</h1><p>Đã chọn <b data-selected>0</b></p><label><input type="checkbox" data-select-all>Tất cả</label>
<table><tbody>{% for code in codes %}<tr data-row="{{ code }}"><td><input type="checkbox" aria-label="{{ code }}"></td>
<td><a data-open href="/mo/?{{ code }}">{{ code }}</a></td></tr>{% endfor %}</tbody></table>
<form data-act action="/xong/" method="post">{% csrf_token %}<label for="why">Lý do</label><textarea id="why" name="why"></textarea>
<button type="submit" name="act" value="ask">Gửi</button><a href="/bo/" data-cancel>Bỏ</a></form>
<a href="/f9/" data-key="F9">In <kbd>F9</kbd></a></main>{% endblock %}"""

PASSWORD = """{% extends "base_citizen.html" %}{% block title %}Mật khẩu{% endblock %}
{% block scripts %}<script type="module" src="{% static "password.js" %}"></script>{% endblock %}
{% block content %}<form method="post" action="/xong/">{% csrf_token %}
{% include "components/password.html" with bound=form.password %}<button type="submit">Đăng nhập</button></form>{% endblock %}"""


class PasswordForm(forms.Form):
    password = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)


@dataclass
class Partner:
    """What the server received, and how it answers the next save."""

    saves: list[dict[str, list[str]]] = field(default_factory=list)
    mood: str = "well"


partner = Partner()


def page(template: str) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(
            engines["django"]
            .from_string(template)
            .render({"codes": ["0001", "0002", "0003"], "form": PasswordForm()}, request)
        )

    return view


def save(request: HttpRequest) -> HttpResponse:
    if partner.mood == "signed out":
        return redirect("/dang-nhap/")
    if partner.mood == "changed elsewhere":
        return JsonResponse({"message": "Tờ khai vừa được sửa ở cửa sổ khác."}, status=409)
    partner.saves.append({name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"})
    return JsonResponse({"saved_at": "14:05", "revision": len(partner.saves) + 1})


def said(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<p>{request.path}{request.META['QUERY_STRING']} {request.POST.get('why', '')}</p>")


urlpatterns = [
    path("to-khai/", page(FORM)),
    path("ban/", page(DESK)),
    path("mat-khau/", page(PASSWORD)),
    path("luu/", save),
    path("<path:anything>", lambda request, anything: said(request)),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.journey]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def site() -> Iterator[str]:
    partner.saves, partner.mood = [], "well"
    server = make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), Server, Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN")
    context.set_default_timeout(5_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def form(browser: Page, site: str) -> Page:
    browser.goto(f"{site}/to-khai/")
    return browser


@pytest.fixture
def desk(browser: Page, site: str) -> Page:
    browser.goto(f"{site}/ban/")
    return browser


def test_a_change_is_saved_by_itself_and_the_time_is_shown(form: Page) -> None:
    form.get_by_label("Họ tên").fill("Nguyễn Hoài An")

    expect(form.locator("[data-saved]")).to_have_text("Đã lưu lúc 14:05")
    assert partner.saves == [{"revision": ["1"], "changed": ["name"], "name": ["Nguyễn Hoài An"]}]


def test_the_next_save_carries_the_revision_the_server_gave(form: Page) -> None:
    form.get_by_label("Họ tên").fill("An")
    expect(form.locator("[data-saved]")).to_have_text("Đã lưu lúc 14:05")
    form.get_by_label("Cha").check()
    form.get_by_label("Mẹ").check()

    expect(form.locator("[name=revision]")).to_have_value("3")

    assert partner.saves[1] == {"revision": ["2"], "changed": ["kin"], "kin": ["cha", "me"]}


def test_an_emptied_group_is_named_as_changed(form: Page) -> None:
    form.get_by_label("Cha").check()
    form.get_by_label("Cha").uncheck()

    expect(form.locator("[name=revision]")).to_have_value("2")

    assert partner.saves == [{"revision": ["1"], "changed": ["kin"]}]


def test_what_was_typed_survives_a_lost_session(form: Page, site: str) -> None:
    partner.mood = "signed out"
    form.get_by_label("Họ tên").fill("Nguyễn Hoài An")
    expect(form.locator("[data-saved]")).to_contain_text("Phiên làm việc đã hết.")
    partner.mood = "well"

    form.goto(f"{site}/to-khai/")

    expect(form.get_by_label("Họ tên")).to_have_value("Nguyễn Hoài An")
    expect(form.locator("[data-saved]")).to_have_text("Đã lưu lúc 14:05")
    assert partner.saves[-1] == {"revision": ["1"], "changed": ["name"], "name": ["Nguyễn Hoài An"]}


def test_a_form_does_not_leave_for_a_sign_in_page(form: Page, site: str) -> None:
    partner.mood = "signed out"
    form.get_by_label("Họ tên").fill("An")

    form.get_by_role("button", name="Tiếp tục").click()

    expect(form.locator("[data-saved]")).to_contain_text("Phiên làm việc đã hết.")
    assert form.url == f"{site}/to-khai/"


def test_a_form_is_saved_before_it_leaves(form: Page, site: str) -> None:
    form.get_by_label("Họ tên").fill("An")

    form.get_by_role("button", name="Tiếp tục").click()
    form.wait_for_url(f"{site}/xong/")

    assert partner.saves == [{"revision": ["1"], "changed": ["name"], "name": ["An"]}]


def test_without_a_network_it_waits_and_saves_when_the_network_is_back(form: Page) -> None:
    form.context.set_offline(True)
    form.get_by_label("Họ tên").fill("An")
    expect(form.locator("[data-saved]")).to_contain_text("Mất mạng.")

    form.context.set_offline(False)

    expect(form.locator("[data-saved]")).to_have_text("Đã lưu lúc 14:05")


def test_a_form_changed_elsewhere_says_so(form: Page) -> None:
    partner.mood = "changed elsewhere"

    form.get_by_label("Họ tên").fill("An")

    expect(form.locator("[data-saved]")).to_have_text("Tờ khai vừa được sửa ở cửa sổ khác.")


def test_a_form_changed_elsewhere_leaves_at_once_for_the_page_that_asks(form: Page, site: str) -> None:
    partner.mood = "changed elsewhere"
    form.get_by_label("Họ tên").fill("An")

    form.get_by_role("button", name="Tiếp tục").click()

    form.wait_for_url(f"{site}/xong/")


def test_a_page_closed_at_once_still_sends_the_last_change(form: Page, site: str) -> None:
    form.get_by_label("Họ tên").fill("An")

    form.goto(f"{site}/noi-khac/")
    form.wait_for_timeout(300)

    assert partner.saves == [{"revision": ["1"], "changed": ["name"], "name": ["An"]}]


def test_j_and_k_walk_the_rows_and_enter_opens(desk: Page, site: str) -> None:
    for key in ("j", "j", "j", "k", "Enter"):
        desk.keyboard.press(key)

    desk.wait_for_url(f"{site}/mo/?0002")


def test_coming_back_to_the_list_marks_the_row_that_was_left(desk: Page, site: str) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("j")

    desk.goto(f"{site}/ban/")

    expect(desk.locator("tr.cursor")).to_have_attribute("data-row", "0002")


def test_x_selects_and_the_count_follows(desk: Page) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("x")
    expect(desk.locator("[data-selected]")).to_have_text("1")

    desk.get_by_label("Tất cả").check()

    expect(desk.locator("[data-selected]")).to_have_text("3")


def test_slash_goes_to_the_search_and_letters_there_are_letters(desk: Page) -> None:
    desk.keyboard.press("/")
    desk.keyboard.type("jx?")

    expect(desk.get_by_label("Tìm hồ sơ")).to_have_value("jx?")
    expect(desk.locator("tr.cursor")).to_have_count(0)


def test_ctrl_enter_sends_the_open_act(desk: Page, site: str) -> None:
    desk.get_by_label("Lý do").fill("thiếu chữ ký")

    desk.keyboard.press("Control+Enter")

    expect(desk.locator("body")).to_have_text("/xong/ thiếu chữ ký")


def test_escape_leaves_the_open_act(desk: Page, site: str) -> None:
    desk.get_by_label("Lý do").focus()

    desk.keyboard.press("Escape")

    desk.wait_for_url(f"{site}/bo/")


def test_a_function_key_presses_its_button_also_while_typing(desk: Page, site: str) -> None:
    desk.get_by_label("Lý do").focus()

    desk.keyboard.press("F9")

    desk.wait_for_url(f"{site}/f9/")


def test_the_question_mark_shows_the_keys(desk: Page) -> None:
    desk.keyboard.press("?")

    expect(desk.get_by_role("heading", name="Phím tắt")).to_be_visible()


# --- password.js ------------------------------------------------------------------------------------------------------------


def test_a_password_is_shown_and_hidden_again_at_a_press(browser: Page, site: str) -> None:
    browser.goto(f"{site}/mat-khau/")
    box = browser.get_by_label("Mật khẩu", exact=True)
    box.fill("một câu dễ nhớ")

    browser.get_by_role("button", name="Hiện mật khẩu").click()
    expect(box).to_have_attribute("type", "text")
    expect(browser.get_by_role("status").filter(has_text="đang hiện")).to_have_count(1)
    browser.get_by_role("button", name="Ẩn mật khẩu").click()

    expect(box).to_have_attribute("type", "password")
    expect(box).to_have_value("một câu dễ nhớ")


def test_without_a_script_no_button_promises_to_show_the_password(browser: Page, site: str) -> None:
    assert browser.context.browser is not None
    context = browser.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()

    plain.goto(f"{site}/mat-khau/")

    assert plain.locator("[data-shows]").is_visible() is False
    assert plain.get_by_label("Mật khẩu", exact=True).get_attribute("type") == "password"
    context.close()

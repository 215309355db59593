"""English by a switch: for citizens, complete, and never in what is kept or sent."""

import subprocess
import sys
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from motcua.base import words
from motcua.dossiers import actions, clock
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.notices import actions as notices
from motcua.notices.letters import Sender
from motcua.notices.models import Notice, Sending
from motcua.notices.past import tell_past
from motcua.people.roles import Role
from motcua.web.shared.tracking import tracking_path
from tests.conventions.tree import ROOT
from tests.web.english import vietnamese_left_in
from tests.web.pages import text_of
from tests.world import World, a_draft, accepted, document, faulty, in_process, make_world, returned, submitted, vn
from tools.messages import Message, messages_of_python, messages_of_template

FILED_AT, ACCEPTED_AT, HANDED_AT = vn("2026-11-19 14:32"), vn("2026-11-20 09:10"), vn("2026-11-20 10:20")
ASKED_AT, SUPPLIED_AT = vn("2026-11-20 15:00"), vn("2026-11-23 09:00")
LATER = [vn(f"2026-11-{at}") for at in ("25 09:00", "26 08:00", "26 10:00", "26 14:00", "27 08:30")]


@pytest.fixture(autouse=True)
def plain_province(settings: LazySettings) -> None:
    """Serve a province without accents: the title of a page cannot say which part of it is Vietnamese."""
    settings.PROVINCE_NAME = "Hue"


@pytest.fixture
def world(db: None) -> World:
    """Make the world; the centre stands in the ward, so that dossiers of the ward find it."""
    made = make_world()
    made.centre.place = made.commune.place
    made.centre.save(update_fields=["place"])
    cache.clear()
    return made


@pytest.fixture
def english(world: World) -> Client:
    """An's browser, with English chosen."""
    browser = Client()
    browser.force_login(world.an.user)
    browser.cookies["django_language"] = "en"
    return browser


def visitor() -> Client:
    """Return a browser that asks for English, of nobody signed in."""
    return Client(headers={"Accept-Language": "en-GB,en;q=0.9"})


def asked(world: World) -> Dossier:
    """Return An's dossier, waiting for a better drawing."""
    dossier = in_process(world, FILED_AT, ACCEPTED_AT, HANDED_AT)
    faulty(dossier.papers.get(requirement=world.drawing), "Mờ khung tên")
    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=ASKED_AT, reason="Chụp lại trang 2")
    return Dossier.objects.get(pk=dossier.pk)


def supplied(world: World, at: datetime) -> Dossier:
    """Return An's dossier after An has sent a better drawing."""
    dossier = asked(world)
    actions.attach_paper(
        dossier_id=dossier.pk, requirement=world.drawing, document=document(), name=world.drawing.name, at=at
    )
    actions.supply_papers(dossier_id=dossier.pk, actor=world.citizen, at=at)
    return Dossier.objects.get(pk=dossier.pk)


# --- the catalogue ----------------------------------------------------------------------------------------------------


def test_the_catalogue_is_up_to_date_and_nothing_citizens_read_lacks_english() -> None:
    """Run `make messages` and translate what it names."""
    run = subprocess.run(
        [sys.executable, "tools/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (run.stdout, run.returncode) == ("", 0)


def test_texts_of_python_are_found_under_every_name() -> None:
    source = """
from django.utils.translation import gettext as _, gettext_lazy, gettext_noop, ngettext, pgettext
N = gettext_noop
_("một"), gettext_lazy("hai" " ba"), N("bốn"), ngettext("%d năm", "%d năm", 5), pgettext("lịch", "tháng"), _(biến)
other("không")
"""

    assert sorted(messages_of_python(source)) == [
        Message("", "%d năm", "%d năm"),
        Message("", "bốn", ""),
        Message("", "hai ba", ""),
        Message("", "một", ""),
        Message("lịch", "tháng", ""),
    ]


def test_texts_of_templates_are_found_in_tags_and_arguments() -> None:
    source = """{% translate "một" %}{% state "good" _("hai") %}{{ x|default:_("ba") }}{# {% translate "không" %} #}
{% blocktranslate with n=x %}bốn {{ n }}{% endblocktranslate %}
{% blocktranslate count n=x trimmed %}
  {{ n }} năm
{% plural %}
  {{ n }} năm
{% endblocktranslate %}"""

    assert sorted(messages_of_template(source)) == [
        Message("", "%(n)s năm", "%(n)s năm"),
        Message("", "ba", ""),
        Message("", "bốn %(n)s", ""),
        Message("", "hai", ""),
        Message("", "một", ""),
    ]


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/thu-tuc/",
        "/thu-tuc/?viec=sinh-con",
        "/thu-tuc/1.013225/",
        "/thu-tuc/1.013225/?neighbour=no",
        "/tra-cuu/",
        "/dang-nhap/",
        "/dang-ky/",
        "/quen-mat-khau/",
        "/khong-co-trang-nay/",
    ],
)
def test_a_visitor_who_asks_for_english_gets_no_vietnamese(world: World, address: str) -> None:
    page = visitor().get(address).content.decode()

    assert '<html lang="en"' in page
    assert vietnamese_left_in(page) == []


@pytest.mark.parametrize(
    "address, typed",
    [
        ("/tra-cuu/", {}),
        ("/tra-cuu/", {"code": "H57.31.12-261119-0018", "check": "12"}),
        ("/tra-cuu/", {"code": "H57.31.12-261119-0018", "check": "0371"}),
        ("/dang-nhap/", {"login": "", "password": ""}),
        ("/dang-nhap/", {"login": "0912000371", "password": "sai-roi-day"}),
        ("/dang-ky/", {}),
        ("/dang-ky/", {"full_name": "A", "phone": "12", "password1": "123"}),
    ],
)
def test_mistakes_are_told_in_english(world: World, address: str, typed: dict[str, str]) -> None:
    page = visitor().post(address, typed).content.decode()

    assert vietnamese_left_in(page) == []


@pytest.mark.parametrize("name", ["dossier", "proof", "withdraw", "supply", "tracked"])
def test_a_dossiers_pages_are_english(world: World, english: Client, name: str) -> None:
    dossier = submitted(world, FILED_AT) if name in {"proof", "withdraw"} else asked(world)
    tell_past()

    page = english.get(
        tracking_path(dossier.code or "") if name == "tracked" else reverse(f"portal:{name}", args=[dossier.code])
    )

    assert page.status_code == 200
    assert vietnamese_left_in(page.content.decode()) == []


def test_every_move_of_a_whole_life_is_told_in_english(world: World, english: Client) -> None:
    dossier = returned(world, [FILED_AT, ACCEPTED_AT, HANDED_AT, *LATER])

    page = english.get(reverse("portal:dossier", args=[dossier.code])).content.decode()

    assert vietnamese_left_in(page) == []


@pytest.mark.parametrize("screen", ["nguoi-nop", "noi-nop", "to-khai-1", "giay-to", "xem-lai"])
def test_filing_is_english(world: World, english: Client, screen: str) -> None:
    draft = a_draft(world, FILED_AT)

    page = english.get(reverse("portal:screen", args=[draft.pk, screen])).content.decode()

    assert vietnamese_left_in(page) == []


@pytest.mark.parametrize("address", ["/", "/ho-so-cua-toi/", "/thong-bao/", "/nop-ho-so/1.013225/"])
def test_ones_own_lists_are_english(world: World, english: Client, address: str) -> None:
    asked(world)
    a_draft(world, FILED_AT)
    tell_past()

    page = english.get(address).content.decode()

    assert vietnamese_left_in(page) == []


def test_numbers_are_written_as_in_vietnamese_and_words_are_english(world: World, english: Client) -> None:
    dossier = in_process(world, FILED_AT, ACCEPTED_AT, HANDED_AT)

    said = text_of(english.get(reverse("portal:dossier", args=[dossier.code])))

    assert "December 2 Wednesday Due 17:00 Wednesday 02/12/2026" in said
    assert "Time set by law: 7 working days." in said
    assert "75.000 đ" in said


def test_the_ledger_tells_a_move_in_english_and_an_officers_words_as_written(world: World, english: Client) -> None:
    dossier = supplied(world, SUPPLIED_AT)

    said = text_of(english.get(reverse("portal:dossier", args=[dossier.code])))

    assert "Ask for documents 15:00 Friday 20/11 to 09:00 Monday 23/11" in said
    assert "Chụp lại trang 2" in said


@pytest.mark.parametrize(
    "term, said",
    [
        ("1 working_days", "1 working day"),
        ("7.5 working_days", "7,5 working days"),
        ("2 months", "2 months"),
        ("same_day", "the same day"),
    ],
)
def test_one_of_a_unit_is_said_in_the_singular(term: str, said: str) -> None:
    with translation.override("en"):
        assert clock.term_words(clock.parse_term(term)) == said


def test_a_near_moment_is_said_in_english() -> None:
    with translation.override("en"):
        assert words.moment_near(HANDED_AT, ASKED_AT) == "10:20 today"


# --- Vietnamese is the language of everybody who did not ask for another ------------------------------------------------


@pytest.mark.parametrize("asked_for", ["", "vi-VN,vi;q=0.9", "fr-FR,fr;q=0.9"])
def test_vietnamese_is_what_nobody_has_to_ask_for(db: None, asked_for: str) -> None:
    page = Client(headers={"Accept-Language": asked_for}).get("/").content.decode()

    assert '<html lang="vi"' in page
    assert "Bạn cần làm thủ tục gì?" in page


def test_the_switch_outweighs_the_browser(db: None) -> None:
    browser = visitor()

    browser.post("/hien-thi/", {"language": "vi"})

    assert '<html lang="vi"' in browser.get("/").content.decode()


@pytest.mark.parametrize("address", ["/ban-lam-viec/", "/quan-tri/"])
def test_officers_pages_stay_vietnamese(world: World, address: str) -> None:
    officer = world.posts[Role.RECEPTIONIST].officer.user
    officer.is_superuser = True
    officer.save(update_fields=["is_superuser"])
    browser = visitor()
    browser.force_login(officer)

    response = browser.get(address)

    assert (response.status_code, response["Content-Language"]) == (200, "vi")


# --- what is kept and sent is Vietnamese --------------------------------------------------------------------------------


def test_what_a_citizen_does_in_english_is_kept_in_vietnamese(world: World) -> None:
    with translation.override("en"):
        dossier = supplied(world, SUPPLIED_AT)

    assert [entry.note for entry in dossier.ledger.order_by("pk")] == ["", "Yêu cầu bổ sung", "Nộp bổ sung"]
    assert list(dossier.steps.order_by("seq").values_list("name", flat=True)[:2]) == ["Tiếp nhận", "Bàn giao"]


def test_slips_are_vietnamese(world: World) -> None:
    with translation.override("en"):
        slip = accepted(world, FILED_AT, ACCEPTED_AT).slips.get(form="01")

    assert (slip.data["term"], slip.data["received"], slip.data["return_at"]) == (
        "7 ngày làm việc",
        "09 giờ 10 phút, thứ Sáu ngày 20/11/2026",
        "Trung tâm Phục vụ hành chính công phường Vỹ Dạ",
    )


def test_the_confirmation_is_the_same_sheet_in_either_language(world: World, english: Client) -> None:
    address = reverse("portal:proof_pdf", args=[submitted(world, FILED_AT).code])
    in_english = english.get(address).content
    english.cookies["django_language"] = "vi"

    assert in_english == english.get(address).content


def test_a_notice_and_its_letter_are_vietnamese(world: World, mailoutbox: list) -> None:
    event = submitted(world, FILED_AT).events.get(move="submit")
    sender = Sender(place="Thành phố Huế", hotline="1022", page_of=lambda code: f"https://vidu.vn/{code}")

    with translation.override("en"):
        notice = notices.tell(event=event, at=FILED_AT)
        notices.send(sending_id=Sending.objects.get(channel="email").pk, sender=sender, at=FILED_AT)

    assert notice is not None
    assert notice.title == f"Đã nhận hồ sơ {event.dossier.code}"
    assert "trước 14:32 thứ Sáu 20/11/2026" in notice.body
    assert "Xem hồ sơ: https://vidu.vn/" in mailoutbox[0].body


def test_notices_of_the_past_are_vietnamese(world: World) -> None:
    dossier = submitted(world, FILED_AT)

    with translation.override("en"):
        tell_past()

    assert Notice.objects.get(dossier=dossier).title == f"Đã nhận hồ sơ {dossier.code}"

"""Who gets in: every address of the desk, tried signed out, as a citizen, and from another unit."""

import pytest
from django.test import Client

from motcua.base.models import Reading
from motcua.dossiers.models import Dossier
from motcua.web.desk.urls import urlpatterns
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import DESK, address
from tests.world import World, in_process

pytestmark = pytest.mark.django_db

# fmt: off
ADDRESSES = {  # route name → (method, rest of the address)
    "inbox":        ("get",  ""),
    "register":     ("get",  "so-theo-doi.pdf"),
    "absence":      ("get",  "vang-mat/"),
    "mirrored":     ("get",  "ban-chieu/"),
    "taken_over":   ("get",  "nhan-tu-don-vi-cu/"),
    "taken_over_table": ("get", "nhan-tu-don-vi-cu/bang.csv"),
    "end_loan":     ("post", "vang-mat/1/ket-thuc/"),
    "batch":        ("post", "hang-loat/assign/"),
    "batch_report": ("get",  "hang-loat/ket-qua/"),
    "hand_over_slip": ("get", "phieu-ban-giao.pdf"),
    "dossier":      ("get",  "ho-so/{code}/"),
    "picture":      ("get",  "ho-so/{code}/giay-to/{paper}/1.png"),
    "file":         ("get",  "ho-so/{code}/giay-to/{paper}/tep/"),
    "compare":      ("get",  "ho-so/{code}/giay-to/{paper}/so-sanh/"),
    "judge":        ("post", "ho-so/{code}/giay-to/{paper}/danh-gia/"),
    "proof":        ("get",  "ho-so/{code}/chung-tu/1/"),
    "answer_document": ("get", "ho-so/{code}/tra-loi/1/"),
    "visit_document": ("get",  "ho-so/{code}/bien-ban/1/"),
    "collect":      ("post", "ho-so/{code}/khoan-thu/{charge}/"),
    "slip":         ("get",  "ho-so/{code}/phieu/{slip}.pdf"),
    "control_slip": ("get",  "ho-so/{code}/phieu-kiem-soat.pdf"),
    "act":          ("post", "ho-so/{code}/complete_step/"),
}
# fmt: on
OF_A_DOSSIER = sorted(name for name, (_method, rest) in ADDRESSES.items() if "{code}" in rest)


@pytest.fixture
def dossier(world: World, earlier: Moment) -> Dossier:
    return in_process(world, earlier(90), earlier(60), earlier(30))


def ask(browser: Client, name: str, dossier: Dossier) -> int:
    method, rest = ADDRESSES[name]
    paper = dossier.papers.exclude(document=None).first()
    charge, slip = dossier.charges.first(), dossier.slips.first()
    assert paper is not None
    assert charge is not None
    assert slip is not None
    url = DESK + rest.format(code=dossier.code, paper=paper.pk, charge=charge.pk, slip=slip.pk)
    return int(getattr(browser, method)(url, {"code": dossier.code} if name == "batch" else None).status_code)


def test_no_address_of_the_desk_is_left_out_here() -> None:
    names = {str(pattern.name) for pattern in urlpatterns}

    with_their_own = (
        "counter",
        "process",
        "own_process",
        "procedure",
        "version",
    )  # tests/web/desk/{counter,workshop,procedures}
    assert {name for name in names if not name.startswith(with_their_own)} == set(ADDRESSES)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_somebody_signed_out_is_asked_to_sign_in(name: str, dossier: Dossier) -> None:
    assert ask(Client(), name, dossier) == 302


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_a_citizen_is_refused(name: str, dossier: Dossier, world: World) -> None:
    browser = Client()
    assert world.an.user
    browser.force_login(world.an.user)

    assert ask(browser, name, dossier) == 403


@pytest.mark.parametrize("name", [*OF_A_DOSSIER, "batch"])
def test_an_officer_of_another_unit_finds_nothing(name: str, dossier: Dossier, sign_in: SignIn) -> None:
    assert ask(sign_in("elsewhere"), name, dossier) == 404
    assert Reading.objects.count() == 0


def test_only_a_counter_prints_a_register(dossier: Dossier, sign_in: SignIn) -> None:
    assert ask(sign_in("specialist"), "register", dossier) == 403


def test_every_reading_is_recorded_with_its_page(dossier: Dossier, sign_in: SignIn, world: World) -> None:
    browser = sign_in("specialist")

    browser.get(address(dossier))
    browser.get(address(dossier, "?hien-so=1"))
    browser.get(address(dossier, "ask_papers/"))

    officer = world.posts["specialist"].officer
    assert list(Reading.objects.order_by("pk").values_list("topic", "key", "reader_id", "page")) == [
        ("dossier", dossier.pk, officer.pk, "dossier"),
        ("dossier", dossier.pk, officer.pk, "identity"),
        ("dossier", dossier.pk, officer.pk, "act:ask_papers"),
    ]


def test_a_draft_is_nobodys_but_the_citizens(world: World, sign_in: SignIn, earlier: Moment) -> None:
    assert sign_in("receptionist").get(f"{DESK}ho-so/None/").status_code == 404

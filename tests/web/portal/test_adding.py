"""Adding papers unasked on the portal: sent at once, said what it does, refused kindly."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from tests.documents.files import LETTER, pdf
from tests.web.pages import text_of
from tests.world import World, complete, document, in_process, submitted, vn

FILED, ACCEPTED, HANDED = vn("2026-11-19 14:32"), vn("2026-11-20 09:10"), vn("2026-11-20 10:20")


@pytest.fixture
def dossier(world: World) -> Dossier:
    return in_process(world, FILED, ACCEPTED, HANDED)


def url(dossier: Dossier, name: str = "add") -> str:
    return reverse(f"portal:{name}", args=[dossier.code])


def send(browser: Client, dossier: Dossier, name: str = "Trích lục", content: bytes | None = None) -> HttpResponse:
    upload = SimpleUploadedFile("trich-luc.pdf", pdf([LETTER]) if content is None else content)
    return browser.post(url(dossier), {"name": name, "files": upload}, follow=True)  # type: ignore[return-value]


def test_a_paper_is_sent_from_the_page_of_the_dossier_and_stands_there(an: Client, dossier: Dossier) -> None:
    offered = text_of(an.get(url(dossier, "dossier")))  # type: ignore[arg-type]

    page = text_of(send(an, dossier))

    assert "Gửi thêm giấy tờ" in offered
    assert "Trích lục Chờ cán bộ xem" in page
    assert dossier.events.last().move == "add_papers"  # type: ignore[union-attr]
    assert "Bạn gửi thêm giấy tờ Trích lục." in text_of(an.get(url(dossier, "dossier")))  # type: ignore[arg-type]


def test_it_says_before_that_the_dossier_goes_back(an: Client, world: World, dossier: Dossier) -> None:
    before = text_of(an.get(url(dossier)))  # type: ignore[arg-type]
    complete(world, dossier, vn("2026-11-20 15:00"))

    after = text_of(an.get(url(dossier)))  # type: ignore[arg-type]
    send(an, dossier)

    assert "về lại người thẩm định" not in before
    assert "về lại người thẩm định" in after
    assert dossier.steps.get(done_at=None).code == "appraise"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("", None, "Hãy ghi đây là giấy tờ gì"),
        ("Trích lục", b"", "Tệp này trống"),
        ("Trích lục", b"MZ\x90\x00" + b"\x00" * 200, "tệp này là chương trình máy tính"),
    ],
)
def test_what_cannot_be_sent_is_said_and_the_name_stays(
    name: str, content: bytes | None, sentence: str, an: Client, dossier: Dossier
) -> None:
    response = send(an, dossier, name, content)

    assert sentence in text_of(response)
    assert not name or f'value="{name}"' in response.content.decode()
    assert not dossier.events.filter(move="add_papers").exists()


def test_the_same_file_sent_twice_is_added_once(an: Client, dossier: Dossier) -> None:
    send(an, dossier)

    page = send(an, dossier).content.decode()

    assert "Tệp này đã có trong hồ sơ" in page
    assert dossier.events.filter(move="add_papers").count() == 1


def test_after_the_signature_it_is_not_offered_and_not_taken(an: Client, world: World, dossier: Dossier) -> None:
    complete(world, dossier, vn("2026-11-20 15:00"), draft=document("du-thao.pdf"))
    complete(world, dossier, vn("2026-11-20 15:30"))
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=vn("2026-11-20 16:00"))

    page = an.get(url(dossier, "dossier")).content.decode()
    refused = send(an, dossier).content.decode()

    assert url(dossier) not in page
    assert "Hồ sơ lúc này không nhận thêm giấy tờ." in refused


def test_before_acceptance_it_is_not_offered(an: Client, world: World) -> None:
    new = submitted(world, FILED)

    assert url(new) not in an.get(url(new, "dossier")).content.decode()


def test_somebody_else_finds_nothing(chi: Client, dossier: Dossier) -> None:
    assert send(chi, dossier).status_code == 404
    assert chi.get(url(dossier)).status_code == 404


def test_a_session_that_ended_keeps_the_name(world: World, dossier: Dossier) -> None:
    browser = Client()
    browser.post(url(dossier), {"name": "Trích lục bản đồ"})
    assert world.an.user
    browser.force_login(world.an.user)

    page = browser.get(url(dossier)).content.decode()

    assert "Bạn chọn lại tệp rồi gửi; tên giấy tờ vẫn còn." in page
    assert 'value="Trích lục bản đồ"' in page

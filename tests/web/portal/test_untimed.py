"""A citizen whose case the law gives no term: told so, when to expect it, and who holds it when nothing happens."""

from django.test import Client
from django.urls import reverse

from motcua.notices.facts import facts_of
from motcua.notices.texts import words_for
from motcua.web.shared.tracking import tracking_path
from tests.turning import quiet, untimed
from tests.web.pages import text_of
from tests.world import World


def test_the_page_says_when_to_expect_it_and_that_this_is_no_promise(world: World, an: Client) -> None:
    dossier = untimed(world)

    page = text_of(an.get(reverse("portal:dossier", args=[dossier.code])))

    assert "Luật không định thời hạn cho việc này. Dự kiến xong" in page
    assert "đây không phải hẹn trả" in page


def test_silence_is_told_with_who_holds_it_since_when(world: World, an: Client) -> None:
    dossier = quiet(world)

    page = text_of(an.get(reverse("portal:dossier", args=[dossier.code])))
    public = text_of(Client().get(tracking_path(dossier.code or "")))
    notice = words_for("note_no_news", facts_of(dossier.events.get(move="note_no_news")))

    holds = f"{world.division.name} giữ hồ sơ từ 02/11/2026, ở bước"
    assert f"10 ngày làm việc chưa có việc mới {holds} Thẩm định. Người giữ và lãnh đạo đã được nhắc." in page
    assert "10 ngày làm việc chưa có việc mới" in public
    assert notice is not None
    assert notice[1].startswith(f"{holds} «Thẩm định». Luật không định thời hạn")

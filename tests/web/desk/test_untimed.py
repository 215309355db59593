"""A dossier to which the law gives no term, at the desk: expected days, its own place in the rail, silence in words."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions
from tests.turning import HANDED, quiet, untimed
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import address, words
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_page_says_that_no_term_is_set_and_when_each_step_is_expected(world: World, sign_in: SignIn) -> None:
    dossier = untimed(world)

    page = words(sign_in("specialist").get(address(dossier)))  # type: ignore[arg-type]

    assert "Luật không định thời hạn cho thủ tục này. Dự kiến xong" in page
    assert "Kiểm tra · Lãnh đạo phòng · dự kiến đến" in page


def test_silence_stands_in_the_rail_of_holder_and_leader_and_nobody_is_late(world: World, sign_in: SignIn) -> None:
    dossier = quiet(world)

    inbox = {role: words(sign_in(role).get("/ban-lam-viec/?hang=lau-chua-co-tin")) for role in ("specialist", "signer")}  # type: ignore[arg-type]
    page = words(sign_in("specialist").get(address(dossier)))  # type: ignore[arg-type]

    for said in inbox.values():
        assert "Luật không định hạn, lâu chưa có việc mới" in said
        assert "im " in said
    assert "Quá hạn 0" in inbox["specialist"]
    assert "Chưa có việc mới từ 10:00 thứ Hai 02/11/2026." in page


def test_what_is_followed_has_a_list_without_terms(world: World, sign_in: SignIn) -> None:
    dossier = untimed(world)
    actions.note_no_news(dossier_id=dossier.pk, at=HANDED + timedelta(days=14))

    followed = words(sign_in("division_head").get("/ban-lam-viec/?hang=khong-dinh-han&xem=theo-doi"))  # type: ignore[arg-type]

    assert "Hồ sơ luật không định hạn · cả đơn vị" in followed
    assert "Không có thời hạn theo luật" in followed

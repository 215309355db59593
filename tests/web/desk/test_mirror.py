"""The mirror at the desk: for who follows, theirs or the province's, marked as mirrored."""

import pytest
from django.test import Client

from motcua.dossiers.actions.mirroring import mirror
from motcua.dossiers.mirroring import read
from tests.dossiers.test_mirroring import ONE, said
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import DESK, words
from tests.world import World

pytestmark = pytest.mark.django_db


def page(browser: Client) -> str:
    return words(browser.get(f"{DESK}ban-chieu/"))  # type: ignore[arg-type]


def test_who_follows_units_sees_theirs_and_that_it_is_mirrored(world: World, sign_in: SignIn) -> None:
    mirror(said=read(said(ONE, ONE | {"code": "BCA-2026-78", "unit": "H57.31.13"}, ONE | {"code": "X", "unit": ""})))

    shown = page(sign_in("signer"))

    assert "BCA-2026-77 Đăng ký thường trú Công an phường Vỹ Dạ Đang xác minh Bản chiếu Cư trú, Bộ Công an" in shown
    assert ("BCA-2026-78" in shown, " X " in shown) == (False, False)


def test_who_follows_nothing_has_no_such_page(sign_in: SignIn) -> None:
    assert sign_in("specialist").get(f"{DESK}ban-chieu/").status_code == 403

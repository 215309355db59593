"""The list, one procedure, one version: who may, what stands there, how a draft differs."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.catalogue.models import Case, Procedure, ProcedureVersion
from motcua.web.desk.procedures.urls import patterns
from tests.catalogue.samples import published
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import DESK, words
from tests.world import World

pytestmark = pytest.mark.django_db
SHOP = f"{DESK}thu-tuc/"
PAGE = f"{SHOP}1.013225/"
DRAFT = f"{PAGE}2/"
TAKEN = {"code": "1.013225", "number": 2, "kind": "truong-hop", "key": "1", "act": "len"}


def test_no_address_opens_to_another_post(world: World, draft: ProcedureVersion, sign_in: SignIn) -> None:
    urls = [
        reverse(f"desk:{one.name}", kwargs={name: TAKEN[name] for name in one.pattern.converters}) for one in patterns
    ]

    assert {sign_in("specialist").get(url).status_code for url in urls} == {403}
    assert {Client().get(url).status_code for url in urls} == {302}


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_says_what_is_in_force_and_who_drafts(
    world: World, editor: Client, draft: ProcedureVersion, number: int, django_assert_num_queries: object
) -> None:
    for more in range(number - 1):
        published(code=f"9.00000{more}")

    with django_assert_num_queries(10):  # type: ignore[operator]
        page = words(editor.get(SHOP))  # type: ignore[arg-type]

    assert (
        "Xin giấy phép xây nhà ở riêng lẻ 1.013225 Hoạt động xây dựng Bản 1, từ 01/01/2020 Bản 2, Lê Thị Soạn sửa"
        in page
    )


def test_a_procedure_is_found_by_what_people_call_it_and_by_its_standing(editor: Client, world: World) -> None:
    found = words(editor.get(f"{SHOP}?tim=giay+phep+xay&tinh-trang=nop-duoc"))  # type: ignore[arg-type]
    none = words(editor.get(f"{SHOP}?tim=giay+phep&tinh-trang=ban-thao"))  # type: ignore[arg-type]

    assert "1.013225" in found
    assert "Không có thủ tục nào như vậy" in none


def test_a_draft_is_begun_once(editor: Client, world: World) -> None:
    began = editor.post(f"{PAGE}soan/")
    again = editor.post(f"{PAGE}soan/", follow=True)

    assert began.headers["Location"] == DRAFT
    assert "đang có bản thảo 2" in words(again)  # type: ignore[arg-type]
    assert "Sửa tiếp bản thảo 2" in words(editor.get(PAGE))  # type: ignore[arg-type]


def test_a_draft_stands_beside_the_version_in_force_in_words(editor: Client, draft: ProcedureVersion) -> None:
    Case.objects.filter(version=draft).update(term_quantity=5)

    page = words(editor.get(DRAFT))  # type: ignore[arg-type]

    assert "Khác phiên bản 1 đang áp dụng Trường hợp, thời hạn Nhà ở riêng lẻ: thời hạn 7 → 5 ngày làm việc" in page
    assert "Bản cam kết an toàn công trình liền kề 1 bản chính có Ảnh chụp hoặc tệp quét" in page
    assert "Lệ phí cấp giấy phép 75.000 đ mọi kênh luôn luôn" in page
    assert "Địa điểm xây dựng Một dòng chữ có" in page


def test_what_is_in_force_is_read_and_not_edited(editor: Client, world: World) -> None:
    page = editor.get(f"{PAGE}1/")
    case = world.version.cases.get()
    refused = editor.post(f"{PAGE}1/muc/truong-hop/{case.pk}/", {"name": "Khác"}, follow=True)

    assert "muc/" not in page.content.decode()
    assert "đã công bố nên không sửa được nữa" in words(refused)  # type: ignore[arg-type]
    assert world.version.cases.get().name == "Nhà ở riêng lẻ"


def test_a_draft_that_is_dropped_leaves_the_version_in_force(editor: Client, draft: ProcedureVersion) -> None:
    editor.post(f"{DRAFT}bo/")

    assert editor.get(DRAFT).status_code == 404
    assert "Soạn phiên bản mới" in words(editor.get(PAGE))  # type: ignore[arg-type]


def test_how_people_call_it_counts_at_once(editor: Client, world: World) -> None:
    editor.post(f"{PAGE}ten-goi/", {"aliases": "sổ xây nhà\r\n\r\nGPXD\r\nGPXD", "life_events": ["xay-nha"]})

    called = Procedure.objects.get(code="1.013225")
    assert (called.aliases, called.life_events) == (["sổ xây nhà", "GPXD"], ["xay-nha"])

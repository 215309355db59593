"""The list of processes and one process as read: who may, what stands there, where the dossiers are."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.catalogue.models import ProcessTemplate
from motcua.dossiers.models import Dossier
from motcua.web.desk.workshop.urls import patterns
from tests.catalogue.samples import published
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import words
from tests.web.desk.workshop.pages import CODE, PAGE, SHOP, drafted
from tests.world import World, submitted

pytestmark = pytest.mark.django_db
OWN = f"{SHOP}thu-tuc/1.013225/"


def test_only_posts_that_edit_procedures_enter(world: World, sign_in: SignIn) -> None:
    drafted(world)
    pages = [SHOP, OWN, PAGE, f"{PAGE}buoc/appraise/"]

    assert [sign_in("specialist").get(page).status_code for page in pages] == [403] * 4
    assert [sign_in("editor").get(page).status_code for page in pages] == [200] * 4
    assert "Quy trình" not in words(sign_in("specialist").get("/ban-lam-viec/"))  # type: ignore[arg-type]


def test_the_list_shows_what_follows_a_version_and_what_is_drafted(
    world: World, editor: Client, working: Dossier
) -> None:
    before = words(editor.get(SHOP))  # type: ignore[arg-type]
    drafted(world)
    after = words(editor.get(f"{SHOP}?tim=giay+phep+xay"))  # type: ignore[arg-type]

    assert "Xin giấy phép xây nhà ở riêng lẻ 1.013225 mọi đơn vị 1 Theo phiên bản 1" in before
    assert f"{CODE} 1 thủ tục, mọi đơn vị 1 Đang soạn bản 1" in after
    assert "Không có quy trình nào như vậy" in words(editor.get(f"{SHOP}?tim=ca+kiem"))  # type: ignore[arg-type]


def test_a_process_is_a_table_with_its_drawing_and_the_dossiers_on_it(editor: Client, working: Dossier) -> None:
    page = editor.get(OWN)

    assert "1 Thẩm định Đơn vị giải quyết · Chuyên viên 24 2 Dự thảo 1 hồ sơ" in words(page)  # type: ignore[arg-type]
    assert "4 Phát hành Cơ quan có thẩm quyền · Văn thư 4 hết Giấy phép –" in words(page)  # type: ignore[arg-type]
    assert '<svg class="drawing"' in page.content.decode()
    assert "không đứng ở bước nào trên đây" not in words(page)  # type: ignore[arg-type]


def test_dossiers_at_the_counter_are_counted_beside_the_steps(editor: Client, world: World, working: Dossier) -> None:
    submitted(world, working.changed_at)

    assert "1 hồ sơ đang chạy không đứng ở bước nào trên đây: ở quầy" in words(editor.get(OWN))  # type: ignore[arg-type]


def test_a_process_is_copied_into_a_draft_once(editor: Client, world: World) -> None:
    began = editor.post(f"{OWN}soan/")
    again = editor.post(f"{OWN}soan/", follow=True)

    assert began.headers["Location"] == PAGE
    assert "đã theo quy trình" in words(again)  # type: ignore[arg-type]
    assert "bản thảo 1" in words(editor.get(PAGE))  # type: ignore[arg-type]


def test_a_draft_that_is_dropped_leaves_the_procedure_to_its_version(editor: Client, world: World) -> None:
    drafted(world)

    editor.post(f"{PAGE}bo-ban-thao/")

    assert not ProcessTemplate.objects.exists()
    assert editor.get(PAGE).status_code == 404
    assert "Theo phiên bản 1" in words(editor.get(SHOP))  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_many_templates_as_for_one(
    world: World, editor: Client, number: int, django_assert_num_queries: object
) -> None:
    drafted(world)
    for more in range(number - 1):
        published(code=f"9.00000{more}")
        editor.post(f"{SHOP}thu-tuc/9.00000{more}/soan/")

    with django_assert_num_queries(11):  # type: ignore[operator]
        editor.get(SHOP)


@pytest.mark.parametrize("address", sorted(str(one.name) for one in patterns))
def test_no_address_of_the_workshop_opens_to_another_post(address: str, world: World, sign_in: SignIn) -> None:
    taken = {"code": "1-013225", "use_id": 1, "step_code": "appraise", "act": "len"}
    pattern = next(one for one in patterns if one.name == address)
    url = reverse(f"desk:{address}", kwargs={name: taken[name] for name in pattern.pattern.converters})

    assert sign_in("specialist").get(url).status_code == 403
    assert Client().get(url).status_code == 302

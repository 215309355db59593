"""A new process is made at the desk: an empty table, or a copy of a template or of what a procedure says."""

import pytest
from django.test import Client

from motcua.catalogue.models import ProcessEdition
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import words
from tests.web.desk.workshop.pages import SHOP, drafted
from tests.world import World

pytestmark = pytest.mark.django_db
NEW = f"{SHOP}moi/"


def test_a_process_begins_as_an_empty_table_and_gets_its_first_step(editor: Client, world: World) -> None:
    saved = editor.post(NEW, {"name": "Mới", "source": ""})
    page = saved.headers["Location"]
    shown = words(editor.get(page))  # type: ignore[arg-type]
    first = {"name": "Xem", "unit": "resolving", "role": "specialist", "hours": "8", "to-0": ""}

    editor.post(f"{page}buoc/", first)

    edition = ProcessEdition.objects.get()
    assert page == f"{SHOP}moi-2/"
    assert "Chưa có bước nào. Thêm bước đầu tiên ở dưới." in shown
    assert [(row["code"], row["next"]) for row in edition.content["steps"]] == [("work-1", [])]
    assert not edition.template.uses.exists()


def test_a_copy_of_a_draft_or_of_a_procedures_own_process_is_another_process(editor: Client, world: World) -> None:
    original = drafted(world)

    editor.post(NEW, {"name": "Chép mẫu", "source": f"mau:{original.template.code}"})
    editor.post(NEW, {"name": "Chép thủ tục", "source": "thu-tuc:1.013225"})

    copies = ProcessEdition.objects.exclude(pk=original.pk)
    assert [one.content for one in copies] == [original.content] * 2
    assert sorted(one.template.code for one in copies) == ["chep-mau", "chep-thu-tuc"]


def test_only_who_edits_processes_begins_one_and_it_needs_a_name(editor: Client, world: World, sign_in: SignIn) -> None:
    told = words(editor.post(NEW, {"name": "", "source": "mau:khong-co"}))  # type: ignore[arg-type]

    assert "Bạn chưa điền “Tên quy trình”" in told
    assert sign_in("specialist").get(NEW).status_code == 403
    assert not ProcessEdition.objects.exists()

"""A new procedure is made at the desk, named by its code, and takes its process from another."""

import pytest
from django.test import Client

from motcua.catalogue import actions
from motcua.catalogue.models import Field, Procedure, ProcedureVersion, ProcessEdition
from tests.web.desk.pages import DESK, words
from tests.world import PROCESS, World

pytestmark = pytest.mark.django_db
SHOP = f"{DESK}thu-tuc/"
NEW = f"{SHOP}moi/"


def said(**other: str) -> dict[str, str]:
    field = Field.objects.get(procedures__code="1.013225")
    return {
        "type": "specific", "code": "1.115699.h57", "name": "Cấp phép thả đèn trên sông Hương", "desk_name": "Thả đèn",
        "field": str(field.pk), "source": "", **other,
    }  # fmt: skip


def test_a_procedure_begins_with_an_empty_draft_of_the_provinces(editor: Client, world: World) -> None:
    saved = editor.post(NEW, said())

    version = ProcedureVersion.objects.get(procedure__code="1.115699.H57")
    assert saved.headers["Location"] == f"{SHOP}1.115699.H57/1/"
    assert (version.state, version.origin, version.name) == ("draft", "province", "Cấp phép thả đèn trên sông Hương")
    assert (version.changed_by, version.process) == (world.posts["editor"].officer.user, {})
    page = words(editor.get(saved.headers["Location"]))  # type: ignore[arg-type]
    assert "Phiên bản này chưa có quy trình. Lấy quy trình" in page
    assert "1.115699.H57" in words(editor.get(f"{SHOP}?tinh-trang=ban-thao"))  # type: ignore[arg-type]


def test_one_begins_as_a_copy_of_another_and_that_stays_as_it_is(editor: Client, world: World) -> None:
    editor.post(NEW, said(source="1.013225"))

    copy = ProcedureVersion.objects.get(procedure__code="1.115699.H57")
    assert (copy.process, copy.cases.count(), copy.desk_name) == (
        world.version.process,
        world.version.cases.count(),
        "Thả đèn",
    )
    assert copy.decision_number == ""
    assert ProcedureVersion.objects.filter(procedure=world.version.procedure).count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "1.013225"}, "Đã có thủ tục mang mã 1.013225. Muốn sửa, bạn soạn phiên bản mới của thủ tục ấy."),
        ({"code": "13225"}, "Mã đặc thù địa phương viết như 1.115685, 1.012783.H57 hoặc 1.001193.000.00.00.H57."),
        ({"source": "9.9"}, "Không có thủ tục nào mang mã “9.9”. Hãy xem lại mã."),
        ({"name": ""}, "Bạn chưa điền “Tên thủ tục”"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    editor: Client, world: World, typed: dict[str, str], sentence: str
) -> None:
    told = editor.post(NEW, said(**typed))

    assert sentence in words(told)  # type: ignore[arg-type]
    assert 'value="Thả đèn"' in told.content.decode()
    assert Procedure.objects.count() == 1


def test_a_draft_takes_its_process_from_a_template_or_a_procedure(editor: Client, world: World) -> None:
    editor.post(NEW, said())
    draft = actions.begin_template(
        name="Thả đèn", content=PROCESS | {"parameters": {"appraise": ["hours"]}}, procedure=None,
        at=world.version.created_at, actor=None,
    )  # fmt: skip
    empty = actions.begin_template(
        name="Trống", content={"steps": []}, procedure=None, at=world.version.created_at, actor=None
    )
    page = f"{SHOP}1.115699.H57/1/quy-trinh/"

    refused = words(editor.post(page, {"source": f"mau:{empty.template.code}"}))  # type: ignore[arg-type]
    editor.post(page, {"source": f"mau:{draft.template.code}"})
    taken = ProcedureVersion.objects.get(procedure__code="1.115699.H57").process
    editor.post(page, {"source": "thu-tuc:1.013225"})

    assert "Quy trình ấy còn chỗ phải sửa nên chưa lấy được. Quy trình chưa có bước nào." in refused
    assert taken == PROCESS
    assert ProcedureVersion.objects.get(procedure__code="1.115699.H57").process == world.version.process
    assert ProcessEdition.objects.count() == 2

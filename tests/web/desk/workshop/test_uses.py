"""Where a process is used: procedures and units added, a unit's own hours set and published, refusals told."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.base.words import local_day
from motcua.catalogue import actions
from motcua.catalogue.models import ProcessEdition, ProcessUse
from motcua.catalogue.queries import process_for
from tests.catalogue.samples import published
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import words
from tests.web.desk.workshop.pages import PAGE, drafted
from tests.world import World

pytestmark = pytest.mark.django_db
USES = f"{PAGE}noi-dung/"


@pytest.fixture
def edition(world: World) -> ProcessEdition:
    edition = drafted(world)
    return actions.edit_draft(
        edition=edition, change=lambda table: {**table, "parameters": {"appraise": ["hours", "role"]}}
    )


def test_a_procedure_is_added_for_a_unit_and_taken_out_again(editor: Client, edition: ProcessEdition) -> None:
    published()
    editor.post(USES, {"procedure": "9.000001", "unit": "H57.31.12"})
    added = words(editor.get(USES))  # type: ignore[arg-type]
    twice = editor.post(USES, {"procedure": "9.000001", "unit": "H57.31.12"})

    editor.post(f"{USES}{ProcessUse.objects.get(unit__isnull=False).pk}/bo/")

    assert "9.000001 UBND phường Vỹ Dạ theo mẫu" in added
    assert "đã theo quy trình" in words(twice)  # type: ignore[arg-type]
    assert ProcessUse.objects.count() == 1


def test_a_unit_nobody_knows_is_told(editor: Client, edition: ProcessEdition) -> None:
    told = editor.post(USES, {"procedure": "1.013225", "unit": "H99"})

    assert "Không có đơn vị nào mang mã “H99”. Hãy xem lại mã." in words(told)  # type: ignore[arg-type]
    assert 'value="H99"' in told.content.decode()


def test_a_units_own_hours_are_set_and_published(
    world: World, editor: Client, edition: ProcessEdition, sign_in: SignIn, earlier: Moment
) -> None:
    at, users = earlier(0), {name: world.posts[name].officer.user for name in ("editor", "controller")}
    actions.propose_edition(edition=edition, at=at, actor=users["editor"])
    tomorrow = local_day(at) + timedelta(days=1)
    actions.publish_edition(
        edition=edition, effective_from=tomorrow, decision_number="1", at=at, actor=users["controller"]
    )
    use = actions.use_template(
        template=edition.template, procedure=world.version.procedure, unit=world.commune, parameters={}
    )
    own = f"{USES}{use.pk}/"
    wrong = editor.post(own, {"appraise.hours": "tám"})
    long = sign_in("controller").post(own, {"appraise.hours": "80", "ban-hanh": "1"})

    assert editor.post(own, {"appraise.hours": "12", "ban-hanh": "1"}).status_code == 403
    sign_in("controller").post(own, {"appraise.hours": "12,5", "appraise.role": "division_head", "ban-hanh": "1"})

    found = process_for(world.version.procedure_id, world.commune.pk, tomorrow)
    assert "Chưa đọc được số giờ" in words(wrong)  # type: ignore[arg-type]
    assert "chưa ban hành được" in words(long)  # type: ignore[arg-type]
    assert found is not None
    assert [found.content["steps"][0][name] for name in ("hours", "role")] == [12.5, "division_head"]
    assert "Thẩm định: 12,5 giờ; Thẩm định: Lãnh đạo phòng" in words(editor.get(USES))  # type: ignore[arg-type]

"""Where a process is used: procedures and units added, a unit's own hours set and published, refusals told."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.base.words import local_day
from motcua.catalogue import actions
from motcua.catalogue.models import ProcessEdition, ProcessUse, PublishedProcess
from motcua.catalogue.queries import process_for
from tests.catalogue.samples import published
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import words
from tests.web.desk.workshop.pages import PAGE, SHOP, drafted
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


@pytest.fixture
def own(world: World, edition: ProcessEdition, earlier: Moment) -> str:
    """Publish the template from tomorrow, let the commune set hours of its own, and return the page for them."""
    at, users = earlier(0), {name: world.posts[name].officer.user for name in ("editor", "controller")}
    actions.propose_edition(edition=edition, at=at, actor=users["editor"])
    tomorrow = local_day(at) + timedelta(days=1)
    actions.publish_edition(
        edition=edition, effective_from=tomorrow, decision_number="1", at=at, actor=users["controller"]
    )
    use = actions.use_template(
        template=edition.template, procedure=world.version.procedure, unit=world.commune, parameters={}
    )
    return f"{USES}{use.pk}/"


def press(client: Client, own: str) -> str:
    """Press «Ban hành» with what the page of that moment shows, and return what is said."""
    use = ProcessUse.objects.get(unit__isnull=False)
    moment = use.set_at.isoformat() if use.set_at else ""
    return words(client.post(f"{own}ban-hanh/", {"dat-luc": moment}, follow=True))  # type: ignore[arg-type]


def test_one_sets_a_units_own_hours_and_another_publishes_them(
    world: World, editor: Client, own: str, sign_in: SignIn, earlier: Moment
) -> None:
    tomorrow = local_day(earlier(0)) + timedelta(days=1)
    wrong = words(editor.post(own, {"appraise.hours": "tám"}))  # type: ignore[arg-type]
    mine = words(editor.post(own, {"appraise.hours": "12,5", "appraise.role": "division_head"}, follow=True))  # type: ignore[arg-type]
    controller = sign_in("controller")
    listed = words(controller.get(SHOP))  # type: ignore[arg-type]
    shown = words(controller.get(own))  # type: ignore[arg-type]

    press(controller, own)

    found = process_for(world.version.procedure_id, world.commune.pk, tomorrow)
    assert "Chưa đọc được số giờ" in wrong
    assert "Bạn đã đặt giờ này nên người khác ban hành." in mine
    assert "UBND phường Vỹ Dạ 0 Lê Thị Soạn đặt" in listed
    assert "Thẩm định: 12,5 giờ; Thẩm định: Lãnh đạo phòng. Ban hành từ ngày mai" in shown
    assert found is not None
    assert [found.content["steps"][0][name] for name in ("hours", "role")] == [12.5, "division_head"]
    assert "chờ ban hành" not in words(editor.get(USES))  # type: ignore[arg-type]


def test_who_set_the_hours_does_not_publish_them(editor: Client, own: str, sign_in: SignIn) -> None:
    controller = sign_in("controller")
    controller.post(own, {"appraise.hours": "12"})

    told = press(controller, own)

    assert editor.post(f"{own}ban-hanh/").status_code == 403
    assert "Bạn là người đặt giờ riêng của UBND phường Vỹ Dạ, nên người khác phải ban hành." in told
    assert PublishedProcess.objects.count() == 1


def test_hours_too_long_or_set_again_meanwhile_are_not_published(editor: Client, own: str, sign_in: SignIn) -> None:
    controller = sign_in("controller")
    editor.post(own, {"appraise.hours": "80"})

    long = press(controller, own)
    stale = words(controller.post(f"{own}ban-hanh/", {"dat-luc": "lúc khác"}, follow=True))  # type: ignore[arg-type]

    assert "Chưa ban hành được. UBND phường Vỹ Dạ:" in long
    assert "Ai đó vừa đặt lại giờ ở đây nên chưa ban hành." in stale
    assert PublishedProcess.objects.count() == 1

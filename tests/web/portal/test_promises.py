"""A day that was promised and then changed: both are told, with why, to the citizen and on the public page alike."""

from django.test import Client
from django.utils import timezone

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.web.portal.promises import promises_of
from motcua.web.shared.tracking import tracking_path
from tests.web.pages import text_of
from tests.web.portal.test_dossier import asked, url
from tests.world import World, document, in_process, submitted, vn

FIRST, AGAIN = "17:00 thứ Tư 02/12/2026", "17:00 thứ Năm 03/12/2026"
GIVEN_AT = vn("2026-11-23 15:00")


def supplied(world: World) -> Dossier:
    """Return An's dossier after the wait for a drawing, one working day long."""
    dossier = asked(world)
    paper = dossier.papers.get(requirement=world.drawing)
    actions.attach_paper(
        dossier_id=dossier.pk, requirement=world.drawing, document=document(), name=paper.name, at=GIVEN_AT
    )
    actions.supply_papers(dossier_id=dossier.pk, actor=world.citizen, at=GIVEN_AT)
    return Dossier.objects.select_related("version").get(pk=dossier.pk)


def test_both_promises_and_why_stand_on_the_page_and_in_the_timeline(world: World) -> None:
    public = Client().get(tracking_path(supplied(world).code))

    why = "vì đồng hồ đứng lại trong lúc chờ bạn"
    assert public.context["promise_changed"] == f"Lúc đầu hẹn trả {FIRST}; nay hẹn {AGAIN}, {why}."
    assert f"Ngày hẹn trả đổi từ {FIRST} thành {AGAIN}, {why}." in text_of(public)
    assert f"Hẹn trả {FIRST}." in text_of(public)


def test_a_term_that_begins_again_says_so(world: World) -> None:
    dossier = supplied(world)
    dossier.version.after_pause = ProcedureVersion.AfterPause.RESTART

    promises = promises_of(dossier)

    assert promises is not None
    assert promises.changed.endswith(f"nay hẹn {AGAIN}, vì thời hạn tính lại từ đầu khi bạn bổ sung đủ.")


def test_the_citizens_own_page_tells_the_same(world: World, an: Client) -> None:
    dossier = supplied(world)

    own, public = an.get(url("dossier", dossier)), Client().get(tracking_path(dossier.code))

    assert own.context["promise_changed"] == public.context["promise_changed"] != ""


def test_nothing_is_said_of_a_promise_that_stands(world: World) -> None:
    dossier = in_process(world, vn("2026-11-19 14:32"), vn("2026-11-20 09:10"), vn("2026-11-20 10:20"))

    promises = promises_of(dossier)

    assert promises is not None
    assert promises.changed == ""
    assert list(promises.by_event.values()) == [f"Hẹn trả {FIRST}."]


def test_before_acceptance_nothing_is_promised(world: World) -> None:
    assert promises_of(submitted(world, timezone.now())) is None

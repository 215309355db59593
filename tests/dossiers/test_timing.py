"""Timers of an imported drawing: what goes off on a step that takes too long."""

from typing import Any

import pytest

from motcua.catalogue.models import PublishedProcess
from motcua.catalogue.processes.alarms import working_minutes
from motcua.catalogue.processes.plans import BadProcess
from motcua.catalogue.processes.process import parse
from motcua.dossiers import actions, timed
from motcua.dossiers.models import Dossier
from motcua.dossiers.verification import disagreements
from tests.catalogue.bpmn.builder import begin, definitions, element, end, flows, inclusive, process, task, timer
from tests.dossiers.branches import ACCEPTED, FILED, HANDED, at, running
from tests.world import World, document, faulty, in_process, make_world, vn

pytestmark = pytest.mark.django_db
POST = {"kind": "work", "unit": "resolving", "role": "specialist", "hours": 16}
POSTS = {
    "look": POST, "call": POST, "sign": POST | {"kind": "sign", "unit": "competent", "role": "signer"},
    "issue": POST | {"kind": "issue", "unit": "competent", "role": "clerk"},
}  # fmt: skip


def drawing(*timers: str) -> dict[str, Any]:
    """Return a drawing in which a look that takes too long brings a call, which leads to the same signature."""
    ways = flows("start look sign issue end", "late call sign") if timers else ""
    return {
        "bpmn": definitions(process(begin(), task("look", name="Xem"), task("call", name="Gọi lại"), task("sign"),
                                    task("issue"), end(), *timers, ways)),
        "posts": POSTS,
    }  # fmt: skip


def timed_out(world: World, content: object) -> Dossier:
    PublishedProcess.objects.create(
        procedure=world.version.procedure, content=content, effective_from="2026-11-01", published_at=FILED
    )
    return in_process(world, FILED, ACCEPTED, HANDED)  # Monday 02/11/2026, 10:00


@pytest.fixture
def world() -> World:
    return make_world(after_pause="resume")


def agrees() -> None:
    assert list(disagreements(Dossier.objects.all())) == []


def test_a_timer_that_interrupts_ends_the_step_after_its_working_time(world: World) -> None:
    dossier = timed_out(world, drawing(timer("late", "look", "P1D", interrupts=True)))

    assert timed.make_all(vn("2026-11-03 09:59"))["time_out"] == 0
    assert timed.make_all(vn("2026-11-03 10:00"))["time_out"] == 1

    assert running(dossier) == ["call"]
    assert dossier.steps.get(code="look").outcome == "needless"
    assert dossier.events.last().data["next_name"] == "Gọi lại"
    agrees()


def test_a_timer_that_does_not_interrupt_begins_something_beside_and_once(world: World) -> None:
    text = definitions(
        process(begin(), task("look", name="Xem"), task("call", name="Gọi lại"), inclusive("join"), task("sign"), task("issue"),
                end(), timer("late", "look", "PT8H"), flows("start look join sign issue end", "late call join"))
    )  # fmt: skip
    both = {"bpmn": text, "posts": POSTS}
    dossier = timed_out(world, both)

    for moment in ("2026-11-03 10:00", "2026-11-06 10:00"):
        timed.make_all(vn(moment))

    assert sorted(running(dossier)) == ["call", "look"]
    agrees()


def test_time_with_the_citizen_is_not_counted(world: World) -> None:
    dossier = timed_out(world, drawing(timer("late", "look", "P1D", interrupts=True)))
    drawing_paper = dossier.papers.get(requirement=world.drawing)
    faulty(drawing_paper, "Mờ khung tên")
    actions.ask_papers(dossier_id=dossier.pk, actor=at(world, dossier, "look"), at=vn("2026-11-02 11:00"), reason="x")
    assert timed.make_all(vn("2026-11-05 10:00"))["time_out"] == 0
    given = vn("2026-11-05 11:00")
    actions.attach_paper(
        dossier_id=dossier.pk, requirement=world.drawing, document=document(), name=drawing_paper.name, at=given
    )
    actions.supply_papers(dossier_id=dossier.pk, actor=world.citizen, at=given)

    assert timed.make_all(vn("2026-11-06 09:59"))["time_out"] == 0
    assert timed.make_all(vn("2026-11-06 10:00"))["time_out"] == 1


def test_a_step_done_in_time_hears_no_timer(world: World) -> None:
    dossier = timed_out(world, drawing(timer("late", "look", "P1D", interrupts=True)))
    actions.complete_step(
        dossier_id=dossier.pk, actor=at(world, dossier, "look"), at=vn("2026-11-02 14:00"), draft=document()
    )

    assert timed.make_all(vn("2026-11-09 10:00"))["time_out"] == 0
    assert running(dossier) == ["sign"]


def test_a_timer_that_stands_between_steps_is_refused_by_name() -> None:
    wait = element(
        "intermediateCatchEvent",
        "pause",
        "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>",
    )
    text = definitions(
        process(
            begin(), task("look"), wait, task("sign"), task("issue"), end(), flows("start look pause sign issue end")
        )
    )

    with pytest.raises(BadProcess, match="Hẹn giờ “pause” không gắn với việc của ai"):
        parse({"bpmn": text, "posts": POSTS})


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [("PT8H", 480), ("P1D", 480), ("P1DT4H", 720), ("P1W", 2400), ("PT30M", 30), ("P1M", 10560)],
)
def test_durations_count_in_working_time(duration: str, minutes: int) -> None:
    assert working_minutes(duration) == minutes

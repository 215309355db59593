"""Lives with a part elsewhere: a department is asked, receives it, works on it, and its result comes back; or not yet."""

from collections.abc import Callable
from dataclasses import replace

from motcua.base.words import local_day
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers import actions
from motcua.dossiers.demo.life import Life
from motcua.dossiers.demo.plans import CENTRAL, SENT_ON
from motcua.dossiers.legs import agencies_reached, papers_to_send, stated_in, versions_resolved_by
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency

DAYS = 5


def send_on(life: Life, finish: Callable[[Life], None]) -> None:
    """Send a part to the agency that knows, which receives it and lets it come back by `finish`; the parent waits for it."""
    code, request = SENT_ON[life.plan.version.procedure.code]
    agency, version = _partner(life, code)
    if agency is None or version is None:
        return
    step = life.running()
    papers = [paper.pk for paper in papers_to_send(life.dossier)]
    fields = stated_in(life.dossier).fields
    sending = actions.Sending(agency, version, request, papers, DAYS, fields=fields)
    leg = actions.send_leg(
        dossier_id=life.dossier.pk, actor=life.seat(By.OFFICER, step), at=life.later(60, 600), sending=sending
    )
    part = Dossier.objects.get(leg=leg)
    there = replace(life, dossier=part, plan=replace(life.plan, version=version))
    at = there.later(60, 900)
    there.dossier = actions.take_leg(dossier_id=part.pk, actor=there.seat(By.LEADER, there.running()), at=at)
    finish(there)
    life.now = there.now


def send_central(life: Life) -> None:
    """Write to a ministry; it has answered after some weeks, or not yet."""
    to_name, request = CENTRAL[life.plan.version.procedure.code]
    step, number = life.running(), life.rng.randint(100, 900)
    sending = actions.CentralSending(
        to_name, request, f"{number}/UBND-VP", [], unknown_why="Bộ chưa báo lịch họp; chúng tôi nhắc năm ngày một lần."
    )
    actor = life.seat(By.OFFICER, step)
    leg = actions.send_central(dossier_id=life.dossier.pk, actor=actor, at=life.later(60, 900), sending=sending)
    at = life.later(2400, 9600)
    actions.central_reply(leg_id=leg.pk, actor=actor, at=at, words="Đồng ý về chủ trương.", number=f"{number + 7}/BVH")


def _partner(life: Life, code: str) -> tuple[Agency | None, ProcedureVersion | None]:
    """Return the agency of the province that resolves the inner procedure; none where the catalogue lacks it."""
    for agency in agencies_reached(local_day(life.now)).exclude(type=Agency.Type.COMMUNE).order_by("pk"):
        version = versions_resolved_by(agency).filter(procedure__code=code).first()
        if version is not None:
            return agency, version
    return None, None

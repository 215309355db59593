"""Two communes that become one: the small world's, with dossiers in every status, and the plan of their merger."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.dossiers.reorganising.report import Report
from motcua.people.actions import appoint, open_agency
from motcua.people.models import Agency
from motcua.people.reorganising import read_plan
from motcua.people.roles import Role
from tests.turning import (
    ACCEPTED,
    FILED,
    TAX,
    asked,
    asked_before,
    consulted,
    finished,
    owing,
    proposed,
    withdrawing,
    working,
)
from tests.world import World, a_draft, accepted, returned, submitted, vn

MERGED_AT = vn("2026-11-09 06:00")
DECISION = "Nghị quyết 12/NQ-HĐND"
NEW = "UBND phường Thuận Hóa"
PLAN: Mapping[str, Any] = {
    "decision": DECISION,
    "on": "2026-11-09",
    "places": [{"code": "20500", "name": "Phường Thuận Hóa", "level": "commune", "replaces": ["19900", "19901"]}],
    "open": [
        {
            "code": "H57.31.60", "name": NEW, "type": "commune", "place": "20500", "calendar": "vn",
            "children": [
                {"code": "H57.31.60.1", "name": "Trung tâm PVHCC phường Thuận Hóa", "type": "commune_centre"},
                {"code": "H57.31.60.2", "name": "Phòng Kinh tế phường Thuận Hóa", "type": "division", "subject": "economy"},
            ],
        }
    ],
    "end": [{"unit": "H57.31.12", "into": "H57.31.60"}, {"unit": "H57.31.13", "into": "H57.31.60"}],
}  # fmt: skip
STATUSES: Mapping[str, Callable[[World], Dossier]] = {
    "submitted": lambda world: submitted(world, FILED),
    "incomplete": asked_before,
    "received": lambda world: accepted(world, FILED, ACCEPTED),
    "processing": working,
    "awaiting_papers": asked,
    "awaiting_payment": lambda world: owing(world, TAX),
    "withdrawing": withdrawing,
    "finished": finished,
}
DAY = [
    vn(f"2026-11-0{day} 0{hour}:00") for day, hour in ((2, 8), (2, 9), (3, 8), (3, 9), (4, 8), (4, 9), (5, 8), (5, 9))
]


def plan_with(**changes: Any) -> dict[str, Any]:
    """Return the plan with other sections."""
    return {**deepcopy(dict(PLAN)), **changes}


def carry_out(said: Mapping[str, Any] = PLAN, *, at: Any = MERGED_AT, is_rehearsal: bool = False) -> Report:
    """Read the plan as from a file and carry it out."""
    plan, faults = read_plan(json.dumps(said))
    return actions.reorganise(plan=plan, of_shape=faults, at=at, is_rehearsal=is_rehearsal)


def second_commune(world: World) -> dict[str, Agency]:
    """Give the other commune a centre, a division and officers in them; return the three units as a filing names them."""
    centre = open_agency(
        code="H57.31.13.1", name="Trung tâm PVHCC phường Phú Xuân", type="commune_centre", parent=world.elsewhere
    )
    division = open_agency(
        code="H57.31.13.2",
        name="Phòng Kinh tế phường Phú Xuân",
        type="division",
        parent=world.elsewhere,
        subject="economy",
    )
    for role, unit in ((Role.SPECIALIST, division), (Role.SIGNER, world.elsewhere)):
        officer = world.posts["elsewhere" if role is Role.SPECIALIST else role].officer
        appoint(officer=officer, unit=unit, role=role, valid_from=vn("2026-01-01 08:00").date())
    return {"receiving": centre, "competent": world.elsewhere, "resolving": division}


def of_second_commune(world: World, units: Mapping[str, Agency]) -> Dossier:
    """Return a dossier that the other commune is working on."""
    draft = a_draft(world, FILED)
    actions.file(dossier_id=draft.pk, units=actions.Units(**units), actor=world.citizen, at=FILED)
    counter = Actor(by=By.COUNTER, officer_id=world.posts[Role.RECEPTIONIST].officer_id, unit_id=units["receiving"].pk)
    actions.accept(dossier_id=draft.pk, actor=counter, at=ACCEPTED)
    return actions.hand_over(dossier_id=draft.pk, actor=counter, at=ACCEPTED)


def full_communes(world: World) -> dict[str, Dossier]:
    """Fill both communes with dossiers: one of every status, one that others were asked about, one that was returned."""
    lives = {status: live(world) for status, live in STATUSES.items()}
    lives |= {"consulted": consulted(world), "proposed": proposed(world), "returned": returned(world, DAY)}
    lives["draft"] = a_draft(world, FILED)
    lives["second"] = of_second_commune(world, second_commune(world))
    return lives

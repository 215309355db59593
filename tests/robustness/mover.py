"""A process that makes one move, to be killed in the middle of it: `python -m tests.robustness.mover MOVE DOSSIER …`."""

import sys

import django

django.setup()

from motcua.dossiers import actions  # noqa: E402 (Django first)
from motcua.dossiers.actor import Actor  # noqa: E402
from motcua.dossiers.lifecycle import By  # noqa: E402
from motcua.people.models import Agency  # noqa: E402
from tests.world import vn  # noqa: E402

AT = vn("2026-11-20 09:10")


def submit(dossier_id: int, citizen_id: int, *unit_ids: int) -> None:
    """File a draft as its citizen."""
    units = actions.Units(*[Agency.objects.get(pk=unit_id) for unit_id in unit_ids])
    actions.file(dossier_id=dossier_id, units=units, actor=Actor(by=By.CITIZEN, citizen_id=citizen_id), at=AT)


def accept(dossier_id: int, officer_id: int, unit_id: int) -> None:
    """Accept a filed dossier as an officer of the counter."""
    actions.accept(dossier_id=dossier_id, actor=Actor(by=By.COUNTER, officer_id=officer_id, unit_id=unit_id), at=AT)


if __name__ == "__main__":
    {"submit": submit, "accept": accept}[sys.argv[1]](*[int(argument) for argument in sys.argv[2:]])

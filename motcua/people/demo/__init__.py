"""The people of the demo: the city of Huế with its 40 wards and communes, invented officers, citizens, organisations.

Places and the names of agencies are real; codes below H57, addresses, phones and every person are invented.
Tables are filled in bulk for speed; tests hold the rows against what the actions would have written.
"""

from datetime import datetime, time
from random import Random
from typing import NamedTuple

from django.db import transaction

from motcua.base.words import LOCAL
from motcua.people.actions import load_national_calendar, load_places
from motcua.people.actions.places import TWO_LEVELS_FROM
from motcua.people.demo.agencies import load_agencies
from motcua.people.demo.citizens import load_citizens, load_organisations
from motcua.people.demo.officers import load_officers
from motcua.people.models import Agency, Citizen, Officer, Organisation

OPENED_AT = datetime.combine(TWO_LEVELS_FROM, time(), tzinfo=LOCAL)


class People(NamedTuple):
    """How many of each the demo has."""

    agencies: int
    officers: int
    citizens: int
    organisations: int


@transaction.atomic
def load_people(*, seed: int, at: datetime) -> People:
    """Fill an empty database with the people of the demo; the same `seed` gives the same people.

    Does nothing where any agency exists already, so it never mixes invented people into a province's own data.
    """
    if not Agency.objects.exists():
        rng = Random(seed)  # noqa: S311  # invented people, not secrets
        load_places()
        load_national_calendar(at=OPENED_AT)
        units = load_agencies()
        load_officers(units, rng)
        citizens = load_citizens(rng, at)
        load_organisations(citizens, at)
    return People(*(model._default_manager.count() for model in (Agency, Officer, Citizen, Organisation)))

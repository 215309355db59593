"""A crowd of invented citizens without accounts, for measuring: a province's dossiers do not belong to 200 people."""

from random import Random

from django.db.models import Max

from motcua.base.text import fold
from motcua.people.actions.places import TWO_LEVELS_FROM
from motcua.people.demo.agencies import PROVINCE
from motcua.people.demo.citizens import STREETS
from motcua.people.demo.names import invent_name
from motcua.people.models import Citizen, Place

FIRST_NUMBER = 10_000  # the demo's own people end in smaller numbers
BATCH = 5_000


def load_crowd(*, seed: int, count: int) -> int:
    """Add `count` invented citizens living in the communes of the demo; return how many were added."""
    rng = Random(seed)  # noqa: S311 - invented people, not secrets
    communes = list(Place.objects.filter(parent__code=PROVINCE, valid_from=TWO_LEVELS_FROM).order_by("code"))
    first = FIRST_NUMBER + (Citizen.objects.aggregate(last=Max("pk"))["last"] or 0)
    crowd = (_citizen(number, rng, communes) for number in range(first, first + count))
    return len(Citizen.objects.bulk_create(crowd, batch_size=BATCH))


def _citizen(number: int, rng: Random, communes: list[Place]) -> Citizen:
    full_name, gender = invent_name(rng)
    commune = rng.choice(communes)
    return Citizen(
        full_name=full_name,
        folded_name=fold(full_name),
        gender=gender,
        identity_number=f"0{PROVINCE}{int(gender == 'female')}{rng.randint(50, 99)}{number:06}",
        phone=f"0900{number:06}",
        address=f"{rng.randint(1, 199)} {rng.choice(STREETS)}, {commune.name}, thành phố Huế",
        place=commune,
    )

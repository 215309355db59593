"""Finding one dossier among all an officer may read: by code, by the owner's numbers or name, by procedure."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import FilteredRelation, Q

from motcua.base.text import fold
from motcua.catalogue.search import search
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import owner_name, units_read_by, visible_to_officer
from motcua.people.identity import IDENTITY_DIGITS, digits_of, normal_phone
from motcua.people.models import Agency, Citizen, Organisation, Post

MOST_FOUND = 50
MOST_MEANT = 2000  # the newest are looked at; somebody with more must say more
MOST_PEOPLE = 500  # one name shared by more says too little
MOST_PROCEDURES = 3
GOOD_SCORE = 0.8  # nearly the procedure's own words
DAYS_BACK = 90  # a number alone is looked for among the codes of these days,
MOST_DECLARED = 2000  # not accepted yet, and filed for another
MOST_CODES = 2000  # fewer for who reads many units
_PROCEDURE_CODE = re.compile(r"\d\.\d{3,}")
_NUMBER_OF_CODE = re.compile(r"\d{1,4}")
_END_OF_CODE = re.compile(r"(\d{6})-(\d{1,4})")

# fmt: off
COLUMNS = {  # facts of a row → where they stand in a found dossier
    "dossier_id": "pk", "code": "code", "status": "status", "due_at": "due_at", "reception_due_at": "reception_due_at",
    "paused_at": "paused_at", "quiet_since": "quiet_since", "started_at": "clock_started_at", "submitted_at": "submitted_at", "changed_at": "changed_at",
    "subject": "subject", "root_code": "root__code", "owner_name": "owner_name", "assignee": "running__assignee__full_name",
    "version_id": "version_id", "unit": "running__unit__short_name", "unit_type": "running__unit__type",
    "unit_parent": "running__unit__parent__short_name", "step": "running__name", "kind": "running__kind",
    "received_at": "running__received_at", "calendar_id": "calendar_id",
}
# fmt: on


def found(posts: Sequence[Post], text: str, on: date) -> list[dict[str, Any]]:
    """Return the facts of at most MOST_FOUND dossiers meant by `text` on the day `on`, newest first."""
    text = " ".join(text.split())
    if not text:
        return []
    newest = Dossier.objects.filter(_meant(posts, text, on)).order_by("-submitted_at").values_list("pk", flat=True)
    rows = (
        visible_to_officer(posts, among=list(newest[:MOST_MEANT]))
        .annotate(
            running=FilteredRelation("steps", condition=Q(steps__done_at__isnull=True, steps__is_beside=False)),
            owner_name=owner_name(),
        )
        .order_by("-submitted_at", "-pk")
        .values(*COLUMNS.values())
    )
    return [{fact: row[column] for fact, column in COLUMNS.items()} for row in rows[:MOST_FOUND]]


def _meant(posts: Sequence[Post], text: str, on: date) -> Q:
    """Return the condition on the dossier's own columns: conditions on joined tables would read every dossier.

    The name of a procedure means those not closed yet; there are many thousands of closed ones.
    """
    if codes := _codes(posts, text, on):
        return Q(code__in=codes)
    if digits_of(text) and not _PROCEDURE_CODE.match(text):
        people = _people_by_number(text)
        return Q(owner__in=people) | Q(filed_by__in=people)
    versions = [hit.version_id for hit in search(text, limit=MOST_PROCEDURES, on=on) if hit.score >= GOOD_SCORE]
    organisations = Organisation.objects.filter(name__icontains=text).values_list("pk", flat=True)[:MOST_PEOPLE]
    return (
        Q(owner__any_of=_people_by_name(text))
        | Q(owner_organisation__any_of=list(organisations))
        | Q(version__any_of=versions, closed_at=None)
        | Q(pk__any_of=_declared_for(text))
    )


def _codes(posts: Sequence[Post], text: str, on: date) -> list[str]:
    """Return the whole codes meant by a code or by its end as people say it, of any unit the officer reads.

    «261119-18» is one day's; «18» alone any of the last days'. Whole codes are looked up by their index; looking for the
    end of one would read every dossier of the province.
    """
    end = _END_OF_CODE.search(text)
    if end and text.upper().startswith("H"):
        return [text.upper()]
    if not end and not _NUMBER_OF_CODE.fullmatch(text):
        return []
    units = units_read_by(posts)
    named = Agency.objects.filter(Q(pk__in=units) | Q(children__in=units)).values_list("code", flat=True).distinct()
    if end:
        return [f"{code}-{end[1]}-{end[2]:0>4}" for code in named]
    back = min(DAYS_BACK, MOST_CODES // max(len(named), 1))
    days = [f"{on - timedelta(days=past):%y%m%d}" for past in range(max(back, 1))]
    return [f"{code}-{day}-{text:0>4}" for code in named for day in days]


def _declared_for(text: str) -> list[int]:
    """Return the newest dossiers not accepted yet whose owner, as declared, has `text` in the name: nobody is linked so far."""
    name = fold(text)
    waiting = Dossier.objects.filter(status__in=[Status.SUBMITTED, Status.INCOMPLETE]).exclude(declared_owner={})
    newest = waiting.order_by("-submitted_at").values_list("pk", "declared_owner")[:MOST_DECLARED]
    return [pk for pk, owner in newest if name in fold(str(owner.get("full_name") or owner.get("name") or ""))]


def _people_by_number(text: str) -> list[int]:
    digits = digits_of(text)
    known = Q(identity_number=digits) if len(digits) == IDENTITY_DIGITS else Q(phone=normal_phone(text))
    return list(Citizen.objects.filter(known).values_list("pk", flat=True)[:MOST_PEOPLE])


def _people_by_name(text: str) -> list[int]:
    """Return the people whose name begins with `text`, or if there is nobody, contains it: the given name stands last."""
    name = fold(text)
    for known in (Q(folded_name__startswith=name), Q(folded_name__contains=name)):
        people = list(Citizen.objects.filter(known).values_list("pk", flat=True)[:MOST_PEOPLE])
        if people:
            return people
    return []

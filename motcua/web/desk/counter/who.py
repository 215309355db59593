"""Who came to the counter: a person the records know, found by number, phone or name, or somebody new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.catalogue.forms import errors_in
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import visible_to_officer
from motcua.people.actions.citizens import CitizenFields
from motcua.people.identity import (
    IDENTITY_DIGITS,
    BadIdentityNumber,
    BadPhone,
    digits_of,
    identity_number,
    normal_phone,
    phone_number,
)
from motcua.people.models import Citizen
from motcua.people.queries import citizen_by_any
from motcua.web.desk.access import Sitting
from motcua.web.desk.counter.fields import SchemaForm, person_schema, person_ui, read

NEW = "moi"
EARLIER_SHOWN = 3
DECLARED = ("identity_number", "phone", "email", "address")
"""What may differ today from the record of a known person, for this dossier only."""


@dataclass(frozen=True)
class Who:
    """As far as it is known who came. `citizen` is a known person, else `said` is what a new one says.

    `found` are the people meant by `text`; `missing` which of DECLARED the record of the known person lacks.
    """

    text: str
    found: list[Citizen]
    citizen: Citizen | None
    is_new: bool
    said: Mapping[str, Any]

    @property
    def is_known(self) -> bool:
        """Whether there is somebody to put on the slip."""
        return self.citizen is not None or bool(self.said.get("full_name"))

    @property
    def is_by_number(self) -> bool:
        """Whether the text is a whole identity number, which means one person and nobody else."""
        return len(digits_of(self.text)) == IDENTITY_DIGITS

    @property
    def full_name(self) -> str:
        return self.citizen.full_name if self.citizen else str(self.said.get("full_name", ""))

    @property
    def person(self) -> Citizen:
        """The person as a record, which for a new one is not saved: what fields of a form are filled from."""
        return self.citizen or Citizen(**_columns(self.said))

    def party(self) -> Citizen | CitizenFields:
        """Return the person as `Intake.person` takes it."""
        return self.citizen or CitizenFields(**_columns(self.said))  # type: ignore[typeddict-item]

    def declared(self) -> dict[str, str]:
        """Return what a known person says today besides their record."""
        return {name: str(self.said[name]) for name in DECLARED if self.citizen and self.said.get(name)}

    def form(self, faults: Mapping[str, str]) -> SchemaForm:
        """Return the fields to ask: everything of a new person, what may differ today of a known one."""
        schema = person_schema()
        if self.citizen:
            schema |= {"required": [], "properties": {name: schema["properties"][name] for name in DECLARED}}
        return SchemaForm(schema, person_ui(), prefix="person", values=self.said, faults=faults)

    def faults(self, today: date) -> dict[str, str]:
        """Return one sentence for each field about the person that is wrong, and one when nobody is chosen (key «»)."""
        if not self.citizen and not self.is_new:
            return {"": _("Bạn chưa chọn người đến nộp: gõ số định danh, điện thoại hoặc tên ở bước 1, rồi chọn.")}
        schema = person_schema() | ({"required": []} if self.citizen else {})
        faults = errors_in(schema, person_ui(), self.said, today=today) | _faults_of_numbers(self.said)
        if self.is_new and not (self.said.get("identity_number") or self.said.get("phone")):
            faults.setdefault("identity_number", _("Cần số định danh, hoặc điện thoại khi không có số định danh."))
        return faults


def read_who(posted: QueryDict) -> Who:
    """Read who came from what was typed and chosen; one person by an identity number or a phone needs no choosing.

    Somebody who opened an account by themselves is no such person: nobody proved that the phone, or the name, is theirs.

    When the text has changed since the page was drawn (`who_was`), what was said of a known person before is nobody's.
    """
    text = " ".join(posted.get("who", "").split())[:100]
    is_same = text == posted.get("who_was", text)
    found = citizen_by_any(text) if text else []
    chosen = posted.get("citizen", "")
    citizen = next((person for person in found if str(person.pk) == chosen), None)
    if citizen is None and len(found) == 1 and digits_of(text) and chosen != NEW and not found[0].is_unproved:
        citizen = found[0]
    is_new = bool(text) and citizen is None and (chosen == NEW or not found)
    said = _tidied(read(person_schema(), posted, "person"))
    if is_new:
        said = {**_from_text(text), **said} if is_same else {**said, **_from_text(text)}
    return Who(text, found, citizen, is_new, said if is_new or is_same else {})


def who_filed(dossier: Dossier, posted: QueryDict) -> Who:
    """Return the person of a dossier that is taken up again: nobody else can be chosen for it."""
    said = _tidied(read(person_schema(), posted, "person"))
    return Who(dossier.filed_by.full_name, [], dossier.filed_by, False, said)


def earlier_dossiers(sitting: Sitting, citizen: Citizen) -> list[Dossier]:
    """Return the person's last dossiers among those the officer may read."""
    theirs = visible_to_officer(sitting.posts).filter(Q(filed_by=citizen) | Q(owner=citizen))
    return list(theirs.select_related("version").order_by("-submitted_at")[:EARLIER_SHOWN])


def _from_text(text: str) -> dict[str, str]:
    """Return what the words a new person was looked for by say of them."""
    digits = digits_of(text)
    if len(digits) == IDENTITY_DIGITS:
        return {"identity_number": digits}
    return {"phone": normal_phone(text)} if digits else {"full_name": text}


def _tidied(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return numbers bare and other words with single spaces."""
    tidy = {name: " ".join(value.split()) if isinstance(value, str) else value for name, value in said.items()}
    if "identity_number" in tidy:
        tidy["identity_number"] = digits_of(tidy["identity_number"]) or tidy["identity_number"]
    if "phone" in tidy:
        tidy["phone"] = normal_phone(tidy["phone"])
    return tidy


def _faults_of_numbers(said: Mapping[str, Any]) -> dict[str, str]:
    faults = {}
    try:
        if number := said.get("identity_number"):
            identity_number(number, birth_on=_day(said.get("birth_on")), gender=said.get("gender", ""))
    except BadIdentityNumber as error:
        faults["identity_number"] = str(error)
    try:
        if phone := said.get("phone"):
            phone_number(phone)
    except BadPhone as error:
        faults["phone"] = str(error)
    return faults


def _columns(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said as columns of a citizen; a day that cannot be read is left out."""
    known = {name: said[name] for name in person_schema()["properties"] if said.get(name)}
    return known | ({"birth_on": _day(said["birth_on"])} if "birth_on" in known else {})


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None

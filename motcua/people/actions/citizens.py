"""What is kept about a citizen: when they open an account, when they come to a counter, when a detail changes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.base.text import fold
from motcua.people.identity import identity_number, phone_number
from motcua.people.models import Citizen, Place, User


class CitizenDetails(TypedDict, total=False):
    """What may be said about a citizen besides the name. `gender` is male, female; empty and None mean «not said»."""

    birth_on: date | None
    gender: str
    identity_number: str
    phone: str
    email: str
    address: str
    place: Place | None


class CitizenFields(CitizenDetails, total=False):
    """The same with the name."""

    full_name: str


class BadDetails(ValueError):
    """A name or an address cannot be kept as typed; its words say why."""


class IdentityNumberTaken(ValueError):
    """Another citizen already has the identity number."""


@transaction.atomic
def register_citizen(*, user: User, full_name: str, phone: str, email: str, at: datetime) -> Citizen:
    """Make the citizen of a new account.

    Nobody met at a counter is joined to the account by phone or name: neither is proved yet. Raise BadDetails, BadPhone.
    """
    said = _clean({"full_name": full_name, "phone": phone, "email": email})
    return Citizen.objects.create(user=user, met_at=at, **said)


@transaction.atomic
def meet_citizen(*, full_name: str, at: datetime, **details: Unpack[CitizenDetails]) -> Citizen:
    """Return the citizen standing at the counter, made if unknown.

    Known by identity number; without one (a child, a lost card) by name and phone together. What was empty is filled;
    what is kept already is never overwritten here: compare with queries.differences() and let the officer decide.
    Raise BadDetails, BadIdentityNumber, BadPhone.
    """
    said = _clean({"full_name": full_name, **details})
    citizen = _known(said)
    if citizen is None:
        number = said.pop("identity_number", None)
        if number is None:
            return Citizen.objects.create(met_at=at, **said)
        citizen, is_new = Citizen.objects.get_or_create(identity_number=number, defaults={"met_at": at, **said})
        if is_new:
            return citizen
    _fill(citizen, said)
    return citizen


@transaction.atomic
def update_citizen(*, citizen: Citizen, **details: Unpack[CitizenFields]) -> Citizen:
    """Change what is kept about a citizen; what is not named or empty stays as it is.

    Raise BadDetails, BadIdentityNumber, BadPhone, IdentityNumberTaken.
    """
    citizen = Citizen.objects.select_for_update(of=("self",)).get(pk=citizen.pk)
    kept = {"birth_on": citizen.birth_on, "gender": citizen.gender}
    said = _clean({**kept, "identity_number": citizen.identity_number or "", **details})
    number = said.get("identity_number")
    if number and Citizen.objects.filter(identity_number=number).exclude(pk=citizen.pk).exists():
        raise IdentityNumberTaken(
            _("Số định danh này đã thuộc về một người khác trong hệ thống. Bạn xem lại số trên thẻ căn cước.")
        )
    for name, value in said.items():
        setattr(citizen, name, value)
    citizen.save(update_fields=list(said))
    return citizen


def _known(said: dict[str, Any]) -> Citizen | None:
    """Return the citizen meant, locked: by identity number, else one without a number and account by name and phone."""
    citizens = Citizen.objects.select_for_update(of=("self",))
    if "identity_number" in said:
        return citizens.filter(identity_number=said["identity_number"]).first()
    if "phone" not in said:
        return None
    same = citizens.filter(folded_name=said["folded_name"], phone=said["phone"], identity_number=None, user=None)
    if "birth_on" in said:  # father and son may share both
        same = same.filter(Q(birth_on=said["birth_on"]) | Q(birth_on=None))
    return same.order_by("pk").first()


def _fill(citizen: Citizen, said: dict[str, Any]) -> None:
    """Fill the empty columns of `citizen` with what was said."""
    filled = [name for name, value in said.items() if value and getattr(citizen, name) in (None, "")]
    for name in filled:
        setattr(citizen, name, said[name])
    if filled:
        citizen.save(update_fields=filled)


def _clean(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was really said, in the form it is kept, with the folded name; raise what the callers name."""
    clean: dict[str, Any] = {
        name: " ".join(value.split()) if isinstance(value, str) else value for name, value in said.items()
    }
    clean = {name: value for name, value in clean.items() if value not in (None, "")}
    if "full_name" in said:
        clean |= _name(clean.get("full_name", ""))
    if "phone" in clean:
        clean["phone"] = phone_number(clean["phone"])
    if "email" in clean:
        clean["email"] = _email(clean["email"])
    if "identity_number" in clean:
        clean["identity_number"] = identity_number(
            clean["identity_number"], birth_on=clean.get("birth_on"), gender=clean.get("gender", "")
        )
    return clean


def _name(full_name: str) -> dict[str, str]:
    folded = fold(full_name)
    if sum(letter.isalpha() for letter in folded) < 2:
        raise BadDetails(_("Họ và tên còn thiếu. Bạn ghi đủ họ, chữ đệm và tên như trên giấy tờ."))
    return {"full_name": full_name, "folded_name": folded}


def _email(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError as error:
        raise BadDetails(
            _("Thư điện tử «%(email)s» chưa đúng, ví dụ đúng: ten@vidu.vn. Bạn sửa lại hoặc để trống.")
            % {"email": address}
        ) from error
    return address.lower()
